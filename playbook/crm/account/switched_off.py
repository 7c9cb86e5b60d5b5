"""What the imported data cannot say, what each gap switches off, and the one export to ask for next."""

from dataclasses import dataclass

from playbook.catalogue import WORTH_CLOSING, briefly_called, called, export_to_ask_for
from playbook.chapter_numbers import named
from playbook.company import Company
from playbook.crm.headings.mapping import Mapping
from playbook.data_gaps import gaps


@dataclass(frozen=True)
class Off:
    """Something that is off for want of data: what it is, and what it would need, in words."""

    what: str
    needs: str


def switched_off(company: Company) -> list[Off]:
    """Each section and driver that is off, in the order of the chapters."""
    return [
        Off(
            f"{gap.what} ({named(*gap.chapters)})" if gap.chapters else gap.what,
            ", ".join(called(need) for need in gap.lacking),
        )
        for gap in gaps(company.missing)
    ]


def next_export(company: Company, mappings: list[Mapping]) -> str:
    """The export that would switch on most, named as the CRM in use names it; empty if nothing is missing."""
    need = next((need for need in WORTH_CLOSING if not company.has(need)), None)
    if need is None:
        return ""
    export, gives = export_to_ask_for(need, (mapping.ask_for for mapping in mappings)), briefly_called(need)
    return export if gives in export else f"{export} (it gives {gives})"
