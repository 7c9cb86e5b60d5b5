"""The company that a batch is about: canonical tables as they are, or export files that are imported on the way."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from playbook import wording
from playbook.atomic import make_private
from playbook.company import Company, is_company, load
from playbook.crm.reading_options import ReadingOptions
from playbook.errors import UnusableInput
from playbook.escaping import file_label
from playbook.workbooks.fingerprints import of_file

LARGEST_AMOUNT = 1e15  # of any currency; more is a slip of the keys, and sums of it lose the small deals
_MONEY = {"opportunities": ["amount", "list_amount"], "stage_history": ["amount"], "quotas": ["amount"]}
OWN_FOLDER = "_company"  # in WORKBOOKS; private to whoever runs the batch


@dataclass(frozen=True)
class CompanySource:
    """A company, what the import said of it, and its files' hashes.

    `report_lines` are for the terminal, `summary` is for the chapters. `to_note` counts what the import asks people to
    note; it stands in `report_lines` too.
    """

    company: Company
    report_lines: tuple[str, ...] = ()
    summary: str = ""
    files: tuple[tuple[str, str], ...] = ()
    to_note: int = 0


def company_from(paths: Sequence[Path], keep_in: Path | None, reading: ReadingOptions, today: date) -> CompanySource:
    """The company in `paths`: one folder of canonical tables, or folders and files of exports.

    Exports are only read. What is made of them goes into `keep_in`, with the import report; without it nothing is kept.

    Raises
    ------
    UnusableInput : if there is no such folder, or no company can be made of it.
    """
    for path in paths:
        if not path.exists():
            raise UnusableInput("there is no such folder or file.", where=str(path), remedy="Check the name.")
    if len(paths) == 1 and is_company(paths[0]):
        return source_of(CompanySource(load(paths[0]), files=_files(paths)))
    from playbook.crm.import_options import ImportOptions
    from playbook.crm.importing import import_exports
    from playbook.crm.into_folder import import_in_pieces_if_large
    from playbook.crm.saving import save_imported

    import_options = ImportOptions([*paths], today, reading)
    report = None
    if keep_in is not None:
        report = import_in_pieces_if_large(keep_in, import_options)
    if report is not None and keep_in is not None:
        keep_in.chmod(0o700)
        company = load(keep_in)
    else:
        imported = import_exports(import_options)
        company, report = imported.company, imported.report
        if keep_in is not None:
            make_private(keep_in)
            save_imported(imported, keep_in)
    used = [*paths, reading.mapping] if reading.mapping else paths
    return source_of(
        CompanySource(
            company,
            tuple(report.summary_lines()),
            report.for_managers(),
            _files(used),
            to_note=len(report.warnings),
        )
    )


def source_of(source: CompanySource) -> CompanySource:
    """`source` without amounts that no arithmetic can add up; they are unknown from here on, and that is said."""
    lines, tables = [], {}
    for table, columns in _MONEY.items():
        frame = source.company.table(table)
        too_large = frame[columns].abs() > LARGEST_AMOUNT
        rows = int(too_large.any(axis=1).sum())
        if rows:
            tables[table] = frame.assign(**{column: frame[column].mask(too_large[column]) for column in columns})
            lines.append(
                f"{wording.count(rows, 'row')} of {table.replace('_', ' ')} with an amount of more than "
                f"{LARGEST_AMOUNT:,.0f}: taken as unknown, as nothing can be summed with it. Correct it in the CRM."
            )
    if not tables:
        return source
    return replace(
        source,
        company=source.company.with_tables(**tables),
        report_lines=(*source.report_lines, *lines),
        to_note=source.to_note + len(lines),
    )


def _files(paths: Sequence[Path]) -> tuple[tuple[str, str], ...]:
    """Each file's name, relative to what was asked for, and the hash of its bytes."""
    hashes: dict[str, str] = {}
    for path in paths:
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in inside:
            if file.is_file() and not file.name.startswith("."):
                name = file.relative_to(path).as_posix() if path.is_dir() else file.name
                hashes[file_label(name)] = of_file(file)
    return tuple(sorted(hashes.items()))
