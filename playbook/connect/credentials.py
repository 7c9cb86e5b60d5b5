"""What a login needs, from the environment alone; and how its secrets are kept out of every text.

A secret on the command line would stand in the shell's history and in the list of processes: there is no such option.
"""

import re
from collections.abc import Mapping, Sequence

from playbook.errors import UnusableInput
from playbook.wording import listing

_HIDDEN = "(hidden)"
_SHORTEST = 4  # a shorter text stands in ordinary words, and hiding it would garble them


def from_environment(
    environ: Mapping[str, str], ways: Sequence[Sequence[str]], *, crm: str, remedy: str
) -> dict[str, str]:
    """The values of the first way of logging in whose variables are all set.

    Parameters
    ----------
    environ : the environment.
    ways : for each way of logging in, the names of its variables.

    Raises
    ------
    UnusableInput : if no way is complete (names what is missing from the nearest), or a value holds a line break.
    """
    given = {name: environ[name].strip() for way in ways for name in way if environ.get(name, "").strip()}
    broken = [name for name, value in given.items() if not value.isprintable()]
    if broken:  # a library's complaint would repeat the value, in a spelling in which it could not be hidden
        raise UnusableInput(
            "holds a line break or another sign that cannot be printed.",
            where=f"environment, {broken[0]}",
            remedy="Set it again, to the value alone.",
        )
    for way in ways:
        if all(name in given for name in way):
            return {name: given[name] for name in way}
    nearest = max(ways, key=lambda way: sum(name in given for name in way))
    missing = [name for name in nearest if name not in given]
    raise UnusableInput(
        f"{listing(missing)} {'is' if len(missing) == 1 else 'are'} not set.",
        where=f"environment, login to {crm}",
        remedy=remedy,
    )


def without_secrets(text: str, secrets: Sequence[str]) -> str:
    """`text` with each secret in it hidden."""
    longest_first = sorted({s for s in secrets if len(s) >= _SHORTEST}, key=len, reverse=True)
    return re.sub("|".join(map(re.escape, longest_first)), _HIDDEN, text) if longest_first else text
