"""Write what the kit stands on, from its lock: sbom.cdx.json (CycloneDX 1.6) and docs/dependencies.md.

    .venv.audit/bin/python scripts/make_sbom.py       after `kit.py setup` and `kit.py audit`

The same lock gives the same bytes: there is no time in it, and its serial number comes from the lock.
"""

import json
import uuid
from collections.abc import Collection
from pathlib import Path
from typing import Any

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from dependencies_page import page, parts
from licences import declared, licence
from lock_file import Pin, pins
from packageurl import PackageURL

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
WANTED = ROOT / "requirements.in"


def main() -> None:
    """Write both files."""
    (site_packages,) = [*ROOT.glob(".venv/lib/python*/site-packages"), *ROOT.glob(".venv/Lib/site-packages")]
    pinned = pins(LOCK)
    licences = {
        (name, version): licence(name, each) for (name, version), each in declared(pinned, site_packages).items()
    }
    text = json.dumps(document(pinned, licences), indent=1, ensure_ascii=False) + "\n"
    (ROOT / "sbom.cdx.json").write_text(text, encoding="utf-8", newline="\n")
    listed = page(parts(WANTED.read_text(encoding="utf-8")), pinned, licences)
    (ROOT / "docs" / "dependencies.md").write_text(listed, encoding="utf-8", newline="\n")


def document(pinned: Collection[Pin], licences: dict[tuple[str, str], str]) -> dict[str, Any]:
    """The bill of materials: the kit, each pinned version with hashes and licence, and who asks for whom."""
    kit = Component(name="player-to-coach", type=ComponentType.APPLICATION, bom_ref="player-to-coach")
    bom = Bom(serial_number=uuid.uuid5(uuid.NAMESPACE_OID, LOCK.read_text(encoding="utf-8")))
    bom.metadata.component = kit
    components = {(pin.name, pin.version): _component(pin, licences[pin.name, pin.version]) for pin in pinned}
    bom.components.update(components.values())
    bom.register_dependency(kit, _asked_for_by("requirements.in", pinned, components))
    for (name, _), component in components.items():
        bom.register_dependency(component, _asked_for_by(name, pinned, components))
    made: dict[str, Any] = json.loads(JsonV1Dot6(bom).output_as_string())
    made["metadata"].pop("timestamp")  # else the same lock gave other bytes each day
    return made


def _asked_for_by(
    parent: str, pinned: Collection[Pin], components: dict[tuple[str, str], Component]
) -> list[Component]:
    return [components[pin.name, pin.version] for pin in pinned if parent in pin.asked_by]


def _component(pin: Pin, terms: str) -> Component:
    return Component(
        name=pin.name,
        version=pin.version,
        type=ComponentType.LIBRARY,
        bom_ref=f"{pin.name}=={pin.version}",
        purl=PackageURL("pypi", name=pin.name, version=pin.version),
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest) for digest in pin.hashes],
        licenses=[LicenseFactory().make_from_string(terms)],
        properties=[Property(name="player-to-coach:installed-where", value=pin.marker)] if pin.marker else [],
    )


if __name__ == "__main__":
    main()
