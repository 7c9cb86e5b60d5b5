"""Which jobs are alike: a development rep is not compared with an account executive, nor a hunter with a farmer.

In: job titles as the company writes them.  Out: a family per title.
"""

import re

import pandas as pd

SELLERS, DEVELOPMENT, FARMERS, TECHNICAL = "sellers", "development reps", "account managers", "sales engineers"
PARTNERS, JUNIORS, NOT_SELLING = "channel managers", "junior sellers", "titles that are not a seller's"
_SELLS = r"\b(account (executive|manager)|ae|seller|sales ?(rep\w*|executive|manager|person|man|woman))\b"
_HELPS = (
    r"\b(assistan\w*|\w*assistenz|intern|internship|apprentice|working student|werkstudent\w*|praktikant\w*|"
    r"auszubildende\w*|azubi|stagiaire|becari[oa]|estagi[aá]ri[oa]|(sales |revenue |deal )?(ops|operations)|rev-?ops|"
    r"support\w*|admin\w*|secretar\w*|sekret\w*|back ?office|sachbearbeiter\w*)\b"
)
_ELSEWHERE = (
    r"\b(coordinator|koordinator\w*|analyst\w*|enablement|trainer|marketing|finance|accountant|accounting|"
    r"human resources|hr|recruit\w*|legal|developer|product (manager|owner)|implementation|onboarding)\b"
)
# The first that fits, in the languages in which titles are mostly written.
_FAMILIES = (
    (DEVELOPMENT, r"\b(sdr|bdr|ldr|development|prospect\w*|inside sales development|lead gen\w*|appointment)\b"),
    (TECHNICAL, r"\b(engineer|solution\w* (consultant|architect)|pre-?sales|technical|overlay)\b"),
    (PARTNERS, r"\b(channel|partner(ships?)? (sales|manager|account|development)|alliances?|reseller|indirect)\b"),
    (FARMERS, r"\b(account manager|farmer|customer success|csm|renewal\w*|key account|client (manager|partner)|kam)\b"),
    (JUNIORS, r"\b(junior|jr|trainee|graduate|associate (account|sales))\b"),
)


def job_family(jobs: pd.Series) -> pd.Series:
    """The family of each job title, with the index of `jobs`; an unknown or unsaid title is a seller's.

    NOT_SELLING is nobody's peer and has none: whether such a person sells at all is to be asked.
    """
    titles = jobs.astype("str").str.casefold().fillna("")
    family = pd.Series(SELLERS, index=jobs.index, dtype="str")
    for name, pattern in reversed(_FAMILIES):
        family = family.mask(_holds(titles, pattern), name)
    elsewhere = _holds(titles, _ELSEWHERE) & (family == SELLERS) & ~_holds(titles, _SELLS)
    return family.mask(_holds(titles, _HELPS) | elsewhere, NOT_SELLING)


def _holds(titles: pd.Series, pattern: str) -> pd.Series:
    return titles.str.contains(re.sub(r"\((?!\?)", "(?:", pattern), regex=True)
