"""The first four weeks of a manager, for the cover: one line a day that matters.

In: nothing.  Out: a day and what to do on it. For the first month in the job; it holds for any team, with any data.
"""

from typing import NamedTuple


class FirstDay(NamedTuple):
    """A day of the first four weeks, and what to do on it."""

    when: str
    what: str


FIRST_WEEKS = (
    FirstDay("Day 1", "Tell the team yourself what changes: nothing yet. Name the day of each 1:1."),
    FirstDay("Day 2", "Ask your leader what you are judged on in 90 days, and which hours are yours (chapter 9)."),
    FirstDay(
        "Day 3",
        "Speak alone with each former peer, first with whoever wanted the job: “This is odd for both of us. What do "
        "you need from me so that it works?”",
    ),
    FirstDay("Days 4 and 5", "Give each of your own open deals a new owner and a day (chapter 2)."),
    FirstDay(
        "Week 2",
        "First 1:1s, half an hour each. What should stay? What gets in your way? What do you want to get better at? "
        "Listen, and leave the numbers closed.",
    ),
    FirstDay(
        "Week 2, all of it",
        "Change no territory, no stage, no forecast call. Keep a list, and ask three people about each line.",
    ),
    FirstDay("Week 3", "Hear two customer calls of each rep as a guest. Say nothing in the call (chapter 6)."),
    FirstDay("Week 3, Friday", "Give your leader a range for the quarter, and what it rests on (chapter 3)."),
    FirstDay("Week 4", "One rep, one thing, in the rep's own words, with a day to look again (chapter 7)."),
    FirstDay("Week 4, Friday", "Keep one promise in public, and change one thing that the team asked for."),
)
