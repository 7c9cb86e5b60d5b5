"""The mapping language: which headings of which CRM, in which language, mean which field.

One TOML file per CRM ships with the package; a user's own file has the same language and wins.
`mappings/README.md` explains it on half a page.
"""

import re
import tomllib
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import resources
from pathlib import Path
from typing import Any

from babel import Locale, localedata

from playbook.catalogue import CATALOGUE
from playbook.crm.files.code_pages import codec_of
from playbook.crm.headings.alike import normal, words_in
from playbook.crm.headings.entries_of_text import values_of_entries
from playbook.crm.headings.fields import FIELDS
from playbook.errors import UnusableInput

GENERIC = "generic"
NO_LANGUAGE, API = "", "api"  # where a language would stand: headings of any, and a CRM's internal names
_LANGUAGE_CODE = re.compile(r"[a-z]{2,3}")
_OF_A_KIND = {"recognise", "unless", "aside", "prefixes", "suffixes", "wide_stage_dates", "wide_quotas", "everyone"}
_TOP = {
    "crm", "recognise", "dates", "decimal", "roster", "stage_order", "outcomes", "company", "encoding", "files",
    "rates", "words", "ask_for", "set_aside", "remarks",
}  # fmt: skip


@dataclass(frozen=True)
class Heading:
    """What a heading means: the field, the language it is known in, and how early it stands in its list.

    `by_values`: no list knows the heading, and its column's values say what it is.
    """

    field: str
    language: str
    rank: int
    written: str
    by_values: bool = False


@dataclass(frozen=True)
class KindMapping:
    """The headings of one kind of file in one CRM. `known` is keyed by the heading's normal form."""

    known: Dict[str, tuple[Heading, ...]]
    recognise: tuple[tuple[str, ...], ...] = ()
    unless: tuple[str, ...] = ()  # headings, spelled so, of another kind of file
    aside: frozenset[str] = frozenset()  # headings that are to mean nothing, in normal form
    prefixes: tuple[str, ...] = ()  # what the CRM writes around a heading: `Deal - Title`
    suffixes: tuple[str, ...] = ()
    wide_stage_dates: tuple[str, ...] = ()
    wide_quotas: tuple[str, ...] = ()
    everyone: bool = False

    @cached_property
    def by_words(self) -> Dict[tuple[str, ...], tuple[Heading, ...]]:
        """The known headings by their words in alphabetical order, articles left out."""
        little = frozenset(generic().words["little_words"]["any"])
        headings_by_words: dict[tuple[str, ...], tuple[Heading, ...]] = {}
        for alike in self.known.values():
            for heading in alike:
                words = tuple(sorted(w for w in words_in(heading.written) if w not in little))
                headings_by_words[words] = (*headings_by_words.get(words, ()), heading)
        return headings_by_words


@dataclass(frozen=True, eq=False)
class Mapping:
    """One mapping file."""

    crm: str
    kinds: Dict[str, KindMapping]
    outcomes: Dict[str, list[str]] = field(default_factory=dict)
    stage_order: Dict[str, list[str]] = field(default_factory=dict)
    words: Dict[str, Dict[str, list[str]]] = field(default_factory=dict)
    set_aside: Dict[str, Dict[str, Any]] = field(default_factory=dict)
    ask_for: Dict[str, str] = field(default_factory=dict)
    files: Dict[str, str] = field(default_factory=dict)
    company: Dict[str, Any] = field(default_factory=dict)
    rates: Dict[str, float] = field(default_factory=dict)
    encoding: Dict[str, str] = field(default_factory=dict)  # file → the code page that it is written in
    dates: str = ""
    decimal: str = ""
    remarks: Dict[str, str] = field(default_factory=dict)  # heading in normal form → what to know about it
    roster: Path | None = None
    of_user: bool = False


def language_name(code: str) -> str:
    """A language's name: `de` is German; empty for headings without a language."""
    if code == API:
        return "API names"
    return str(Locale(code).english_name) if code else ""


@cache
def languages() -> tuple[str, ...]:
    """The codes of the languages in which the shipped mappings know a heading, or the word for a total."""
    kinds = [kind for mapping in shipped() for kind in mapping.kinds.values()]
    known = {heading.language for kind in kinds for headings in kind.known.values() for heading in headings}
    return tuple(sorted((known | set(generic().words["total"])) - {API, NO_LANGUAGE}))


