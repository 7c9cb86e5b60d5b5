"""Advisories from a file: which pinned versions they mean, and which files are none."""

import json
import zipfile

import advisories
import pytest
from advisories import Unreadable
from lock_file import Pin


def pin(name, version):
    return Pin(name, version, "", ("00",), ())


def advisory(*events, name="jinja2", versions=(), ident="GHSA-1", **more):
    ranges = [{"type": "ECOSYSTEM", "events": list(events)}] if events else []
    affected = {"package": {"name": name, "ecosystem": "PyPI"}, "ranges": ranges, "versions": list(versions)}
    return {"id": ident, "summary": "sandbox escape", "affected": [affected], **more}


@pytest.fixture
def hits(tmp_path):
    """The versions of a pinned package that an advisory means."""

    def find(entry, *versions, name="jinja2"):
        file = tmp_path / "advisories.json"
        file.write_text(json.dumps(entry))
        return [hit.version for hit in advisories.read(file).against(pin(name, version) for version in versions)]

    return find


def test_a_version_from_the_first_bad_one_to_before_the_mended_one_is_meant(hits):
    entry = advisory({"introduced": "3.0"}, {"fixed": "3.1.6"})
    assert hits(entry, "2.9", "3.0", "3.1.5", "3.1.6") == ["3.0", "3.1.5"]


def test_introduced_at_0_means_every_version_before_also_a_first_trial(hits):
    assert hits(advisory({"introduced": "0"}, {"fixed": "3"}), "0.1.dev1", "2", "3") == ["0.1.dev1", "2"]


def test_the_last_bad_version_is_meant_and_the_next_is_not(hits):
    assert hits(advisory({"introduced": "0"}, {"last_affected": "2"}), "2", "2.0.1") == ["2"]


def test_two_bad_stretches_are_told_apart_in_whatever_order_they_stand(hits):
    events = [{"introduced": "3"}, {"fixed": "1.5"}, {"introduced": "0"}, {"fixed": "3.2"}]
    assert hits(advisory(*events), "1.4", "2", "3.1", "3.2") == ["1.4", "3.1"]


def test_versions_compare_as_numbers_and_not_as_text(hits):
    assert hits(advisory({"introduced": "0"}, {"fixed": "10.0"}), "9.9", "10.0", "10.0rc1") == ["9.9", "10.0rc1"]


def test_a_version_that_is_listed_is_meant_without_a_range(hits):
    assert hits(advisory(versions=["3.1.4"]), "3.1.4", "3.1.5") == ["3.1.4"]


def test_a_name_is_the_same_however_it_is_spelled(hits):
    assert hits(advisory({"introduced": "0"}, name="Python_DateUtil"), "1", name="python-dateutil") == ["1"]


def test_another_package_is_not_meant(hits):
    assert hits(advisory({"introduced": "0"}), "1", name="jinja") == []


def test_what_cannot_be_compared_counts_as_meant(hits):
    assert hits(advisory({"introduced": "the beginning"}), "1") == ["1"]


def test_what_was_withdrawn_is_not_told_any_more(tmp_path):
    file = tmp_path / "a.json"
    entries = [advisory({"introduced": "0"}, withdrawn="2026-01-01T00:00:00Z"), advisory(name="other", versions=["1"])]
    file.write_text(json.dumps(entries))
    assert advisories.read(file).against([pin("jinja2", "1")]) == []


def test_a_hit_names_every_id_and_the_nearest_later_mended_version_first(tmp_path):
    events = [{"introduced": "0"}, {"fixed": "1.9"}, {"introduced": "2"}, {"fixed": "3.1"}, {"fixed": "2.8"}]
    file = tmp_path / "a.json"
    file.write_text(json.dumps({"vulns": [advisory(*events, aliases=["CVE-2026-1"])]}))
    (hit,) = advisories.read(file).against([pin("jinja2", "2.1")])
    assert hit.ids == ("GHSA-1", "CVE-2026-1") and hit.mended_in == ("2.8", "3.1")


def test_an_archive_of_advisories_is_read_whole_and_says_how_new_it_is(tmp_path):
    file = tmp_path / "all.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("1.json", json.dumps(advisory(versions=["1"], modified="2026-03-31T10:00:00Z")))
        archive.writestr("2.json", json.dumps(advisory(versions=["1"], ident="B", modified="2026-02-01T10:00:00Z")))
        archive.writestr("readme.txt", "not JSON")
    read = advisories.read(file)
    assert len(read.entries) == 2 and read.latest == "2026-03-31"


@pytest.mark.parametrize(
    ("content", "meaning"),
    [
        ("no JSON", "format OSV"),
        ("[" * 100_000, "format OSV"),
        ("[]", "no advisory about a Python package"),
        ('{"id": "X", "affected": [{"package": {"name": "x", "ecosystem": "npm"}}, 7]}', "no advisory about a Python"),
        ('{"id": "X", "affected": 3}', "no advisory about a Python package"),
    ],
)
def test_a_file_that_says_nothing_of_python_packages_is_refused_in_a_sentence(tmp_path, content, meaning):
    file = tmp_path / "advisories.json"
    file.write_text(content)
    with pytest.raises(Unreadable, match=meaning):
        advisories.read(file)


def test_a_file_that_is_not_there_is_refused_by_its_name(tmp_path):
    with pytest.raises(Unreadable, match=r"gone\.json cannot be read"):
        advisories.read(tmp_path / "gone.json")


@pytest.mark.parametrize(
    "broken", [{"events": 3}, {"events": [3]}, {}, {"type": "GIT", "events": [{"introduced": "0"}]}]
)
def test_a_broken_range_ends_nothing(tmp_path, broken):
    entry = advisory(versions=["2"])
    entry["affected"][0]["ranges"] = [{"type": "ECOSYSTEM", **broken}]
    file = tmp_path / "a.json"
    file.write_text(json.dumps(entry))
    assert "2" in [hit.version for hit in advisories.read(file).against([pin("jinja2", "1"), pin("jinja2", "2")])]
