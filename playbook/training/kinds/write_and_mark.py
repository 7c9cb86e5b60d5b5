"""Write a sentence, then mark it oneself beside a good and a bad one. No machine judges words here."""

from dataclasses import dataclass, field

from playbook.forms.sheets import Text
from playbook.training.answer_fields import YES, Field, Tick, Values
from playbook.training.answer_parts import AnswerPart
from playbook.training.marked import Marked

WORDS = "words"
_SHORTEST = 15  # characters; less is no sentence


@dataclass(frozen=True)
class OwnMarks:
    """What the learner ticks about their own words: `criteria` as (key, what is true of a good one)."""

    criteria: tuple[tuple[str, str], ...]
    asks_sureness: bool = field(default=False, init=False)

    def fields(self) -> tuple[Field, ...]:
        """A box for each, and one for none."""
        boxes = tuple(Field(key, text, Tick()) for key, text in self.criteria)
        return (*boxes, Field("none", "None of these yet", Tick()))

    def missing(self, values: Values) -> str:
        """Whether nothing is marked."""
        ticked = any(values.get(key) == YES for key, _ in self.criteria)
        return (
            "" if ticked or values.get("none") == YES else "Tick what holds for your sentence, or “None of these yet”."
        )

    def mark(self, values: Values) -> Marked:
        """The share that holds, by the learner's own eye; what is missing is the next thing to try."""
        open_ones = [text for key, text in self.criteria if values.get(key) != YES]
        share = 1 - len(open_ones) / len(self.criteria)
        if not open_ones:
            return Marked(share, ("By your own marks it holds all of them. Say it aloud once before you use it.",))
        return Marked(share, (f"Write it again, with this in it: {open_ones[0]}.",))

    def best(self) -> dict[str, str]:
        """Every box."""
        return {key: YES for key, _ in self.criteria}

    def parts(self) -> tuple[AnswerPart, ...]:
        """None: only the learner marks it."""
        return ()


@dataclass(frozen=True)
class WriteAndMark:
    """A sentence of one's own; then `good` and `bad` beside it, why each is, and the marks."""

    good: str
    good_because: str
    bad: str
    bad_because: str
    criteria: tuple[tuple[str, str], ...]
    label: str = "Your words"
    asks_sureness: bool = field(default=False, init=False)

    def fields(self) -> tuple[Field, ...]:
        """Room to write."""
        return (Field(WORDS, self.label, Text(3)),)

    def missing(self, values: Values) -> str:
        """Whether it is no sentence yet."""
        words = str(values.get(WORDS) or "").strip()
        return "" if len(words) >= _SHORTEST else "Write a whole sentence, as you would say it aloud."

    def mark(self, values: Values) -> Marked:
        """No points: the two others beside it, and the marks to give."""
        return Marked(
            None,
            (
                f"One that works: “{self.good}” {self.good_because}",
                f"One that does not: “{self.bad}” {self.bad_because}",
                "Now mark your own. Tick what is true of it.",
            ),
            then=OwnMarks(self.criteria),
        )

    def best(self) -> dict[str, str]:
        """The good one."""
        return {WORDS: self.good}

    def parts(self) -> tuple[AnswerPart, ...]:
        """None: only the learner marks it."""
        return ()
