"""The findings `forecast`, `forecast_deals` and `forecast_error`: what their columns are.

Apart from the modules that make them: chapters load no statistics library.
"""

from typing import NamedTuple

import pandas as pd


class ForecastRow(NamedTuple):
    """One row of `forecast`: a manager, and the month or the quarter."""

    manager_id: str  # whose team it is
    period: str  # month or quarter
    starts_on: pd.Timestamp  # the period's first day
    ends_on: pd.Timestamp  # its last day
    quota: float  # the team's quota, money; missing if there is none
    won: float  # won in the period so far, money
    committed: float  # open, due and committed, money; missing without forecast categories
    open_due: float  # open and due in the period, money; missing without expected dates
    low: float  # lower end of the 80% range of the period's revenue, money; missing where too few deals have closed
    middle: float  # middle of the period's revenue, money
    high: float  # upper end of the 80% range of the period's revenue, money
    deals: int  # open deals that were played through
    widened: float  # by how much the range was stretched after the back-test; 1 is not at all


class ForecastDeal(NamedTuple):
    """One row of `forecast_deals`: an open deal."""

    manager_id: str  # whose team it is
    opportunity_id: str  # the deal
    probability: float  # share: that it is won in this quarter
    ever: float  # share: that it is won at all
    n: int  # past deals at the same point, by which that is told


class ForecastError(NamedTuple):
    """One row of `forecast_error`: a manager, and a past quarter for which a range was made afterwards."""

    manager_id: str  # whose team it is
    quarter: pd.Timestamp  # the quarter's first day
    seen_on: pd.Timestamp  # the day from which it was looked at
    low: float  # lower end of the range of the period's revenue, money
    middle: float  # middle of the period's revenue, money
    high: float  # upper end of the range of the period's revenue, money
    actual: float  # what the quarter brought, money
