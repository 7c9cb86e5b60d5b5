"""What a table may be: every section of the mapping files held against its headings.

A section (the deals of Salesforce, the people of plain tables) makes a candidate unless something stands against it;
each such reason is a function of its own. A candidate weighs as much as its evidence; which of the candidates a table
is, the folder decides (`folder_reading`).
"""

from collections.abc import Callable, Iterable
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field, replace
from functools import cached_property

from playbook.crm.files.raw_table import RawTable
from playbook.crm.headings.alike import normal, words_in
from playbook.crm.headings.mapping import GENERIC, Heading, KindMapping, Mapping, generic, language_name
from playbook.crm.headings.meaning import Meanings
from playbook.crm.values.quota_periods import headings_of_periods

_FEWEST_PERIODS = 2
_ENOUGH_ROWS = 20_000  # rows by which a history is told from deals
_WHO = {"person_id", "name", "first_name", "last_name", "email", "manager_id", "manager_name"}
_WORDS_IN_FILE_NAMES = {
    "people": ("team", "rep", "agent", "user", "owner", "people", "roster", "employee"),
    "quotas": ("quota", "target"),
}


@dataclass(frozen=True, eq=False)
class Candidate:
    """A kind of file that a table may be, by one mapping: `hits` are the headings that its section knows.

    `said_by_user`: the user's mapping file says that the file is of this kind.
    """

    raw: RawTable
    kind: str
    mapping: Mapping
    hits: Dict[str, Heading]
    plain_fields: frozenset[str] = frozenset()  # that the generic list of headings knows beside the hits
    periods: Dict[str, str] = field(default_factory=dict)  # headings of quotas for the period that they name
    said_by_user: bool = False

    @property
    def section(self) -> KindMapping:
        """The section of the mapping file."""
        return self.mapping.kinds[self.kind]

    @cached_property
    def fields(self) -> frozenset[str]:
        """The fields that the hits fill, and those that headings of periods fill together."""
        of_periods = ("amount", "period") if self.periods else ()
        return frozenset((*(known.field for known in self.hits.values()), *of_periods))

    @cached_property
    def language(self) -> str:
        """The language that most of the hits are known in; of equals English."""
        languages = [known.language for known in self.hits.values()]
        return max(dict.fromkeys(languages), key=lambda code: (languages.count(code), code == "en"), default="")

    @cached_property
    def evidence(self) -> Dict[str, float]:
        """What speaks for the candidate, each with its weight: a field known weighs 1."""
        to_the_letter = sum(heading.strip() == known.written for heading, known in self.hits.items())
        named = any(word in self.raw.file.lower() for word in _WORDS_IN_FILE_NAMES.get(self.kind, ()))
        return {
            "fields that its headings fill": len(self.fields | self.plain_fields),
            "a CRM's own headings": 0.5 + (len(self.fields) + to_the_letter / 4) / 10 if self._of_crm else 0,
            "the user's own mapping file": 100 if self.mapping.of_user else 0,
            "the file's name": 0.75 if named else 0,
            "its rows move through stages": _like_a_history(self) if self.kind == "stage_history" else 0,
        }

    @cached_property
    def weight(self) -> float:
        """How much speaks for the candidate."""
        return sum(self.evidence.values())

    @property
    def in_words(self) -> str:
        """Why the table may be this, as a report says it."""
        if self.said_by_user:
            return "your mapping file says so"
        whose = f"the {self.mapping.crm} mapping" if self._of_crm else "the generic list of headings"
        language = language_name(self.language)
        return f"{len(self.fields)} of its columns are known in {f'{whose}, {language}' if language else whose}"

    @property
    def _of_crm(self) -> bool:
        return self.mapping.crm != GENERIC


def candidates_of(raw: RawTable, mapping: Mapping, meanings: Meanings) -> list[Candidate]:
    """What `raw` may be by the sections of `mapping`, in their order."""
    hits = ((kind, _hits(raw, kind, section, meanings)) for kind, section in mapping.kinds.items())
    periods = _headings_of_quotas(raw, meanings) if mapping.crm == GENERIC else {}
    possible = (
        Candidate(raw, kind, mapping, known, periods=periods if kind == "quotas" else {})
        for kind, known in hits
        if known
    )
    return [_with_plain_fields(each, meanings) for each in possible if not any(no(each) for no in _AGAINST)]


