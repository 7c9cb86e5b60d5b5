"""A robot that answers exercises in a page as a learner does: it sees labels and options, and is given an answer."""

from collections.abc import Mapping
from random import Random

from playwright.sync_api import Locator, expect

from playbook.forms.sheets import Text
from playbook.training.answer_fields import YES, Field, Pick, Quantity, Tick
from playbook.training.item import Item
from playbook.training.marked import NOT_THIS, PARTLY, RIGHT, Response

_TRIES = 400


def wrong_answer(response: Response, seed: int) -> dict[str, str]:
    """A complete answer that does not get every point; of words, which nobody marks, any."""
    lot = Random(seed)
    for _ in range(_TRIES):
        answer = {field.key: value for field in response.fields() if (value := _any(field, lot))}
        if response.missing(answer):
            continue
        marked = response.mark(answer)
        if marked.points is None or not marked.right:
            return answer
    raise AssertionError(f"no wrong answer came up for {response}")


def answer_exercise(exercise: Locator, item: Item, seed: int, *, rightly: bool) -> None:
    """Fill the exercise in, check it, and read what it says; `seed` is that of the variant on the page."""
    response = item.exercise(seed).response
    answer = dict(response.best()) if rightly else wrong_answer(response, seed)
    _fill_in(exercise, response, answer)
    if response.asks_sureness:
        exercise.get_by_role("combobox", name="How sure are you that this is right?").select_option("70%")
    exercise.get_by_role("button", name="Check my answer").click()
    marked = response.mark(answer)
    expect(exercise.get_by_text("Your answer is saved.")).to_be_visible()
    for sentence in marked.feedback:
        expect(exercise.get_by_text(sentence, exact=False).first).to_be_visible()
    if marked.then is not None:
        ticks = marked.then.best() if rightly else {"none": YES}
        _fill_in(exercise, marked.then, ticks)
        exercise.get_by_role("button", name="Check my answer").last.click()
        marked = marked.then.mark(ticks)
    if marked.points is not None:
        verdict = RIGHT if marked.right else PARTLY if marked.points > 0 else NOT_THIS
        expect(exercise.get_by_text(verdict, exact=True).first).to_be_visible()
    expect(exercise.get_by_text(item.rule)).to_be_visible()


def _fill_in(exercise: Locator, response: Response, answer: Mapping[str, str]) -> None:
    for field in response.fields():
        value = answer.get(field.key)
        if not value:
            continue
        takes = field.takes
        if isinstance(takes, Pick):
            text = dict(takes.options)[value]
            if takes.listed:
                exercise.get_by_role("radio", name=text, exact=True).check()
            else:
                exercise.get_by_role("combobox", name=field.label, exact=True).select_option(text)
        elif isinstance(takes, Tick):
            exercise.get_by_role("checkbox", name=field.label, exact=True).check()
        else:
            exercise.get_by_role("textbox", name=field.label, exact=True).fill(value)


def _any(field: Field, lot: Random) -> str:
    takes = field.takes
    if isinstance(takes, Pick):
        return lot.choice(takes.options)[0]
    if isinstance(takes, Tick):
        return YES if lot.random() < 0.4 else ""
    if isinstance(takes, Quantity):
        return "0"
    assert isinstance(takes, Text)
    return "Somebody said something, and so on."
