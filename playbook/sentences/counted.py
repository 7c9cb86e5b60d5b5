"""What was counted, with its number: `1 closed deal`, `40 closed deals`.

In: a count and what is counted, in the plural.  Out: plain text, the singular where it is one.
"""

import re

_ONE = re.compile(r"(?<![\d.,])(?<!\d of )(?P<one>1 (\w+ )?(deal|week))s\b")


def counted(n: int, many: str) -> str:
    """`n` and what it counts: `1 closed deal`, `3 deals that left the stage`."""
    return singular_after_one(f"{n} {many}")


def singular_after_one(text: str) -> str:
    """`text` with `1 won deals` as `1 won deal`; `1 of 1 deals` stays."""
    return _ONE.sub(lambda match: match["one"], text)
