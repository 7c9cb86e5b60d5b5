"""What a level below the peers' costs: by which share revenue would rise if the same deals were done at theirs.

In: the level expected of a rep and the difference from it.  Out: the share; negative where the rep lies above.
"""

import pandas as pd

_LEAST = 1e-6  # of the peers' level; nobody sells nothing at all of what is compared


def in_proportion(expected: pd.Series, difference: pd.Series) -> pd.Series:
    """For a level with which revenue rises and falls: deals opened, the share of them that is won."""
    return by_the_ratio(expected, (expected + difference) / expected.where(expected > 0) - 1)


def by_the_ratio(expected: pd.Series, difference: pd.Series) -> pd.Series:
    """The same where the difference is a ratio to what is expected already."""
    return 1 / (1 + difference).clip(lower=_LEAST) - 1
