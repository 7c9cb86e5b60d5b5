"""What a learner's own page shows: the lessons and how far they are, how well sureness fits, what comes back.

In: the learner.  Out: what the cover's cells show. It speaks of steps, never of the person, and ranks nobody.
"""

from datetime import date

from playbook import wording
from playbook.display import PagePart, bullets, callout, figure, note, say, together
from playbook.escaping import for_html
from playbook.figures.reliability import reliability_picture
from playbook.forms.form import Form
from playbook.training import calibration, follow_up_page, readiness_page
from playbook.training.exam.exam_forms import BEFORE, CAPSTONE_PAGE
from playbook.training.exam.sittings import met_on
from playbook.training.follow_ups import LAST_FOLLOW_UP, follow_ups
from playbook.training.learner import Learner
from playbook.training.learner_progress import ComingBack, LessonProgress, coming_back, progress_of
from playbook.training.lesson_cells import Lesson, open_lesson
from playbook.training.lesson_list import FOLLOW_UP, LessonFacts, exam_pages, lesson_list

COVER = "my_training"


def open_training(folder: str = "") -> Lesson:
    """The training of the learner in `folder`, or where this runs."""
    return open_lesson(COVER, folder)


def lessons(training: Lesson) -> PagePart:
    """Each lesson with a link, its minutes and how far it is; where to go on stands first."""
    rows = progress_of(lesson_list(), training.learner.attempts)
    following = next((row for row in rows if not row.done), None)
    go_on = _where_to_go_on(following, rows) if following else _after_the_lessons(training.learner)
    return together(go_on, bullets([_line(row) for row in rows]))


def sureness(training: Lesson) -> PagePart:
    """How often the learner was right when so sure, and how many of their ranges held the truth."""
    attempts = training.learner.attempts
    rows = calibration.reliability(attempts)
    n = int(rows["n"].sum())
    if n < calibration.FEWEST:
        return say(
            "After {fewest} answers you see here how often you were right when you said how sure you are. So far there "
            "are {n}.",
            fewest=calibration.FEWEST,
            n=n,
        )
    picture = figure(
        reliability_picture(rows),
        title=_reliability_title(attempts),
        alt=wording.listing(
            f"{wording.share(row.sure)} sure: right {wording.number(row.right)} times of {row.n}"
            for row in rows.itertuples()
        ),
        below="The number beside a dot is of how many answers. A dot above the line: you may be surer there.",
    )
    return together(picture, _ranges(training.learner), note(
        "Your score is {score}: 0 is perfect, 0.25 is what “always 50%” gets.",
        score=wording.number(calibration.brier(attempts), 2),
    ))  # fmt: skip


def comes_back(training: Lesson, today: date | None = None) -> PagePart:
    """What missed something the last time: what is ready to be asked again, and what will be."""
    again = coming_back(training.learner.attempts)
    if not training.learner.attempts:
        return say("What misses something comes back here a week later, newly drawn.")
    if not again:
        return say("Nothing has to come back: the last answer to each exercise you did was right.")
    on = today or date.today()
    ready = [one for one in again if one.day <= on]
    later = [one for one in again if one.day > on]
    parts: list[PagePart | None] = []
    if ready:
        parts.append(
            say(
                "Ready to be asked again, newly drawn: {count}. Open {where}.",
                count=wording.count(len(ready), "exercise"),
                where=_lessons_of(ready),
            )
        )
    if later:
        parts.append(
            note(
                "{count} will be asked again from {day} on. A week in between is what makes it stay.",
                count=wording.upper_first(wording.count(len(later), "exercise")),
                day=wording.day(later[0].day),
            )
        )
    return together(*parts)


def readiness(training: Lesson, today: date | None = None) -> Form:
    """The fourteen tasks before and after, and what changed."""
    learner, on = training.learner, today or date.today()
    half_a_year = any(one.key == LAST_FOLLOW_UP and one.day <= on for one in follow_ups(learner.attempts))
    rows = progress_of(lesson_list(), learner.attempts)
    return readiness_page.readiness(learner, rows, half_a_year=half_a_year)


def follow_up_days(training: Lesson, today: date | None = None) -> PagePart:
    """The five follow-ups with their days, and a link to the page that serves them all."""
    link = PagePart(f'<p><a href="{FOLLOW_UP}">Open the follow-up</a></p>', "Open the follow-up")
    return together(follow_up_page.days(training.learner, today or date.today()), link)


def _where_to_go_on(following: LessonProgress, rows: tuple[LessonProgress, ...]) -> PagePart:
    if any(row.tried for row in rows):
        return _leading_to("Go on here", _link(following.lesson))
    return _leading_to(
        "Begin here", *(_first_link(page) for page in exam_pages() if page.exam == BEFORE), _link(following.lesson)
    )


def _after_the_lessons(learner: Learner) -> PagePart:
    """The capstone, until it is met; then what comes back."""
    capstone = next((page for page in exam_pages() if page.exam == CAPSTONE_PAGE), None)
    if capstone is None or met_on(learner.attempts) is not None:
        return callout("You did every lesson.", "What comes back stands below, newly drawn each time.")
    return _leading_to("Go on here", _link(capstone))


def _leading_to(heading: str, *links: PagePart) -> PagePart:
    html = "".join(f"<p>{link.html}</p>" for link in links)
    text = "\n".join(link.text for link in links)
    return PagePart(f'<div class="ptc-callout"><p><strong>{heading}</strong></p>{html}</div>', f"{heading}\n{text}")


def _line(row: LessonProgress) -> PagePart:
    link = _link(row.lesson)
    state = f"{row.tried} of {row.of} exercises done" if row.tried else "not begun"
    minutes = f"{row.lesson.minutes} minutes, {row.lesson.doing} of them answering"
    return PagePart(f"{link.html}<br>{for_html(minutes)}; {for_html(state)}", f"{link.text}: {minutes}; {state}")


def _first_link(page: LessonFacts) -> PagePart:
    """The ten minutes before the first lesson, which belong to none of them."""
    title = f"{page.title}: nine questions, {wording.count(page.minutes, 'minute')}"
    return PagePart(f'<a href="{for_html(page.file.name)}">{for_html(title)}</a>', title)


def _link(lesson: LessonFacts) -> PagePart:
    title = f"{lesson.number.lstrip('0')} · {lesson.title}"
    return PagePart(f'<a href="{for_html(lesson.file.name)}">{for_html(title)}</a>', title)


def _reliability_title(attempts: tuple) -> str:
    over, n = calibration.too_sure_by(attempts)
    of = wording.count(n, "answer")
    if over > calibration.TOO_SURE:
        return f"You were surer than you were right, by {wording.points(over)} over {of}: widen your doubts a little"
    if over < -calibration.TOO_SURE:
        return f"You were right more often than you were sure, by {wording.points(over)} over {of}: trust it more"
    return f"You were about as sure as you were right, over {of}"


def _ranges(learner: Learner) -> PagePart | None:
    counted = calibration.ranges(learner.attempts)
    if not counted.n:
        return None
    return say(
        "Of {n} ranges {inside} held the truth; with honest ranges about {expected} would.",
        n=counted.n,
        inside=counted.inside,
        expected=wording.number(counted.expected),
    )


def _lessons_of(ready: list[ComingBack]) -> str:
    keys = {one.item for one in ready}
    titles = [f"“{lesson.title}”" for lesson in lesson_list() if keys & set(lesson.items)]
    return wording.listing(titles) or "the lesson it stood in"
