"""Text as it came out of one code page in, how much each of its words looks like one out, from 0 to 1.

A word is odd with a sign inside, a capital after a small letter or letters of two scripts. It fits where its letters
are those of the language that fits most words, and where vowels and consonants take turns as they do in words.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

MANY_BYTES = frozenset({"cp932", "cp949", "gb18030", "big5hkscs", "euc_jp"})  # pages with thousands of letters
_WORDS = re.compile(r"[^\x00-/:-@\[-`{-\x7f\u00a0]+")
_BESIDE_WORDS = frozenset("’‘‚“”„«»–—…ªº°·¿¡®™©")  # signs that stand at words in well-written text
_VOWELS = frozenset("aeiouyæøœıəаеёиоуыэюяіїєαεηιουω")
_OF_ANOTHER_LANGUAGE = 0.6  # what a word counts that no letter of the others' language explains
_ONLY_IN = {"vi": "cp1258"}  # an alphabet that would take the letters of all others for its own
_FEWEST_LETTERS = 4  # different ones, before those of a page with thousands prove anything


def letters_of(texts: Iterable[str]) -> int:
    """How many different letters beyond ASCII there are in those texts."""
    return len({c for text in texts for c in text if not c.isascii()})


_SCALED_SIGN = re.compile(r"[kKtTmM][€£¥]")  # thousands or millions of a currency: T€


def words_in(text: str) -> list[str]:
    """The words of a text that have a letter beyond ASCII, or a sign beyond it that belongs to no word."""
    parts = [part.strip("’‘‚“”„«»–—…¿¡") for part in _WORDS.findall(text)]
    telling = [p for p in parts if any(map(_is_telling, p)) and any(c.isalpha() for c in p)]
    return [p for p in telling if not _SCALED_SIGN.fullmatch(p)]


def _is_telling(letter: str) -> bool:
    return not letter.isascii() and letter not in _BESIDE_WORDS


def looks_like_words(codec: str, words: list[str]) -> dict[str, float]:
    """How much each of the words looks like one, from 0 to 1."""
    odd = {word for word in words if _odd(word)}
    fitting = [word for word in words if word not in odd]
    if codec in MANY_BYTES:
        few = 1.0 if letters_of(words) >= _FEWEST_LETTERS else 0.8
        common = {word for word in fitting if all(_is_common(c, codec) for c in word if not c.isascii())}
        return {word: few * (word in common) for word in words}
    possible = {code: letters for code, letters in alphabets().items() if _ONLY_IN.get(code, codec) == codec}
    languages = {code: sum(_written_in(w, letters) for w in fitting) for code, letters in possible.items()}
    own = possible[max(languages, key=lambda code: languages[code])]
    others = [letters for letters in possible.values() if letters is not own]
    covered = {
        word: 0.0 if word in odd else 1.0 if _written_in(word, own)
        else _OF_ANOTHER_LANGUAGE * any(_written_in(word, letters) for letters in others)
        for word in words
    }  # fmt: skip
    cased = [word for word in words if _script(word[0]) in ("cyrillic", "greek")]
    case = 1.0
    if cased and not any(word[0].isupper() for word in cased):
        case = 0.5  # names begin with a capital
    elif cased and all(word.isupper() for word in cased):
        case = 0.85  # and have seldom nothing else
    return {word: case * covered[word] * (0.7 + 0.3 * _alternation(word)) for word in words}


@dataclass(frozen=True)
class Alphabet:
    """The letters beyond ASCII of a language, small ones, and those that it has only before another (`õe`)."""

    letters: frozenset[str]
    pairs: tuple[str, ...] = ()


@cache
def alphabets() -> dict[str, Alphabet]:
    """The alphabets, by the languages' codes."""
    file = resources.files("playbook.crm.files") / "alphabets.toml"
    scripts = tomllib.loads(file.read_text(encoding="utf-8"))
    written = {code: letters.split() for script in scripts.values() for code, letters in script.items()}
    return {code: Alphabet(frozenset(letters), tuple(pairs)) for code, (letters, *pairs) in written.items()}


def _written_in(word: str, alphabet: Alphabet) -> bool:
    if not alphabet.pairs:
        return _letters_beyond(word) <= alphabet.letters
    small = word.lower()
    for pair in alphabet.pairs:
        small = small.replace(pair, pair[1:])
    return _letters_beyond(small) <= alphabet.letters


@lru_cache(maxsize=20_000)
def _letters_beyond(word: str) -> frozenset[str]:
    return frozenset(c for c in word.replace("İ", "ı").lower() if _is_telling(c))


def _odd(word: str) -> bool:
    """Whether no text has such a word: a sign inside, a capital after a small letter, letters of two scripts."""
    letters = [c for c in word if c.isalpha() or _is_mark(c)]
    signs = [c for c in word if not c.isascii() and not c.isalnum() and not _is_mark(c)]
    if (
        any(c in "®©™" for c in word[:-1])
        or any(c not in _BESIDE_WORDS for c in signs)
        or any(c.isdigit() and not c.isascii() for c in word)
    ):
        return True
    pairs = list(zip(word, word[1:], strict=False))
    if any(not (a + b).isascii() and (a.islower() and b.isupper() or a.isdigit() != b.isdigit()) for a, b in pairs):
        return True
    scripts = {_script(c) for c in letters}
    if len(scripts - {"kana"}) > 1 or "halfwidth" in scripts:
        return True
    if _is_mark(word[0]):
        return True
    beyond = sum(not c.isascii() for c in letters)
    return scripts == {"latin"} and len(letters) > 2 and beyond > 0.67 * len(letters)


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter).startswith("M")


@cache
def _script(letter: str) -> str:
    if letter.isascii():
        return "latin"
    name = unicodedata.name(letter, "").split(" ")[0].split("-")[0]
    return "kana" if name in ("HIRAGANA", "KATAKANA") else name.lower()


def _is_common(letter: str, codec: str) -> bool:
    """Whether a letter of a page with thousands is one of those that everyday words are written with."""
    if codec == "cp949":
        return _script(letter) == "hangul" and _lead(letter, "euc_kr") in range(0xB0, 0xC9)
    if codec == "gb18030":
        return _lead(letter, "gb2312") in range(0xB0, 0xD8)
    if codec == "big5hkscs":
        return _lead(letter, "big5") in range(0xA4, 0xC7)
    return (
        letter == "ー"
        or letter in "々〆ヶ"
        or _script(letter) == "kana"
        or _lead(letter, "euc_jp") in range(0xB0, 0xD0)
    )


@cache
def _lead(letter: str, codec: str) -> int:
    try:
        return letter.encode(codec)[0]
    except UnicodeEncodeError:
        return 0


def _alternation(word: str) -> float:
    """How often a letter beyond ASCII and its neighbour are vowel and consonant; a half where that says nothing."""
    same = other = 0
    for a, b in zip(word, word[1:], strict=False):
        if (a + b).isascii() or not (a + b).isalpha() or _script(a) not in ("latin", "cyrillic", "greek"):
            continue
        if _is_vowel(a) == _is_vowel(b):
            same += 1
        else:
            other += 1
    return (other + 0.5) / (same + other + 1)


def _is_vowel(letter: str) -> bool:
    return unicodedata.normalize("NFD", letter.lower())[0] in _VOWELS
