"""The forecast of each team as its manager may read it.

In: a company; its findings `forecast`, `forecast_deals` and `forecast_error`.  Out: the company to make them from, and
the same in digits that tell nobody else's deals. Chances are learned from past deals of the whole company; where too
few people outside of the team have closed any, the team's range is made from its own past deals alone, and a name that
too few others share (a segment, say) is none that chances are learned by.
"""

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd

from playbook.company import Company
from playbook.disclosure.rules import disclosable_to_each, round_step, two_digits
from playbook.forecast.forecasts import forecasts

_CHANCES = 0.1  # in tenths, as they are read
_OF_THE_WIDTH = 0.1  # of a range
_LEARNED_BY = ("kind", "pipeline", "segment", "product")
_ENDS = ("low", "middle", "high")
_PAST_DEALS = 10  # how many stand behind a chance: in tens


def teams_of_their_own(company: Company) -> list[str]:
    """The managers outside of whose team too few people have closed deals to learn chances from."""
    manager = company.people.set_index("person_id")["manager_id"]
    closed = company.opportunities[company.opportunities["outcome"].isin(["won", "lost"])]["rep_id"].value_counts()
    teams, names = pd.factorize(manager.reindex(closed.index))
    disclosable = disclosable_to_each(teams, closed.to_numpy(dtype="float64"))
    everybody = pd.Index(manager.dropna().unique())
    places = pd.Index(names).get_indexer(everybody)
    return [str(one) for one, may in zip(everybody, disclosable[places], strict=True) if not may]


def with_shared_names(company: Company) -> Company:
    """`company` without the kinds, pipelines, segments and products by which a chance would tell a few people's deals.

    A name stays where everybody who has open deals of it may read what the others who closed such deals show (`rules`).
    The others become unknown, all of them together; with them the rarest of those that would stay, until what is
    unknown is no longer of few. Rounding does not do: a segment shared with one stranger told that one's win rate.
    """
    deals = company.opportunities
    manager = company.people.set_index("person_id")["manager_id"]
    sellers = pd.DataFrame({"rep_id": deals["rep_id"], "manager_id": deals["rep_id"].map(manager)})
    sellers = sellers.assign(is_open=deals["outcome"] == "open", is_closed=deals["outcome"].isin(["won", "lost"]))
    return company.with_tables(
        opportunities=deals.assign(**{column: _shared_names(deals[column], sellers) for column in _LEARNED_BY})
    )


def _shared_names(names: pd.Series, sellers: pd.DataFrame) -> pd.Series:
    of_few = [name for name, rows in sellers.groupby(names) if _tells_of_few(rows)]
    shared = names.mask(names.isin(of_few))
    for rarest in reversed(shared.value_counts().index) if of_few else ():
        if not _tells_of_few(sellers[shared.isna()]):
            break
        shared = shared.mask(shared == rarest)
    return shared


def _tells_of_few(rows: pd.DataFrame) -> bool:
    """Whether somebody with open deals among `rows` may not read what others show who closed some."""
    closed = rows[rows["is_closed"]]
    held = closed.groupby("rep_id").size()
    team, managers = pd.factorize(closed.groupby("rep_id")["manager_id"].first().reindex(held.index))
    disclosable = disclosable_to_each(team, held.to_numpy(dtype="float64"))
    for reader in rows.loc[rows["is_open"], "manager_id"].dropna().unique():
        place = pd.Index(managers).get_indexer([reader])[0]  # -1, the last: of those who closed none is in the team
        if not disclosable[place] and (team != place).any():
            return True
    return False


def outlook_of(own: Company, as_of: date) -> dict[str, pd.DataFrame]:
    """The three findings made from a team's own past deals; `own` is the company cut to the team."""
    return forecasts(own, as_of)


def in_digits(findings: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The three findings, as far as `findings` has them: ranges in tenths of their width, chances in tenths."""
    disclosed = {name: findings[name] for name in ("forecast", "forecast_deals", "forecast_error") if name in findings}
    for name in disclosed.keys() & {"forecast", "forecast_error"}:
        frame = disclosed[name]
        step = ((frame["high"] - frame["low"]) * _OF_THE_WIDTH).map(round_step)
        disclosed[name] = frame.assign(
            **{end: ((frame[end] / step).round() * step).where(step > 0, frame[end]) for end in _ENDS}
        )
    if "forecast" in disclosed:
        frame = disclosed["forecast"]
        # What is won is the team's own: no end of the range lies under it.
        ends = {end: np.fmax(frame[end], frame["won"]).where(frame[end].notna()) for end in _ENDS}
        disclosed["forecast"] = frame.assign(**ends, widened=frame["widened"].map(two_digits))
    if "forecast_deals" in disclosed:
        frame = disclosed["forecast_deals"]
        chances = {name: (frame[name] / _CHANCES).round() * _CHANCES for name in ("probability", "ever")}
        disclosed["forecast_deals"] = frame.assign(**chances, n=frame["n"] // _PAST_DEALS * _PAST_DEALS)
    return disclosed
