"""What the set-up installs with which settings, and what it says when an installer fails."""

import subprocess
import sys

import kit_install
import pytest
from kit_install import Missing, parsed_settings, pinned, reason, run_step, uv_environment

from tests.scripts.requirements_files import ROOT, locked_versions


def test_uvs_block_of_the_lock_is_found_alone_with_all_its_hashes():
    block = pinned((ROOT / "requirements.lock").read_text(), "uv")
    assert block.startswith(f"uv=={locked_versions('uv')[0]}")
    assert block.count("==") == 1 and block.count("--hash=sha256:") > 10 and "#" not in block


def test_a_lock_without_uv_is_called_damaged():
    with pytest.raises(Missing, match="damaged"):
        pinned("uvloop==1.0 \\\n    --hash=sha256:00\n", "uv")


def test_pips_settings_reach_uv_in_its_own_words():
    listed = "global.index-url='https://mirror.example/simple'\nglobal.cert='/etc/company.pem'\nglobal.timeout='60'\n"
    environment = uv_environment({"PATH": "/bin"}, parsed_settings(listed))
    assert environment["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"
    assert environment["SSL_CERT_FILE"] == "/etc/company.pem"
    assert environment["UV_HTTP_TIMEOUT"] == "60"
    assert environment["PATH"] == "/bin"


def test_a_setting_made_twice_counts_as_it_does_for_pip():
    listed = ":env:.index-url='c'\nglobal.index-url='a'\ninstall.index-url='b'\ndownload.index-url='d'\n"
    assert parsed_settings(listed) == {"index-url": "c"}


def test_what_was_set_for_uv_itself_stays():
    environment = uv_environment({"UV_DEFAULT_INDEX": "mine"}, {"index-url": "pips"})
    assert environment["UV_DEFAULT_INDEX"] == "mine"


def test_without_settings_uv_is_told_no_index():
    assert not {"UV_DEFAULT_INDEX", "UV_INDEX", "UV_FIND_LINKS", "SSL_CERT_FILE"} & uv_environment({}, {}).keys()


@pytest.mark.parametrize(
    ("output", "meaning"),
    [
        ("WARNING: Retrying (Retry(total=4)) after connection broken by 'NewConnectionError'", "cannot be reached"),
        ("error: Request failed\n  Caused by: dns error", "cannot be reached"),
        ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]", "certificate"),
        ("WARNING: Retrying (...) SSLError CERTIFICATE_VERIFY_FAILED", "certificate"),
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "tested with"),
        ("ERROR: No matching distribution found for uv==0.13.9", "not offered for Python"),
        ("[WinError 206] The filename or extension is too long", "too long for Windows"),
        ("something nobody has seen before", "build/setup.log says why"),
    ],
)
def test_what_an_installer_says_becomes_one_sentence_without_an_address(output, meaning):
    sentence = reason("the installer", output)
    assert meaning in sentence and "\n" not in sentence and "://" not in sentence


def test_a_failed_step_raises_its_reason_and_keeps_what_was_said(tmp_path, capsys):
    log = tmp_path / "setup.log"
    with pytest.raises(Missing, match="disk is full"):
        run_step("packages", [sys.executable, "-c", "raise SystemExit('No space left on device')"], log)
    assert "No space left" in log.read_text() and "packages ... failed" in capsys.readouterr().out


def test_the_reason_is_sought_in_this_step_only(tmp_path):
    log = tmp_path / "setup.log"
    log.write_text("WARNING: Retrying (an earlier step, which then worked)")
    with pytest.raises(Missing, match="build/setup.log"):
        run_step("packages", [sys.executable, "-c", "raise SystemExit(1)"], log)


@pytest.mark.parametrize(
    ("fails", "steps"),
    [
        ((), ["the installer", "uv", "the playbook"]),
        (("the installer",), ["the installer", "pip", "the playbook"]),
        (("uv",), ["the installer", "uv", "pip", "the playbook"]),
    ],
)
def test_pip_does_it_where_uv_cannot(tmp_path, monkeypatch, fails, steps):
    done = []

    def step(what, argv, log, environment=None):
        name = what if what.startswith("the") else argv[2]
        done.append(name)
        if name in fails:
            raise Missing(kit_install.NOT_OFFERED)

    monkeypatch.setattr(kit_install, "run_step", step)
    kit_install.install(sys.executable, ROOT / "requirements.lock", tmp_path, tmp_path / "log")
    assert done == steps


def test_without_a_network_pip_is_not_tried_a_second_time(tmp_path, monkeypatch):
    def offline(what, argv, log, environment=None):
        assert what == "the installer"
        raise Missing(kit_install.OFFLINE)

    monkeypatch.setattr(kit_install, "run_step", offline)
    with pytest.raises(Missing, match="cannot be reached"):
        kit_install.install(sys.executable, ROOT / "requirements.lock", tmp_path, tmp_path / "log")


def test_another_pythons_packages_are_not_lent_to_ours(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    monkeypatch.setenv("PIP_USER", "1")
    environment = kit_install.clean_environment()
    assert "PYTHONPATH" not in environment and environment["PIP_USER"] == "0"


def test_a_module_is_compiled_once_also_where_the_machine_asks_to_keep_nothing_compiled(monkeypatch, tmp_path):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.delenv("PYTHONPYCACHEPREFIX", raising=False)
    (tmp_path / "compiled_once.py").touch()
    argv = [sys.executable, "-c", "import compiled_once"]
    subprocess.run(argv, cwd=tmp_path, env=kit_install.clean_environment(), check=True)
    assert list(tmp_path.glob("__pycache__/compiled_once.*.pyc"))
