"""What the kit stands on is told whole: bill of materials, licences and reasons are those of the lock."""

import json
import re
from collections import Counter

import pytest
from dependencies_page import parts
from licences import Declared, licence
from lock_file import Pin, closure, pins

from tests.scripts.requirements_files import ROOT, locked, requirements_of

LOCKED = pins(ROOT / "requirements.lock")
SBOM = json.loads((ROOT / "sbom.cdx.json").read_text(encoding="utf-8"))
PAGE = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
ROWS = dict(re.findall(r"^\| ([a-z0-9-]+) \| (\d.*) \|$", PAGE, re.M))
REMAKE = "after a change of the lock: .venv.audit/bin/python scripts/make_sbom.py"


def test_every_pin_is_read_from_the_lock_with_its_hashes_and_whoever_asked_for_it():
    assert Counter(pin.name for pin in LOCKED) == Counter({name: len(kinds) for name, kinds in locked().items()})
    assert all(pin.hashes and pin.asked_by for pin in LOCKED)
    text = (ROOT / "requirements.lock").read_text()
    assert sum(len(pin.hashes) for pin in LOCKED) == text.count("--hash=sha256:")
    names = {pin.name for pin in LOCKED} | {"requirements.in"}
    assert not [pin for pin in LOCKED if not set(pin.asked_by) <= names]


def test_everything_locked_is_asked_for_by_something_in_requirements_in():
    assert closure(LOCKED, {"requirements.in"}) - {"requirements.in"} == {pin.name for pin in LOCKED}


def test_the_bill_of_materials_is_that_of_the_lock():
    assert (SBOM["bomFormat"], SBOM["specVersion"]) == ("CycloneDX", "1.6")
    listed = {
        (each["name"], each["version"], each["purl"], frozenset(file["content"] for file in each["hashes"]))
        for each in SBOM["components"]
    }
    pinned = {(p.name, p.version, f"pkg:pypi/{p.name}@{p.version}", frozenset(p.hashes)) for p in LOCKED}
    assert listed == pinned, REMAKE


def test_the_bill_of_materials_says_who_asks_for_whom():
    depends = {each["ref"]: set(each.get("dependsOn", ())) for each in SBOM["dependencies"]}
    edges = {(parent, f"{pin.name}=={pin.version}") for pin in LOCKED for parent in pin.asked_by}
    named = {"player-to-coach": "requirements.in"}
    listed = {(named.get(ref, ref.partition("==")[0]), child) for ref, kids in depends.items() for child in kids}
    assert listed == edges, REMAKE


def test_the_bill_of_materials_has_no_time_in_it_so_that_the_same_lock_gives_the_same_bytes():
    assert "timestamp" not in SBOM["metadata"]


def test_every_package_has_a_licence_in_the_bill_and_the_same_on_the_page():
    terms = {}
    for each in SBOM["components"]:
        (entry,) = each["licenses"]
        terms.setdefault(each["name"], []).append(
            entry.get("expression") or entry["license"].get("id") or entry["license"]["name"]
        )
    versions = {each["name"]: [] for each in SBOM["components"]}
    for pin in LOCKED:
        versions[pin.name].append(pin.version)
    assert ROWS.keys() == versions.keys(), REMAKE
    for name, row in ROWS.items():
        listed, licences, reason = row.split(" | ")
        assert listed.split(", ") == versions[name] and set(licences.split("; ")) == set(terms[name]), REMAKE
        assert reason


@pytest.mark.parametrize("wanted", parts((ROOT / "requirements.in").read_text()), ids=lambda wanted: wanted.name)
def test_whatever_is_asked_for_by_name_has_its_reason_beside_it_and_on_the_page(wanted):
    assert len(wanted.reason) > 10 and ROWS[wanted.name].endswith(f" | {wanted.reason}"), REMAKE


def test_no_requirement_is_overlooked():
    named = {wanted.name for wanted in parts((ROOT / "requirements.in").read_text())}
    assert named >= {wanted.name.lower() for wanted in requirements_of()}


def test_the_audits_own_lock_names_no_address_and_has_a_hash_for_every_pin():
    for file in ("requirements-audit.in", "requirements-audit.lock"):
        assert "://" not in (ROOT / file).read_text()
    assert all(pin.hashes for pin in pins(ROOT / "requirements-audit.lock"))


@pytest.mark.parametrize(
    ("declared", "terms"),
    [
        (Declared("MIT OR Apache-2.0", "something else", ()), "MIT OR Apache-2.0"),
        (Declared("", "Apache 2.0", ("License :: OSI Approved :: Apache Software License",)), "Apache-2.0"),
        (Declared("", "UNKNOWN", ("License :: OSI Approved :: ISC License (ISCL)",)), "ISC"),
        (Declared("", "BSD 3-Clause License\n\nCopyright (c) 2020 …", ("License :: OSI Approved",)), "BSD-3-Clause"),
        (Declared("", "Copyright (c) 2015 …\n" * 9, ("License :: OSI Approved :: MIT License",)), "MIT"),
        (Declared("", "", ("License :: A", "License :: B")), "A or B"),
    ],
)
def test_a_licence_is_what_the_package_says_of_itself_in_the_order_of_exactness(declared, terms):
    assert licence("some-package", declared) == terms


def test_a_package_that_declares_no_licence_stops_the_list():
    with pytest.raises(ValueError, match="some-package declares no licence"):
        licence("some-package", Declared("", "", ("Programming Language :: Python",)))


def test_what_a_package_brings_along_is_followed_to_its_end():
    kin = [
        Pin("a", "1", "", (), ("requirements.in",)),
        Pin("b", "1", "", (), ("a",)),
        Pin("c", "1", "", (), ("b", "a")),
    ]
    assert closure(kin, {"a"}) == {"a", "b", "c"} and closure(kin, {"b"}) == {"b", "c"}
