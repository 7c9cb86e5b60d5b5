"""The skills sheet: five lines, the rep marks first, then the manager, and what the customer said stands beside it."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from playbook.coaching.selling_skills import NOT_YET, PARTLY, SEEN, SKILLS
from playbook.forms.sheets import Choice, Grid, Line, Question, Text, options
from playbook.journal import sheet_registry
from playbook.journal.events import Value

_MARKS = options((SEEN, "Seen"), (PARTLY, "Partly"), (NOT_YET, "Not seen yet"))


def skills(rep_id: str = "", name: str = "", answers: Mapping[str, Value] = MappingProxyType({})) -> Grid:
    """The sheet of one rep; without `rep_id` for anybody. No sum: it would mean nothing.

    That of a rep is on paper once something of it is in `answers`: until then the one for anybody serves all.
    """
    who = name or "the rep"
    opening = f"Five skills of {name}" if name else "Five skills of anybody"
    sheet = Grid(
        sheet=sheet_registry.SKILLS,
        caption=f"{opening}. Of conversations that you both were in: {who} marks first, then you.",
        headings=("Skill", "It is there when …"),
        lines=tuple(Line(skill.key, f"{skill.name}: {skill.seen}", (skill.name, skill.seen)) for skill in SKILLS),
        about=(rep_id or sheet_registry.ANYBODY,),
        questions=(
            Question("rep", f"{name or 'The rep'} marks", Choice(_MARKS)),
            Question("manager", "I mark", Choice(_MARKS)),
            Question("words", "The customer's words, and the day", Text()),
        ),
        alone=bool(rep_id),
    )
    begun = any(answers.get(placed.subject) not in (None, "") for placed in sheet.placed())
    return replace(sheet, on_paper=begun or not rep_id)
