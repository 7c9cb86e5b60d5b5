"""The sheet in `each_rep` of what the data does not show: who works part time, was away, took deals over, and so on."""

from collections.abc import Mapping, Sequence

from playbook.circumstances import KINDS
from playbook.forms.sheets import Choice, Growing, Question, Text, number_or_day, options
from playbook.journal import sheet_registry
from playbook.journal.circumstances_written import circumstances_in
from playbook.journal.events import CIRCUMSTANCE, Value
from playbook.wording import upper_first

_GONE = "Somebody who left the team"


def circumstances(reps: Sequence[tuple[str, str]], answers: Mapping[str, Value]) -> Growing:
    """Every entry so far, and room for more; `reps` are (id, name) in the order of names."""
    written = circumstances_in(answers)
    here = options(*reps)
    gone = sorted({entry.who for entry in written if entry.who} - {rep_id for rep_id, _ in here})
    kinds = tuple((kind.key, upper_first(kind.label)) for kind in KINDS.values())
    return Growing(
        sheet=sheet_registry.CIRCUMSTANCE,
        caption="What I know, and the data does not",
        questions=(
            Question("who", "Who", Choice((*here, *((rep_id, _GONE) for rep_id in gone)))),
            Question("what", "What", Choice(kinds)),
            Question("detail", "The share (50%), the account, or what the CRM is not kept for"),
            Question("from", "From (first day)", number_or_day(sheet_registry.CIRCUMSTANCE, "from")),
            Question("until", "Until (last day; empty: still so)", number_or_day(sheet_registry.CIRCUMSTANCE, "until")),
            Question("note", "Note (only you read it)", Text(2)),
        ),
        keys=tuple(entry.id for entry in written),
        thing="a circumstance",
        room=2,
        kind=CIRCUMSTANCE,
    )
