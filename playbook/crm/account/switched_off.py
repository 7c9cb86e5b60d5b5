"""What the imported data cannot say, what each gap switches off, and the one export to ask for next."""

from dataclasses import dataclass

from playbook.catalogue import SECTIONS, WORTH_CLOSING, briefly_called, called, to_ask_for
from playbook.company import Company
from playbook.crm.headings.mapping import Mapping
from playbook.drivers.registry import DRIVERS


@dataclass(frozen=True)
class Off:
    """Something that is off for want of data: what it is, and what it would need, in words."""

    what: str
    needs: str


def switched_off(company: Company) -> list[Off]:
    """Each driver and section that is off, in the order of the chapters."""
    lacking = [(section.what, company.missing(section.needs)) for section in SECTIONS]
    lacking += [(f"the driver {driver.label!r}", driver.lacks(company.missing)) for driver in DRIVERS.values()]
    return [
        Off(what, ", ".join(dict.fromkeys(called(need) for need in missing))) for what, missing in lacking if missing
    ]


def next_export(company: Company, mappings: list[Mapping]) -> str:
    """The export that would switch on most, named as the CRM in use names it; empty if nothing is missing."""
    need = next((need for need in WORTH_CLOSING if not company.has(need)), None)
    if need is None:
        return ""
    export, gives = to_ask_for(need, (mapping.ask_for for mapping in mappings)), briefly_called(need)
    return export if gives in export else f"{export} (it gives {gives})"
