"""What is typed becomes one call; the exit status tells how it ended, and no one is shown a traceback."""

import argparse
import os
import re
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from playbook import __version__, cli
from playbook.crm.larger import memory
from playbook.errors import PlaybookError, UnusableInput

SAMPLE_EXPORTS = Path(__file__).parents[1] / "data" / "samples" / "exports" / "zoho"
COMMANDS = next(a for a in cli._parser()._actions if isinstance(a, argparse._SubParsersAction)).choices


def raising(error):
    def do(args):
        raise error

    return do


@pytest.fixture
def ends_with(monkeypatch):
    """Run `playbook sample` where the work ends in an error; the exit status."""

    def run(error, *options):
        monkeypatch.setattr(cli, "_sample", raising(error))
        return cli.main(["sample", "--to", "x", *options])

    return run


def run_command(capsys, *arguments):
    with pytest.raises(SystemExit) as end:
        cli.main([*arguments])
    streams = capsys.readouterr()
    return end.value.code, streams.out, streams.err


@pytest.mark.parametrize("name", COMMANDS)
def test_help_says_what_a_command_does_with_examples_that_it_understands(name, capsys):
    status, out, _ = run_command(capsys, name, "--help")
    examples = [line.strip() for line in out.partition("examples:")[2].splitlines() if line.strip()]
    assert status == 0 and examples and all(line.startswith(f"playbook {name}") for line in examples)
    assert f"python3 scripts/kit.py {name}" in out
    for example in examples:
        words = [a or b for a, b in re.findall(r'"([^"]*)"|(\S+)', re.split(r"\s{3,}", example)[0])]
        assert callable(cli._parser().parse_args(words[1:]).do)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_explained(name):
    silent = [a.option_strings or a.dest for a in COMMANDS[name]._actions if not a.help]
    assert not silent


def test_help_lists_every_command(capsys):
    status, out, _ = run_command(capsys, "--help")
    assert status == 0 and all(re.search(rf"^\s+{name}\s+\S", out, re.M) for name in COMMANDS)


def test_the_version_is_the_packages(capsys):
    assert run_command(capsys, "--version")[:2] == (0, f"Player to Coach {__version__}\n")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], "COMMAND"),
        (["forecast"], "invalid choice"),
        (["build", "company"], "--to"),
        (["build", "company", "--to", "x", "--as-of", "31.3.2026"], "write it like 2026-03-31"),
        (["build", "company", "--to", "x", "--jobs", "0"], "1 or more"),
        (["build", "company", "--to", "x", "--dates", "ymd"], "dmy"),
    ],
)
def test_what_cannot_be_understood_ends_with_status_2_and_says_why(arguments, expected, capsys):
    status, _, err = run_command(capsys, *arguments)
    assert status == 2 and expected in err


def test_unusable_input_ends_with_status_2_and_its_sentence(ends_with, capsys):
    assert ends_with(UnusableInput("no date.", where="deals.csv, row 2", remedy="Correct it.")) == 2
    assert capsys.readouterr().err == "deals.csv, row 2: no date.\nCorrect it.\n"


def test_what_could_not_be_done_ends_with_status_1(ends_with, capsys):
    assert ends_with(PlaybookError("it did not work.")) == 1
    assert capsys.readouterr().err == "it did not work.\n"


def test_ctrl_c_ends_with_status_130_and_says_how_to_go_on(ends_with, capsys):
    assert ends_with(KeyboardInterrupt()) == 130
    assert "--resume" in capsys.readouterr().err


def test_a_full_disk_is_told_without_a_traceback(ends_with, capsys):
    assert ends_with(OSError(28, "No space left on device", "plan.csv")) == 1
    assert capsys.readouterr().err.startswith("plan.csv: No space left on device.\n")


