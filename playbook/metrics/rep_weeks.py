"""A rep's weeks in role: how many deals they opened in each, and what they did on the deals that were open.

In: a company as known at a day.  Out: one row per active rep and whole week, newest first, at most 78 weeks back. Weeks
in which a rep was still ramping (`tenure`) or away for a month or more (`absences`) are left out; of a week in which
somebody was at work in part, as far as that was said (`working_share`), only that part counts.
"""

from datetime import date

import numpy as np
import pandas as pd

from playbook import roster
from playbook.company import Company
from playbook.metrics.absences import MOST_WEEKS, weeks_away
from playbook.metrics.deal_pace import moving_until
from playbook.metrics.split_deals import parts_of_one
from playbook.metrics.strata import UNKNOWN
from playbook.metrics.tenure import ramped_on
from playbook.metrics.working_share import LEAST, working_share
from playbook.remembering import remembered

MAIN_TRAITS = ("main_segment", "main_region", "main_pipeline", "main_product", "main_kind", "territory")
MIXED = "several"
_MAIN = 0.6  # of a rep's deals must be of one name for it to be what the rep works on
_FEWEST_NAMED = 0.2  # of the activities must name their deal for the others to be left out


def pipeline_weeks(company: Company, as_of: date) -> pd.DataFrame:
    """Deals opened per rep and week: rep_id, value (deals), exposure (1 week, or the part of it at work), unit_id
    (weeks back), MAIN_TRAITS (what the rep mostly works on), period (quarter).

    A deal that was entered in parts (`split_deals`) counts once.
    """
    deals = roster.deals_to_compare(company)
    deals = deals[~pd.Series(parts_of_one(deals), index=deals.index).duplicated()]
    counts = _counts(deals["rep_id"], deals["created_on"], as_of)
    return _valued(weeks_in_role(company, as_of), counts, 1.0)


def activity_weeks(company: Company, as_of: date) -> pd.DataFrame:
    """Activities per rep and week: rep_id, value (activities), exposure (deals under way in that week), and so on.

    A deal is under way from its creation to its win or last change of stage (`deal_pace.moving_until`): what somebody
    leaves open, or closes late, adds no week in which nothing was done. Weeks without such a deal are left out."""
    weeks = weeks_in_role(company, as_of)
    until = moving_until(company)
    done = on_deals(company.activities)
    if done["opportunity_id"].notna().mean() >= _FEWEST_NAMED:
        place = pd.Index(until.index).get_indexer(pd.Index(done["opportunity_id"]))
        done = done[(place >= 0) & (done["on"] <= until.to_numpy()[place]).to_numpy()]
    counts = _counts(done["rep_id"], done["on"], as_of)
    rows = _valued(weeks, counts, _deals_under_way(company, weeks, until, as_of))
    return rows[rows["exposure"] > 0].reset_index(drop=True)


def on_deals(activities: pd.DataFrame) -> pd.DataFrame:
    """The activities that belong to a deal; all of them where the export names the deal of fewer than one in five."""
    named = activities["opportunity_id"].notna()
    return activities[named] if named.mean() >= _FEWEST_NAMED else activities


