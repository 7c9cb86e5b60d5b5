"""What `playbook lab` opens, with whose settings and with which Python."""

import json
import os
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from jupyterlab.commands import get_app_dir

from playbook.errors import UnusableInput
from playbook.lab import launch, voila_pages
from playbook.lab.launch import cell_style, open_lab, own_jupyter, page_to_open

SHIPPED = files("playbook.lab") / "settings"
SCHEMAS = Path(get_app_dir()) / "schemas"


@pytest.fixture
def workbook(tmp_path):
    folder = tmp_path / "Ana Ünal-3f2a"
    folder.mkdir()
    for name in ("02_your_week.ipynb", "01_your_new_role.ipynb", "index.html"):
        (folder / name).touch()
    return folder


@pytest.fixture
def jupyter(tmp_path, monkeypatch):
    """The environment of a started JupyterLab, for a person whose home is empty."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home" / "share"))
    return own_jupyter(tmp_path / "scratch")


def test_without_a_name_it_is_the_front_door_in_the_kits_folder():
    page = page_to_open(None)
    assert (page.root / page.path).is_file()
    assert page.path == Path("notebooks/START_HERE.md") and page.title.startswith("START_HERE, ")


def test_a_workbook_opens_on_its_first_chapter(workbook):
    page = page_to_open(workbook)
    assert (page.root, page.path) == (workbook, Path("01_your_new_role.ipynb"))
    assert page.title == "Ana Ünal-3f2a, 2 chapters"


def test_one_chapter_can_be_named(workbook):
    page = page_to_open(workbook / "02_your_week.ipynb")
    assert (page.root, page.path) == (workbook, Path("02_your_week.ipynb"))


@pytest.mark.parametrize("name", ["nowhere", "empty", "Ana Ünal-3f2a/index.html"])
def test_what_is_no_workbook_is_refused_with_its_name(workbook, name):
    (workbook.parent / "empty").mkdir()
    with pytest.raises(UnusableInput, match=Path(name).name):
        page_to_open(workbook.parent / name)


def test_without_the_front_door_the_remedy_is_a_workbook(tmp_path, monkeypatch):
    monkeypatch.setattr(launch, "FRONT_DOOR", Path("notebooks/NOWHERE.md"))
    with pytest.raises(UnusableInput, match="kit.py lab WORKBOOK"):
        page_to_open(None)


def test_the_administrator_has_to_ask_for_it(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    with pytest.raises(UnusableInput, match="--allow-root"):
        open_lab()


def test_the_kernel_is_this_python_whatever_else_is_installed(jupyter, tmp_path):
    theirs = tmp_path / "home" / ".local" / "share" / "jupyter" / "kernels" / "python3"
    theirs.mkdir(parents=True)
    (theirs / "kernel.json").write_text(json.dumps({"argv": ["/usr/bin/other"], "display_name": "x", "language": "y"}))
    ask = "from jupyter_client.kernelspec import KernelSpecManager as K; print(K().get_kernel_spec('python3').argv[0])"
    ran = subprocess.run([sys.executable, "-c", ask], env=os.environ | jupyter, capture_output=True, text=True)
    assert ran.stdout.strip() == sys.executable


def test_what_ships_is_copied_and_so_may_be_read_only(jupyter):
    config = Path(jupyter["JUPYTER_CONFIG_DIR"])
    assert (config / "custom" / "custom.css").read_text() == (SHIPPED / "custom.css").read_text() + cell_style()
    for name in ("default_setting_overrides.json", "page_config.json"):
        assert os.access(config / "labconfig" / name, os.W_OK)


def test_the_persons_own_jupyter_is_neither_read_nor_written(jupyter, tmp_path):
    places = [Path(place) for place in jupyter.values() if place]
    assert places and not [place for place in places if ".jupyter" in place.parts or place.name == ".local"]
    assert not (tmp_path / "home" / ".jupyter").exists()


def test_where_a_home_cannot_be_written_to_nothing_is_kept_and_it_still_starts(tmp_path, monkeypatch):
    (tmp_path / "a file").touch()
    monkeypatch.setattr(launch.platformdirs, "user_data_dir", lambda *_, **__: str(tmp_path / "a file" / "kit"))
    jupyter = own_jupyter(tmp_path / "scratch")
    assert jupyter["JUPYTER_DATA_DIR"].startswith(str(tmp_path / "scratch"))


def extensions(jupyter):
    settings = json.loads((Path(jupyter["JUPYTER_CONFIG_DIR"]) / "jupyter_server_config.json").read_text())
    return settings["ServerApp"]["jpserver_extensions"]


def test_voila_is_loaded_only_where_chapters_are_asked_for_as_pages(jupyter, workbook, tmp_path):
    assert not extensions(jupyter)["voila.server_extension"]
    (workbook / "01_your_new_role.ipynb").write_text('{"metadata": {"playbook": {"title": "Your new role"}}}')
    (workbook / "02_your_week.ipynb").write_text("{}")
    pages = own_jupyter(tmp_path / "pages", pages_of=workbook)
    assert extensions(pages)["voila.server_extension"]
    template = Path(pages["JUPYTER_PATH"]) / "voila" / "templates" / "player-to-coach" / "index.html.j2"
    assert "https:" not in template.read_text(encoding="utf-8")


def test_language_servers_are_looked_for_by_neither_page_nor_server(jupyter):
    disabled = json.loads((SHIPPED / "page_config.json").read_text())["disabledExtensions"]
    assert disabled["@jupyterlab/lsp-extension"]
    assert extensions(jupyter) == {
        "playbook.lab.served": True, "voila.server_extension": False, "jupyter_lsp": False
    }  # fmt: skip


def test_the_button_of_voila_is_not_in_the_kits_jupyterlab():
    disabled = json.loads((SHIPPED / "page_config.json").read_text())["disabledExtensions"]
    assert disabled["@voila-dashboards/jupyterlab-preview"]


def test_only_a_workbooks_chapters_open_as_pages():
    with pytest.raises(UnusableInput, match="Name the folder of a workbook"):
        open_lab(voila=True, allow_root=True)


def test_without_voila_the_extra_is_named_in_one_sentence(workbook, monkeypatch):
    monkeypatch.setattr(voila_pages, "find_spec", lambda name: None)
    with pytest.raises(UnusableInput, match=r"player-to-coach\[voila\]"):
        open_lab(workbook, voila=True, allow_root=True)


OVERRIDES = json.loads((SHIPPED / "default_setting_overrides.json").read_text())


@pytest.mark.parametrize(("plugin", "key"), [(p, key) for p, keys in OVERRIDES.items() for key in keys])
def test_every_setting_is_one_that_this_jupyterlab_knows(plugin, key):
    """JupyterLab ignores a setting that it does not know without a word."""
    package, name = plugin.split(":")
    schema = json.loads((SCHEMAS / package / f"{name}.json").read_text())
    assert key in schema["properties"]


def test_no_button_of_the_page_is_switched_off_that_is_not_there():
    schema = json.loads((SCHEMAS / "@jupyterlab" / "notebook-extension" / "panel.json").read_text())
    known = {item["name"] for item in schema["jupyter.lab.toolbars"]["Notebook"]}
    toolbar = OVERRIDES["@jupyterlab/notebook-extension:panel"]["toolbar"]
    assert {item["name"] for item in toolbar if item.get("disabled")} <= known


def test_what_a_cell_shows_looks_in_jupyterlab_as_on_the_workbooks_page():
    """The rules of the house's style for cells, with its colours, and none of those for the page around them."""
    style = cell_style()
    assert "--ptc-ink:" in style and ".jp-NotebookPanel .jp-Notebook {" in style and ".ptc-table .ptc-number" in style
    assert "body.ptc-page" not in style and style.count("{") == style.count("}")