def test_an_unexpected_error_is_written_down_in_a_private_file(ends_with, capsys, monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert ends_with(ZeroDivisionError("of Ana Silva's deals")) == 1
    streams = capsys.readouterr()
    (account,) = tmp_path.iterdir()
    assert str(account) in streams.err and "Ana" not in streams.err and "Traceback" not in streams.err
    assert "ZeroDivisionError: of Ana Silva's deals" in account.read_text(encoding="utf-8")
    if os.name != "nt":
        assert stat.S_IMODE(account.stat().st_mode) == 0o600


@pytest.mark.parametrize("error", [ZeroDivisionError(), OSError(28, "full")])
def test_debug_shows_the_whole_account(ends_with, error):
    with pytest.raises(type(error)):
        ends_with(error, "--debug")


def test_a_reader_that_goes_away_is_no_error():
    """As in `playbook … | head -1`."""
    run = "import sys; from playbook import cli; cli._sample = lambda asked: print('x\\n' * 10**6) or 0; "
    run += "sys.exit(cli.main(['sample', '--to', 'x']))"
    child = subprocess.Popen([sys.executable, "-c", run], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    child.stdout.readline()
    child.stdout.close()
    assert child.stderr.read() == b"" and child.wait() == 1


def test_python_m_playbook_is_the_same_command():
    result = subprocess.run([sys.executable, "-m", "playbook", "--version"], capture_output=True, text=True)
    assert result.stdout == f"Player to Coach {__version__}\n" and result.returncode == 0


def test_help_imports_nothing_heavy():
    run = "import sys; from playbook import cli\ntry: cli.main(['--help'])\nexcept SystemExit: pass\n"
    run += "sys.exit(bool({'pandas', 'matplotlib', 'papermill', 'jupyterlab'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", run], stdout=subprocess.DEVNULL).returncode == 0


def test_sample_makes_the_company_asked_for_and_says_where_the_answers_are(tmp_path, capsys):
    sizes = ["--managers", "1", "--reps", "2", "--months", "3", "--seed", "5"]
    assert cli.main(["sample", "--to", str(tmp_path / "company"), *sizes]) == 0
    out = capsys.readouterr().out
    assert (tmp_path / "company" / "company.toml").is_file()
    assert str(tmp_path / "company-truth.csv") in out and (tmp_path / "company-truth.csv").is_file()


def test_import_reads_exports_and_says_where_the_tables_are(tmp_path, capsys):
    (tmp_path / "deals.csv").write_text(
        "Opportunity ID,Opportunity Owner,Stage,Amount,Close Date,Created Date\n"
        "D1,Ana Silva,Closed Won,100,2026-03-31,2026-01-01\nD2,Ben Roth,Closed Lost,200,2026-03-30,2026-01-02\n"
    )
    assert cli.main(["import", str(tmp_path / "deals.csv"), "--to", str(tmp_path / "company")]) == 0
    assert str(tmp_path / "company") in capsys.readouterr().out
    assert (tmp_path / "company" / "opportunities.parquet").is_file()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes of that kind")
@pytest.mark.parametrize(
    "words",
    [
        ["sample", "--managers", "1", "--reps", "2", "--months", "3", "--to"],
        ["import", "{exports}", "--to"],
        ["import", "{exports}", "--memory", "1KB", "--to"],
        ["diagnose", "{exports}", "--to", "{new}/made/diagnosis.csv", "--company"],
    ],
    ids=lambda words: " ".join(words[:1] + words[2:3]),
)
def test_whatever_a_command_makes_is_private_to_whoever_ran_it(words, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(memory, "LEAST", 1)
    before = os.umask(0o022)
    try:
        new = tmp_path / "new"
        written = [word.format(exports=SAMPLE_EXPORTS, new=new) for word in words]
        assert cli.main([*written, str(new / "made" / "company")]) == 0
    finally:
        os.umask(before)
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (new, *new.rglob("*"))}
    assert len(modes) > 3 and not {path: oct(mode) for path, mode in modes.items() if mode & 0o077}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no names of other bytes")
def test_a_folder_to_write_to_is_named_in_letters_that_tables_can_be_written_under(capsys):
    status, _, err = run_command(capsys, "sample", "--to", os.fsdecode(b"caf\xe9"))
    assert status == 2 and r"caf\xe9 is no name in UTF-8: choose another" in err


@pytest.mark.parametrize("command", ["build", "diagnose", "import"])
def test_a_folder_that_is_not_there_ends_with_status_2_and_its_name(command, tmp_path, capsys):
    to = str(tmp_path / ("out.csv" if command == "diagnose" else "out"))
    assert cli.main([command, str(tmp_path / "nowhere"), "--to", to]) == 2
    assert "nowhere" in capsys.readouterr().err
    assert not Path(to).is_file() and not list(Path(to).glob("[!.]*"))
