"""The coaching plays: for each driver what to observe, ask, practise, score and agree.

In: the name of a driver, and the company's stages.  Out: its play, read from `plays/<name>.md` of this package. The
headings are the form; a test reads them in every play. A play is called by what the rep does, never by the driver. Of a
stage it is chosen by what happens there.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pandas as pd

from playbook.drivers.registry import driver_of, name_in
from playbook.errors import PlaybookError
from playbook.metrics.stage_moments import place_of_stage

HEADINGS = ("Perhaps not the rep", "Observe", "Ask", "Practise", "Rubric", "Agree", "It worked if")
KEEPING_THE_RECORD = "keeping_the_record"
_BULLETED, _NUMBERED = "-", r"\d+\."
AGREED = ("Focus", "If-then", "Leading indicator", "Support")


@dataclass(frozen=True)
class Criterion:
    """One line of a rubric: what one sees or hears when it is there, and what when it is not."""

    seen: str
    missing: str


@dataclass(frozen=True)
class Play:
    """How to coach one driver. Texts are plain, ready to be escaped and shown.

    `topic` is what the rep does, as a thing to get better at; `observe` are the two things to look at before forming a
    view, a live conversation and what was written; `look_also` what else helps; `scene` is the practice; `focus`,
    `if_then`, `leading_indicator` and `support` (the manager's own part) are proposals for the plan, for the rep to
    change.
    """

    key: str
    topic: str
    about: str
    perhaps_not_the_rep: tuple[str, ...]
    observe: tuple[str, ...]
    look_also: tuple[str, ...]
    questions: tuple[str, ...]
    scene: str
    rubric: tuple[Criterion, ...]
    focus: str
    if_then: str
    leading_indicator: str
    support: str
    worked_if: str


def play_of(driver: str, stages: pd.DataFrame | None = None) -> Play:
    """The play for a diagnosis' driver; of `stage:Discovery` the one for what happens there.

    Parameters
    ----------
    stages : the company's table, by which a stage's place is known; without it the stage's name alone decides.

    Raises
    ------
    KeyError : if there is no such driver.
    PlaybookError : if the driver has no play, or its play lacks a heading or a line.
    """
    about, name = driver_of(driver), name_in(driver)
    if about.play_by_name is None or not name:
        return _read(about.key)
    return _read(about.play_by_name(name, None if stages is None else place_of_stage(stages, name)))


def play_of_the_record() -> Play:
    """The play for how the CRM is kept, which is no driver: one habit to agree on."""
    return _read(KEEPING_THE_RECORD)


@cache
def _read(key: str) -> Play:
    file = files("playbook").joinpath("plays", f"{key}.md")
    if not file.is_file():
        raise PlaybookError(
            "this driver has no play.", where=f"plays/{key}.md", remedy="Write one; the others show how."
        )
    return parse(file.read_text(encoding="utf-8"), key)


def parse(text: str, key: str) -> Play:
    """The play in a Markdown text: its topic, a paragraph, and the sections of HEADINGS in that order.

    Raises
    ------
    PlaybookError : if a heading is missing, unknown or out of order, or a section lacks what it must hold.
    """
    where = f"plays/{key}.md"
    head, *parts = re.split(r"^## ", text, flags=re.MULTILINE)
    sections = {title.strip(): body for title, _, body in (part.partition("\n") for part in parts)}
    if tuple(sections) != HEADINGS:
        raise PlaybookError(
            f"its headings are {', '.join(sections) or 'missing'}.",
            where=where,
            remedy=f"Write: {', '.join(HEADINGS)}.",
        )
    topic, _, about = head.partition("\n")
    agreed = dict(line.partition(": ")[::2] for line in _items(sections["Agree"]))
    if tuple(agreed) != AGREED:
        raise PlaybookError("an agreement is missing.", where=f"{where}, Agree", remedy=f"Write: {', '.join(AGREED)}.")
    play = Play(
        key=key,
        topic=topic.removeprefix("# ").strip(),
        about=_paragraph(about),
        perhaps_not_the_rep=_items(sections["Perhaps not the rep"]),
        observe=_items(sections["Observe"], _NUMBERED),
        look_also=_items(sections["Observe"], _BULLETED),
        questions=_items(sections["Ask"]),
        scene=_paragraph(sections["Practise"]),
        rubric=tuple(_criterion(line, where) for line in _items(sections["Rubric"])),
        focus=agreed["Focus"],
        if_then=agreed["If-then"],
        leading_indicator=agreed["Leading indicator"],
        support=agreed["Support"],
        worked_if=_paragraph(sections["It worked if"]),
    )
    if len(play.observe) != 2:
        raise PlaybookError(
            f"it names {len(play.observe)} things to observe.", where=f"{where}, Observe", remedy="Number two of them."
        )
    empty = [name for name, value in vars(play).items() if not value]
    if empty:
        raise PlaybookError(f"it says nothing under {empty[0]!r}.", where=where, remedy="Fill it in.")
    return play


def _items(section: str, marks: str = rf"{_BULLETED}|{_NUMBERED}") -> tuple[str, ...]:
    """The lines of a list, without their marks."""
    items = re.findall(rf"^(?:{marks}) +(.+)$", section, flags=re.MULTILINE)
    return tuple(line.strip() for line in items)


def _paragraph(section: str) -> str:
    """What stands outside lists, as one paragraph."""
    lines = [line.strip() for line in section.splitlines() if not re.match(r"(-|\d+\.) ", line)]
    return " ".join(line for line in lines if line)


def _criterion(line: str, where: str) -> Criterion:
    seen, divider, missing = line.partition(" | ")
    if not divider:
        raise PlaybookError(
            f"{line!r} has one side only.", where=f"{where}, Rubric", remedy="Write: what is seen | what is missing."
        )
    return Criterion(seen.strip(), missing.strip())
