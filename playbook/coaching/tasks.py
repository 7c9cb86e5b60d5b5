"""The fourteen tasks of a manager of sellers, each with behaviours that one can observe.

The spine of the self-assessment and, later, of the guide and the lessons. The behaviours are things that somebody
else could have seen in the last two weeks; none is a feeling or a trait.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Task:
    """One of the manager's tasks. `behaviour` completes "In the last two weeks I …"."""

    number: int
    title: str
    behaviour: str


TASKS = (
    Task(1, "Protect time for managing", "kept my coaching hours when something urgent came up"),
    Task(2, "Hold 1:1s about development", "held 1:1s in which we spoke of a skill before any deal"),
    Task(3, "Coach one observed skill", "coached a rep on one thing that I had seen or heard myself"),
    Task(4, "Assess each rep's skills", "noted what a rep does well and not yet, with an example of each"),
    Task(5, "Read the data for what stops deals", "checked whether a difference between reps could be luck"),
    Task(6, "Write a plan with each rep", "let a rep write the plan and the date in their own words"),
    Task(7, "Hold people to commitments", "opened a 1:1 with what we had agreed the last time, mine included"),
    Task(8, "Take the win rate apart", "looked at where deals are lost before I spoke of closing"),
    Task(9, "Watch real calls and rehearse", "listened to a customer call without taking it over"),
    Task(10, "Review deals so that they teach", "asked for evidence in a deal review before I gave advice"),
    Task(11, "Forecast and explain revenue", "gave my leader a range, and said what it rests on"),
    Task(12, "Use enablement and operations", "handed a training need or an analysis to those whose job it is"),
    Task(13, "Ramp, decide early, hire", "agreed with a new rep what they can do by which day"),
    Task(14, "Set expectations, spread what works", "had one rep show another what they do well"),
)
