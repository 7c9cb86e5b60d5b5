"""Companies that differ in one stranger alone, and all that can be read out of a folder: what a colleague would try.

In: a shape (how many reps each other team has).  Out: companies whose reader `M001` has the same team in each; the text
and the numbers in every file of a folder, however it is packed.
"""

import html
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import numpy as np
import pandas as pd

from playbook.company import Company
from playbook.simulate.plan import Plan, Planted
from playbook.simulate.simulated_company import simulate

READER = "M001"
_PLANTED = (Planted(0, 1, "stage:Solution", -0.30), Planted(0, 2, "discounting", 0.12), Planted(0, 3, "new_hire"))
_NUMBER = re.compile(r"(?<![\w.])-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|(?<![\w.])-?\d+(?:\.\d+)?")
_IMAGE = re.compile(r"[A-Za-z0-9+/=]{400,}")  # a picture; what it shows is made of the numbers beside it


@cache
def company_of(shape: Sequence[int], own: int = 6, seed: int = 4) -> Company:
    """A company of fourteen months with every table: the reader's team of `own`, and other teams of so many each."""
    return simulate(
        Plan(managers=1 + len(shape), reps_per_team=(own, *shape), months=14, planted=_PLANTED), seed
    ).company


def strangers(company: Company) -> pd.Index:
    """The reps of other teams."""
    people = company.people
    others = (people["role"] == "rep") & (people["manager_id"] != READER)
    return pd.Index(people.loc[others, "person_id"])


def mark_of(seed: int) -> str:
    """What stands in every text of the stranger who is drawn by `seed`."""
    return f"Qxz{seed:04}Qxz"


def with_another_stranger(company: Company, seed: int, flips: int = 2) -> Company:
    """`company` whose first stranger has other names, amounts and list prices, and wins `flips` lost deals.

    The stranger's open deals lie in a pipeline of their own.
    """
    random, mark, who = np.random.default_rng(seed), mark_of(seed), strangers(company)[0]
    deals, people, stages = company.opportunities.copy(), company.people, company.stages
    theirs = deals["rep_id"] == who
    times = np.exp(random.normal(0.3, 0.3, int(theirs.sum())))
    for amount in ("amount", "list_amount"):
        deals.loc[theirs, amount] = (deals.loc[theirs, amount] * times).round(2)
    for text in ("account", "name", "next_step"):
        deals.loc[theirs, text] = [f"{mark} {text} {number}" for number in range(int(theirs.sum()))]
    deals.loc[theirs & deals["lost_reason"].notna(), "lost_reason"] = f"{mark} reason"
    lost = deals.index[theirs & (deals["outcome"] == "lost")]
    deals.loc[
        random.choice(lost, flips, replace=False), ["outcome", "stage", "lost_reason", "lost_to", "competitor"]
    ] = ["won", deals.loc[deals["outcome"] == "won", "stage"].iloc[0], None, None, None]
    still_open = theirs & (deals["outcome"] == "open")
    deals.loc[still_open, ["pipeline", "stage"]] = f"{mark} pipeline", f"{mark} stage"
    apart = {"pipeline": f"{mark} pipeline", "stage": f"{mark} stage", "position": 1, "outcome": "open"}
    of_person = people["person_id"] == who
    return company.with_tables(
        opportunities=deals,
        people=people.assign(
            name=people["name"].mask(of_person, f"{mark} Name"),
            territory=people["territory"].mask(of_person, f"{mark} territory"),
        ),
        stages=pd.concat([stages, pd.DataFrame([apart])], ignore_index=True),
    )


def figures_of(company: Company, who: str) -> dict[str, float]:
    """What a colleague would like to know of somebody: figures of their own deals."""
    deals = company.opportunities[company.opportunities["rep_id"] == who]
    closed, won = deals[deals["outcome"] != "open"], deals[deals["outcome"] == "won"]
    days = (won["closed_on"] - won["created_on"]).dt.days.clip(lower=1)
    return {
        "win rate": len(won) / len(closed),
        "won in all": won["amount"].sum(),
        "mean deal": won["amount"].mean(),
        "typical deal": float(np.exp(np.log(won["amount"]).mean())),
        "median deal": won["amount"].median(),
        "open in all": deals.loc[deals["outcome"] == "open", "amount"].sum(),
        "mean cycle": days.mean(),
        "typical cycle": float(np.exp(np.log(days).mean())),
        "mean discount": won["discount"].mean(),
        "opened a week": len(deals) / 60.0,
    }


def texts_in(folder: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Each file's name and all of its text: of tables every cell, of pages also what markup hides."""
    for name, raw in folder.items():
        if name.endswith(".parquet"):
            frame = pd.read_parquet(io.BytesIO(raw))
            yield name, "\n".join(frame[column].astype("str").str.cat(sep="\n") for column in frame)
        elif name.endswith(".ipynb"):
            yield name, "\n".join(_leaves(json.loads(raw)))
        else:
            yield name, html.unescape(raw.decode("utf-8"))


def _leaves(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner)
    else:
        yield html.unescape(str(value))


def numbers_in(folder: Mapping[str, bytes]) -> np.ndarray:
    """Every number in every file, ascending; per cents also as shares."""
    numbers: set[float] = set()
    for name, text in texts_in(folder):
        if name.endswith(".parquet"):
            frame = pd.read_parquet(io.BytesIO(folder[name]))
            for column in frame.select_dtypes("number"):
                numbers |= {float(number) for number in frame[column].dropna().unique()}
        numbers |= {float(number.replace(",", "")) for number in _NUMBER.findall(_IMAGE.sub(" ", text))}
    every = np.array([number for number in numbers if np.isfinite(number)])
    return np.sort(np.concatenate([every, every / 100]))


def is_among(value: float, numbers: np.ndarray, closeness: float) -> bool:
    """Whether one of `numbers` is `value`, but for that share of it."""
    place = np.searchsorted(numbers, value)
    near = numbers[max(place - 1, 0) : place + 1]
    return bool((np.abs(near - value) <= closeness * abs(value)).any())
