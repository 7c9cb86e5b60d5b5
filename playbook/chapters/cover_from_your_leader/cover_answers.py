"""What the manager wrote in earlier chapters that belongs on the page for the leader, word for word.

In: a team and its answers.  Out: sentences. The page names no rep: an answer that names one is left out.
"""

import re
from collections.abc import Mapping

from playbook import wording
from playbook.coaching.self_view import gaps, two_to_build
from playbook.display import NOTHING, PagePart, bullets, note, say, together
from playbook.forms import self_assessment
from playbook.forms.lost_deals_notes import FOR_OTHERS
from playbook.journal import sheet_registry
from playbook.journal.commitments import KEPT, LEADER, MANAGER, commitments_in
from playbook.journal.events import Value
from playbook.team import Team

_THEIRS, _THEIRS_BY = "You said: {what}", "You said: {what} (by {day})"
_HOURS = (
    (sheet_registry.WEEK_SETTLED.subject("free"), "I keep free: {answer}"),
    (sheet_registry.WEEK_SETTLED.subject("stop"), "I stop or hand over: {answer}"),
    (sheet_registry.WEEK_SETTLED.subject("leader"), "I ask you for this: {answer}"),
)
_SKILLS = sheet_registry.FIRST_STEPS.subject("two-skills")
_HABIT = sheet_registry.FIRST_STEPS.subject("habit")


def hours(team: Team, answers: Mapping[str, Value]) -> PagePart:
    """What `your_week` settled: the hours that stay free, what stops, what is asked of the leader."""
    answered = [(form, _answer(team, answers, subject)) for subject, form in _HOURS]
    return bullets(say(form, answer=answer) for form, answer in answered if answer)


def learning(team: Team, answers: Mapping[str, Value]) -> PagePart:
    """The two skills of `your_new_role` and the habit that is dropped; without an answer the two that it proposes."""
    skills, habit = _answer(team, answers, _SKILLS), _answer(team, answers, _HABIT)
    return together(
        say("I build two skills first: {skills}", skills=skills) if skills else _proposed_skills(answers),
        say("The habit that I drop, and what I do instead: {habit}", habit=habit) if habit else None,
    )


def _proposed_skills(answers: Mapping[str, Value]) -> PagePart:
    """What `your_new_role` proposes: by the ticked boxes, or where there are none the two that cost no hour more."""
    own = self_assessment.own_boxes(answers)
    if not own:
        return say(
            "I build two skills first: watching a conversation without taking it over, and opening each 1:1 with what "
            "was agreed the last time. Ask me in a month what I saw."
        )
    views = gaps(own, self_assessment.leaders_boxes(answers), self_assessment.teams_counts(answers))
    one, other = (wording.lower_first(task.title) for task in two_to_build(views))
    return say("I build two skills first: {one}; {other}. Ask me in a month what I saw.", one=one, other=other)


def for_others(team: Team, answers: Mapping[str, Value]) -> list[PagePart]:
    """What `why_deals_are_lost` takes to enablement, product or marketing."""
    answer = _answer(team, answers, FOR_OTHERS)
    return [say("From our lost deals: {answer}", answer=answer)] if answer else []


def agreed(team: Team, answers: Mapping[str, Value]) -> PagePart:
    """What the two agreed before: the leader's open commitments, and how many of the manager's own were kept."""
    made = commitments_in(answers)
    theirs = [c for c in made if c.whose == LEADER and c.is_open and c.what and not names_a_rep(team, c.what)]
    mine = [c for c in made if c.whose == MANAGER]
    return together(
        bullets(say(_THEIRS_BY if c.due else _THEIRS, what=c.what, day=wording.day(c.due)) for c in theirs),
        say(
            "Of {mine} of my own: {kept} kept, {open} still open.",
            mine=wording.count(len(mine), "commitment"),
            kept=_few(sum(c.state == KEPT for c in mine)),
            open=_few(sum(c.is_open for c in mine)),
        )
        if mine
        else None,
    )


def left_out(team: Team, answers: Mapping[str, Value]) -> PagePart:
    """Says that answers were left out because they name somebody; for the manager, above the page."""
    texts = [answers.get(subject) for subject in (*(s for s, _ in _HOURS), _SKILLS, _HABIT, FOR_OTHERS)]
    texts += [c.what for c in commitments_in(answers) if c.whose == LEADER and c.is_open]
    n = sum(isinstance(text, str) and names_a_rep(team, text) for text in texts)
    if not n:
        return NOTHING
    return note(
        "{answers} of yours {are} not on it, as {they} {name} somebody of your team.",
        answers=wording.count(n, "answer"),
        are="is" if n == 1 else "are",
        they="it" if n == 1 else "they",
        name="names" if n == 1 else "name",
    )


def names_a_rep(team: Team, text: str) -> bool:
    """Whether a text holds a rep's id, or a part of a rep's name."""
    words = set(re.findall(r"\w+", text.casefold()))
    names = [*team.reps["name"].dropna(), *team.reps["person_id"]]
    return any(part in words for name in names for part in re.findall(r"\w{2,}", str(name).casefold()))


def _answer(team: Team, answers: Mapping[str, Value], subject: str) -> str:
    value = answers.get(subject)
    text = value.strip() if isinstance(value, str) else ""
    return "" if names_a_rep(team, text) else text


def _few(n: int) -> str:
    return wording.in_words(n) if n else "none"