@remembered
def weeks_in_role(company: Company, as_of: date) -> pd.DataFrame:
    """Each active rep's weeks after the ramp, those away left out: rep_id, unit_id (weeks back), on, MAIN_TRAITS,
    period, at_work (share of the week).
    """
    names = ("region", "pipeline", "product", "kind")
    deals = roster.deals_to_compare(company, ["rep_id", "segment", *names])
    people = roster.active_reps(company)[["person_id", "segment", "territory"]].set_index("person_id")
    today = pd.Timestamp(as_of)
    start = ramped_on(company).reindex(people.index)
    main = deals.dropna(subset=["segment"]).groupby(["rep_id", "segment"]).size().sort_values(kind="stable")
    main = main.reset_index().drop_duplicates("rep_id", keep="last").set_index("rep_id")["segment"]
    segment = people["segment"].fillna(main.reindex(people.index)).fillna(UNKNOWN)
    mostly = {f"main_{name}": _mostly(deals["rep_id"], deals[name]).reindex(people.index) for name in names}
    traits = pd.DataFrame({"main_segment": segment, **mostly, "territory": people["territory"]}).fillna(UNKNOWN)
    back = np.arange(MOST_WEEKS)
    whole = ((today - start).dt.days // 7).fillna(0).clip(0, MOST_WEEKS).astype("int64")
    rep = np.repeat(people.index.to_numpy(), whole)
    week = np.concatenate([back[:n] for n in whole]) if len(whole) else back[:0]
    ends = today - pd.to_timedelta(week * 7, unit="D")
    table = pd.DataFrame(
        {
            "rep_id": rep,
            "unit_id": week,
            "on": ends,
            **{name: traits[name].reindex(rep).to_numpy() for name in MAIN_TRAITS},
            "period": pd.PeriodIndex(ends, freq="Q").astype("str"),
        }
    )
    away = weeks_away(company, as_of, people.index, MOST_WEEKS)
    share = working_share(company.circumstances, as_of, people.index, MOST_WEEKS)
    place = people.index.get_indexer(rep)
    table = table.assign(at_work=share[place, week])
    return table[~away[place, week] & (share[place, week] >= LEAST)].reset_index(drop=True)


def _mostly(rep: pd.Series, names: pd.Series) -> pd.Series:
    """The name that most of each rep's deals have, MIXED where none has three in five of them; by rep."""
    known = names.notna()
    if not known.any():
        return pd.Series(dtype="str")
    share = names[known].groupby(rep[known]).value_counts(normalize=True).rename("share").reset_index()
    first = share.drop_duplicates(share.columns[0]).set_index(share.columns[0])
    return first[first.columns[0]].where(first["share"] >= _MAIN, MIXED)


def _counts(rep: pd.Series, on: pd.Series, as_of: date) -> pd.Series:
    week = (pd.Timestamp(as_of) - on).dt.days // 7
    known = week.between(0, MOST_WEEKS - 1)
    return (
        pd.Series(1.0, index=pd.MultiIndex.from_arrays([rep[known], week[known].astype("int64")]))
        .groupby(level=[0, 1])
        .sum()
    )


def _valued(weeks: pd.DataFrame, counts: pd.Series, exposure: np.ndarray | float) -> pd.DataFrame:
    key = pd.MultiIndex.from_frame(weeks[["rep_id", "unit_id"]])
    counted = counts.reindex(key).fillna(0.0).to_numpy() if len(counts) else np.zeros(len(weeks))
    at_work = weeks["at_work"].to_numpy()
    return weeks.drop(columns="at_work").assign(value=counted, exposure=at_work * exposure, censored=False)


def _deals_under_way(company: Company, weeks: pd.DataFrame, until: pd.Series, as_of: date) -> np.ndarray:
    """How many deals of the rep were under way in each week on average; one for two of its days is two sevenths."""
    deals = company.opportunities[company.opportunities["created_on"].notna()]
    reps = pd.Index(weeks["rep_id"].unique())
    row = reps.get_indexer(deals["rep_id"])
    today, days = pd.Timestamp(as_of), MOST_WEEKS * 7
    last = pd.Series(until.reindex(deals["opportunity_id"]).to_numpy(), index=deals.index)
    oldest = (today - deals["created_on"]).dt.days.clip(upper=days - 1).to_numpy()
    newest = (today - last).dt.days.clip(lower=0)
    known = (row >= 0) & newest.notna().to_numpy()
    newest = newest.fillna(0).to_numpy().astype("int64")
    known &= oldest >= newest
    steps = np.zeros((len(reps), days + 1))
    np.add.at(steps, (row[known], newest[known]), 1.0)
    np.add.at(steps, (row[known], oldest[known].astype("int64") + 1), -1.0)
    under_way = steps.cumsum(axis=1)[:, :days].reshape(len(reps), MOST_WEEKS, 7).mean(axis=2)
    return under_way[reps.get_indexer(weeks["rep_id"]), weeks["unit_id"].to_numpy()]
