"""The diagnosis of a company: for every rep and driver a verdict, how sure it is, and the facts that are its reason.

In: a company as known at a day.  Out: the diagnosis table, the levels behind it, what the whole company shows.
The steps, each a module of its own: evidence, judging, consequences, money, verdicts, more_data.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pandas as pd

from playbook.circumstances import known_at
from playbook.company import Company
from playbook.diagnosis.alternatives import COLUMNS as WAYS
from playbook.diagnosis.alternatives import STATES, alternatives, by_title, flattered, likeliest, listed
from playbook.diagnosis.consequences import one_row_per_driver
from playbook.diagnosis.diagnosis_rows import QUARTER_END, TEAM, DiagnosisRow
from playbook.diagnosis.evidence import evidence
from playbook.diagnosis.judging import judged
from playbook.diagnosis.known_ways import with_what_is_known
from playbook.diagnosis.levels import LEVELS, levels
from playbook.diagnosis.more_data import more_needed
from playbook.diagnosis.patterns import company_wide_patterns, everybody_at_quarter_end
from playbook.diagnosis.results import result_checks
from playbook.diagnosis.results_hold import with_inputs_asked_first
from playbook.diagnosis.value_at_stake import at_stake, revenue_per_quarter
from playbook.diagnosis.verdicts import standing_out, with_verdicts
from playbook.drivers.registry import driver_of
from playbook.metrics.deal_numbers import with_deal_numbers
from playbook.metrics.jobs import NOT_SELLING
from playbook.metrics.observations import SHARES, Observations
from playbook.metrics.stage_conversion import followed_up, stage_exits
from playbook.records.beside_colleagues import COLUMNS as RECORD
from playbook.records.beside_colleagues import record_from
from playbook.records.inputs import record_inputs
from playbook.records.job_titles import plain_titles

COLUMNS = list(DiagnosisRow._fields)
_COSTS = ("coach", "watch", "team_wide")  # only a difference that is told has a price


@dataclass(frozen=True)
class Diagnosis:
    """The diagnosis of a company: `table` (design: a row per rep and driver), `levels`, `patterns`.

    `levels` has beside `levels.LEVELS`: at_stake_low, at_stake_high, the range of the table's value_at_stake.

    Behind them: `rows` (one per rep and driver) and `judged` (before two measures of one driver became one); `record`
    (how each rep's CRM record is kept, `records.beside_colleagues`) and `alternatives` (what else could make each
    difference that stands out, `alternatives`).
    """

    table: pd.DataFrame
    levels: pd.DataFrame
    patterns: pd.DataFrame
    rows: pd.DataFrame
    judged: pd.DataFrame
    record: pd.DataFrame
    alternatives: pd.DataFrame


def diagnose(company: Company, as_of: date) -> pd.DataFrame:
    """The diagnosis table, by manager_id, rep_id, driver; see `diagnosis_of`."""
    return diagnosis_of(company, as_of).table


def diagnosis_of(company: Company, as_of: date, also: Callable[[Observations], None] | None = None) -> Diagnosis:
    """Judge every active rep in every driver that the data holds.

    `also` is called with the measures of each driver, so that nobody has to measure the company again.

    Returns
    -------
    Diagnosis, whose table has the columns of `rows.DiagnosisRow`: effect, low, high are the rep less peers (the best
    estimate, drawn towards the peers where n is small, and the 90% range that the data allow), probability is that of
    a difference beyond the driver's margin, to the harmful side, or to the good one for a strength. People without a
    driver's data have `too_little_data` with n = 0. Drivers that the export cannot feed have no rows.
    """
    company = with_deal_numbers(company)
    patterns = company_wide_patterns(company, as_of)
    rows = evidence(company, as_of, also)
    if rows.empty:
        nothing = pd.DataFrame(columns=COLUMNS), pd.DataFrame(columns=LEVELS)
        return Diagnosis(*nothing, patterns, rows, rows, pd.DataFrame(columns=RECORD), pd.DataFrame(columns=WAYS))
    everything = judged(rows)
    rows = one_row_per_driver(everything)
    rows = rows.join(at_stake(rows, revenue_per_quarter(company, as_of)))
    record, ways = _what_else(company, as_of, rows)
    rows = rows.merge(likeliest(ways), on=["rep_id", "driver"], how="left")
    rows = rows.merge(listed(ways), on=["rep_id", "driver"], how="left")
    rows = rows.assign(could_be_the_record=rows["way"].notna(), flattered=flattered(rows, record))
    rows = _with_all_their_own(with_inputs_asked_first(with_verdicts(rows)))
    rows = rows.assign(shared_by=(rows["verdict"] == "team_wide").map({True: TEAM, False: ""}))
    if everybody_at_quarter_end(company, as_of, patterns):
        late = rows["driver"].map(lambda key: driver_of(key).closes_late).astype(bool)
        whole = late & rows["verdict"].isin(["no_evidence", "watch"])
        rows = rows.assign(
            verdict=rows["verdict"].mask(whole, "team_wide"), shared_by=rows["shared_by"].mask(whole, QUARTER_END)
        )
    bounds = rows[["at_stake_low", "at_stake_high"]].where(rows["verdict"].isin(_COSTS)).reset_index(drop=True)
    level_rows = levels(rows).join(bounds)
    return Diagnosis(_table(rows, level_rows), level_rows, patterns, rows, everything, record, ways)


def _what_else(company: Company, as_of: date, rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """How the record is kept, and what else could make each difference that stands out."""
    inputs = record_inputs(company, as_of)
    record = record_from(inputs)
    rows = rows.join(by_title(rows, plain_titles(inputs.people["job"])))
    exits = followed_up(stage_exits(company), as_of) if len(inputs.moves) else None
    standing = rows[standing_out(rows)]
    ways = alternatives(standing, record, result_checks(standing, inputs, exits))
    return record, with_what_is_known(ways, known_at(company.circumstances, as_of))


def _with_all_their_own(rows: pd.DataFrame) -> pd.DataFrame:
    """`rows` with all that is the rep's own, where nothing is compared for another reason than having too few alike."""
    fewest = rows["driver"].map(lambda key: driver_of(key).fewest)
    alone = (rows["verdict"] == "not_comparable") | ((rows["verdict"] == "too_little_data") & (rows["own_n"] < fewest))
    own = {name: rows[name].mask(alone, rows[f"own_{name}"]) for name in ("n", "total", "value")}
    return rows.assign(**own, seen=rows["seen"].mask(alone, rows["own_value"] / rows["own_total"]))


