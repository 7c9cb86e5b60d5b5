"""Put in order: the first, the second, and so on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations

from playbook import wording
from playbook.training.answer_fields import Field, Pick, Values
from playbook.training.answer_parts import AnswerPart
from playbook.training.marked import Marked

_PLACES = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth")


@dataclass(frozen=True)
class PutInOrder:
    """`things` as (key, text) in their true order, shown in the order of `shuffled` keys; `why` says the reason.

    `tempts` names for a thing the misconceptions of those who put it first.
    """

    things: tuple[tuple[str, str], ...]
    shuffled: tuple[str, ...]
    why: str
    tempts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    asks_sureness: bool = False

    def fields(self) -> tuple[Field, ...]:
        """A menu for each place."""
        texts = dict(self.things)
        options = tuple((key, texts[key]) for key in self.shuffled)
        return tuple(Field(str(i), place, Pick(options, listed=False)) for i, place in self._places())

    def missing(self, values: Values) -> str:
        """Empty places, and what stands in two of them."""
        placed = [values.get(str(i)) for i, _ in self._places()]
        if not all(placed):
            return "Fill every place."
        return "" if len(set(placed)) == len(placed) else "One of them stands in two places."

    def mark(self, values: Values) -> Marked:
        """The share of pairs in their right order, from half of them on."""
        order = [values[str(i)] for i, _ in self._places()]
        right = [key for key, _ in self.things]
        pairs = list(combinations(right, 2))
        kept_order = sum(order.index(a) < order.index(b) for a, b in pairs) / len(pairs)
        points = max(0.0, 2 * kept_order - 1)
        if points >= 1:
            return Marked(1.0, ("That is the order.", self.why))
        texts = dict(self.things)
        first = next(i for i, key in enumerate(right) if order[i] != key)
        place = wording.lower_first(_PLACES[first])
        return Marked(points, (f"“{texts[right[first]]}” comes {place}, where you have another.", self.why))

    def best(self) -> dict[str, str]:
        """The true order."""
        return {str(i): key for i, (key, _) in enumerate(self.things)}

    def parts(self) -> tuple[AnswerPart, ...]:
        """What comes first; the other places hang together."""
        keys = [key for key, _ in self.things]
        return (AnswerPart("0", {key: self.tempts.get(key, ()) for key in keys}, keys[0]),)

    def _places(self) -> list[tuple[int, str]]:
        return list(enumerate(_PLACES[: len(self.things)]))
