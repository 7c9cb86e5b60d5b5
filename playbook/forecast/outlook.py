"""What lies ahead of every team from one day: chances of the open deals, new business, and the range they make.

In: a company as it was known at that day.  Out: a row per manager and period, and a row per open deal.
The same function looks ahead today and, for the back-test, from days in the past.
"""

from datetime import date

import numpy as np
import pandas as pd

from playbook import roster
from playbook.company import Company
from playbook.forecast.landmarks import LONGEST, Horizon, landmark_days, landmarks, open_now
from playbook.forecast.life_table import life_table
from playbook.forecast.new_business import expected_new, quick_wins
from playbook.forecast.simulation import Ahead, play

FEWEST_CLOSED, FEWEST_WON = 10, 3  # with fewer in the whole company, a range would be invented
_FEWEST_ALIKE = 5
_FEWEST_OF_THE_TEAM = 15
_LEAST_SHARE, _LARGEST_SHARE = 0.5, 1.5


def outlook(company: Company, as_of: date) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The money still to come in the month and the quarter under way, for every manager.

    Returns
    -------
    (ranges, chances). ranges: manager_id, period (`month`, `quarter`), low, middle, high (money still to come; NaN
    where the company has closed too few deals to tell), deals (open deals played). chances: manager_id,
    opportunity_id, probability (to be won by the quarter's end), ever (to be won at all), n (past deals behind it);
    NaN for a deal whose start is unknown.
    """
    horizon = Horizon.at(as_of, company.settings.fiscal_year_starts)
    teams = _teams(company)
    deals = company.opportunities.assign(manager_id=company.opportunities["rep_id"].map(teams["manager_of"]))
    can_tell = enough_closed(deals)
    chances = _chances(company, horizon) if can_tell else _unknown_chances(open_now(company, horizon))
    chances = chances.assign(manager_id=chances["rep_id"].map(teams["manager_of"]))
    chances = chances[chances["manager_id"].isin(teams["reps_of"].index)]
    columns = ["manager_id", "opportunity_id", "probability", "ever", "n"]
    chances_by_deal = chances[columns].sort_values(["manager_id", "opportunity_id"], ignore_index=True)
    if not can_tell:
        return _no_ranges(teams["reps_of"].index, chances), chances_by_deal
    return _ranges(company, deals, chances, teams, horizon), chances_by_deal


def enough_closed(deals: pd.DataFrame) -> bool:
    """Whether enough of `deals` were closed, and enough won, for a range that is not invented."""
    closed = deals["outcome"].isin(["won", "lost"]) & deals["closed_on"].notna()
    return bool(closed.sum() >= FEWEST_CLOSED and (deals["outcome"] == "won").sum() >= FEWEST_WON)


def _teams(company: Company) -> dict[str, pd.Series]:
    """`manager_of` each person, and `reps_of`: how many active reps each manager has."""
    managers = roster.managers(company)["person_id"]
    active = roster.active_reps(company)
    return {
        "manager_of": company.people.set_index("person_id")["manager_id"],
        "reps_of": active["manager_id"].value_counts().reindex(managers.sort_values(), fill_value=0),
    }


def _chances(company: Company, horizon: Horizon) -> pd.DataFrame:
    """Open deals with month, probability (quarter), ever, n; amounts as they tend to be at the close."""
    now = _unknown_chances(open_now(company, horizon))
    past = landmarks(company, horizon)
    dated = now[now["age"].notna()]
    if past.empty or dated.empty:
        return now
    won_by, n = life_table(past, dated)
    columns = {
        "month": won_by[:, min(horizon.month, LONGEST)],
        "probability": won_by[:, min(horizon.quarter, LONGEST)],
        "ever": won_by[:, LONGEST],
        "n": n,
    }
    now = now.assign(**{name: pd.Series(v, index=dated.index).reindex(now.index) for name, v in columns.items()})
    return now.assign(n=now["n"].fillna(0).astype("int64"), amount=now["amount"] * _share_of_amount_won(past))


def _unknown_chances(now: pd.DataFrame) -> pd.DataFrame:
    return now.assign(month=float("nan"), probability=float("nan"), ever=float("nan"), n=0)


def _share_of_amount_won(past: pd.DataFrame) -> float:
    """What share of its amount a deal keeps until it is won, in sum; 1 where the history has no amounts."""
    won = past[(past["event"] == 1) & (past["amount_then"] > 0) & (past["amount"] > 0)]
    if len(won) < FEWEST_CLOSED:
        return 1.0
    return float(np.clip(won["amount"].sum() / won["amount_then"].sum(), _LEAST_SHARE, _LARGEST_SHARE))


def _ranges(
    company: Company, deals: pd.DataFrame, chances: pd.DataFrame, teams: dict[str, pd.Series], horizon: Horizon
) -> pd.DataFrame:
    since = landmark_days(company, horizon)
    left = {"month": horizon.month, "quarter": horizon.quarter}
    of_managers = (teams["manager_of"], teams["reps_of"])
    new = {p: expected_new(deals, *of_managers, since, days, horizon.as_of) for p, days in left.items()}
    won = deals[(deals["outcome"] == "won") & (deals["amount"] > 0)]
    like_product = {p: a.to_numpy() for p, a in won.groupby("product")["amount"] if len(a) >= _FEWEST_ALIKE}
    everyones = {p: quick_wins(deals, days)["amount"].to_numpy() for p, days in left.items()}
    by_manager = dict(list(chances[chances["age"].notna()].groupby("manager_id")))
    won_of = dict(list(won.groupby("manager_id")))
    rows = []
    for manager in teams["reps_of"].index:
        own_won = won_of.get(manager, won.iloc[:0])
        open_deals = by_manager.get(manager, chances.iloc[:0])
        usual = own_won if len(own_won) >= _FEWEST_OF_THE_TEAM else won
        pools = _pools(open_deals, like_product, usual["amount"].to_numpy())
        periods = []
        for period, days in left.items():
            chance = open_deals["month" if period == "month" else "probability"].to_numpy(dtype="float64")
            own_quick = quick_wins(own_won, days)["amount"].to_numpy()
            amounts = own_quick if len(own_quick) >= _FEWEST_OF_THE_TEAM else everyones[period]
            rate = new[period].loc[manager]
            periods.append(Ahead(chance, rate["shape"], rate["scale"], amounts))
        seed = f"{company.settings.company_id}/{manager}/{horizon.as_of}"
        ranges = play(seed, open_deals["amount"].to_numpy(dtype="float64"), pools, periods)
        rows += [(manager, p, *r, len(open_deals)) for p, r in zip(left, ranges, strict=True)]
    return pd.DataFrame(rows, columns=["manager_id", "period", "low", "middle", "high", "deals"])


def _pools(open_deals: pd.DataFrame, like_product: dict[str, np.ndarray], usual: np.ndarray) -> list[np.ndarray | None]:
    """For deals of unknown amount: amounts of won deals with the same product, else those usual in the team."""
    rows = zip(open_deals["amount"], open_deals["product"], strict=True)
    return [like_product.get(product, usual) if pd.isna(amount) else None for amount, product in rows]


def _no_ranges(managers: pd.Index, chances: pd.DataFrame) -> pd.DataFrame:
    deals = chances["manager_id"].value_counts().reindex(managers, fill_value=0)
    both = [
        pd.DataFrame({"manager_id": managers, "period": p, "deals": deals.to_numpy()}) for p in ("month", "quarter")
    ]
    rows = pd.concat(both).assign(low=float("nan"), middle=float("nan"), high=float("nan"))
    columns = ["manager_id", "period", "low", "middle", "high", "deals"]
    return rows.sort_values(["manager_id", "period"], ignore_index=True)[columns]
