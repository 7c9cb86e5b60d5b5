"""How often luck alone would accuse somebody in a company of this shape, in words."""

from playbook import wording
from playbook.diagnosis.diagnosis_rows import FalseAlarms

_ACCUSED = (
    "In {companies} of this company's own shape (its teams, deals and columns), drawn so that nobody differs from "
    "anybody, {accused} of {people} people got a “coach”: {rate}% (95% range: {low} to {high}%)."
)
_NOBODY = "In this company nobody can be compared with five others of the same job, so nobody can be accused by luck."
_LEFT_ASIDE = (
    "That is what luck does to the numbers. How the record is kept, and a harder patch that no column names, "
    "are not in it."
)


def by_luck_alone(alarms: FalseAlarms) -> list[str]:
    """What `own_shape.false_alarms` came to, in lines."""
    if not alarms.people:
        return [_NOBODY]
    accused = _ACCUSED.format(
        companies=wording.count(alarms.companies, "company", "companies"),
        accused=wording.number(alarms.accused),
        people=wording.number(alarms.people),
        rate=_per_cent(alarms.accused / alarms.people),
        low=_per_cent(alarms.low),
        high=_per_cent(alarms.high),
    )
    return [accused, _LEFT_ASIDE]


def _per_cent(share: float) -> str:
    return wording.number(100 * share, 1)
