"""What is committed is clean: no path of one machine, no package server, no secret, nothing large."""

import re
import subprocess
from functools import cache

import pytest

from tests.scripts.requirements_files import ROOT

MACHINES = re.compile(rb"(?<![\w.])/(?:work|root|Users|home/\w+)/[\w.-]|[A-Z]:\\\\?Users\\")
# Written apart, as this file is searched too.
SERVERS = re.compile(
    "|".join(["py" + r"pi\.org", "python" + "hosted", "conda" + r"\.anaconda", "npm" + r"js\.org"]).encode()
)
SECRETS = re.compile(rb"BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}|ghp_\w{30}")
MAY_BE_LARGE = {"requirements.lock", "sbom.cdx.json"}


@cache
def committed() -> dict[str, bytes]:
    """Every file of the repository that git knows or would take, by its name."""
    argv = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(argv, cwd=ROOT, capture_output=True)
    if listed.returncode:
        pytest.skip("this is a copy without git")
    names = [name for name in listed.stdout.decode().split("\0") if name]
    return {name: (ROOT / name).read_bytes() for name in names if (ROOT / name).is_file()}


def holding(pattern: re.Pattern) -> list[str]:
    return [
        f"{name}: {match[0].decode(errors='replace')}"
        for name, raw in committed().items()
        if (match := pattern.search(raw))
    ]


def test_no_file_names_a_path_of_one_machine():
    of_no_machine = "/home/ana"  # made up, in tests
    assert [hit for hit in holding(MACHINES) if of_no_machine not in hit] == []


def test_no_file_names_a_server_of_packages():
    assert holding(SERVERS) == []


def test_no_file_holds_a_secret():
    assert holding(SECRETS) == []


def test_nothing_large_is_committed():
    large = [name for name, raw in committed().items() if len(raw) > 500_000 and name not in MAY_BE_LARGE]
    assert not large and sum(map(len, committed().values())) < 15_000_000


def test_text_ends_its_lines_in_one_way():
    """But for what Windows double-clicks, and exports, which are kept as they came."""
    exempt = ("data/samples/", ".bat", "/exports/")
    wrong = [
        name
        for name, raw in committed().items()
        if b"\r\n" in raw and b"\0" not in raw and not any(k in name for k in exempt) and not name.endswith(".png")
    ]
    assert not wrong


def test_every_folder_of_sample_data_is_told_where_it_comes_from():
    readme = (ROOT / "data" / "samples" / "README.md").read_text(encoding="utf-8")
    folders = [f.name for f in (ROOT / "data" / "samples").iterdir() if f.is_dir()]
    assert not [name for name in folders if f"`{name}/`" not in readme]


def test_the_licence_is_mit():
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")


def test_ci_runs_the_readmes_test_command():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert script.rstrip().endswith("python3 scripts/kit.py test")
