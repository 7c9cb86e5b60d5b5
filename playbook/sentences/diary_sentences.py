"""How often the data's hypotheses were confirmed by looking, in words: counts, and a range once there are enough.

In: counts of results.  Out: whole sentences. The range is Wilson's (1927) of 90%; below FEWEST there is none, as it
would span nearly everything.
"""

import pandas as pd

from playbook import wording
from playbook.metrics.proportions import wilson

FEWEST = 8  # results; with fewer, the range of even a perfect record begins at seven in ten or lower
_Z_90 = 1.6448536269514722  # the normal quantile of a two-sided interval of 90%
_NOTHING_YET = "You have not said yet what came of any hypothesis. Tick it on the rep's page once you watched twice."
_COUNTS = (
    "So far you looked into {of}: {confirmed} confirmed, {other} explained by something else, "
    "{nothing} not seen at all."
)
_TOO_FEW = "That is too few for a share. From {fewest} on this page says one, with its range."
_RANGE = (
    "Of such hypotheses here, between {low} and {high} hold, as far as {n} can tell (nine times out of ten). "
    "The others are no failure: looking is what tells."
)


def diary(confirmed: int, something_else: int, nothing_seen: int) -> str:
    """What the diary says so far."""
    n = confirmed + something_else + nothing_seen
    if not n:
        return _NOTHING_YET
    counts = _COUNTS.format(
        of=wording.count(n, "hypothesis", "hypotheses"), confirmed=confirmed, other=something_else, nothing=nothing_seen
    )
    if n < FEWEST:
        return wording.paragraph(counts, _TOO_FEW.format(fewest=wording.in_words(FEWEST)))
    low, high = wilson(pd.Series([confirmed]), pd.Series([n]), _Z_90)[["low", "high"]].iloc[0]
    return wording.paragraph(counts, _RANGE.format(low=wording.share(low), high=wording.share(high), n=n))
