"""What the whole company shows in a group of deals, told to the teams that it concerns.

In: a row of the finding `company_wide` (`diagnosis.diagnosis_rows.Pattern`), and the team's own deals of that group.
Out: sentences: the numbers, the team's part in them, whom to ask what, by which day.
"""

from datetime import date

from playbook import wording
from playbook.diagnosis.diagnosis_rows import Pattern
from playbook.metrics.win_rate_by import TRAITS
from playbook.sentences.team_sentences import ANSWER_IN

_SENTENCE = (
    "Across the company {seen} of about {n} closed deals with {trait} {group} are won, and {others} of all others. "
    "{share} of your team's closed deals are of this kind."
)
# Whom it concerns, by the trait of the deals; a trait without a line is nobody's to change (new business is harder to
# win than a renewal, and a large deal than a small one).
_ASKS = {
    "segment": "Ask your leader by {day} which of these customers are worth the hours. It is yours until then.",
    "region": "Ask your leader by {day} what is different in this region. It is yours until then.",
    "source": "Ask marketing by {day} which of these leads they would send again. It is yours until they take it over.",
    "product": "Ask product management by {day} what these customers miss. It is yours until they take it over.",
}


def can_be_asked(pattern: str) -> bool:
    """Whether somebody could change what a pattern by this trait shows."""
    return pattern in _ASKS


def pattern_sentence(row: Pattern, share: float) -> str:
    """The group's win rate beside that of all other deals, and how much of the team's work it is (`share`)."""
    return _SENTENCE.format(
        seen=wording.share(row.seen),
        n=wording.number(row.n),
        trait=TRAITS[row.pattern].lower(),
        group=row.group,
        others=wording.share(row.others),
        share=wording.share(share),
    )


def whom_to_ask(row: Pattern, as_of: date) -> str:
    """Whom to ask what about it, and by which day."""
    return _ASKS[row.pattern].format(day=wording.day(as_of + ANSWER_IN))
