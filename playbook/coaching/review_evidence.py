"""What must be known of a deal, and what counts as knowing it: the customer did it, or said it, or there is nothing.

The questions follow MEDDPICC (MEDDIC: Dunkel with Napoli at PTC, 1996, as MEDDICC tells it). What we think is no
evidence, so there is no mark for it.
"""

from dataclasses import dataclass

DID, SAID, NOTHING_YET = "did", "said", "nothing"
MARKS = (DID, SAID, NOTHING_YET)


@dataclass(frozen=True)
class EvidenceLine:
    """One line of a deal review: the name that sellers know it by, and the question in plain words."""

    key: str
    name: str
    question: str


EVIDENCE = (
    EvidenceLine("gain", "Metrics", "What does it bring them, in a number of their own?"),
    EvidenceLine("money", "Economic buyer", "Who can spend the money, and has said so?"),
    EvidenceLine("criteria", "Decision criteria", "What will they choose by?"),
    EvidenceLine("way", "Decision process", "Who does what, by when, until they decide?"),
    EvidenceLine("papers", "Paper process", "What has to be signed, by whom, and how long does it take them?"),
    EvidenceLine("pain", "Pain", "What does it cost them to do nothing?"),
    EvidenceLine("ally", "Champion", "Who inside wants it, and has done something for it?"),
    EvidenceLine("rivals", "Competition", "What else do they look at, doing nothing among it?"),
)
