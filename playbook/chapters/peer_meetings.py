"""Chapter 05, pairs: who could learn from whom, and a worksheet for two reps who meet.

In: a team with its diagnosis.  Out: what the chapter's cell shows. The sheet belongs to the two reps; the manager
collects nothing.
"""

from playbook import wording
from playbook.coaching.distinct_names import distinct_names
from playbook.coaching.peer_pairs import Pair, peer_pairs
from playbook.display import Shown, bullets, folded, heading, note, say, together, worksheet
from playbook.drivers import label_of
from playbook.team import Team

_FEWEST = 2
_MOST_SHEETS = 6


def meetings(team: Team) -> Shown:
    """A sheet for each pair in which one's strength is what the other works on; else how to pair by what was seen."""
    if len(team.reps) < _FEWEST:
        return say("It takes two reps to make a pair. A colleague of another team may do, if both managers agree.")
    names = distinct_names(team.reps)
    pairs = peer_pairs(team.reps, team.finding("diagnosis"))
    if not pairs:
        return together(
            say(
                "**The data proposes no pair.** No strength that it shows is what a colleague works on. In the "
                "experiment the pairs were drawn by lot, so pair by what you have seen, or by lot. The same sheet does."
            ),
            _sheet("Two of us meet", "the other"),
        )
    shown, more = pairs[:_MOST_SHEETS], pairs[_MOST_SHEETS:]
    return together(
        say(
            "The data proposes **{pairs}**. Ask both first, each alone. A no needs no reason.",
            pairs=wording.count(len(pairs), "pair"),
        ),
        bullets(_who(pair, names) for pair in pairs),
        *(
            folded(f"The sheet of {names[pair.first]} and {names[pair.second]}", _meeting(pair, names))
            for pair in shown
        ),
        note("For the other pairs, the same sheet does.") if more else None,
    )


def _who(pair: Pair, names: object) -> Shown:
    first, second = names[pair.first], names[pair.second]
    if pair.mutual:
        return say(
            "**{first} and {second}**: {first} can show {one}, {second} can show {other}.",
            first=first,
            second=second,
            one=_labels(pair.first_shows),
            other=_labels(pair.second_shows),
        )
    shows, asks, what = (first, second, pair.first_shows) if pair.first_shows else (second, first, pair.second_shows)
    return say(
        "**{first} and {second}**: {shows} can show {what}. Let {asks} choose what to show in return.",
        first=first,
        second=second,
        shows=shows,
        asks=asks,
        what=_labels(what),
    )


def _meeting(pair: Pair, names: object) -> Shown:
    first, second = names[pair.first], names[pair.second]
    return together(
        heading(f"{first} and {second}", 4),
        say("Half an hour, once a week, four times. Meet where nobody listens. The sheets stay with the two of you."),
        _sheet(f"{first} asks {second}", second, pair.second_shows),
        _sheet(f"{second} asks {first}", first, pair.first_shows),
    )


def _sheet(title: str, other: str, shows: tuple[str, ...] = ()) -> Shown:
    """One person's sheet: filled in alone before, together in the meeting, and alone after."""
    about = f" (perhaps about {_labels(shows)})" if shows else ""
    return worksheet(
        title,
        [
            ("Before, alone. A conversation of this week that went well, and what I did in it:", 2),
            ("Before, alone. A moment where I did not know what to do next:", 2),
            (f"My one question to {other}{about}:", 1),
            (f"What {other} does at that moment, in words that I could say:", 2),
            ("What I will try, with which customer, by which day:", 1),
            ("The next time we meet: what happened when I tried it?", 2),
        ],
    )


def _labels(drivers: tuple[str, ...]) -> str:
    return wording.listing(_lower(label_of(driver)) for driver in drivers)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
