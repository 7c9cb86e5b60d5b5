"""The reason of a verdict, in one to three short sentences fit to be said aloud to the rep.

In: the finding `diagnosis` (rows of `diagnosis.diagnosis_rows.DiagnosisRow`).  Out: what was seen with its n, how that
compares, what would tell more, and where to look. No sentence names a person, and none says why something is so: the
data shows where, only observing shows why.
"""

import math
from typing import NamedTuple

import pandas as pd

from playbook import wording
from playbook.diagnosis.diagnosis_rows import FEWEST_PEERS, QUARTER_END, DiagnosisRow
from playbook.drivers.driver import DAYS, MONEY, SHARE, Driver
from playbook.drivers.registry import driver_of, name_in
from playbook.sentences.counted import counted, singular_after_one
from playbook.sentences.record_sentences import may_be, to_ask

# How that compares, by verdict.
_COMPARED = {
    "coach": "With deals like these, {usual} would be usual ({peers}), and luck hardly explains that.",
    "watch": "With deals like these, {usual} would be usual ({peers}).",
    "ask_first": "With deals like these, {usual} would be usual ({peers}), and luck hardly explains that.",
    "strength": (
        "With deals like these, {usual} would be usual ({peers}), and luck hardly explains that: a strength to ask "
        "about and to share."
    ),
}
_SHARED_BY_THE_TEAM = (
    "With deals like these, {usual} would be usual ({peers}), and the {mates} of the team lie on the same side, so "
    "look at process, product and leads before any one person."
)
_SHARED_BY_THE_CALENDAR = (
    "With deals like these, {usual} would be usual ({peers}), and with everybody far more is won in a quarter's last "
    "month than in the others, so look at process, product and leads before any one person."
)
_TOO_SMALL = (
    "With deals like these, {usual} would be usual ({peers}): a difference too small, or not sure enough, to act on."
)
_NOTHING = "With deals like these, {usual} would be usual ({peers}): nothing here that luck would not bring."
_LEFT_ASIDE = (
    "{left} more is left aside, as too few colleagues sell the like.",
    "{left} more are left aside, as too few colleagues sell the like.",
)
# The same where the numbers of the others stay with them (`disclosure`): too few people outside of the team.
_COMPARED_IN_WORDS = {
    "coach": "Others with deals like these do better, and luck hardly explains that.",
    "watch": "Others with deals like these do better.",
    "ask_first": "Others with deals like these do better, and luck hardly explains that.",
    "strength": (
        "Others with deals like these do less well, and luck hardly explains that: a strength to ask about and to "
        "share."
    ),
    "no_evidence": "Beside others with deals like these that is nothing to act on.",
}
_SHARED_BY_THE_TEAM_IN_WORDS = (
    "Others with deals like these do better, and the {mates} of the team lie on the same side, so look at process, "
    "product and leads before any one person."
)
_SHARED_BY_THE_CALENDAR_IN_WORDS = (
    "With everybody far more is won in a quarter's last month than in the others, so look at process, product and "
    "leads before any one person."
)
_THEIRS_STAY_WITH_THEM = "Too few people outside the team stand behind this for their numbers to be shown here."
# What would tell more.
_MORE_WILL_TELL = "It may be luck, and about {more} will tell."
_NEXT_QUARTER = "It may be luck, and the next quarter will tell."
_TOO_FEW = "Only {counted}: too few to tell skill from luck."
_TOO_FEW_ALIKE = (
    "No comparable peers: only {n} of {own_n} {counted} are of a kind that others sell too, and more of the same would "
    "not help."
)
_TOO_FEW_SINCE_RAMPING = "Only {counted} since the first half year: too few to tell skill from luck."
_MORE_WOULD_TELL = "About {n} more would begin to tell."
_STILL_RAMPING = "Still in the first half year, in which everybody ramps: nothing is compared yet."
_HANDFUL = "{deals}: too few to compare. Where others own far more, ask what else they work on."
_NONE = "There are no {counted} to look at in this export."
# Why nobody is like this rep.
_TOO_FEW_PEERS = (
    "Nobody else does the same job with enough deals, and a fair comparison needs {fewest}.",
    "Only 1 other does the same job with enough deals, and a fair comparison needs {fewest}.",
    "Only {peers} others do the same job with enough deals, and a fair comparison needs {fewest}.",
)
_NO_SELLER = "The title is not a seller's, so ask what they work on: nothing is compared."
_UNLIKE = "No comparable peers: hardly anybody else sells the like, and more data would not help."
# Where to look, by verdict; what to look at stands with the driver.
_LOOK = {"coach": "To see why, look at {what}.", "watch": "Until then, look at {what}."}


