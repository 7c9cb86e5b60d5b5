"""Ids and spellings: when two ids, or two spellings of one thing, are the same.

Ids stay text. Salesforce writes an id with 15 characters, where case counts, or with 18; both become 18. Spellings are
folded only where they differ in case, spaces, hyphens between letters, or letters that look alike.
"""

import re
import unicodedata

import pandas as pd

from playbook.crm.account.ledger import Ledger
from playbook.crm.values.words import by_unique

_CHECK = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
# Cyrillic and Greek letters that look like Latin ones; typed by mistake, or to slip past a comparison.
_LOOK_ALIKE = str.maketrans("авекмнорстухіјѕԁοαενρτυχικ", "abekmhopctyxijsdoaevptuxik")


def long_ids(ids: pd.Series) -> pd.Series:
    """Salesforce ids of 15 characters with the three check characters that make them independent of case."""
    short = ids.str.fullmatch(r"[a-zA-Z0-9]{5}0[a-zA-Z0-9]{9}|[a-zA-Z0-9]{3}[a-zA-Z0-9]{12}").fillna(False).astype(bool)
    sure = short & ids.str.match(r"00[0-9A-Za-z]|a[0-9A-Z]{2}").fillna(False).astype(bool)
    return ids.where(~sure, by_unique(ids.where(sure), _eighteen)) if sure.any() else ids


def _eighteen(short: str) -> str:
    blocks = (short[i : i + 5] for i in (0, 5, 10))
    return short + "".join(_CHECK[sum(1 << i for i, c in enumerate(block) if "A" <= c <= "Z")] for block in blocks)


def spelling_key(text: str) -> str:
    """What two spellings of one thing have in common: `GTXPro` and `GTX Pro`, `Mid-Market` and `mid market`.

    Spaces between digits count: `Plan 1 2` is not `Plan 12`.
    """
    plain = without_look_alikes(unicodedata.normalize("NFKC", text).casefold())
    plain = re.sub(r"(?<=[^\W\d_])[\s_\-–]+(?=\w)|(?<=\d)[\s_\-–]+(?=[^\W\d_])", "", plain)
    return " ".join(plain.split())


def without_look_alikes(text: str) -> str:
    """`text` (lower case) with Cyrillic and Greek letters that stand among Latin ones written as what they mimic."""
    mixed = any(c > "ÿ" for c in text) and any("a" <= c <= "z" for c in text)
    return text.translate(_LOOK_ALIKE) if mixed else text


def spellings(
    counts: pd.Series, table: str, what: str, ledger: Ledger, preferred: pd.Series | None = None
) -> dict[str, str]:
    """Which spellings become which: each thing's preferred one if there is a list, else the most frequent.

    Each folding is noted in the ledger, with the spellings.

    Parameters
    ----------
    counts : the rows of each spelling.
    """
    if counts.empty:
        return {}
    spelled = pd.DataFrame({"text": counts.index.astype("str"), "rows": counts.to_numpy()})
    spelled["key"] = [spelling_key(t) for t in spelled["text"]]
    listed = set(preferred.dropna()) if preferred is not None else set()
    if not listed and spelled["key"].is_unique:
        return {}
    by_key = {spelling_key(t): t for t in sorted(listed)}
    spelled = spelled.sort_values(["rows", "text"], ascending=[False, True], kind="stable")
    first = spelled.drop_duplicates("key").set_index("key")["text"]
    chosen = spelled["key"].map(by_key).astype("str").fillna(spelled["key"].map(first))
    other = spelled["text"] != chosen
    changed = dict(zip(spelled.loc[other, "text"], chosen[other], strict=True))
    for old, new in sorted(changed.items()):
        ledger.repair(
            table, f"{what} folded: only spaces, hyphens or case differ", int(counts[old]), f"{old!r} is {new!r}"
        )
    return changed