@cache
def shipped() -> tuple[Mapping, ...]:
    """The mappings that ship with the package, the generic one last."""
    folder = resources.files("playbook.crm") / "mappings"
    files = sorted(
        (f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: (f.name == "generic.toml", f.name)
    )
    return tuple(parsed(tomllib.loads(f.read_text(encoding="utf-8")), where=f.name) for f in files)


def generic() -> Mapping:
    """The mapping of plain tables, which also holds the words for outcomes, kinds and the like."""
    return shipped()[-1]


def users(file: Path) -> Mapping:
    """A user's mapping file.

    Raises
    ------
    UnusableInput : if it cannot be read, or uses a word that the mapping language does not have.
    """
    try:
        values = values_of_entries(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UnusableInput(f"cannot be read ({error.strerror}).", where=str(file), remedy="Check the name.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnusableInput(
            f"is no TOML ({error}).", where=str(file), remedy="Correct that line and run again."
        ) from None
    mapping = parsed(values, where=str(file), of_user=True)
    roster = values.get("roster")
    return Mapping(**{**mapping.__dict__, "roster": file.parent / roster if roster else None})


def parsed(values: Dict[str, Any], where: str, *, of_user: bool = False) -> Mapping:
    """A mapping from the values of its TOML file.

    Raises
    ------
    UnusableInput : if it uses a word that the mapping language does not have.
    """
    _check_words(values, where)
    kinds = {kind: _kind(kind, values[kind], where, values) for kind in FIELDS if kind in values}
    order = values.get("stage_order", {})
    return Mapping(
        crm=str(values.get("crm") or ("your mapping file" if of_user else where)),
        kinds=kinds,
        outcomes=_lists(values.get("outcomes", {}), f"{where}, [outcomes]"),
        stage_order={"": order} if isinstance(order, list) else order,
        words=values.get("words", {}),
        set_aside=values.get("set_aside", {}),
        ask_for=values.get("ask_for", {}),
        files=values.get("files", {}),
        company=values.get("company", {}),
        rates=_rates(values.get("rates", {}), f"{where}, [rates]"),
        encoding=values.get("encoding", {}),
        dates=str(values.get("dates", "")),
        decimal=str(values.get("decimal", "")),
        remarks={normal(h): str(remark) for h, remark in values.get("remarks", {}).items()},
        of_user=of_user,
    )


def _check_words(values: Dict[str, Any], where: str) -> None:
    for word in values:
        if word not in _TOP and word not in FIELDS:
            raise UnusableInput(
                f"{word!r} is not a word of the mapping language.",
                where=where,
                remedy=f"Sections are: {', '.join(FIELDS)}; settings are: {', '.join(sorted(_TOP))}.",
            )
    outcomes = set(values.get("outcomes", {})) - {"won", "lost", "open"}
    if outcomes:
        raise UnusableInput(
            f"{outcomes.pop()!r} is no outcome.", where=f"{where}, [outcomes]", remedy="Use won, lost or open."
        )
    if values.get("dates", "") not in ("", "dmy", "mdy", "ymd"):
        raise UnusableInput(f"dates = {values['dates']!r} is no order.", where=where, remedy="Write dmy, mdy or ymd.")
    if unknown := set(values.get("ask_for", {})) - set(CATALOGUE):
        raise UnusableInput(
            f"{unknown.pop()!r} is no table or column of ours.",
            where=f"{where}, [ask_for]",
            remedy='Name a table (quotas) or a column ("people.manager_id").',
        )
    pages = values.get("encoding", {})
    for page in pages.values() if isinstance(pages, dict) else [pages]:
        if not isinstance(pages, dict) or not isinstance(page, str) or codec_of(page) is None:
            raise UnusableInput(
                f"{page!r} is no code page of a file.",
                where=f"{where}, [encoding]",
                remedy='Write an entry for each file: [encoding] "deals.csv" = "cp1250" (or cp1251, gb18030, utf-8).',
            )
    for kind in values.get("files", {}).values():
        if kind not in FIELDS and kind != "ignore":
            raise UnusableInput(
                f"{kind!r} is no kind of file.",
                where=f"{where}, [files]",
                remedy=f"Use one of: ignore, {', '.join(FIELDS)}.",
            )


def _kind(kind: str, section: Dict[str, Any], where: str, values: Dict[str, Any]) -> KindMapping:
    known: dict[str, tuple[Heading, ...]] = {}
    for key, value in section.items():
        if key in _OF_A_KIND:
            continue
        if isinstance(value, dict):
            if key != API and not (_LANGUAGE_CODE.fullmatch(key) and localedata.exists(key)):
                raise UnusableInput(
                    f"{key!r} is no language.",
                    where=f"{where}, [{kind}.{key}]",
                    remedy="Write a language's code (en, de, pt, tr), or api for a CRM's internal names.",
                )
            for name, headings in value.items():
                _learn(known, kind, name, headings, key, where)
        else:
            _learn(known, kind, key, value, NO_LANGUAGE, where)
    needed = section.get("recognise", values.get("recognise", []) if kind == "opportunities" else [])
    return KindMapping(
        known=known,
        recognise=tuple(tuple(group.split("|")) for group in needed),
        unless=tuple(h.casefold() for h in section.get("unless", ())),
        aside=frozenset(normal(h) for h in section.get("aside", ())),
        prefixes=tuple(section.get("prefixes", ())),
        suffixes=tuple(section.get("suffixes", ())),
        wide_stage_dates=tuple(section.get("wide_stage_dates", ())),
        wide_quotas=tuple(section.get("wide_quotas", ())),
        everyone=bool(section.get("everyone", False)),
    )


def _learn(
    known: dict[str, tuple[Heading, ...]], kind: str, name: str, headings: Any, language: str, where: str
) -> None:
    if name not in FIELDS[kind]:
        raise UnusableInput(
            f"{name!r} is not a column of ours.",
            where=f"{where}, [{kind}]",
            remedy=f"Use one of: {', '.join(FIELDS[kind])}.",
        )
    for rank, heading in enumerate([headings] if isinstance(headings, str) else headings):
        known[normal(heading)] = (*known.get(normal(heading), ()), Heading(name, language, rank, heading))


def _rates(section: Dict[str, Any], where: str) -> dict[str, float]:
    for code, rate in section.items():
        if isinstance(rate, bool) or not isinstance(rate, int | float) or rate <= 0:
            raise UnusableInput(
                f"{code} = {rate!r} is no rate.",
                where=where,
                remedy="Write what one is worth in the company's currency, with a point: [rates] USD = 0.9",
            )
    return {str(code).upper(): float(rate) for code, rate in section.items()}


def _lists(section: Dict[str, Any], where: str) -> dict[str, list[str]]:
    return {key: [value] if isinstance(value, str) else [str(v) for v in value] for key, value in section.items()}
