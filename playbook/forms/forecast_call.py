"""The sheet of `where_revenue_comes_from`: the manager's own call for the quarter.

A call belongs to the day of the data: the next build asks again, and the earlier calls stay in the history.
"""

from datetime import date

from playbook.forms.sheets import Question, Questions, Text, number_or_day
from playbook.journal import sheet_registry


def call(as_of: date, currency: str = "") -> Questions:
    """A lowest, a likely and a highest number, and what they rest on."""
    number = number_or_day(sheet_registry.FORECAST_CALL, "likely")
    texts = {which: f"My own number for this quarter, the {which}" for which in ("lowest", "likely one", "highest")}
    texts = {which: f"{text} ({currency}):" if currency else f"{text}:" for which, text in texts.items()}
    return Questions(
        sheet_registry.FORECAST_CALL,
        "What you settle today",
        (
            Question("lowest", texts["lowest"], number),
            Question("likely", texts["likely one"], number),
            Question("highest", texts["highest"], number),
            Question("rests-on", "What it rests on, and which deal I know better about than the range does:", Text(2)),
            Question("ask", "The deals I ask about in this week's 1:1s:", Text(2)),
            Question("send-by", "The day on which my leader gets the half page:", Text()),
        ),
        about=(as_of.isoformat(),),
    )
