"""What an exam's page says: how it is judged, what came of it, what the answers have in common, what is true of a team.

In: results.  Out: something to show. It speaks of answers and steps, never of the person, and ranks nobody.
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from playbook import wording
from playbook.display import NOTHING, PagePart, bullets, callout, note, say, table, together
from playbook.training.attempts import Attempt
from playbook.training.drawn_team import REDRAWN
from playbook.training.exam.exam_forms import PASSED_FROM, ExamQuestion, passed
from playbook.training.exam.exam_results import BY_LUCK_APART, FormResult, QuestionResult, difference_of, result_of
from playbook.training.exam.sittings import Sitting, taken_capstone
from playbook.training.exam.ways_of_reading import BY_MONEY, BY_RANK, EVERY_SIGN, LikelyReading
from playbook.training.exam.what_matters import MATTERS
from playbook.training.kinds.judge_team import JudgeTeam, words_of
from playbook.training.lesson_list import lesson_called
from playbook.training.marked import nothing_missing, verdict_on

# Of each way that misleads: what the answers do, the step that helps, and the lesson in which it is practised.
_OF_A_WAY: Mapping[str, tuple[str, str, str]] = {
    BY_RANK.key: (
        "take a place in a ranking for a finding: who is lowest or highest, and where two numbers point.",
        "Before it, ask how many deals it is, and how far apart equals would lie.",
        "is_it_luck",
    ),
    BY_MONEY.key: (
        "go where most money is missing, and take the deal or the first word from the rep.",
        "Before it, ask what an hour would change, and who has to be able to do it next time.",
        "the_coaching_talk",
    ),
    EVERY_SIGN.key: (
        "take a sign for a finding, or a number for a reason.",
        "Before it, ask what else would look like this, and what would make you drop the idea.",
        "from_evidence_to_observation",
    ),
}
_ABOUT_THE_SAME = 0.5  # points; less is no difference worth a sentence


def how_it_is_judged() -> PagePart:
    """The rules of the capstone, before the team is seen."""
    return bullets(
        [
            say("Right about a rep is a point; right about whom to begin with is two, if you coach them."),
            say(
                "Coaching somebody without a cause takes a point away. Missing a cause takes none: an hour in the "
                "wrong place costs more than an hour later."
            ),
            say("Watching first is half a point where something could have been said."),
            say("It is met with {share} of the points or more. You may try again with another team.",
                share=wording.share(PASSED_FROM)),
            say("{rule}", rule=REDRAWN),
        ]
    )  # fmt: skip


def form_words(sitting: Sitting, before: Sitting | None = None) -> PagePart:
    """What came of a form; with the one `before` it, how the two differ, and each question with its rule."""
    result = result_of(sitting)
    parts = [
        say("**{points} of {of} points.**", points=_points(result.points), of=result.of),
        _by_matter(result),
        _reading(result.reading, sitting),
    ]
    if before is None:
        parts.append(
            note(
                "These are {of} questions, and few: with nothing learned in between, two such forms differ by up to "
                "{apart} points in nine of ten cases. What they are about comes back in the lessons, newly drawn.",
                of=result.of,
                apart=_points(BY_LUCK_APART),
            )
        )
    else:
        parts += [_difference(before, result), _each_question(result.questions)]
    return together(*parts)


def capstone_words(attempt: Attempt) -> PagePart:
    """What came of a whole team: met or not yet, what mattered, and what is true of each."""
    sitting = taken_capstone(attempt)
    (question, _), *_ = sitting.answered
    result = result_of(sitting)
    response = question.exercise().response
    if not isinstance(response, JudgeTeam) or response.missing(attempt.answer):
        return _verdict(attempt.points or 0.0)
    return together(
        _verdict(result.points),
        _by_matter(result),
        _accused(response.accused(attempt.answer)),
        _reading(result.reading, sitting),
        _what_is_true(response, attempt, question),
    )


def _verdict(points: float) -> PagePart:
    if passed(points):
        return callout(
            "Met.",
            "You have {share} of the points; it is met from {bar} on. The same eye now goes over your own team.",
            share=wording.share(points),
            bar=wording.share(PASSED_FROM),
        )
    return callout(
        "Not yet.",
        "You have {share} of the points; it is met from {bar} on. Below you see which step to look at, and what was "
        "true of each. Another team is ready when you are.",
        share=wording.share(points),
        bar=wording.share(PASSED_FROM),
    )


def _by_matter(result: FormResult) -> PagePart:
    rows = pd.DataFrame(
        {
            "What matters": [MATTERS[one.matter] for one in result.by_matter],
            "Right": [f"{one.right} of {one.n}" for one in result.by_matter],
        }
    )
    return table(rows, caption="What was right, by what matters", numbers=["Right"])


def _accused(names: Sequence[str]) -> PagePart:
    if not names:
        return say("Nobody would have been coached on something that is not there.")
    return say(
        "{names} would have been coached on something that is not there. That costs most, here as at work: the hour, "
        "and some trust.",
        names=wording.listing(list(names)),
    )


def _reading(reading: LikelyReading | None, sitting: Sitting) -> PagePart:
    """What the answers that went wrong have in common, where that is clear; of the answers, not of who gave them."""
    if reading is None:
        return NOTHING
    do, step, lesson = _OF_A_WAY[reading.way.key]
    most = [f"{name} ({n})" for name, n in reading.by_misconception[:3]]
    return callout(
        "What several answers have in common",
        "{n} decisions {do} {step} It shows most in: {most}. The lesson for this step is “{lesson}”.",
        n=reading.misled,
        do=do,
        step=step,
        most=wording.listing(most),
        lesson=lesson_called(lesson).title,
    )


def _difference(before: Sitting, after: FormResult) -> PagePart:
    first = result_of(before)
    if not before.finished:
        return note("You did not take the ten minutes before the lessons, so there is nothing to compare with.")
    more = difference_of(first, after)
    then, now = _points(first.points), _points(after.points)
    luck = f"With nothing learned, two such forms differ by up to {_points(BY_LUCK_APART)} points in nine of ten cases."
    if more > BY_LUCK_APART:
        words = "Before the lessons you had {then}, now {now}: more than luck explains. {luck}"
    elif more >= _ABOUT_THE_SAME:
        words = "Before the lessons you had {then}, now {now}: more, and luck alone could do that. {luck}"
    elif more > -_ABOUT_THE_SAME:
        words = "Before the lessons you had {then}, now {now}: about the same. {luck}"
    elif more >= -BY_LUCK_APART:
        words = "Before the lessons you had {then}, now {now}: fewer, and luck alone could do that. {luck}"
    else:
        words = "Before the lessons you had {then}, now {now}: fewer than luck explains. Were you in a hurry? {luck}"
    return say(words, then=then, now=now, luck=luck)


def _each_question(questions: Sequence[QuestionResult]) -> PagePart:
    lines = [
        say("**{verdict}** {rule}", verdict=verdict_on(one.points), rule=one.question.item.rule) for one in questions
    ]
    return together(say("Each question, and the rule behind it:"), bullets(lines, ordered=True))


def _what_is_true(response: JudgeTeam, attempt: Attempt, question: ExamQuestion) -> PagePart:
    reps = response.team.reps
    rows = pd.DataFrame(
        {
            "Rep": [rep.name for rep in reps],
            "You said": [words_of(str(attempt.answer[rep.name])) for rep in reps],
            "What was right": [words_of(rep.right_answer) for rep in reps],
            "Why": [rep.why for rep in reps],
        }
    )
    first = response.mark(attempt.answer).feedback[0]
    return together(
        say("{first}", first=first),
        table(rows, caption="What was planted, beside what you said", words=["You said", "What was right", "Why"]),
        note("**To take away:** {rule}", rule=question.item.rule),
    )


def _points(points: float) -> str:
    whole = nothing_missing(1 - abs(points - round(points)))
    return wording.number(points, 0 if whole else 1)
