"""From rows to verdict, step by step, for a rep who doubts it: peers, numbers, steps, to be checked by hand.

In: a company as known at a day, a rep, a driver.  Out: lines of plain text.
Peers stand as P1 … Pn in the order of their ids, without names, unless whoever runs the whole company asks for names.
"""

import difflib
from datetime import date

import numpy as np
import pandas as pd

from playbook import roster, wording
from playbook.company import Company
from playbook.diagnosis.alternatives import Alternative
from playbook.diagnosis.diagnose import Diagnosis, diagnosis_of
from playbook.diagnosis.judging import FEWEST_EVENTS, HALF, difference_seen
from playbook.diagnosis.levels import levels
from playbook.diagnosis.likelihood import LEVEL
from playbook.diagnosis.verdicts import FALSE_DISCOVERIES, REAL, SIGN, SURE
from playbook.drivers.driver import RATIO, SHARE
from playbook.drivers.observing import observations
from playbook.drivers.registry import driver_of, label_of
from playbook.errors import UnusableInput
from playbook.metrics.observations import COUNTS, SHARES, Observations
from playbook.sentences.record_sentences import WAYS, shows
from playbook.sentences.verdict_sentences import reasons

_INDENT = "   "  # of a line that belongs to the numbered one above it
_MOST_IDS = 12
_UNITS = {RATIO: "of the peers' level"}
_STATES = {"ruled_out": "ruled out", "could_make_it": "could make it", "not_testable": "this export cannot show it"}
_TESTED = "{name}: {state}"
_TESTED_WITH_NUMBERS = "{name}: {state}; {numbers}"
_HELD_EQUAL = {
    "segment": "segment",
    "source": "source",
    "kind": "kind of deal",
    "product": "product",
    "size": "size of deal",
    "period": "quarter",
    "quarter_end": "quarter's last month",
    "region": "region",
    "pipeline": "pipeline",
    "main_segment": "the rep's main segment",
    "main_region": "the rep's main region",
    "main_pipeline": "the rep's main pipeline",
    "main_product": "the rep's main product",
    "main_kind": "the rep's main kind of deal",
    "territory": "territory",
    "span": "the stages between which it moved",
    "lost_in": "stage in which it was lost",
}


def explained(
    company: Company, as_of: date, rep: str, driver: str, *, names: bool = False, diagnosis: Diagnosis | None = None
) -> list[str]:
    """How the verdict on `rep` (a name or an id) in `driver` came about.

    `diagnosis` is the company's diagnosis, if it is at hand already.

    Raises
    ------
    UnusableInput : if no active rep is called that, two are, or the company's data does not hold the driver.
    """
    rep_id = _rep_id(company, rep)
    diagnosis = diagnosis or diagnosis_of(company, as_of)
    row, verdict = _row_of(diagnosis, rep_id, driver)
    (reason,) = reasons(verdict, company.settings.currency)
    everyone = diagnosis.judged
    others = everyone[(everyone["driver"] == driver) & (everyone["job"] == row["job"])]
    others = others[others["aspect"] == row["aspect"]].sort_values("rep_id", ignore_index=True)
    who = company.people.set_index("person_id")["name"].get(rep_id)
    lines = [
        f"{label_of(driver)}: {who if isinstance(who, str) else rep_id}, as of {wording.day(as_of)}",
        f"Verdict: {row['verdict']}. {reason.one_sentence}",
        "",
        *_what_was_counted(company, as_of, row),
        "",
        *_peers(company, others, rep_id, names),
        "",
        *_steps(row),
        *_what_else(diagnosis.alternatives, rep_id, driver),
    ]
    return lines


def _rep_id(company: Company, rep: str) -> str:
    people = roster.active_reps(company)
    by_id = people[people["person_id"] == rep]
    matches = by_id if len(by_id) else people[people["name"].str.casefold() == rep.strip().casefold()]
    if len(matches) == 1:
        return str(matches["person_id"].iloc[0])
    if len(matches) > 1:
        raise UnusableInput(
            f"{len(matches)} reps have this name.", where=rep, remedy=f"Ask by id: {', '.join(matches['person_id'])}."
        )
    known = [*people["name"].dropna(), *people["person_id"]]
    near = difflib.get_close_matches(rep, known, n=3, cutoff=0.5) or known[:3]
    raise UnusableInput("no active rep has this name or id.", where=rep, remedy=f"Did you mean: {'; '.join(near)}?")


