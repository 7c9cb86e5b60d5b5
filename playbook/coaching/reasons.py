"""The reason of a verdict, as short sentences: what was seen, how it compares, where to look.

In: `why` of a diagnosis row, one sentence whose parts stand between semicolons.  Out: the same as several sentences.
"""

from playbook import wording

_WHERE_TO_LOOK = ("to see why,", "until then,")


def reason(why: str) -> str:
    """All parts of `why`, each as a sentence of its own."""
    return _sentences(_parts(why))


def what_was_seen(why: str) -> str:
    """The same without the part that says where to look, for pages on which that stands anyway."""
    return _sentences([part for part in _parts(why) if not part.startswith(_WHERE_TO_LOOK)] or _parts(why))


def _parts(why: str) -> list[str]:
    return [part for part in why.split("; ") if part]


def _sentences(parts: list[str]) -> str:
    return " ".join(f"{wording.upper_first(part).rstrip('.')}." for part in parts)
