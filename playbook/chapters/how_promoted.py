"""What the way in which somebody was promoted asks of their first talks and plans.

In: a team, and what its manager ticked in `your_new_role`.  Out: a sentence for `the_coaching_conversation`, and one
for `the_improvement_plan`. Without an answer the first says where it is asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from playbook import wording
from playbook.chapter_numbers import named
from playbook.display import NOTHING, PagePart, note, say
from playbook.forms.saved_answers import saved_answers
from playbook.forms.self_assessment import way_of_promotion
from playbook.journal.sheet_registry import ACKNOWLEDGED, ASSUMED, NEVER_ASKED
from playbook.team import Team


@dataclass(frozen=True)
class _Advice:
    """Whole sentences: what to do in the first talk, and in one's own part of the first plan."""

    talk: str
    plan: str


_ADVICE: Mapping[str, _Advice] = {
    ASSUMED: _Advice(
        "**You were made a manager because you sold best.** So your reps may wait for your answer. In the first talk "
        "let them try before you show anything.",
        "**Nobody offered you help, so ask for it.** Choose one line of your own part that needs your leader, and take "
        "that line to them.",
    ),
    ACKNOWLEDGED: _Advice(
        "**Help was promised to you.** Have whoever promised it listen to one practice of a talk, and mark one thing: "
        "did you ask before you told?",
        "**Help was promised to you.** Go through your own part of the first plan with whoever promised it, never "
        "through the rep's.",
    ),
    NEVER_ASKED: _Advice(
        "**Nobody told you what the job is, nor your reps.** So open the first talk with it: “I am here to help you "
        "win, not to win for you. What do you need from me?”",
        "**Before you promise your part, ask your leader what you will be judged on.** {chapter} has a draft.",
    ),
}


def before_the_first_talk(team: Team) -> PagePart:
    """What to begin with in a talk; without an answer, where it is asked."""
    way = way_of_promotion(saved_answers(team).values)
    if way not in _ADVICE:
        return note("How you were promoted changes how to begin. Tick it in {chapter}.", chapter=named("your_new_role"))
    return say(_ADVICE[way].talk)


def before_the_first_plan(team: Team) -> PagePart:
    """What to do about one's own part of a plan; nothing without an answer."""
    way = way_of_promotion(saved_answers(team).values)
    if way not in _ADVICE:
        return NOTHING
    return say(_ADVICE[way].plan, chapter=wording.upper_first(named("cover_from_your_leader")))