def _row_of(diagnosis: Diagnosis, rep_id: str, driver: str) -> tuple[pd.Series, pd.DataFrame]:
    same = (diagnosis.table["rep_id"] == rep_id) & (diagnosis.table["driver"] == driver)
    if not same.any():
        known = ", ".join(diagnosis.table["driver"].drop_duplicates()) or "none"
        raise UnusableInput(
            "this driver is not measured here: the data lacks it, or another takes its place (stages that of the win "
            "rate).",
            where=driver,
            remedy=f"Ask for one of: {known}.",
        )
    row = diagnosis.rows[(diagnosis.rows["rep_id"] == rep_id) & (diagnosis.rows["driver"] == driver)].iloc[0]
    return row, diagnosis.table[same]


def _what_was_counted(company: Company, as_of: date, row: pd.Series) -> list[str]:
    (seen,) = (o for o in observations(company, as_of) if o.driver == row["driver"] and o.aspect == row["aspect"])
    own = seen.rows[seen.rows["rep_id"] == row["rep_id"]]
    driver = driver_of(row["driver"])
    lines = [f"1. What was counted: {wording.count(int(row['n']), 'row')} of the rep ({driver.counted})."]
    if own.empty:
        return [*lines, _indented("There is nothing of this rep to count in the time looked at.")]
    held = [_HELD_EQUAL.get(t, t) for t in seen.traits if seen.rows[t].nunique() > 1]
    if seen.family == COUNTS:
        counted = f"Counted {own['value'].sum():,.0f} over {own['exposure'].sum():,.1f} (weeks, or deals open)."
    else:
        counted = f"Sum {own['value'].sum():,.4f} of {len(own):,} rows; mean {own['value'].mean():.4f}"
        counted = f"{counted} ({of_what})." if (of_what := _of_what(seen)) else f"{counted}."
    lines.append(_indented(counted))
    lines.append(_indented(f"Held equal: {wording.listing(held) or 'nothing, as the data says nothing more'}."))
    if row["unlike"] > 0:
        share = wording.share(row["unlike"])
        lines.append(_indented(f"Left out: {share} of the rows, of a kind that hardly anybody else has."))
    if own["censored"].any():
        under_way = int(own["censored"].sum())
        lines.append(_indented(f"Still under way, and counted as lasting at least so long: {under_way}."))
    lines += _by_trait(seen.rows, row["rep_id"], seen.traits, seen.family == COUNTS)
    ids = own["unit_id"].drop_duplicates().astype("str")
    first_ids = ", ".join(ids.head(_MOST_IDS))
    return [*lines, _indented(f"Rows: {first_ids} …" if len(ids) > _MOST_IDS else f"Rows: {first_ids}")]


def _indented(line: str) -> str:
    return f"{_INDENT}{line}"


def _of_what(seen: Observations) -> str:
    """What a mean is of: of shares, what a row is that counts as 1."""
    if seen.logarithms:
        return "of natural logarithms"
    each = driver_of(seen.driver).aspect(seen.aspect).each if seen.family == SHARES else ""
    return f"1: {each}; 0: not" if each else ""


def _by_trait(rows: pd.DataFrame, rep_id: str, traits: tuple[str, ...], counts: bool) -> list[str]:
    """The rep's mean beside everybody else's, trait by trait; the model holds all traits equal together."""
    lines = []
    for trait in traits:
        if trait == "period" or rows[trait].nunique() < 2:
            continue
        below = rows["exposure"] if counts else pd.Series(1.0, index=rows.index)
        sums = pd.DataFrame(
            {"value": rows["value"], "below": below, "own": rows["rep_id"] == rep_id, "on": rows[trait]}
        )
        sums = sums.groupby(["on", "own"])[["value", "below"]].sum().unstack(fill_value=0.0)
        for name, line in sums[sums["below"].get(True, 0.0) > 0].iterrows():
            own, others = (
                line["value"].get(mine, 0.0) / max(line["below"].get(mine, 0.0), 1e-9) for mine in (True, False)
            )
            lines.append(
                f"{_INDENT}{_HELD_EQUAL.get(trait, trait)} {name}: this rep {own:.3f} (of {line['below'][True]:,.0f}), "
                f"others {others:.3f} (of {line['below'].get(False, 0.0):,.0f})"
            )
    return lines


