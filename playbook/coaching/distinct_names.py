"""Names that tell two people apart, where two of a team share one.

In: people.  Out: a name per person.
"""

import pandas as pd

_TELLING = ("territory", "segment", "job")


def distinct_names(people: pd.DataFrame) -> pd.Series:
    """Each person's name, indexed by person_id; where two share it, with territory, segment, job or else the id.

    A person without a name is called by the id.
    """
    named = people.assign(name=people["name"].fillna(people["person_id"])).set_index("person_id", drop=False)
    names = named["name"].copy()
    folded = named["name"].str.casefold()
    for _, same in named[folded.duplicated(keep=False)].groupby(folded):
        telling = next((same[c] for c in _TELLING if same[c].notna().all() and same[c].is_unique), same["person_id"])
        names.loc[same.index] = [f"{name} ({hint})" for name, hint in zip(same["name"], telling, strict=True)]
    return names
