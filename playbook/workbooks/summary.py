"""What a batch says at its end: how much was made, what was not, and where to look."""

import json

from playbook import wording
from playbook.workbooks.batch import BatchResult
from playbook.workbooks.manifest import COMPLETE, UP_TO_DATE, WorkbookState

_INDENT = "  "


def summary_lines(result: BatchResult) -> list[str]:
    """The last lines of a batch, for a person."""
    chapters = sum(book.done for book in result.books)
    up_to_date = sum(chapter.status == UP_TO_DATE for book in result.books for chapter in book.chapters.values())
    warnings = sum(len(book.warnings) for book in result.books)
    complete = sum(book.status == COMPLETE for book in result.books)
    books, done = wording.count(complete, "workbook"), wording.count(chapters, "chapter")
    took = _duration(result.seconds)
    lines = [
        wording.paragraph(
            f"{books} complete, {done} ({up_to_date} were still true and left alone), in {took}."
            if up_to_date
            else f"{books} complete, {done}, in {took}.",
            f"{wording.count(warnings, 'warning')} of the chapters: see manifest.json." if warnings else "",
        )
    ]
    for book in result.books:
        if book.status != COMPLETE:
            lines += [f"{_INDENT}not complete: {book.name}", *(f"{_INDENT * 2}{reason}" for reason in _reasons(book))]
    edited = [
        f"{_INDENT}{book.name}: {copy}"
        for book in result.books
        for copy in [*(c.edited_copy for c in book.chapters.values() if c.edited_copy), *book.former_chapters_edited]
    ]
    if edited:
        lines += ["Chapters that their managers had edited were kept beside the new ones:", *edited]
    lines += result.notes
    if not result.complete:
        lines.append(
            "The whole account is in manifest.json. Mend the cause and run the same command again with --resume."
        )
    lines.append(f"Look here: {result.workbooks / 'index.html'}")
    return lines


def as_json(result: BatchResult) -> str:
    """The same for a program; the manifest holds more."""
    account = {
        "workbooks": str(result.workbooks),
        "as_of": result.as_of.isoformat(),
        "seconds": round(result.seconds, 2),
        "complete": result.complete,
        "managers": [
            {"id": b.person_id, "name": b.name, "folder": b.folder.name, "status": b.status, "chapters": b.done}
            for b in result.books
        ],
        "notes": list(result.notes),
    }
    return json.dumps(account, indent=1, ensure_ascii=False)


def _reasons(book: WorkbookState) -> list[str]:
    reasons = [book.trouble.sentence] if book.trouble else []
    if book.done:
        reasons += [f"{key}: {c.trouble.sentence}" for key, c in book.chapters.items() if c.trouble]
    return reasons or [f"{key}: {c.trouble.sentence}" for key, c in list(book.chapters.items())[:1] if c.trouble]


def _duration(seconds: float) -> str:
    return f"{seconds:.0f} seconds" if seconds < 90 else f"{seconds / 60:.1f} minutes"
