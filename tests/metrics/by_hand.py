"""Companies written by hand, small enough to check by counting."""

import pandas as pd

from playbook.company import Company, Settings, empty, shaped

_DAYS = ("created_on", "closed_on", "expected_close_on")


def deals(*rows: dict[str, object], **of_all: object) -> pd.DataFrame:
    """The canonical opportunities of `rows`; ids are D1, D2, … and the owner is `ana` where a row does not say."""
    filled = [{"opportunity_id": f"D{i}", "rep_id": "ana", **of_all, **row} for i, row in enumerate(rows, start=1)]
    frame = pd.DataFrame(filled, columns=None if filled else ["opportunity_id", "rep_id", "outcome"])
    return shaped("opportunities", frame.assign(**{c: pd.to_datetime(frame[c]) for c in _DAYS if c in frame}))


def many(n: int, won: int, **of_all: object) -> list[dict[str, object]]:
    """`n` closed deals, the first `won` of them won."""
    return [{"outcome": "won" if i < won else "lost", **of_all} for i in range(n)]


def quotas(*rows: tuple[str, str, str, float], unit: str | None = None) -> pd.DataFrame:
    """Quotas from (rep_id, first day, last day, amount)."""
    frame = pd.DataFrame(rows, columns=["rep_id", "starts_on", "ends_on", "amount"]).assign(unit=unit)
    return shaped("quotas", frame)


def history(*rows: tuple[str, str, str], **columns: list[object]) -> pd.DataFrame:
    """Stage history from (deal, stage, day), in the order of each deal's steps."""
    frame = pd.DataFrame(rows, columns=["opportunity_id", "stage", "entered_on"]).assign(**columns)
    return shaped("stage_history", frame.assign(step=frame.groupby("opportunity_id").cumcount() + 1))


def company(
    opportunities: pd.DataFrame, steps: pd.DataFrame | None = None, stages: tuple[str, ...] = ("Discovery", "Proposal")
) -> Company:
    """A company of these deals; `stages` are its open stages in order."""
    order = pd.DataFrame({"stage": list(stages), "position": range(1, len(stages) + 1), "outcome": "open"})
    whole = Company(settings=Settings(), people=empty("people"), opportunities=opportunities)
    return whole.with_tables(stages=order, stage_history=empty("stage_history") if steps is None else steps)