def _peers(company: Company, others: pd.DataFrame, rep_id: str, names: bool) -> list[str]:
    peer_levels = levels(others)
    called = company.people.set_index("person_id")["name"]
    this = others[others["rep_id"] == rep_id].iloc[0]
    lines = [
        f"2. The peers: others of the same job ({this['job']}), {int(this['peers'])} of them with enough to compare; "
        "n, own level, expected."
    ]
    number = 0
    for level, other in zip(peer_levels.itertuples(), others.itertuples(), strict=True):
        if other.n == 0:
            continue
        if other.rep_id == rep_id:
            name = "this rep"
        else:
            number += 1
            name = f"P{number} ({called.get(other.rep_id)})" if names else f"P{number}"
        expected = "–" if np.isnan(level.expected) else f"{level.expected:,.3f}"
        lines.append(f"{_INDENT}{name:<10} n {level.n:>5}   {level.seen:>12,.3f}   expected {expected:>12}")
    return lines


def _steps(row: pd.Series) -> list[str]:
    driver = driver_of(row["driver"])
    if row["little"]:
        need = f"at least {driver.fewest} {driver.counted}"
        if row["family"] == COUNTS:
            need = f"{need}, and time in which peers show {FEWEST_EVENTS} events"
        return [f"3. Too little data: a comparison needs {need}; there are {int(row['n'])}."]
    if not row["comparable"]:
        return [
            f"3. No fair comparison: {int(row['peers'])} peers, {wording.share(row['unlike'])} of the rows unlike any."
        ]
    scale = row["margin"] * row["per"]
    raw, error = (value[0] for value in difference_seen(pd.DataFrame([row])))

    def in_its_unit(margins: float) -> str:
        return _with_unit(margins * scale, driver.unit)

    lines = [
        f"3. The difference as seen: {in_its_unit(raw)} "
        f"(standard error {_amount(error * scale, driver.unit)}; rows of one time or account vary "
        f"{row['inflation']:.2f} times as much as independent ones).",
        f"4. A difference matters from {in_its_unit(1.0)} on.",
        f"5. Luck taken into account: best estimate {in_its_unit(row['best'])}; {wording.share(LEVEL)} range "
        f"{_amount(row['low'] * scale, driver.unit)} to {_amount(row['high'] * scale, driver.unit)}.",
    ]
    if row["shows"]:
        beside = f"The others of the team lie at {in_its_unit(row['team'])} too: what follows is beside the own team."
        lines.append(_indented(beside))
    lines += [
        f"6. Probability that it matters, to the harmful side {row['harm']:.2f}, to the good side {row['good']:.2f}; "
        f"that it is real (beyond {HALF} of what matters): {row['real']:.2f}.",
        f"7. coach needs {SURE:.2f} and {REAL:.2f}, and of all called so at most {FALSE_DISCOVERIES:.0%} may be "
        f"expected to be nothing; watch needs {SIGN:.2f}.",
    ]
    return [*lines, "The methods, their sources and what they cannot do: playbook/guide/methods.md"]


def _with_unit(value: float, unit: str) -> str:
    return _amount(value, unit) if unit == SHARE else f"{_amount(value, unit)} {_UNITS.get(unit, unit)}"


def _what_else(alternatives: pd.DataFrame, rep_id: str, driver: str) -> list[str]:
    """What else could make it, each way tested or not testable, with its numbers."""
    mine = alternatives[(alternatives["rep_id"] == rep_id) & (alternatives["driver"] == driver)]
    if mine.empty:
        return []
    lines = ["", "8. What else could make it (the record beside that of like colleagues):"]
    ways = (Alternative(*way) for way in mine[list(Alternative._fields)].itertuples(index=False, name=None))
    return [*lines, *(_indented(_tested(way)) for way in ways)]


def _tested(way: Alternative) -> str:
    numbers = shows(way.trait, way.value, way.usual)
    template = _TESTED_WITH_NUMBERS if numbers else _TESTED
    return template.format(name=WAYS[way.alternative].name, state=_STATES[way.state], numbers=numbers)


def _amount(value: float, unit: str) -> str:
    return f"{value:+.3f}" if unit in (SHARE, RATIO) else f"{value:+.2f}"
