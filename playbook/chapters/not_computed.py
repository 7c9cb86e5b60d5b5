"""What a page says where a part of the company-wide work failed when the workbook was made.

In: a team.  Out: which parts are not there, whose fault that is (nobody's of the team), and who can mend it. Why it
failed is technical and may hold other teams' data: it stands in the batch's manifest, never here.
"""

from playbook.display import NOTHING, PagePart, callout, switched_off
from playbook.team import COACHING_EFFECT, DIAGNOSIS, FORECAST, Team

IN_WORDS = {
    DIAGNOSIS: "The comparison of reps",
    COACHING_EFFECT: "Whether coaching helped",
    FORECAST: "The forecast",
}
_WHAT = "This part could not be computed when the workbook was made. That says nothing about you or your team."
_REMEDY = "Tell whoever made the workbook: the cause is in manifest.json, which only they have."
_REBUILD = "Have the workbook built again with: python3 scripts/kit.py build COMPANY --to WORKBOOKS"


def instead_of(part: str, team: Team) -> PagePart:
    """What stands in place of `part` (one of `team.PARTS`) if it could not be computed; else nothing."""
    return switched_off(IN_WORDS[part], _WHAT, _REMEDY) if part in team.not_computed else NOTHING


def without_diagnosis(what: str, team: Team) -> PagePart:
    """What stands in place of `what`, which needs the diagnosis: it failed, or this folder was made without one."""
    if failed := instead_of(DIAGNOSIS, team):
        return failed
    return NOTHING if DIAGNOSIS in team.findings else switched_off(what, "This folder holds no diagnosis.", _REBUILD)


def parts_missing(team: Team) -> PagePart:
    """The parts that could not be computed, once at the top of a chapter; nothing if there are none."""
    named = [IN_WORDS[part] for part in team.not_computed if part in IN_WORDS]
    if not named:
        return NOTHING
    return callout(f"Could not be computed: {'; '.join(named)}.", f"{_WHAT} {_REMEDY}")
