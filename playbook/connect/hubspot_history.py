"""From the changes of a deal's properties to rows as a stage history has them: how the deal stood after each change."""

from collections.abc import Mapping, Sequence

FOLLOWED = ("dealstage", "amount", "closedate", "hs_manual_forecast_category", "hubspot_owner_id")


def standings(changes: Mapping[str, Sequence[tuple[str, str]]]) -> list[dict[str, str]]:
    """How a deal stood after each change, from its first stage on.

    Parameters
    ----------
    changes : for each property, its values with the moment (ISO, one time zone) from which each held, in any order.

    Returns
    -------
    One row per moment, oldest first: `timestamp` and the properties as they then were. What changed at one moment is
    one row; a moment before the deal had a stage is none.
    """
    events = sorted((moment, name, value) for name, values in changes.items() for moment, value in values)
    rows: list[dict[str, str]] = []
    now = dict.fromkeys(FOLLOWED, "")
    for moment, name, value in events:
        now = now | {name: value}
        if not now["dealstage"]:
            continue
        if rows and rows[-1]["timestamp"] == moment:
            rows.pop()
        rows.append(now | {"timestamp": moment})
    return rows
