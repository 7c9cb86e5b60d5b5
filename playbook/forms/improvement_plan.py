"""The sheets of `the_improvement_plan`: a plan that rep and manager write together, examples of the first 90 days."""

from playbook.coaching.plans import RAMP
from playbook.forms.sheets import Grid, Line, Question, Questions, Text, questions
from playbook.journal import sheet_registry


def plan(title: str, rep_id: str = "", driver: str = "") -> Questions:
    """A plan: one focus, a sign, days, support; without `rep_id` for anybody."""
    whose = () if rep_id else (("whose", "Whose plan this is:", 1),)
    return Questions(
        sheet_registry.PLAN,
        title,
        questions(
            *whose,
            ("focus", "The one thing I want to do better (mine, not my manager's):", 2),
            ("if-then", "When … happens, I will …", 2),
            ("sign", "How we will both see it, weeks before the numbers do:", 1),
            ("support", "What I need from my manager, by which day:", 2),
            ("days", "We look again on (three days):", 1),
            ("stop", "We stop, or change the plan, if:", 1),
            ("agreed", "Agreed by both of us, on:", 1),
        ),
        about=(rep_id or sheet_registry.ANYBODY, driver or sheet_registry.NO_DRIVER),
        alone=bool(rep_id),
    )


def ramp(rep_id: str, caption: str, by: list[str]) -> Grid:
    """The three steps of a new rep, each with room for an example that both would recognise."""
    return Grid(
        sheet=sheet_registry.RAMP,
        caption=caption,
        headings=("By", "Aim", "The rep …"),
        lines=tuple(
            Line(str(day), f"Day {day}, {aim.lower()}: our example of it", (when, aim, can))
            for (day, aim, can), when in zip(RAMP, by, strict=True)
        ),
        about=(rep_id,),
        questions=(Question("example", "Our example of it", Text(2)),),
    )
