"""The sheets that a manager takes along: skills of each rep, a joint call, a deal review. They work without any data.

In: a team, and perhaps the name of one rep.  Out: what the chapter's cell shows, every sheet folded.
"""

from collections.abc import Mapping

from playbook.chapters.chosen_focus import focus_chosen
from playbook.chapters.the_coaching_conversation.conversation import chosen
from playbook.chapters.who_sells import of_another_job
from playbook.display import note
from playbook.forms import deal_review, joint_call, skills_sheet
from playbook.forms.fold import Fold
from playbook.forms.form import Form, form
from playbook.forms.saved_answers import saved_answers
from playbook.journal.events import Value
from playbook.team import Team


def sheets(team: Team, rep: str = "") -> Form:
    """A skills sheet for each rep who sells (or for `rep` alone, a name or an id), one for anybody, and two more.

    On paper, where nothing can be typed in, the one for anybody stands for those that nobody has begun.

    Raises
    ------
    UnusableInput : if `rep` is nobody of the team.
    """
    saved = saved_answers(team)
    return form(
        saved,
        *_skills_of_each(team, rep, saved.values),
        Fold("A skills sheet for anybody", (skills_sheet.skills(),)),
        Fold("A joint call: two minutes before, fifteen after", (joint_call.joint_call(),)),
        Fold(
            "A deal review: the customer's words, or nothing",
            (
                deal_review.evidence(),
                deal_review.review(),
                note(
                    "After MEDDPICC: MEDDIC is by Dunkel with Napoli at PTC, 1996, as the firm MEDDICC tells it. An "
                    "empty line that you admit is worth more than a full one that you hope."
                ),
            ),
        ),
    )


def _skills_of_each(team: Team, rep: str, answers: Mapping[str, Value]) -> list[Fold]:
    if team.reps.empty:
        return []
    reps = chosen(focus_chosen(team, answers), rep)
    reps = reps[~reps["rep_id"].isin(of_another_job(team))]
    return [
        Fold(f"The skills sheet of {name}", (skills_sheet.skills(rep_id, name, answers),))
        for rep_id, name in zip(reps["rep_id"], reps["name"], strict=True)
    ]
