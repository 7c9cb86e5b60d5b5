"""What the lesson "Where deals leak" shows: a team's steps, each beside its own usual share."""

from playbook import wording
from playbook.display import PagePart
from playbook.training.lesson_cells import Lesson
from playbook.training.lettered_steps import LetteredSteps, walked
from playbook.training.variant import Variant, seed_of

_USUAL = (0.45, 0.60, 0.66, 0.52)
_ENTERED, _LEAK, _SHORT_BY = 640, 2, 0.15


def steps_of_a_team(lesson: Lesson) -> PagePart:
    """Four steps of a simulated team, of which one leaks; a line marks what is usual at each."""
    variant = Variant(seed_of(lesson.learner.own_seed, lesson.key, "team"))
    stages = variant.stages()
    shares = [usual - (_SHORT_BY if step == _LEAK else 0.0) for step, usual in enumerate(_USUAL)]
    reached, went_on = walked(variant, _ENTERED, shares)
    steps = LetteredSteps(stages, went_on, reached, _USUAL)
    lost = reached[0] - went_on[0]
    share = wording.share(went_on[_LEAK] / reached[_LEAK])
    return steps.picture(
        f"Most deals end at {stages[0]} ({lost}), as ever; the leak is at {stages[_LEAK]}: "
        f"{share} go on, usually {wording.share(_USUAL[_LEAK])}",
        with_luck=True,
        loud=steps.letters[_LEAK][0],
    )
