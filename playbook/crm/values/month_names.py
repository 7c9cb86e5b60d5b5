"""The number of a month from its name, in every language that the mappings know.

The names are those of the Unicode CLDR as Babel carries them: whole and shortened, standing alone and within a date,
where Slavic languages say them otherwise (`leden`, but `5. ledna`). What people write besides stands in `generic.toml`.
"""

from functools import cache

from babel.dates import get_month_names

from playbook.crm.headings.mapping import generic, languages


def month_number(name: str) -> int | None:
    """The number of the month called `name` in any of the languages; None if it is no month.

    >>> month_number("Sept."), month_number("ledna"), month_number("Mrz")
    (9, 1, 3)
    """
    return _numbers().get(name.casefold().rstrip("."))


@cache
def _numbers() -> dict[str, int]:
    """Name in lower case, without a point behind it → the month's number."""
    also = generic().words.get("month", {})
    numbers = {name.casefold(): int(number) for number, names in also.items() for name in names}
    for language in languages():
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                names = get_month_names(width, context, language).items()
                numbers |= {name.casefold().rstrip("."): number for number, name in names}
    return numbers
