"""The month's and the quarter's revenue of every team, with a range that was tested on past quarters.

In: a company and a day.  Out: the findings `forecast`, `forecast_deals`, `forecast_error`.
Method: each open deal is set beside past deals of its kind, stage, expected close, segment and age (`landmarks`,
`life_table`); deals not opened yet come from past quarters (`new_business`); the weeks ahead are played 2,000 times
(`simulation`); the same look from past quarters says how far it was off (`backtest`), and widens the range if needed.
"""

from datetime import date

import pandas as pd

from playbook import roster
from playbook.as_of import at
from playbook.company import Company
from playbook.forecast.backtest import errors, past_looks, stretch, widened
from playbook.forecast.forecast_rows import ForecastRow
from playbook.forecast.outlook import outlook
from playbook.metrics.open_deals import open_deals
from playbook.metrics.periods import Period, month_of, quarter_of
from playbook.metrics.quota_by_rep import MONEY, quota_in
from playbook.metrics.revenue_by_rep import revenue_by_rep


def forecasts(company: Company, as_of: date) -> dict[str, pd.DataFrame]:
    """The forecast of every manager's team; the manager's own deals are not part of it.

    Returns
    -------
    `forecast`: manager_id, period (`month`, `quarter`), starts_on, ends_on, quota (money; NaN if there is none), won,
    committed (NaN without forecast categories), open_due (NaN without expected dates), low, middle, high (the period's
    revenue; NaN where too few deals have closed to tell), deals (open deals played), widened (by how much the range
    was stretched after the back-test; 1 = not). `forecast_deals`: see `outlook`. `forecast_error`: manager_id, quarter
    (its first day), seen_on, low, middle, high, actual. Rows by manager_id, then period, deal or quarter.
    """
    company = at(company, as_of)
    managers = roster.managers(company)["person_id"].sort_values(ignore_index=True)
    ranges, chances = outlook(company, as_of)
    looks = past_looks(company, as_of, managers)
    facts = pd.concat([_facts(company, period, managers, as_of) for period in _periods(company, as_of)])
    rows = facts.merge(ranges, on=["manager_id", "period"], how="left")
    factor = stretch(looks)
    ahead = rows.assign(**{bound: rows[bound] + rows["won"] for bound in ("low", "middle", "high")})
    forecast_rows = widened(ahead, factor, rows["won"]).assign(
        widened=factor, deals=rows["deals"].fillna(0).astype("int64")
    )
    return {
        "forecast": forecast_rows.sort_values(["manager_id", "period"], ignore_index=True)[list(ForecastRow._fields)],
        "forecast_deals": chances,
        "forecast_error": errors(looks),
    }


def _periods(company: Company, as_of: date) -> list[Period]:
    return [month_of(as_of), quarter_of(as_of, company.settings.fiscal_year_starts)]


def _facts(company: Company, period: Period, managers: pd.Series, as_of: date) -> pd.DataFrame:
    """What is certain about each manager's period: quota, won, committed, open and due."""
    people = company.people
    manager_of = people.set_index("person_id")["manager_id"]
    revenue = revenue_by_rep(
        company.opportunities, open_deals(company, as_of), period, people["person_id"].rename("rep_id")
    )
    sums = revenue.groupby(manager_of.reindex(revenue.index).to_numpy()).sum().reindex(managers)
    quotas = quota_in(company.quotas, period)
    money = quotas[(quotas["unit"] == MONEY) & quotas["rep_id"].isin(_here_in(people, period))]
    quota = money.groupby(money["rep_id"].map(manager_of))["quota"].sum().reindex(managers)
    unknown = float("nan")
    facts = {
        "manager_id": managers.to_numpy(),
        "period": period.kind,
        "starts_on": pd.Timestamp(period.starts_on),
        "ends_on": pd.Timestamp(period.ends_on),
        "quota": quota.to_numpy(dtype="float64"),
        "won": sums["won"].to_numpy(),
        "committed": sums["committed"].to_numpy() if company.has("opportunities.forecast_category") else unknown,
        "open_due": sums["open_due"].to_numpy() if company.has("opportunities.expected_close_on") else unknown,
    }
    return pd.DataFrame(facts)


def _here_in(people: pd.DataFrame, period: Period) -> pd.Series:
    """Everyone who had not left before the period began."""
    return people.loc[~(people["left_on"] < pd.Timestamp(period.starts_on)), "person_id"]
