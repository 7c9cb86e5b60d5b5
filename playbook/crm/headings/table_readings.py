"""The ways to read one table by its headings, for the folder to choose from; or why it is nothing to the kit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from playbook.crm.files.raw_table import RawTable
from playbook.crm.headings.candidates import Candidate, candidate_said_by_user, candidates_of, strongest
from playbook.crm.headings.column_claims import columns_of
from playbook.crm.headings.fields import KIND_LABELS
from playbook.crm.headings.mapping import GENERIC, Mapping, generic
from playbook.crm.headings.meaning import Meanings
from playbook.crm.headings.recognised import Recognised
from playbook.crm.headings.unknown_tables import is_one_row_a_person, set_aside_by_crm, why_unknown
from playbook.wording import count

IGNORE = "ignore"  # where a mapping file names a kind: the file is to be left out
_DEALS = "opportunities"


@dataclass(frozen=True, eq=False)
class Readings:
    """The ways to read one table: `candidates`, the strongest of each kind, the one to be believed first.

    A table without candidates is nothing to the kit, for the reason `why` that the CRM `crm` gives, if one does.
    `settled`: a mapping file of the user's own says what the table is.
    """

    raw: RawTable
    meanings: Meanings
    candidates: tuple[Candidate, ...] = ()
    user: Mapping | None = None
    settled: bool = False
    crm: str = ""
    why: str = ""

    @property
    def kind(self) -> str:
        """What the table is believed to be; empty for nothing."""
        return self.candidates[0].kind if self.candidates else ""

    @cached_property
    def table(self) -> Recognised:
        """The table as it is believed to be."""
        if not self.candidates:
            return Recognised(self.raw, "", self.crm, "", self.why)
        best, *others = self.candidates
        columns = columns_of(best, self.user, self.meanings)
        sources = [m for m in (self.user, best.mapping, generic()) if m is not None and best.kind in m.kinds]
        return Recognised(
            self.raw, best.kind, best.mapping.crm, best.language, _with_runner_up(best, others), **columns.__dict__,
            everyone=any(m.kinds[best.kind].everyone for m in sources if m.crm != GENERIC), mapping=best.mapping,
        )  # fmt: skip

    def rather(self, *kinds: str) -> "Readings | None":
        """The same with the first of `kinds` that the headings allow believed first; None where they allow none."""
        for kind in kinds:
            believed = [c for c in self.candidates if c.kind == kind]
            if believed:
                return replace(self, candidates=(*believed, *(c for c in self.candidates if c.kind != kind)))
        return None

    def nothing(self, why: str) -> "Readings":
        """The table as nothing to the kit."""
        return replace(self, candidates=(), crm=self.table.crm, why=why)

    def aside(self, why: str) -> "Readings":
        """The table left aside for a reason that lies in its folder; it is said what it looked like."""
        return self.nothing(f"{why} (its headings are like those of {KIND_LABELS[self.kind]})")


def readings_of(raw: RawTable, mappings: Sequence[Mapping], user: Mapping | None = None) -> Readings:
    """How `raw` can be read, by its headings.

    Parameters
    ----------
    mappings : the shipped mappings, the generic one last.
    user : the user's own mapping file, if there is one; it wins.
    """
    readings = Readings(raw, Meanings(raw), user=user)
    users_kind = next((kind for name, kind in user.files.items() if name in raw.names), "") if user else ""
    if user and users_kind == IGNORE:
        return replace(readings, settled=True, crm=user.crm, why="your mapping file says that it is to be left out")
    if user and users_kind:
        return replace(readings, settled=True, candidates=_said_by_user(readings, users_kind, mappings, user))
    crm, why = set_aside_by_crm(raw, mappings)
    if why:
        return replace(readings, crm=crm, why=why)
    return _by_its_headings(readings, mappings, user)


def _said_by_user(readings: Readings, kind: str, mappings: Sequence[Mapping], user: Mapping) -> tuple[Candidate, ...]:
    """The table as the user says; the mapping of its CRM still knows its other headings."""
    raw, meanings = readings.raw, readings.meanings
    of_kind = [c for m in mappings for c in candidates_of(raw, m, meanings) if c.kind == kind]
    of_kind = of_kind or candidate_said_by_user(raw, kind, user, meanings)
    best = strongest(of_kind or candidate_said_by_user(raw, kind, generic(), meanings))
    return (replace(best, said_by_user=True),) if best else ()


def _by_its_headings(readings: Readings, mappings: Sequence[Mapping], user: Mapping | None) -> Readings:
    raw, meanings = readings.raw, readings.meanings
    shipped = [c for m in mappings for c in candidates_of(raw, m, meanings)]
    of_user = candidates_of(raw, user, meanings) if user else []
    best = strongest([*shipped, *of_user])
    if best is not None and best.mapping.of_user:
        best = strongest(c for c in shipped if c.kind == best.kind) or best  # it still knows its CRM's other headings
    if (best is None or best.kind == _DEALS) and is_one_row_a_person(raw, meanings):
        return replace(readings, why="a summary with one row per person, not one row per deal")
    if best is None:
        return replace(readings, why=why_unknown(raw, mappings, meanings))
    kinds = dict.fromkeys(c.kind for c in sorted(shipped, key=lambda c: -c.weight) if c.kind != best.kind)
    others = [strongest(c for c in shipped if c.kind == kind) for kind in kinds]
    candidates = (best, *(c for c in others if c is not None))
    return replace(readings, candidates=candidates, settled=best.mapping.of_user)


def _with_runner_up(best: Candidate, others: Sequence[Candidate]) -> str:
    """Why the table is what it is, and what it would be next."""
    if best.said_by_user or not others:
        return best.in_words
    next_best = f"{KIND_LABELS[others[0].kind]} ({count(len(others[0].fields), 'column')})"
    return f"{best.in_words}; after that it is most like {next_best}"
