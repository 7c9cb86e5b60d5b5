"""HubSpot's goals as quotas: what each counts, and from which day to which.

A goal is a target for one owner (or a team) and one period. HubSpot says of it which objects are counted, or which
property of them is added up, and by which date. Only money of deals by their close date is a quota in money; a goal for
calls, or for pipeline created, is one in its own unit.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

PROPERTIES = (
    "hs_goal_name", "hubspot_owner_id", "hs_assignee_user_id", "hs_start_datetime", "hs_end_datetime",
    "hs_target_amount", "hs_goal_target_currency_code", "hs_kpi_unit_type", "hs_kpi_object_type_id",
    "hs_kpi_metric_type", "hs_kpi_time_period_property",
)  # fmt: skip
COLUMNS = (
    "hs_object_id", "hs_goal_name", "hubspot_owner_id", "hs_start_datetime", "hs_end_datetime", "hs_target_amount",
    "hs_goal_target_currency_code", "counted_in",
)  # fmt: skip
_DEALS, _BY_CLOSING = "0-3", "closedate"  # the type of the object deal; the date by which a won deal counts
_HALF_A_DAY = timedelta(hours=12)


def row_of_goal(key: str, properties: Mapping[str, str | None], owner_by_user: Mapping[str, str]) -> list[str]:
    """A goal's cells in the order of COLUMNS; `owner_by_user` has the owner of each user id."""
    own = {name: value or "" for name, value in properties.items()}
    owner = own.get("hubspot_owner_id") or owner_by_user.get(own.get("hs_assignee_user_id", ""), "")
    own |= {
        "hs_object_id": key,
        "hubspot_owner_id": owner,
        "hs_start_datetime": _first_day(own.get("hs_start_datetime", "")),
        "hs_end_datetime": _last_day(own.get("hs_end_datetime", "")),
        "counted_in": _counted_in(own),
    }
    return [own.get(column, "") for column in COLUMNS]


def _counted_in(goal: Mapping[str, str]) -> str:
    """`money` or `deals` as quotas have them, else the goal's name; an older goal that says nothing of it is money."""
    unit, of_deals = goal.get("hs_kpi_unit_type", ""), goal.get("hs_kpi_object_type_id", "") in ("", _DEALS)
    when_won = of_deals and goal.get("hs_kpi_time_period_property", "") in ("", _BY_CLOSING)
    if when_won and unit in ("", "currency"):
        return "money"
    if when_won and goal.get("hs_kpi_metric_type", "").upper().startswith("COUNT"):
        return "deals"
    return f"goal: {goal.get('hs_goal_name', '')}"


def _first_day(moment: str) -> str:
    """The day that begins at, or nearest to, a moment: HubSpot gives midnight, in UTC or where the company is."""
    return _day(moment, timedelta(0))


def _last_day(moment: str) -> str:
    """The day before the midnight nearest to a moment: HubSpot gives the end of the last day, or that midnight."""
    return _day(moment, timedelta(days=1))


def _day(moment: str, before: timedelta) -> str:
    if not moment:
        return ""
    try:
        at = datetime.fromisoformat(moment.replace("Z", "+00:00")).astimezone(UTC)
    except ValueError:
        return moment  # the import says that it is no day
    return f"{at + _HALF_A_DAY - before:%Y-%m-%d}"
