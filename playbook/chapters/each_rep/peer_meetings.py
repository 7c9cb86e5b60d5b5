"""Each rep, pairs: who could learn from whom, and a worksheet for two reps who meet.

In: a team with its diagnosis.  Out: what the chapter's cell shows. The sheet belongs to the two reps; the manager
collects nothing.
"""

import pandas as pd

from playbook import wording
from playbook.chapters.who_sells import of_another_job
from playbook.coaching.distinct_names import distinct_names
from playbook.coaching.peer_pairs import BY_LOT, PERHAPS, SURE, Pair, peer_pairs
from playbook.display import NOTHING, PagePart, bullets, folded, heading, note, say, together, worksheet
from playbook.drivers.registry import label_of
from playbook.team import Team

_FEWEST = 2
_MOST_SHEETS = 3


def meetings(team: Team) -> PagePart:
    """The pairs, those by lot among them, and a sheet for each that the data proposes; one sheet for all others."""
    reps = team.reps[~team.reps["person_id"].isin(of_another_job(team))]
    if len(reps) < _FEWEST:
        return say("It takes two reps to make a pair. A colleague of another team may do, if both managers agree.")
    names = distinct_names(team.reps)
    seed = f"{team.company.settings.company_id}/{team.manager_id}"
    pairs = peer_pairs(reps, _with_aspects(team), seed)
    proposed = [pair for pair in pairs if pair.how != BY_LOT]
    return together(
        say(
            _OPENING[bool(proposed), len(proposed) < len(pairs)],
            pairs=wording.count(len(pairs), "pair"),
            proposed=wording.in_words(len(proposed)),
        ),
        bullets(_who(pair, names) for pair in pairs),
        _left_over(reps, pairs, names),
        say("Ask both first, each alone. A no needs no reason. Begin with one pair, and change partners in a month."),
        *(
            folded(f"The sheet of {names[pair.first]} and {names[pair.second]}", _meeting(pair, names))
            for pair in proposed[:_MOST_SHEETS]
        ),
        folded(
            "The sheet for the other pairs" if proposed else "The sheet for two who meet",
            _sheet("Two of us meet", "the other"),
        )
        if len(pairs) > len(proposed[:_MOST_SHEETS])
        else None,
        note(
            "In the experiment the partners were drawn by lot, so nobody needs a proven strength to be worth asking. "
            "Where several colleagues would do, the first by name stands here: put any other in their place."
        ),
    )


def _with_aspects(team: Team) -> pd.DataFrame:
    """The diagnosis, with what was measured of each driver where the folder tells it."""
    diagnosis, levels = team.finding("diagnosis"), team.finding("levels")
    if diagnosis.empty or "aspect" not in levels:
        return diagnosis
    return diagnosis.merge(levels[["rep_id", "driver", "aspect"]], on=["rep_id", "driver"], how="left")


# Whether the data proposes pairs, and whether some are drawn: what stands above them.
_OPENING = {
    (False, True): "**{pairs}, drawn by lot**, as the data gives no better reason for a pair.",
    (True, True): "**{pairs}**: {proposed} by what each works on, the rest drawn by lot.",
    (True, False): "**{pairs}**, by what each works on.",
}


def _who(pair: Pair, names: pd.Series) -> PagePart:
    first, second = names[pair.first], names[pair.second]
    if pair.how == BY_LOT:
        return say("**{first} and {second}**, by lot. Each brings one question.", first=first, second=second)
    if pair.mutual:
        return say(
            wording.paragraph(
                "**{first} and {second}**: {second} can ask about {one}, {first} about {other}.",
                "The numbers of the one who is asked are on the better side there, which may be luck."
                if pair.how == PERHAPS
                else "",
            ),
            first=first,
            second=second,
            one=_labels(pair.first_shows),
            other=_labels(pair.second_shows),
        )
    shows, asks, what = (first, second, pair.first_shows) if pair.first_shows else (second, first, pair.second_shows)
    why = (
        "it is a strength of {shows}"
        if pair.how == SURE
        else "the numbers of {shows} there are on the better side, which may be luck"
    )
    return say(
        f"**{{first}} and {{second}}**: {{asks}} can ask about {{what}}; {why}. Let {{asks}} choose what to show in "
        "return.",
        first=first,
        second=second,
        shows=shows,
        asks=asks,
        what=_labels(what),
    )


def _left_over(reps: pd.DataFrame, pairs: list[Pair], names: pd.Series) -> PagePart:
    paired = {rep for pair in pairs for rep in (pair.first, pair.second)}
    left = [names[rep] for rep in reps["person_id"] if rep not in paired]
    if not left:
        return NOTHING
    return say("{name} is left over by the draw: let three meet this time.", name=left[0])


def _meeting(pair: Pair, names: pd.Series) -> PagePart:
    first, second = names[pair.first], names[pair.second]
    return together(
        heading(f"{first} and {second}", 4),
        say("Half an hour, once a week, four times. Meet where nobody listens. The sheets stay with the two of you."),
        _sheet(f"{first} asks {second}", second, pair.second_shows),
        _sheet(f"{second} asks {first}", first, pair.first_shows),
    )


def _sheet(title: str, other: str, shows: tuple[str, ...] = ()) -> PagePart:
    """One person's sheet: filled in alone before, together in the meeting, and alone after."""
    question = (
        f"My one question to {other} (perhaps about {_labels(shows)}):" if shows else f"My one question to {other}:"
    )
    return worksheet(
        title,
        [
            ("Before, alone. A conversation of this week that went well, and what I did in it:", 2),
            ("Before, alone. A moment where I did not know what to do next:", 2),
            (question, 1),
            (f"What {other} does at that moment, in words that I could say:", 2),
            ("What I will try, with which customer, by which day:", 1),
            ("The next time we meet: what happened when I tried it?", 2),
        ],
    )


def _labels(drivers: tuple[str, ...]) -> str:
    return wording.listing(wording.lower_first(label_of(driver)) for driver in drivers)