class Reason(NamedTuple):
    """Whole sentences: what was seen and how it compares, and where to look (empty where nothing is to be done)."""

    seen: tuple[str, ...]
    look: str = ""

    @property
    def what_was_seen(self) -> str:
        """Without where to look, for pages on which that stands anyway."""
        return " ".join(self.seen)

    @property
    def text(self) -> str:
        """All of it, in short sentences."""
        return " ".join([*self.seen, self.look]).rstrip()

    @property
    def one_sentence(self) -> str:
        """All of it as one sentence, for a cell of a table."""
        first, *others = [sentence.removesuffix(".") for sentence in (*self.seen, self.look) if sentence]
        return "; ".join([first, *(wording.lower_first(other) for other in others)]) + "."


def reasons(table: pd.DataFrame, currency: str = "") -> list[Reason]:
    """The reason of each row of `table`, the finding `diagnosis`."""
    columns = list(DiagnosisRow._fields)
    return [_reason(DiagnosisRow(*row), currency) for row in table[columns].itertuples(index=False, name=None)]


def reason_of(table: pd.DataFrame, rep_id: str, driver: str, currency: str = "") -> Reason:
    """The reason of the one row of `table` on this rep and driver.

    Raises
    ------
    ValueError : if there is no such row, or more than one.
    """
    (reason,) = reasons(table[(table["rep_id"] == rep_id) & (table["driver"] == driver)], currency)
    return reason


def _reason(row: DiagnosisRow, currency: str) -> Reason:
    if row.verdict == "too_little_data":
        return Reason(_too_little(row))
    seen = _seen(row, currency)
    if row.verdict == "not_comparable":
        return Reason((seen, _not_comparable(row)))
    aside = row.own_n - row.n
    left_aside = (_LEFT_ASIDE[aside > 1].format(left=aside),) if aside else ()
    compared = _beside_others(row, currency)
    if row.verdict == "ask_first":
        record = may_be(str(row.way), row.way_trait or "", row.way_value, row.way_usual)
        return Reason((seen, *compared, record), to_ask(str(row.way), row.way_trait or ""))
    more = (_more(row),) if row.verdict == "watch" else ()
    look = _LOOK[row.verdict].format(what=_where_to_look(row)) if row.verdict in _LOOK else ""
    return Reason((seen, *left_aside, *compared, *more), look)


def _beside_others(row: DiagnosisRow, currency: str) -> tuple[str, ...]:
    """How that compares: with the others' numbers, or in words where those stay with them."""
    mates = wording.count(row.mates, "other")
    if math.isnan(row.usual_low):
        return _compared_in_words(row).format(mates=mates), _THEIRS_STAY_WITH_THEM
    peers = wording.count(row.peers, "peer")
    return (_compared(row).format(usual=_usual(row, currency), peers=peers, mates=mates),)


def _seen(row: DiagnosisRow, currency: str) -> str:
    """The sentence of the driver's aspect, with the rep's own level."""
    driver, name = driver_of(row.driver), name_in(row.driver)
    aspect = driver.aspect(row.aspect)
    if math.isnan(row.total):
        level = _level(driver, row.seen, currency)
        return singular_after_one(aspect.fact.format(n=row.n, level=level, name=name))
    hits = row.total - row.value if aspect.counts_the_rest else row.value
    return aspect.fact.format(hits=round(hits), n=round(row.total), name=name)


