"""Words in cells that stand for one of a few values: yes and no, won and lost, new and renewal, nobody.

The words themselves stand in the mapping files (`[words.…]`, `[outcomes]`), in every language.
"""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Mapping as Dict
from functools import cache, lru_cache

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from playbook.crm.headings.mapping import Mapping, generic


def folded(text: str) -> str:
    """`text` as it counts when two spellings are compared: case, accents kept, single spaces, no stray marks.

    >>> folded("  Ana   GARCÍA ")
    'ana garcía'
    """
    cleaned = "".join(
        c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) not in ("Cf", "Cc") or c in "\t\n"
    )
    return " ".join(cleaned.casefold().split())


@lru_cache(maxsize=20_000)  # each import asks for the same two thousand words of the mappings
def closely_folded(text: str) -> str:
    """`text` without case, accents, spaces and punctuation: `GTX Pro`, `GTXPro` and `gtx-pro` are one."""
    return "".join(c for c in unicodedata.normalize("NFKD", text).casefold() if c.isalnum() or c in "+#&%")


def missing_texts(index: pd.Index) -> pd.Series:
    """A column of texts in which every one is missing. Quick on long columns."""
    one = pd.array([None], dtype="str")
    return pd.Series(one.take(np.full(len(index), -1), allow_fill=True), index=index)


def by_unique(values: pd.Series, meaning: Callable[[str], object], dtype: str = "str") -> pd.Series:
    """`meaning` of each value, asked once per different value; missing stays missing."""
    codes, uniques = pd.factorize(values, use_na_sentinel=True)
    meanings = pd.array([meaning(str(u)) for u in uniques], dtype=dtype)
    if not len(uniques):
        return pd.Series(pd.array([None] * len(values), dtype=dtype), index=values.index)
    taken = meanings.take(codes, allow_fill=True)
    return pd.Series(taken, index=values.index, dtype=dtype)


def word_list(name: str, user: Mapping | None = None) -> dict[str, str]:
    """The words of `[words.<name>]`: closely folded word → the value it stands for; the user's words win."""
    value_by_word = dict(_generic_words(name))
    if user is not None:
        value_by_word.update(_learned(user.words.get(name, {})))
    return value_by_word


@cache
def _generic_words(name: str) -> dict[str, str]:
    return _learned(generic().words.get(name, {}))


def _learned(section: Dict[str, Sequence[str]]) -> dict[str, str]:
    return {closely_folded(word) or word: value for value, words in section.items() for word in words}


def words_of(name: str) -> frozenset[str]:
    """Every word of `[words.<name>]`, in lower case, whatever value or language it stands under."""
    return frozenset(word.casefold() for words in words_by_value(name).values() for word in words)


def words_by_value(name: str) -> Dict[str, Sequence[str]]:
    """The words of `[words.<name>]` as they are written, by the value or language that they stand under."""
    return generic().words.get(name, {})


@cache
def contained_words(name: str) -> tuple[tuple[str, str], ...]:
    """The words of `[words.<name>]` that count wherever they stand in a text: (word in lower case, value)."""
    section = generic().words.get(name, {})
    return tuple((word.casefold(), value) for value, words in section.items() for word in words)


def meaning_by_word(values: pd.Series, name: str, user: Mapping | None = None) -> pd.Series:
    """Each value as the word list `name` understands it, missing where it does not."""
    known = word_list(name, user)
    return by_unique(values, lambda v: known.get(closely_folded(v) or v))


def flags(values: pd.Series) -> pd.Series:
    """Yes and no in any of the languages, as a boolean column; anything else is missing."""
    known = word_list("flag")
    meant = by_unique(values, lambda v: known.get(closely_folded(v.removesuffix(".0"))))
    return (meant == "yes").astype("boolean").mask(meant.isna())


@cache
def missing_words() -> frozenset[str]:
    """Cells that say that there is no value, in lower case."""
    return words_of("missing")


def matches(values: pd.Series, pattern: str) -> pd.Series:
    """Whether `pattern` is found in each value (anchor it for the whole); missing is not. Quick on long columns."""
    is_match = pc.match_substring_regex(pa.array(values, type=pa.large_string()), pattern)
    return pd.Series(is_match.fill_null(False).to_numpy(zero_copy_only=False), index=values.index, dtype=bool)


def without_missing_words(values: pd.Series) -> tuple[pd.Series, int]:
    """`values` with `n/a`, `-`, `TBD` and the like taken as missing, and how many those were."""
    is_missing = values.str.lower().isin(missing_words())
    many = int(is_missing.sum())
    return (values.mask(is_missing), many) if many else (values, 0)


class Examples(str):
    """Examples as a sentence holds them; remembers the different values and how many are shown."""

    different: list[str]
    many: int
    before: str


def examples(values: Iterable[object], many: int = 3, before: str = "") -> Examples:
    """Up to `many` different values in quotation marks, as a sentence holds them, behind the words `before`."""
    different = list(dict.fromkeys(str(v) for v in values))
    made = Examples(listed_examples(different[:many], len(different), before))
    made.different, made.many, made.before = different, many, before
    return made


def listed_examples(first: list[str], different: int, before: str = "") -> str:
    """The `first` of so many `different` values in quotation marks, and how many more there are."""
    listed = before + ", ".join(repr(v[:60]) for v in first)
    return listed if different <= len(first) else f"{listed} and {different - len(first)} more"
