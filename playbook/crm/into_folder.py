"""From exports to a company's folder: in memory where they fit, else in pieces; the result is the same."""

from collections.abc import Callable
from pathlib import Path

from playbook.crm.account.report import ImportReport
from playbook.crm.import_options import ImportOptions
from playbook.crm.importing import import_exports
from playbook.crm.larger.memory import allowed, fits
from playbook.crm.saving import save_imported


def import_into(
    folder: Path, import_options: ImportOptions, *, memory: str = "", say: Callable[[str], None] = lambda line: None
) -> ImportReport:
    """Import what is asked for into `folder`; the report.

    Parameters
    ----------
    memory : how much may be used, such as `2GB`; empty for PLAYBOOK_MEMORY, or half of what is free.
    say : is told, line by line, how far an import in pieces is.

    Raises
    ------
    UnusableInput : if no company can be made of the files, or `memory` is no size.
    DiskFull : if an import in pieces finds no room beside `folder`.
    """
    if report := import_in_pieces_if_large(folder, import_options, memory=memory, say=say):
        return report
    imported = import_exports(import_options)
    save_imported(imported, folder)
    return imported.report


def import_in_pieces_if_large(
    folder: Path, import_options: ImportOptions, *, memory: str = "", say: Callable[[str], None] = lambda line: None
) -> ImportReport | None:
    """The same where the exports do not fit into memory; None, and nothing done, where they do."""
    most = allowed(memory)
    if not import_options.paths or fits(import_options.paths, most):
        return None
    from playbook.crm.larger.company_in_pieces import import_in_pieces, sizes_within

    say(f"The exports are larger than {most // 1024**2:,} MB of memory holds: they are imported in pieces.")
    return import_in_pieces(import_options, folder, sizes_within(most), say)
