"""Put a chapter between two others:

    .venv/bin/python scripts/insert_chapter.py win_back_customers "Win back customers" --after each_rep
    .venv/bin/python scripts/insert_chapter.py win_back_customers "Win back customers" --after each_rep --write

The first line says what would change, the second does it. The later notebooks get the next number, and every text
follows that names a chapter by number or leads to a notebook: notebooks, guide, docs, README, and of the CHANGELOG what
is not released yet. Code needs no change, as it names chapters by key; answers need none, as they are named by sheet.

The new chapter gets a notebook, a package and a test. They say "To be written" where something is to be written, and a
test fails as long as they do. The chapter before it says where to go next: read that line over.
"""

import argparse
import json
import keyword
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from chapter_skeleton import NOTEBOOKS, NewChapter, as_json, first_files  # noqa: E402

from playbook.chapter_numbers import numbers_in  # noqa: E402
from playbook.errors import UnusableInput  # noqa: E402
from playbook.wording import lower_first  # noqa: E402

TEXTS = ("*.md", "notebooks/**/*.md", "notebooks/**/*.ipynb", "docs/**/*.md", "playbook/**/*.md", "data/samples/*.md")
CHANGELOG, NOT_RELEASED = "CHANGELOG.md", "(not yet released)"
MENTION = re.compile(
    r"\bchapter\s+\d\d(?!\d)|\bchapters\s+\d\d(?:(?:,\s+and|,|\s+and|\s+to)\s+\d\d(?!\d))*", re.IGNORECASE
)
LEADS_ON = re.compile(r"\*\*Next: chapter\s+(\d\d)\*\*")
WORDS = ("eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen")
COUNTS = dict(enumerate(WORDS, start=8))  # as texts say how many chapters there are


@dataclass(frozen=True)
class Change:
    """A file of the project and what becomes of it: no `before` means a new one, no `text` that it stays as it is."""

    before: Path | None
    after: Path
    text: str | None

    def __str__(self) -> str:
        if self.before is None:
            return f"new      {self.after.as_posix()}"
        if self.before != self.after:
            return f"renamed  {self.before.as_posix()} to {self.after.name}"
        return f"changed  {self.after.as_posix()}"


def new_chapter(root: Path, key: str, title: str, after: str) -> NewChapter:
    """The chapter `key` behind the chapter `after`; with an empty `after` before all others.

    Raises
    ------
    UnusableInput : if the key or the title cannot be one, or there is no chapter to stand behind.
    """
    numbers = numbers_in(root / NOTEBOOKS)
    package = root / "playbook"
    taken = {place.stem for place in [*package.rglob("*.py"), *(package / "chapters").iterdir()]} | set(numbers)
    if not re.fullmatch(r"[a-z]+(_[a-z]+)*", key) or keyword.iskeyword(key):
        raise UnusableInput(f"{key!r} cannot name a package.", remedy="Write small letters and _: win_back_customers")
    if key in taken:
        raise UnusableInput(f"something is called {key!r} already.", remedy="Choose another key.")
    if not re.fullmatch(r'\w[^"\\{}\n]*[^"\\{}\s]', title):
        raise UnusableInput(f"{title!r} cannot be a title.", remedy="Begin with a letter; leave out quotes and braces.")
    if after and after not in numbers:
        raise UnusableInput(f"there is no chapter {after!r}.", remedy=f"The chapters are: {', '.join(numbers)}.")
    keys = list(numbers)
    place = keys.index(after) + 1 if after else 0
    following = [_title(root / _notebook(numbers, each)) for each in keys[place : place + 1]]
    return NewChapter(key, title, place + 1, "".join(following))


def changes(root: Path, chapter: NewChapter) -> list[Change]:
    """Every file that is new, renamed or changed."""
    old = numbers_in(root / NOTEBOOKS)
    new = {key: f"{int(number) + (int(number) >= chapter.number):02}" for key, number in old.items()}
    renamed = {_notebook(old, key): _notebook(new, key) for key in old}
    before = [_notebook(old, key) for key in old if int(old[key]) == chapter.number - 1]
    planned = []
    for place in _texts(root):
        text = (root / place).read_text(encoding="utf-8")
        follows = partial(renumbered, old=old, new=new)
        changed = _changed(place, text, follows, partial(leading_to, chapter) if place in before else None)
        planned.append(Change(place, renamed.get(place, place), changed if changed != text else None))
    planned = [change for change in planned if change.text is not None or change.before != change.after]
    return [*planned, *(Change(None, place, text) for place, text in first_files(chapter).items())]


