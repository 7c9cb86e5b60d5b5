"""The sheets of `holding_people_to_it`: commitments of rep, manager and leader, and what came of each.

Open ones stand first, in the order in which they were made; they stay until somebody says what came of them.
"""

from collections.abc import Mapping, Sequence

from playbook.forms.sheets import Choice, Growing, Question, Questions, Text, number_or_day, options, questions
from playbook.journal import sheet_registry
from playbook.journal.commitments import DROPPED, KEPT, LEADER, MANAGER, NOT_KEPT, OPEN, commitments_in
from playbook.journal.events import COMMITMENT, Value

SOMEBODY = "Somebody who left the team"
STATES = {OPEN: "Still open", KEPT: "Kept", NOT_KEPT: "Not kept", DROPPED: "Let go together"}


def commitments(
    reps: Sequence[tuple[str, str]], answers: Mapping[str, Value], drivers: Sequence[tuple[str, str]] = ()
) -> Growing:
    """Every commitment, open ones first, and room for more.

    `reps` are (id, name) in the order of names, `drivers` (key, name) of what the data can measure: without any, no
    commitment is asked what it works on.
    """
    made = commitments_in(answers)
    about = (Question("about", "What it works on", Choice(options(*drivers))),) if drivers else ()
    known = owners(reps)
    left = sorted({c.whose for c in made if c.whose} - {owner for owner, _ in known})
    return Growing(
        sheet=sheet_registry.COMMITMENT,
        caption="Commitments of three kinds: each rep's, mine, my leader's",
        questions=(
            Question("whose", "Whose", Choice((*known, *((owner, SOMEBODY) for owner in left)))),
            Question("what", "When … I will …", Text(2), hint="When a customer asks for a discount, I will …"),
            *about,
            Question("measure", "How we both see it", Text()),
            Question("due", "By", number_or_day(sheet_registry.COMMITMENT, "due")),
            Question("evidence", "What came of it", Text(2)),
            Question("state", "Kept?", Choice(tuple(STATES.items()))),
        ),
        keys=tuple(c.id for c in sorted(made, key=lambda c: not c.is_open)),
        thing="a commitment",
        room=max(2, 5 - len(made)),
        kind=COMMITMENT,
    )


def owners(reps: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Whose a commitment can be, as it is kept and as it is read."""
    return options(*reps, (MANAGER, "Mine"), (LEADER, "My leader's"))


def settled() -> Questions:
    """How the manager keeps looking at them."""
    return Questions(
        sheet_registry.COMMITMENTS_SETTLED,
        "What I settle today",
        questions(
            ("when", "The day of the week, and the hour, at which I look at this sheet:", 1),
            ("mine", "A commitment of mine that is open, and by when I keep it:", 1),
            ("say", "What I say when something was not kept (my own words):", 2),
        ),
    )
