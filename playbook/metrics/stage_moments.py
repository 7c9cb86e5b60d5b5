"""What happens in a stage of a pipeline: read from the words of its name, else from its place on the way.

In: a stage's name and place.  Out: a moment of a sale. Names tell more than places, as a pipeline of three stages may
begin with the offer; a name that says nothing leaves it to the place, and the middle of the way to neither.
"""

import re
import unicodedata

import pandas as pd

EARLY, SHOWING, OFFER, LATE = "early", "showing", "offer", "late"
# The first that fits; words are looked for at the beginning of a word, accents and case apart. What ends a sale goes
# first ("Contract review"), a customer's problem last ("Problem solved by demo" is a demo).
_WORDS = (
    (
        LATE,
        r"negoti|negoc|verhandl|onderhandel|trattativ|contract|contrat|vertrag|legal|procure|einkauf|purchas|"
        r"sign(?:ed|ing|ature)?\b|unterschrift|closing|abschluss|commit|verbal|approv|freigabe|final|order",
    ),
    (
        SHOWING,
        r"demo|presenta|prasenta|evalua|trial|pilot|poc\b|proof|technical|solution|losung|validat|workshop|value prop",
    ),
    (OFFER, r"propos|quot|offer|angebot|offre|devis|propuesta|oferta|offert|preventiv|pric|business case"),
    (
        EARLY,
        r"prospec|lead|qualif|discover|needs?\b|bedarf|besoin|necesi|first|erst|contact|kontakt|intro|appointment|"
        r"meeting|interest|new\b|open|scop|problem|pain",
    ),
)
_ENDS_OF_THE_WAY = 1 / 3  # the first and the last third are early and late


def moment_of(name: str, place: float | None) -> str:
    """EARLY, SHOWING, OFFER or LATE; empty where neither the name nor the place says it.

    `place` is 0 for the first open stage and 1 for the last, None where it is not known.
    """
    plain = _plain(name)
    for moment, words in _WORDS:
        if re.search(rf"\b(?:{words})", plain):
            return moment
    if place is None or _ENDS_OF_THE_WAY <= place <= 1 - _ENDS_OF_THE_WAY:
        return ""
    return EARLY if place < _ENDS_OF_THE_WAY else LATE


def place_of_stage(stages: pd.DataFrame, name: str) -> float | None:
    """Where the open stage `name` stands among those of its pipeline, from 0 to 1.

    None where it has no place, is its pipeline's only one, or has two places in two pipelines.
    """
    open_stages = stages[(stages["outcome"] == "open") & stages["position"].notna()]
    places = set()
    for _, own in open_stages.groupby("pipeline", dropna=False):
        ordered = own.sort_values(["position", "stage"], kind="stable")["stage"].tolist()
        if name in ordered and len(ordered) > 1:
            places.add(ordered.index(name) / (len(ordered) - 1))
    return places.pop() if len(places) == 1 else None


def _plain(name: str) -> str:
    apart = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
