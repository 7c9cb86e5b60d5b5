"""What whoever imports a file must know of it, whatever it is taken for: one warning each, with the remedy.

So of letters of which nothing decides in which code page they are written, and of formulas without results.
"""

from collections.abc import Sequence

from playbook.crm.account.ledger import Ledger
from playbook.crm.headings.recognised import Recognised


def warn_of_files(tables: Sequence[Recognised], ledger: Ledger) -> None:
    """A warning for each file whose code page was a guess (with an example, and how to say it), or that has one."""
    for table in tables:
        if table.raw.doubt:
            ledger.warn(f"{table.raw.label}: {table.raw.doubt} {how_to_say(table.raw.file)}")
        for sentence in table.raw.warnings:
            ledger.warn(f"{table.raw.file}: {sentence}")


def how_to_say(file: str) -> str:
    """What to do about letters that were read wrongly."""
    return (
        f'If names look wrong, say in a mapping file how they are written: [encoding] "{file}" = "cp1250" (or another).'
    )
