"""The stages of each pipeline and their order: told, listed, numbered, or from probabilities, moves or known names.

An order that nothing tells stays unknown: position is missing, and what needs it is off.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pandas as pd

from playbook.crm.account.ledger import Ledger
from playbook.crm.headings.alike import words_in
from playbook.crm.headings.mapping import Mapping, generic
from playbook.crm.tables.outcomes import outcome_of_name, outcome_words
from playbook.crm.values.typed import Typed
from playbook.crm.values.words import by_unique, closely_folded, contained_words, examples, missing_texts

_NUMBER = re.compile(r"^\s*(?:(?:stage\s*)?[sS]?(\d{1,3})\s*(?:%|[.\-:)_–]|\s)|([A-Z])[.)]\s)")
_LISTED = ["stage_id", "pipeline", "stage", "position", "probability", "outcome", "is_won", "is_closed"]
_LEAST_MOVES = 20  # fewer moves between stages tell no order


@dataclass(frozen=True)
class Listed:
    """What lists of stages and pipelines say: per stage id or name its row; ids → labels."""

    rows: pd.DataFrame
    labels: dict[str, str]
    pipelines: dict[str, str]

    def outcome_by_stage(self) -> dict[str, str]:
        """Stage → outcome, where the lists say it."""
        with_outcome = self.rows.dropna(subset=["outcome"])
        return dict(zip(with_outcome["stage"], with_outcome["outcome"], strict=True))


def listed(stages: list[Typed], pipelines: list[Typed]) -> Listed:
    """The lists of stages and pipelines among the files."""
    names: dict[str, str] = {}
    for table in pipelines:
        rows = table.rows.dropna(subset=["pipeline_id", "pipeline"])
        names |= dict(zip(rows["pipeline_id"], rows["pipeline"], strict=True))
    frames = [t.rows.reindex(columns=_LISTED) for t in stages]
    rows = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=_LISTED)
    rows = rows.assign(stage=rows["stage"].astype("str").fillna(rows["stage_id"].astype("str"))).dropna(
        subset=["stage"]
    )
    rows = rows.assign(pipeline=rows["pipeline"].astype("str").replace(names), outcome=_listed_outcome(rows))
    with_id = rows.dropna(subset=["stage_id"])
    return Listed(rows, dict(zip(with_id["stage_id"], with_id["stage"], strict=True)), names)


def usual_stages(mappings: list[Mapping]) -> frozenset[str]:
    """The names of open stages that the mappings know an order for, closely folded."""
    orders = (order for m in [*mappings, generic()] for order in m.stage_order.values())
    return frozenset(closely_folded(name) for order in orders for name in order)


def _listed_outcome(rows: pd.DataFrame) -> pd.Series:
    """Won as flagged, called, or at a probability of 1; lost if closed, called so, or at 0 but in the first place."""
    known = outcome_words([])
    called = by_unique(rows["outcome"].astype("str"), lambda word: outcome_of_name(word, known))
    chance, place = rows["probability"].astype("float64"), rows["position"].astype("float64")
    flag, closed = rows["is_won"].astype("boolean"), rows["is_closed"].astype("boolean").fillna(False)
    won = flag.fillna(called == "won").astype("boolean").fillna(False).astype(bool) | (flag.isna() & (chance == 1))
    lost = ~won & (closed.astype(bool) | (called == "lost").fillna(False) | ((chance == 0) & (place > place.min())))
    outcome = missing_texts(rows.index)
    return outcome.mask(lost, "lost").mask(won, "won")


@dataclass(frozen=True)
class Moves:
    """How often deals went from one stage to another, and how often each stage was a deal's first."""

    counts: dict[tuple[str, str], int]
    firsts: dict[str, int]


@dataclass(frozen=True)
class StageCounts:
    """What deals and history say of stages, counted.

    `own`: pipeline, stage, outcome and rows, of the deals; `passed`: pipeline and stage, of the history; `chances`:
    pipeline, stage, outcome, chance (share) and rows, of the deals, if the export has a probability; `moves`: the moves
    among some stages.
    """

    own: pd.DataFrame
    passed: pd.DataFrame
    chances: pd.DataFrame | None
    moves: Callable[[list[str]], Moves]


def passed_in(deals: pd.DataFrame, history: pd.DataFrame) -> pd.DataFrame:
    """Pipeline and stage of every stage that a deal was in, from its history."""
    passed = history[["opportunity_id", "stage"]].merge(deals[["opportunity_id", "pipeline"]], on="opportunity_id")
    return passed[["pipeline", "stage"]].dropna(subset=["stage"]).drop_duplicates()


