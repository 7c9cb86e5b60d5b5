"""Two copies of one journal become one, as when a workbook went home on a laptop and was worked in at both places.

Each copy's own order is kept, whatever its clock said; between the copies the earlier moment comes first. So where both
answered the same question, the later answer stands, and the earlier is in its history.
"""

from collections.abc import Sequence

from playbook.journal.events import Event


def merged(one: Sequence[Event], other: Sequence[Event]) -> list[Event]:
    """Every event of both, each once. The same whichever copy is named first."""
    left, right = list(one), list(other)
    in_left, in_right = ({event.id for event in events} for events in (left, right))
    done: set[str] = set()
    result: list[Event] = []
    i = j = 0
    while i < len(left) or j < len(right):
        if i < len(left) and left[i].id in done:
            i += 1
        elif j < len(right) and right[j].id in done:
            j += 1
        else:
            event = _next(left[i : i + 1], right[j : j + 1], in_left, in_right)
            done.add(event.id)
            result.append(event)
    return result


def _next(left: list[Event], right: list[Event], in_left: set[str], in_right: set[str]) -> Event:
    """The event that comes next: a shared one waits until both copies have reached it."""
    if not left or not right:
        return (left or right)[0]
    a, b = left[0], right[0]
    shared_a, shared_b = a.id in in_right, b.id in in_left
    if a.id == b.id or (shared_b and not shared_a):
        return a
    if shared_a and not shared_b:
        return b
    return min(a, b, key=lambda event: (event.at, event.id))
