"""How exports are read, as whoever imports asks for it; apart from what reads them, which a batch need not load."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class ReadingOptions:
    """How exports are read.

    Parameters
    ----------
    mapping : a user's mapping file, which wins over what the headings say.
    dates : dmy or mdy, for columns of days that nothing else decides.
    skip_bad_rows : leave out (and count) rows that cannot be read instead of stopping at the first.
    """

    mapping: Path | None = None
    dates: str | None = None
    skip_bad_rows: bool = False
