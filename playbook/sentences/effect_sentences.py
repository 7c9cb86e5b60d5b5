"""What changed since coaching began, in one sentence.

In: the finding `coaching_effect` (rows of `coaching.effect_rows.Effect`).  Out: sentences, without names.
"""

import pandas as pd

from playbook import wording
from playbook.coaching.effect_rows import HELPED, NO_CHANGE, SHARE_OF_DEALS, TOO_EARLY, WORSE, Effect
from playbook.drivers.registry import driver_of
from playbook.sentences.counted import counted

_SENTENCES = {
    HELPED: (
        "From {before} to {after} ({n_before} in the year before, {n_after} since): more than bad luck running out "
        "would bring, beside peers in the same quarters."
    ),
    WORSE: (
        "From {before} to {after} ({n_before} in the year before, {n_after} since): it moved the other way, beside "
        "peers in the same quarters; ask what else changed."
    ),
    NO_CHANGE: (
        "From {before} to {after} ({n_before} in the year before, {n_after} since): no change beyond luck; a large one "
        "would have shown by now."
    ),
    TOO_EARLY: "From {before} to {after} ({n_before} in the year before, {n_after} since): too early to say.",
}
_TOO_EARLY_UNTIL = (
    "From {before} to {after} ({n_before} in the year before, {n_after} since): too early to say; at this pace about "
    "{month} could tell."
)
_NOT_MEASURED = "Too early to say: {n_before} in the year before, {n_after} since."
_NOT_MEASURED_UNTIL = (
    "Too early to say: {n_before} in the year before, {n_after} since; at this pace about {month} could tell."
)
# Where the measure is a ratio to peers whose numbers stay with them (`disclosure`).
_IN_WORDS = {
    HELPED: (
        "Better than before ({n_before} in the year before, {n_after} since): more than bad luck running out would "
        "bring, beside peers in the same quarters, too few of them outside the team for numbers to be shown here."
    ),
    WORSE: (
        "It moved the other way ({n_before} in the year before, {n_after} since), beside peers in the same quarters, "
        "too few of them outside the team for numbers to be shown here; ask what else changed."
    ),
    NO_CHANGE: (
        "No change beyond luck ({n_before} in the year before, {n_after} since), beside peers in the same quarters, "
        "too few of them outside the team for numbers to be shown here."
    ),
}
_PEERS_LEVEL = "{ratio} times the peers' level"


def effect_sentences(effects: pd.DataFrame) -> list[str]:
    """Per row of `effects` what changed, from how much data, and whether it is luck; or when numbers could know."""
    return [_sentence(Effect(*row)) for row in effects[list(Effect._fields)].itertuples(index=False, name=None)]


def _sentence(row: Effect) -> str:
    counts = {
        "n_before": counted(row.n_before, driver_of(row.driver).counted_as(row.aspect)),
        "n_after": str(row.n_after),
    }
    month = "" if pd.isna(row.known_on) else wording.month(row.known_on)
    if pd.isna(row.after) and row.verdict in _IN_WORDS:
        return _IN_WORDS[row.verdict].format(**counts)
    if pd.isna(row.after):
        return (_NOT_MEASURED_UNTIL if month else _NOT_MEASURED).format(month=month, **counts)
    template = _TOO_EARLY_UNTIL if row.verdict == TOO_EARLY and month else _SENTENCES[row.verdict]
    return template.format(before=_before(row), after=_after(row), month=month, **counts)


def _before(row: Effect) -> str:
    return wording.share(row.before) if row.measured_as == SHARE_OF_DEALS else wording.number(row.before, 2)


def _after(row: Effect) -> str:
    if row.measured_as == SHARE_OF_DEALS:
        return wording.share(row.after)
    return _PEERS_LEVEL.format(ratio=wording.number(row.after, 2))
