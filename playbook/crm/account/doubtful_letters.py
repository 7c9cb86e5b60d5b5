"""Files of which nothing decides in which code page their letters are written: one warning each, with the remedy."""

from collections.abc import Sequence

from playbook.crm.account.ledger import Ledger
from playbook.crm.headings.recognising import Recognised


def warn_of_doubtful_letters(tables: Sequence[Recognised], ledger: Ledger) -> None:
    """A warning for each file whose code page was a guess: what it was read as, an example, and how to say it."""
    for table in tables:
        if table.raw.doubt:
            ledger.warn(f"{table.raw.label}: {table.raw.doubt} {how_to_say(table.raw.file)}")


def how_to_say(file: str) -> str:
    """What to do about letters that were read wrongly."""
    return (
        f'If names look wrong, say in a mapping file how they are written: [encoding] "{file}" = "cp1250" (or another).'
    )