def _table(rows: pd.DataFrame, level_rows: pd.DataFrame) -> pd.DataFrame:
    """The columns of `DiagnosisRow` from judged rows with verdicts, and their levels in the same order."""
    scale = rows["margin"] * rows["per"]
    of_deals = rows["family"] == SHARES
    named = {"seen": "seen", "peer_low": "usual_low", "peer_high": "usual_high"}
    table = rows.assign(
        stage=rows["driver"].str.partition(":")[2].replace("", None),
        unit=rows["driver"].map(lambda key: driver_of(key).unit),
        effect=rows["best"] * scale,
        low=rows["low"] * scale,
        high=rows["high"] * scale,
        value_at_stake=rows["at_stake"].where(rows["verdict"].isin(_COSTS)),
        value=rows["value"].where(of_deals).astype("float64"),
        total=rows["total"].where(of_deals).astype("float64"),
        more=more_needed(rows),
        deals=rows["deals"].astype("int64"),
        sells=rows["job"] != NOT_SELLING,
        ramping=rows["ramping"].astype(bool),
        **level_rows[list(named)].rename(columns=named).set_axis(rows.index),
        **{number: rows[number].astype("float64") for number in ("way_value", "way_usual")},
        **{fact: rows[fact].astype("str") for fact in ("way", "way_trait", *STATES)},
        **{count: rows[count].fillna(0).astype("int64") for count in ("peers", "mates")},
    )
    return table.sort_values(["manager_id", "rep_id", "driver"], ignore_index=True)[COLUMNS]
