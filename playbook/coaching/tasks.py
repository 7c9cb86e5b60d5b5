"""The fourteen tasks of a manager of sellers, each with behaviours that one can observe.

The spine of the self-assessment, of the guide and of the lessons. The behaviours are things that somebody else could
have seen in the last two weeks; none is a feeling or a trait.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Task:
    """One of the manager's tasks.

    `behaviour` completes "In the last two weeks I …", `seen` the same as others say it: "In the last two weeks this
    manager …". `why_first` completes "Build it first, because …".
    """

    number: int
    title: str
    behaviour: str
    seen: str
    why_first: str


TASKS = (
    Task(
        1,
        "Protect time for managing",
        "kept my coaching hours when something urgent came up",
        "kept coaching hours when something urgent came up",
        "without hours none of the other tasks happens",
    ),
    Task(
        2,
        "Hold 1:1s about development",
        "held 1:1s in which we spoke of a skill before any deal",
        "held 1:1s in which a skill came up before any deal",
        "the 1:1 is the hour that you already have",
    ),
    Task(
        3,
        "Coach one observed skill",
        "coached a rep on one thing that I had seen or heard myself",
        "coached a rep on one thing seen or heard in person",
        "one thing is as much as a rep can change at a time",
    ),
    Task(
        4,
        "Assess each rep's skills",
        "noted what a rep does well and not yet, with an example of each",
        "named what a rep does well and not yet, with an example of each",
        "without an example a rep cannot tell what you mean",
    ),
    Task(
        5,
        "Read the data for what stops deals",
        "checked whether a difference between reps could be luck",
        "asked whether a difference between reps could be luck",
        "it keeps you from coaching what was only luck",
    ),
    Task(
        6,
        "Write a plan with each rep",
        "let a rep write the plan and the date in their own words",
        "let a rep write the plan and the date in their own words",
        "people keep what they wrote themselves more often than what they were told",
    ),
    Task(
        7,
        "Hold people to commitments",
        "opened a 1:1 with what we had agreed the last time, mine included",
        "opened a 1:1 with what was agreed the last time, by both",
        "there a rep learns whether an agreement with you counts, and it takes no extra hour",
    ),
    Task(
        8,
        "Take the win rate apart",
        "looked at where deals are lost before I spoke of closing",
        "looked at where deals are lost before speaking of closing",
        "practice at the wrong step changes nothing",
    ),
    Task(
        9,
        "Watch real calls and rehearse",
        "listened to a customer call without taking it over",
        "listened to a customer call without taking it over",
        "you can coach only what you saw",
    ),
    Task(
        10,
        "Review deals so that they teach",
        "asked for evidence in a deal review before I gave advice",
        "asked for evidence in a deal review before giving advice",
        "you hold deal reviews anyway: let them teach",
    ),
    Task(
        11,
        "Forecast and explain revenue",
        "gave my leader a range, and said what it rests on",
        "gave a range as the forecast, and said what it rests on",
        "an honest range gets you left alone to coach",
    ),
    Task(
        12,
        "Use enablement and operations",
        "handed a training need or an analysis to those whose job it is",
        "handed a training need or an analysis to those whose job it is",
        "it gives you back hours this week",
    ),
    Task(
        13,
        "Ramp, decide early, hire",
        "agreed with a new rep what they can do by which day",
        "agreed with a new rep what they can do by which day",
        "a new rep's first weeks come only once",
    ),
    Task(
        14,
        "Set expectations, spread what works",
        "had one rep show another what they do well",
        "had one rep show another what they do well",
        "your reps hold more good practice than you can teach alone",
    ),
)
