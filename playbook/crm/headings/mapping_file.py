"""The mapping file that says what a person confirmed or corrected of what the kit proposed.

In: a `Suggestion`, and what was chosen instead.  Out: the file's text (TOML), which works with `--mapping`.
"""

from collections.abc import Iterable
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field
from typing import Any

import tomli_w

from playbook.crm.headings.fields import FIELDS
from playbook.crm.headings.suggestion import ASIDE, SuggestedColumn, SuggestedFile, Suggestion
from playbook.crm.headings.table_readings import IGNORE

_HEAD = "# What each file and column means, as chosen in bring_your_data. Use it with: playbook import … --mapping\n"
_ASIDE = "aside"  # where a section lists the headings that are to mean nothing


@dataclass(frozen=True)
class Chosen:
    """A person's corrections: file → kind, (file, heading) → field, stage → outcome, and settings.

    `stage_order`: the open stages in the order that deals go through them; empty leaves it to the kit.
    """

    kinds: Dict[str, str] = field(default_factory=dict)
    fields: Dict[tuple[str, str], str] = field(default_factory=dict)
    outcomes: Dict[str, str] = field(default_factory=dict)
    stage_order: tuple[str, ...] = ()
    dates: str = ""
    encodings: Dict[str, str] = field(default_factory=dict)  # file → the code page that it is written in
    company: str = ""
    currency: str = ""


def mapping_text(proposed: Suggestion, chosen: Chosen) -> str:
    """The text of the mapping file (TOML); `playbook import … --mapping` reads it."""
    kinds = {file.name: chosen.kinds.get(file.name, file.kind) for file in proposed.files}
    values = {
        **_settings(chosen),
        "files": {name: kind or IGNORE for name, kind in kinds.items()},
        **{kind: _section(kind, proposed.files, kinds, chosen) for kind in kinds.values() if kind},
        **_outcomes(proposed, chosen),
    }
    return _HEAD + tomli_w.dumps(values)


def _settings(chosen: Chosen) -> dict[str, Any]:
    """What was said of the files as a whole, and of the company; nothing where nothing was."""
    values: dict[str, Any] = {
        "dates": chosen.dates,
        "encoding": _filled(chosen.encodings),
        "stage_order": list(chosen.stage_order),
        "company": _filled({"name": chosen.company.strip(), "currency": chosen.currency.strip().upper()}),
    }
    return {name: value for name, value in values.items() if value}


def _filled(texts: Dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in texts.items() if text}


def _section(kind: str, files: Iterable[SuggestedFile], kinds: Dict[str, str], chosen: Chosen) -> dict[str, list[str]]:
    """The section of one kind of file: field → headings, those of all such files together."""
    own = [(file, column) for file in files if kinds[file.name] == kind for column in file.columns]
    places = [(_place(file, column, kind, chosen), column.heading) for file, column in own]
    section: dict[str, dict[str, None]] = {}
    for place, heading in places:
        section.setdefault(place, {})[heading] = None
    section.pop("", None)
    used = {heading for place, headings in section.items() if place != _ASIDE for heading in headings}
    aside = [h for h in section.pop(_ASIDE, {}) if h not in used]  # what one file uses, no other forbids
    return {name: list(headings) for name, headings in section.items()} | ({_ASIDE: aside} if aside else {})


def _place(file: SuggestedFile, column: SuggestedColumn, kind: str, chosen: Chosen) -> str:
    """Where a heading goes in its section: to its field, aside, or nowhere (empty), where the kit is to decide."""
    as_proposed = column.field if kind == file.kind else ASIDE
    field_name = chosen.fields.get((file.name, column.heading), as_proposed)
    if not field_name and (column.by_itself or kind != file.kind):
        return ""
    return field_name if field_name in FIELDS[kind] else _ASIDE


def _outcomes(proposed: Suggestion, chosen: Chosen) -> dict[str, dict[str, list[str]]]:
    """The stages of which a person says another outcome than was proposed."""
    changed = {stage: value for stage, value in chosen.outcomes.items() if proposed.outcomes.get(stage) != value}
    stages = {name: sorted(s for s, value in changed.items() if value == name) for name in ("won", "lost", "open")}
    stages = {name: of_outcome for name, of_outcome in stages.items() if of_outcome}
    return {"outcomes": stages} if stages else {}
