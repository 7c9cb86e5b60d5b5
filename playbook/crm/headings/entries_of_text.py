"""A mapping file as people write it: TOML, or entries as they stand in a remedy that was copied.

A remedy names an entry with its section in one line (`[outcomes] won = ["Signed"], lost = ["Refused"]`), and who copies
several has a section twice, or a setting of the whole file below a section. What is no TOML as it stands is put in
order: each entry on a line of its own, each section once, settings of the whole file first.
"""

import re
import tomllib
from typing import Any

SETTINGS = ("dates", "decimal", "roster", "stage_order")  # of the whole file; no section has an entry of that name
_SECTION = re.compile(r"^\s*(\[[^\W\d][\w.]*\])(.*)$")
_TEXT_OR_LIST = r"\[[^\]]*\]|\"[^\"]*\"|'[^']*'|[^,\[\]\"'#]+"
_ENTRY = re.compile(rf"\s*,?\s*((?:\"[^\"]+\"|[\w.-]+)\s*=\s*(?:{_TEXT_OR_LIST}))")


def values_of_entries(text: str) -> dict[str, Any]:
    """The values of a mapping file.

    Raises
    ------
    tomllib.TOMLDecodeError : if the text is no TOML, and none with its entries put in order; of the text as it stands.
    """
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as as_it_stands:
        try:
            values = tomllib.loads(_in_order(text))
        except tomllib.TOMLDecodeError:
            raise as_it_stands from None
    return _with_settings_first(values)


def _in_order(text: str) -> str:
    """Each section once, with each entry that stands beside its name on a line of its own."""
    lines: dict[str, list[str]] = {"": []}
    section = ""
    for line in text.splitlines():
        entries = line
        if head := _SECTION.match(line):
            section, entries = head.group(1), head.group(2)
            lines.setdefault(section, [])
        lines[section] += _entries(entries)
    return "\n".join("\n".join([name, *own]) for name, own in lines.items())


def _entries(line: str) -> list[str]:
    """The entries of a line, if it holds nothing else; else the line."""
    entries = _ENTRY.findall(line)
    rest = _ENTRY.sub("", line).strip(" .;")
    return entries if len(entries) > 1 and (not rest or rest.startswith("#")) else [line]


def _with_settings_first(values: dict[str, Any]) -> dict[str, Any]:
    """With the settings of the whole file that were written below a section."""
    misplaced = {
        name: section[name]
        for section in values.values()
        if isinstance(section, dict)
        for name in SETTINGS
        if name in section
    }
    if not misplaced:
        return values
    in_sections = {
        key: {name: value for name, value in section.items() if name not in misplaced}
        if isinstance(section, dict)
        else section
        for key, section in values.items()
    }
    return {**misplaced, **in_sections}