def write(root: Path, planned: Sequence[Change]) -> None:
    """Do what was planned."""
    for change in planned:
        file = root / change.after
        file.parent.mkdir(parents=True, exist_ok=True)
        if change.before is not None and change.before != change.after:
            (root / change.before).rename(file)
        if change.text is not None:
            file.write_text(change.text, encoding="utf-8", newline="\n")


def renumbered(text: str, *, old: Mapping[str, str], new: Mapping[str, str]) -> str:
    """`text` with the new numbers: of chapters in words, of their notebooks and places, and how many there are."""
    number = {old[key]: new[key] for key in old}
    text = MENTION.sub(lambda mention: re.sub(r"\d\d", lambda n: number.get(n[0], n[0]), mention[0]), text)
    for key in old:
        name = re.compile(rf"(?<!\d){old[key]}(?=[_-]{key.replace('_', '[_-]')}\b)")
        text = name.sub(new[key], text)
    count = len(old)
    return re.sub(rf"\b{COUNTS[count]}(?= chapters\b)", COUNTS[count + 1], text) if count + 1 in COUNTS else text


def leading_to(chapter: NewChapter, closing: str) -> str:
    """The last words of the chapter before: they lead to the new one, and from there to the one that they led to."""
    here = f"**Next: chapter {chapter.number:02}**, {lower_first(chapter.title)}"
    return LEADS_ON.sub(rf"{here}; then chapter \1", closing) if LEADS_ON.search(closing) else f"{closing} {here}."


def _changed(place: Path, text: str, follows: Callable[[str], str], close: Callable[[str], str] | None) -> str:
    """A text of the project with `follows` done to it, and `close` to its last cell."""
    if place.name == CHANGELOG:  # what a version says that is out stays as it was
        parts = re.split(r"^(?=## )", text, flags=re.MULTILINE)
        return "".join(follows(part) if NOT_RELEASED in part.partition("\n")[0] else part for part in parts)
    if place.suffix != ".ipynb":
        return follows(text)
    notebook = json.loads(text)
    sources = [follows("".join(cell["source"])) for cell in notebook["cells"]]
    if close:
        sources[-1] = close(sources[-1])
    for cell, source in zip(notebook["cells"], sources, strict=True):
        cell["source"] = source.splitlines(keepends=True)
    return as_json(notebook)


def _texts(root: Path) -> list[Path]:
    files = {file for pattern in TEXTS for file in root.glob(pattern)}
    return sorted(file.relative_to(root) for file in files if ".ipynb_checkpoints" not in file.parts)


def _notebook(numbers: Mapping[str, str], key: str) -> Path:
    return NOTEBOOKS / f"{numbers[key]}_{key}.ipynb"


def _title(notebook: Path) -> str:
    return str(json.loads(notebook.read_text(encoding="utf-8"))["metadata"]["playbook"]["title"])


def main() -> None:
    """Say what would change, or change it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("key", help="what its notebook and its package are called: win_back_customers")
    parser.add_argument("title", help='what readers see: "Win back customers"')
    place = parser.add_mutually_exclusive_group(required=True)
    place.add_argument("--after", metavar="KEY", default="", help="the chapter that it stands behind")
    place.add_argument("--first", action="store_true", help="before all others")
    parser.add_argument("--write", action="store_true", help="do it; without this it is only said")
    given = parser.parse_args()
    try:
        chapter = new_chapter(ROOT, given.key, given.title, given.after)
    except UnusableInput as error:
        sys.exit(str(error))
    planned = changes(ROOT, chapter)
    print(*planned, sep="\n")
    if given.write:
        write(ROOT, planned)
    print("\nDone; git diff shows it." if given.write else "\nNothing is written yet: --write does it.")
    print('Next: write what says "To be written", read over how the chapter before it closes, and have it tested.')


if __name__ == "__main__":
    main()