def candidate_said_by_user(raw: RawTable, kind: str, mapping: Mapping, meanings: Meanings) -> list[Candidate]:
    """`raw` as a file of that kind, whatever stands against it; nothing where `mapping` has no such section."""
    if kind not in mapping.kinds:
        return []
    hits = _hits(raw, kind, mapping.kinds[kind], meanings)
    periods = headings_of_periods(raw.headings) if kind == "quotas" else {}
    return [_with_plain_fields(Candidate(raw, kind, mapping, hits, periods=periods, said_by_user=True), meanings)]


def strongest(candidates: Iterable[Candidate]) -> Candidate | None:
    """The candidate for which most speaks, of equals the first."""
    return max(candidates, key=lambda c: c.weight, default=None)


def _hits(raw: RawTable, kind: str, section: KindMapping, meanings: Meanings) -> dict[str, Heading]:
    return {h: known for h in raw.headings if (known := meanings.of(h, kind, section))}


def _headings_of_quotas(raw: RawTable, meanings: Meanings) -> dict[str, str]:
    """The headings of periods of a table that is called by quotas and names nobody's manager; a roster holds more."""
    called_so = not frozenset(generic().words["quota_table"]["any"]).isdisjoint(words_in(raw.label))
    periods = headings_of_periods(raw.headings) if called_so else {}
    if len(periods) < _FEWEST_PERIODS:
        return {}
    people = generic().kinds["people"]
    known = (meanings.of(h, "people", people) for h in raw.headings if h not in periods)
    return {} if any(each and each.field in ("manager_id", "manager_name") for each in known) else periods


def _with_plain_fields(candidate: Candidate, meanings: Meanings) -> Candidate:
    plain = generic().kinds.get(candidate.kind)
    if plain is None or candidate.mapping.crm == GENERIC:
        return candidate
    known = (meanings.of(h, candidate.kind, plain, candidate.section) for h in candidate.raw.headings)
    return replace(candidate, plain_fields=frozenset(heading.field for heading in known if heading))


def _lacks_what_is_demanded(candidate: Candidate) -> bool:
    """Whether headings are wanting by which the section knows its files."""
    return any(candidate.fields.isdisjoint(group) for group in candidate.section.recognise)


def _demands_nothing(candidate: Candidate) -> bool:
    """Whether a CRM's section names no headings by which it knows its files: it is for those that others know."""
    shipped_for_crm = candidate.mapping.crm != GENERIC and not candidate.mapping.of_user
    return shipped_for_crm and not candidate.section.recognise


def _too_little_of_the_users(candidate: Candidate) -> bool:
    """Whether fewer than half of the fields that the user's section names are there: a file is not meant by it."""
    section = candidate.section
    if not candidate.mapping.of_user or section.recognise:
        return False
    named = {known.field for alike in section.known.values() for known in alike}
    return len(candidate.fields) < max(2, (len(named) + 1) // 2)


def _nothing_but_an_id(candidate: Candidate) -> bool:
    """Whether only a column `id` would tell who the people of a list are: it may be of anything."""
    who = {h: known.field for h, known in candidate.hits.items() if known.field in _WHO}
    only_ids = bool(who) and all(name == "person_id" and normal(h) == "id" for h, name in who.items())
    return candidate.kind == "people" and only_ids


def _of_another_kind(candidate: Candidate) -> bool:
    """Whether a heading is there that files of this kind never have."""
    return any(h.strip().casefold() in candidate.section.unless for h in candidate.raw.headings)


_AGAINST: tuple[Callable[[Candidate], bool], ...] = (
    _lacks_what_is_demanded,
    _demands_nothing,
    _too_little_of_the_users,
    _nothing_but_an_id,
    _of_another_kind,
)


def _like_a_history(candidate: Candidate) -> float:
    """A history has several rows for one deal, in several stages; a table where each deal stands once is the deals."""
    heading_of = {known.field: heading for heading, known in reversed(list(candidate.hits.items()))}
    cells = candidate.raw.cells
    if "opportunity_id" not in heading_of or len(cells) < 2:
        return 0.0
    ids = cells[heading_of["opportunity_id"]]
    if not ids.duplicated().any():
        return -1.5
    first = ids.head(_ENOUGH_ROWS)
    several = first[first.duplicated(keep=False)].dropna()
    if "stage" not in heading_of:
        return 1.5
    stages = cells.loc[several.index, heading_of["stage"]]
    return 5.0 if (stages.groupby(several).nunique() > 1).mean() > 0.5 else 1.5
