"""What was planted, as a table; and the true model, for an observer who is told everything but the causes."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from playbook import wording
from playbook.drivers.registry import driver_of
from playbook.simulate.openings import Deals, weekly_openings
from playbook.simulate.plan import DECOYS, TEAM_WIDE, Plan, Planted
from playbook.simulate.skills import Skills
from playbook.simulate.staff import Staff
from playbook.simulate.terms import Terms
from playbook.simulate.walk import LUCK_DAYS, Walk
from playbook.simulate.weekly_work import PER_DEAL_WEEK

TRUTH_COLUMNS = ("manager_id", "rep_id", "cause", "size", "unit", "sentence")
_IN_POINTS: Mapping[str, tuple[str, str]] = {
    "stage": ("Loses more deals in {stage}: {size} fewer pass than with an ordinary rep.",
              "Gets more deals through {stage}: {size} more pass than with an ordinary rep."),
    "win_rate": ("Loses a little more in every stage: wins {size} fewer of the deals opened.",
                 "Passes more in every stage: wins {size} more of the deals opened."),
    "discounting": ("Gives {size} less discount than an ordinary rep.",
                    "Gives {size} more discount than an ordinary rep."),
    "forecast_accuracy": ("Fewer committed deals come true: {size} fewer than with an ordinary rep ({manner}).",
                          "More committed deals come true: {size} more than with an ordinary rep."),
}  # fmt: skip
_IN_PER_CENT: Mapping[str, tuple[str, str]] = {
    "pipeline_generation": ("Opens {size} fewer deals a week.", "Opens {size} more deals a week."),
    "activity": ("Does {size} less on each open deal.", "Does {size} more on each open deal."),
    "deal_size": ("Sells deals that are {size} smaller at list price.",
                  "Sells deals that are {size} larger at list price."),
    "cycle_time": ("Takes {size} less time for the same deal.", "Takes {size} more time for the same deal."),
}  # fmt: skip
_DECOYS: Mapping[str, str] = {
    "none": "Nothing is planted: sells as an ordinary rep does.",
    "hard_territory": "Sells as an ordinary rep does, in a hard territory: larger customers, cold outreach, new "
    "business.",
    "new_hire": "Is new and still ramping, as every new rep does.",
    "luck": "Sells as an ordinary rep does and had bad luck with the deals of the last {days} days: the fewest wins of "
    "ten draws.",
    "good_luck": "Sells as an ordinary rep does and had good luck with the deals of the last {days} days: the most "
    "wins of ten draws.",
}


def truth_table(plan: Plan, staff: Staff, planted: tuple[Planted, ...], deals: Deals, walk: Walk) -> pd.DataFrame:
    """One row per rep and planted cause or decoy, in the order of ids; `none` where nothing is planted.

    Columns: manager_id, rep_id, cause, size (rep minus ordinary rep, in the driver's `unit`; of luck: the share of wins
    above what was to be expected of the deals it fell on), unit, sentence. Ratios are differences: -0.3 is 30% less.
    """
    seller_at = staff.seller_at
    has: dict[int, list[Planted]] = {seller: [] for seller in seller_at.values()}
    for one in planted:
        has[seller_at[one.team, one.rep or 0]].append(one)
    nothing: list[Planted | None] = [None]
    rows = [
        (
            staff.manager_ids[staff.team[seller]],
            staff.ids[seller],
            *_cause_columns(one, seller, plan, staff, deals, walk),
        )
        for seller, causes in has.items()
        for one in (causes or nothing)
    ]
    frame = pd.DataFrame(rows, columns=list(TRUTH_COLUMNS))
    return frame.sort_values(["manager_id", "rep_id", "cause"], ignore_index=True)


def with_habits(table: pd.DataFrame, habits: pd.DataFrame) -> pd.DataFrame:
    """The table with a row for each habit (`habits.with_habits`): cause is `habit:` and its kind, without a unit.

    Its size is in the kind's own unit. A rep in whom nothing else is planted has no row `none` beside it.
    """
    manager_of = table.drop_duplicates("rep_id").set_index("rep_id")["manager_id"]
    rows = pd.DataFrame(
        {
            "manager_id": habits["rep_id"].map(manager_of),
            "rep_id": habits["rep_id"],
            "cause": "habit:" + habits["habit"],
            "size": habits["size"],
            "unit": "",
            "sentence": habits["sentence"],
        }
    )
    others = table[~(table["rep_id"].isin(habits["rep_id"]) & (table["cause"] == "none"))]
    whole = pd.concat([part for part in (others, rows) if not part.empty], ignore_index=True)
    return whole.sort_values(["manager_id", "rep_id", "cause"], ignore_index=True)


def _cause_columns(
    one: Planted | None, seller: int, plan: Plan, staff: Staff, deals: Deals, walk: Walk
) -> tuple[str, float, str, str]:
    """cause, size, unit and sentence."""
    if one is None:
        return "none", 0.0, "", _DECOYS["none"]
    if one.cause in DECOYS:
        size = _luck_of(seller, plan, deals, walk) if "luck" in one.cause else 0.0
        return one.cause, round(size, 3), "share" if size else "", _DECOYS[one.cause].format(days=LUCK_DAYS)
    name, _, stage = one.driver.partition(":")
    per_week = {"pipeline_generation": float(weekly_openings(plan, staff)[seller]), "activity": PER_DEAL_WEEK}
    size = one.amount * per_week.get(name, 1.0)
    sentence = _sentence(name, stage, one)
    if one.cause.startswith(TEAM_WIDE):
        sentence = f"The whole team: {wording.lower_first(sentence)}"
    return one.cause, round(size, 3), driver_of(one.driver).unit, sentence


def _sentence(name: str, stage: str, one: Planted) -> str:
    more = int(one.amount > 0)
    if name == "slippage":
        size = wording.number(abs(one.amount), 1)
        return f"Moves the expected close date {size} times {'more' if more else 'less'} per deal than an ordinary rep."
    if one.manner == "holds_back" and name == "forecast_accuracy":
        return f"Holds back: {wording.points(one.amount)} fewer of the deals won had been committed."
    if name in _IN_POINTS:
        manner = one.manner.replace("_", " ")
        return _IN_POINTS[name][more].format(size=wording.points(one.amount), stage=stage, manner=manner)
    return _IN_PER_CENT[name][more].format(size=wording.share(abs(one.amount)))


def _luck_of(seller: int, plan: Plan, deals: Deals, walk: Walk) -> float:
    """The share of wins above (or under) what was to be expected, of the deals on which luck was planted."""
    since = np.datetime64(plan.ends_on, "D").astype(np.int64) - LUCK_DAYS
    rows = (deals.seller == seller) & (deals.opened >= since) & (deals.opened <= since + LUCK_DAYS)
    if not rows.any():
        return 0.0
    return float((walk.won[rows] - walk.truly[rows].prod(axis=1)).mean())


def model_table(plan: Plan, staff: Staff, skills: Skills) -> pd.DataFrame:
    """The true parameters before any intervention: one row per seller and driver.

    Columns: rep_id, driver, value (log-odds for stages, logarithms of ratios for new pipeline, deal size, cycle time
    and activity, shares for discounting and the commit probabilities, pushes per deal).
    """
    columns = {f"stage:{stage}": skills.odds[:, i] for i, stage in enumerate(plan.stages)}
    columns |= {
        "pipeline_generation": skills.openings,
        "deal_size": skills.price,
        "cycle_time": skills.pace,
        "activity": skills.activity,
        "discounting": skills.discount,
        "slippage": skills.pushes,
        "forecast_accuracy:early": skills.commits[:, 0],
        "forecast_accuracy:a_win": skills.commits[:, 1],
        "forecast_accuracy:a_loss": skills.commits[:, 2],
    }
    frames = [pd.DataFrame({"rep_id": staff.ids, "driver": key, "value": values}) for key, values in columns.items()]
    return pd.concat(frames, ignore_index=True).sort_values(["rep_id", "driver"], ignore_index=True)


INTERVENTION_COLUMNS = ("manager_id", "rep_id", "driver", "change", "unit", "from_day", "until", "half_life")


def interventions_table(plan: Plan, staff: Staff) -> pd.DataFrame:
    """One row per intervention of the plan, by day; columns INTERVENTION_COLUMNS, `change` in the driver's unit.

    `until` is NaT where it goes on, `half_life` (days) NaN where it does not wear off.
    """
    rows = [
        (
            staff.manager_ids[one.team],
            staff.ids[staff.seller_at[one.team, one.rep]],
            one.driver,
            one.change,
            driver_of(one.driver).unit,
            one.from_day,
            one.until,
            one.half_life,
        )
        for one in sorted(plan.interventions, key=lambda one: one.from_day)
    ]
    frame = pd.DataFrame(rows, columns=list(INTERVENTION_COLUMNS))
    return frame.astype({"from_day": "datetime64[us]", "until": "datetime64[us]", "half_life": "float64"})


def expectations(
    plan: Plan, ids: np.ndarray, deals: Deals, walk: Walk, terms: Terms, pushes: np.ndarray
) -> pd.DataFrame:
    """What an ordinary seller would be expected to do with each deal, hidden quality included: one row per deal.

    Columns: opportunity_id, seller (position), quality, price (median list price for segment, product and kind),
    discount, pushes, and per stage `pass:<stage>` (share) and `days:<stage>` (median).
    """
    columns: dict[str, object] = {
        "opportunity_id": ids,
        "seller": deals.seller,
        "quality": deals.quality,
        "price": deals.price / np.exp(deals.relative_size),
        "discount": terms.usual_discount,
        "pushes": pushes,
    }
    for i, stage in enumerate(plan.stages):
        columns[f"pass:{stage}"] = walk.usual[:, i]
        columns[f"days:{stage}"] = walk.usual_days[:, i]
    return pd.DataFrame(columns)