def passed_together(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """The different pipelines and stages of several `passed_in`."""
    nothing = pd.DataFrame({"pipeline": pd.Series(dtype="str"), "stage": pd.Series(dtype="str")})
    return pd.concat([nothing, *parts], ignore_index=True).drop_duplicates()


def moves_over(pieces: Iterable[pd.DataFrame], names: list[str]) -> Moves:
    """The moves among the stages `names` in the canonical history, whose pieces come in its order."""
    counts: Counter[tuple[str, str]] = Counter()
    firsts: Counter[str] = Counter()

    def count(steps: pd.DataFrame) -> None:
        moves = moves_in(steps, names)
        counts.update(moves.counts)
        firsts.update(moves.firsts)

    left: pd.DataFrame | None = None
    for piece in pieces:
        steps = piece[["opportunity_id", "step", "stage"]]
        steps = steps if left is None else pd.concat([left, steps], ignore_index=True)
        is_last = steps["opportunity_id"] == steps["opportunity_id"].iloc[-1]  # its steps may go on in the next piece
        left = steps[is_last]
        count(steps[~is_last])
    if left is not None:
        count(left)
    return Moves(counts, firsts)


def moves_in(history: pd.DataFrame, names: list[str]) -> Moves:
    """The moves among the stages `names` that the history holds."""
    if history.empty:
        return Moves({}, {})
    steps = history[history["stage"].isin(names)].sort_values(["opportunity_id", "step"], kind="stable")
    after = steps["stage"].shift(-1).where(steps["opportunity_id"] == steps["opportunity_id"].shift(-1))
    moves = pd.DataFrame({"a": steps["stage"], "b": after}).dropna()
    moves = moves[moves["a"] != moves["b"]]
    firsts = steps.drop_duplicates("opportunity_id")["stage"].value_counts().to_dict()
    return Moves(moves.value_counts().to_dict(), firsts)


def stages_table(
    counts: StageCounts, lists: Listed, mappings: list[Mapping], by_stage: bool, ledger: Ledger
) -> pd.DataFrame:
    """The canonical stages: one row per pipeline and stage met in deals, history or lists.

    Parameters
    ----------
    counts : what deals and history say.
    mappings : of the files that the deals came from, the user's first.
    by_stage : whether a deal's outcome is that of its stage; else (Pipedrive) deals are won and lost in any stage.
    """
    stages = _stages_in_use(counts, lists, outcome_words(mappings), by_stage)
    if stages.empty:
        return pd.DataFrame(columns=["pipeline", "stage", "position", "probability", "outcome"])
    stages = stages.assign(probability=_typical_chance(counts, stages))
    parts = [
        _ordered(group, counts, lists, mappings, ledger)
        for _, group in stages.groupby("pipeline", sort=True, dropna=False)
    ]
    return pd.concat(parts, ignore_index=True)[["pipeline", "stage", "position", "probability", "outcome"]]


def _stages_in_use(counts: StageCounts, lists: Listed, words: dict[str, str], by_stage: bool) -> pd.DataFrame:
    """Pipeline, stage and outcome of every stage that a deal is or was in."""
    usual = counts.own.sort_values("rows", ascending=False, kind="stable").drop_duplicates(["pipeline", "stage"])
    if not counts.passed.empty:
        usual = pd.concat([usual, counts.passed]).drop_duplicates(["pipeline", "stage"])
    named = usual["stage"].map(lists.outcome_by_stage()).astype("str")
    named = named.fillna(by_unique(usual["stage"], lambda s: outcome_of_name(s, words)))
    outcome = named.fillna(usual["outcome"]) if by_stage else named
    stages = usual.assign(outcome=outcome.fillna("open")).drop(columns="rows")
    return stages.sort_values(["pipeline", "stage"], ignore_index=True)


def _typical_chance(counts: StageCounts, stages: pd.DataFrame) -> pd.Series:
    if counts.chances is None:
        return pd.Series(float("nan"), index=stages.index)
    closed_stages = stages.loc[stages["outcome"] != "open", "stage"]
    chances = counts.chances
    of_stage = (chances["outcome"] == "open") | chances["stage"].isin(
        closed_stages
    )  # a lost deal's 0% is not its stage's
    chances = chances[of_stage]
    each = chances.loc[chances.index.repeat(chances["rows"])]
    medians = each.groupby(["pipeline", "stage"], dropna=False)["chance"].median().reset_index()
    return stages.merge(medians, on=["pipeline", "stage"], how="left")["chance"].set_axis(stages.index)


def _ordered(
    group: pd.DataFrame,
    counts: StageCounts,
    lists: Listed,
    mappings: list[Mapping],
    ledger: Ledger,
) -> pd.DataFrame:
    pipeline = group["pipeline"].iloc[0]
    names = group.loc[group["outcome"] == "open", "stage"].tolist()
    chance = dict(zip(group["stage"], group["probability"], strict=True))
    known = (
        lists.rows[lists.rows["pipeline"].isna() | (lists.rows["pipeline"] == pipeline)]
        if len(lists.rows)
        else lists.rows
    )
    order, why = _order(names, pipeline, chance, known, counts.moves, mappings)
    stages = f"the stages of the pipeline {pipeline}" if isinstance(pipeline, str) else "the stages"
    if order:
        ledger.assume(f"The order of {stages} is {', '.join(order)}: {why}.")
    elif len(names) > 1:
        ledger.warn(
            f"The order of {stages} is not known ({examples(names, 12)}), so what needs it is off. "
            'Say it in a mapping file: stage_order = ["…", "…"].'
        )
    place = {name: number for number, name in enumerate(order, start=1)}
    if order or not names:
        closed = [*group.loc[group["outcome"] == "won", "stage"], *group.loc[group["outcome"] == "lost", "stage"]]
        place |= {name: number for number, name in enumerate(closed, start=len(place) + 1)}
    as_listed = dict(zip(known["stage"], known["probability"], strict=True)) if len(known) else {}
    probability = group["stage"].map(as_listed).astype("float64").fillna(group["probability"])
    return group.assign(position=group["stage"].map(place).astype("Int64"), probability=probability).sort_values(
        ["position", "stage"]
    )


def _order(
    names: list[str],
    pipeline: object,
    chance: dict[str, float],
    known: pd.DataFrame,
    moves: Callable[[list[str]], Moves],
    mappings: list[Mapping],
) -> tuple[list[str], str]:
    """The order of the open stages, and what tells it; empty if nothing does."""
    if not names:
        return [], ""
    if len(names) == 1:
        return names, "there is only one"
    if order := _as_the_user_says(names, pipeline, mappings):
        return order, "your mapping file says so"
    if order := _by_list(names, known):
        return order, "the list of stages says so"
    if order := _by_numbers(names):
        return order, "their names are numbered"
    if order := _by_chances(names, chance):
        return order, "from their probabilities"
    if order := _by_moves(names, moves(names)):
        return order, "from the moves in the stage history"
    for mapping in [*mappings, generic()]:
        for words in mapping.stage_order.values():
            if order := _as_listed(names, words):
                whose = "many CRMs" if mapping.crm == "generic" else mapping.crm
                return order, f"the usual order of these names ({whose})"
    if order := _by_steps(names):
        return order, "the usual order of what these names say"
    return [], ""


def _as_the_user_says(names: list[str], pipeline: object, mappings: list[Mapping]) -> list[str]:
    """The order of a user's own mapping file: that of the pipeline, else of any."""
    for mapping in (m for m in mappings if m.of_user):
        of_any = mapping.stage_order.get("", [])
        listed = mapping.stage_order.get(pipeline, of_any) if isinstance(pipeline, str) else of_any
        if listed and (order := _as_listed(names, listed)):
            return order
    return []


def _by_list(names: list[str], known: pd.DataFrame) -> list[str]:
    """The order of a list of stages that gives each a position."""
    places = dict(zip(known["stage"], known["position"], strict=True)) if len(known) else {}
    if not all(name in places and places[name] == places[name] for name in names):
        return []
    return sorted(names, key=lambda name: (places[name], name))


def _by_numbers(names: list[str]) -> list[str]:
    """The order of the numbers or letters that every name begins with, if no two begin alike."""
    numbers = {name: int(m.group(1) or ord(m.group(2))) for name in names if (m := _NUMBER.match(name))}
    if not len(numbers) == len(names) == len(set(numbers.values())):
        return []
    return sorted(names, key=lambda name: numbers[name])


def _by_chances(names: list[str], chance: dict[str, float]) -> list[str]:
    """The order of the probabilities, if each stage has one of its own."""
    chances = [chance.get(name, float("nan")) for name in names]
    if not all(value == value for value in chances) or len(set(chances)) < len(names):
        return []
    return sorted(names, key=lambda name: chance[name])


def _by_steps(names: list[str]) -> list[str]:
    """The order of the steps of a sale that the names speak of (`Angebot`: an offer), if each has its own."""
    step_by_name = {name: step for name in names if (step := _step_of(name))}
    taken = set(step_by_name.values())
    if len(taken) < len(names) or ("3 appointment" in taken and taken & {"2 qualifying", "4 needs"}):
        return []  # some companies meet a customer before they qualify, some after
    return sorted(names, key=lambda n: step_by_name[n])


def _step_of(name: str) -> str | None:
    """The one step of a sale that `name` speaks of, as `[words.step]` has them; None if it is none, or two."""
    words = " ".join(words_in(_NUMBER.sub("", name)))
    steps = {step for word, step in contained_words("step") if " " + word in " " + words}
    return steps.pop() if len(steps) == 1 else None


def _as_listed(names: list[str], words: list[str]) -> list[str]:
    place = {closely_folded(word): number for number, word in enumerate(words)}
    if not all(closely_folded(n) in place for n in names):
        return []
    return sorted(names, key=lambda n: place[closely_folded(n)])


def _by_moves(names: list[str], moves: Moves) -> list[str]:
    """The order in which deals go through the stages, if nearly all moves agree on it."""
    counts, firsts = moves.counts, moves.firsts
    if sum(counts.values()) < _LEAST_MOVES:
        return []

    def ahead(name: str) -> float:
        out = sum(n for (a, _), n in counts.items() if a == name)
        into = sum(n for (_, b), n in counts.items() if b == name)
        return (into - out) / max(into + out, 1) - firsts.get(name, 0) * 1e-9

    order = sorted(names, key=ahead)
    place = {n: i for i, n in enumerate(order)}
    forward = sum(n for (a, b), n in counts.items() if place[a] < place[b])
    pairs = all(counts.get((a, b), 0) > counts.get((b, a), 0) for a, b in zip(order, order[1:], strict=False))
    return order if forward >= 0.8 * sum(counts.values()) and pairs else []