def _compared(row: DiagnosisRow) -> str:
    if row.verdict == "team_wide":
        return _SHARED_BY_THE_CALENDAR if row.shared_by == QUARTER_END else _SHARED_BY_THE_TEAM
    if row.verdict in _COMPARED:
        return _COMPARED[row.verdict]
    return _TOO_SMALL if row.low > 0 or row.high < 0 else _NOTHING


def _compared_in_words(row: DiagnosisRow) -> str:
    if row.verdict == "team_wide":
        return _SHARED_BY_THE_CALENDAR_IN_WORDS if row.shared_by == QUARTER_END else _SHARED_BY_THE_TEAM_IN_WORDS
    return _COMPARED_IN_WORDS.get(row.verdict, _COMPARED_IN_WORDS["no_evidence"])


def _usual(row: DiagnosisRow, currency: str) -> str:
    """The range in which like-for-like peers land: of so many deals for a share, else in the driver's unit."""
    driver = driver_of(row.driver)
    if math.isnan(row.total):
        return wording.span(_level(driver, row.usual_low, currency), _level(driver, row.usual_high, currency))
    ends = (row.usual_low, row.usual_high)
    ends = (1 - ends[1], 1 - ends[0]) if driver.aspect(row.aspect).counts_the_rest else ends
    low, high = math.ceil(ends[0] * row.total - 1e-9), math.floor(ends[1] * row.total + 1e-9)
    return str(low) if low >= high else wording.span(str(low), str(high))


def _level(driver: Driver, value: float, currency: str) -> str:
    if driver.level_unit == MONEY:
        return wording.money(value, currency)
    if driver.level_unit == SHARE:
        return wording.share(value)
    if driver.level_unit == DAYS:
        return f"{wording.number(value, 0 if value >= 10 else 1)} days"
    return wording.number(value, 1 if value >= 1 else 2)


def _more(row: DiagnosisRow) -> str:
    if not row.more:
        return _NEXT_QUARTER
    what = driver_of(row.driver).counts
    more = f"{_roughly(row.more)} more {what if row.more == 1 else what + 's'}"
    return _MORE_WILL_TELL.format(more=more)


def _roughly(more: int) -> str:
    return str(more) if more <= 20 else wording.number(round(more / 10) * 10)


def _where_to_look(row: DiagnosisRow) -> str:
    """Without a question mark, which would end the sentence twice."""
    driver = driver_of(row.driver)
    return (driver.aspect(row.aspect).look_at or driver.look_at).removesuffix("?")


def _too_little(row: DiagnosisRow) -> tuple[str, ...]:
    driver = driver_of(row.driver)
    what = driver.counted_in_all or driver.counted_as(row.aspect)
    if row.n == 0:
        return (_STILL_RAMPING,) if row.ramping else (_NONE.format(counted=what),)
    if row.own_n >= driver.fewest > row.n:
        return (_TOO_FEW_ALIKE.format(n=row.n, own_n=row.own_n, counted=what),)
    if row.n >= driver.fewest and row.deals < driver.fewest_deals and row.peers >= FEWEST_PEERS:
        owned = wording.count(row.deals, "deal is theirs", "deals are theirs")
        return (_HANDFUL.format(deals=wording.upper_first(owned)),)
    few = _TOO_FEW_SINCE_RAMPING if row.ramping else _TOO_FEW
    return few.format(counted=counted(row.n, what)), _MORE_WOULD_TELL.format(n=_roughly(row.more))


def _not_comparable(row: DiagnosisRow) -> str:
    if not row.sells:
        return _NO_SELLER
    if row.peers >= FEWEST_PEERS:
        return _UNLIKE
    return _TOO_FEW_PEERS[min(row.peers, 2)].format(peers=row.peers, fewest=FEWEST_PEERS)
