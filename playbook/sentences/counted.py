"""What was counted, with its number: `1 closed deal`, `40 closed deals`.

In: a count and what is counted, in the plural.  Out: plain text, the singular where it is one.
"""

import re

_PLURAL = re.compile(r"\b(?P<one>deal|week)s\b")


def counted(n: int, many: str) -> str:
    """`n` and what it counts: `1 closed deal`, `3 deals that left the stage`."""
    what = _PLURAL.sub(lambda plural: plural["one"], many, count=1) if n == 1 else many
    return f"{n} {what}"
