"""Open JupyterLab on the front door, or on one workbook, with the kit's settings and the kit's own Python. Or, with
Voilà, a workbook's chapters as pages.

The person's own Jupyter stays as it is: nothing in their configuration is read or written. What they change in the
kit's JupyterLab (a dark theme, larger letters) is kept apart, in a folder of its own. Every start opens the same page.
"""

import json
import logging
import os
import secrets
import shutil
import signal
import sys
import tempfile
import threading
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import platformdirs

from playbook.errors import UnusableInput
from playbook.jupyter_imports import leave_out_grammar
from playbook.lab import served, voila_pages
from playbook.scratch import scratch_folder

if TYPE_CHECKING:
    from jupyter_server.serverapp import ServerApp

PORT = 8888
FRONT_DOOR = Path("notebooks/START_HERE.md")
CHAPTERS = Path("notebooks/workbook")
_INDENT = "  "  # of what belongs to the line above
_LONGEST_END = 15.0  # seconds for kernels to save what was typed and go
IN_THE_KITS_LAB = {"PLAYBOOK_LAB": "1"}  # elsewhere a form says what is otherwise
_LANGUAGE_SERVERS = "jupyter_lsp"  # the page's own part of it is off in settings/page_config.json
KERNEL = "python3"  # the name that every notebook asks for


@dataclass(frozen=True)
class Page:
    """What is opened: `root` is the folder that JupyterLab sees, `path` the page in it, `title` what it is called."""

    root: Path
    path: Path
    title: str


def open_lab(
    workbook: Path | None = None,
    *,
    voila: bool = False,
    port: int = PORT,
    browser: bool = True,
    allow_root: bool = False,
) -> int:
    """Serve JupyterLab, or the chapters as pages, until it is stopped; returns the exit status.

    Parameters
    ----------
    workbook : a workbook's folder, or one page in it; the kit's front door if None.
    voila : whether the chapters open as pages that fill themselves in, instead of as notebooks; needs a workbook.
    port : the first port to try on this machine; the line that is printed names the one taken.
    browser : whether to open a window.
    allow_root : whether the administrator may do this; JupyterLab lets whoever reaches it run any command.

    Raises
    ------
    UnusableInput : if there is no such workbook or no front door, for the administrator without `allow_root`, and
        where Voilà is asked for without a workbook or is not installed.
    """
    page = page_to_open(workbook)
    if voila:
        _need_pages(workbook)
    if not allow_root and hasattr(os, "geteuid") and os.geteuid() == 0:
        raise UnusableInput(
            "JupyterLab is not opened for the administrator, who could damage the machine from it.",
            where="playbook lab",
            remedy="Log in as yourself, or add --allow-root if this machine is only for trying things out.",
        )
    with scratch_folder("playbook-lab-") as scratch:
        os.environ.update(own_jupyter(scratch, pages_of=page.root if voila else None))
        address = (voila_pages.ADDRESS if voila else "/lab/tree/") + quote(page.path.as_posix())
        return _serve(page, address, port, browser, allow_root)


def _need_pages(workbook: Path | None) -> None:
    """Raises UnusableInput where the chapters cannot be shown as pages."""
    if workbook is None or workbook.suffix == ".md":
        raise UnusableInput(
            "only a workbook's chapters can be opened as pages.",
            where="playbook lab --voila",
            remedy="Name the folder of a workbook after --voila.",
        )
    voila_pages.need_voila()


def page_to_open(workbook: Path | None) -> Page:
    """The page that `playbook lab [WORKBOOK]` opens. Raises UnusableInput where there is none."""
    if workbook is None:
        root = _kit_folder()
        number = len(list((root / CHAPTERS).glob("*.ipynb")))
        return Page(root, FRONT_DOOR, f"{FRONT_DOOR.stem}, {number} chapters")
    if workbook.is_file() and workbook.suffix in (".ipynb", ".md"):
        return Page(workbook.parent.resolve(), Path(workbook.name), workbook.stem)
    chapters = sorted(workbook.glob("*.ipynb")) if workbook.is_dir() else []
    if not chapters:
        raise UnusableInput(
            "this is no workbook: a workbook is a folder with chapters in it (.ipynb).",
            where=str(workbook),
            remedy="Workbooks are made with: python3 scripts/kit.py build. Without a name the kit's own pages open.",
        )
    return Page(workbook.resolve(), Path(chapters[0].name), f"{workbook.resolve().name}, {len(chapters)} chapters")


def _kit_folder() -> Path:
    """The folder with the front door: where the package lies, or where the person stands."""
    for folder in (Path(__file__).resolve().parents[2], Path.cwd()):
        if (folder / FRONT_DOOR).is_file():
            return folder
    raise UnusableInput(
        f"there is no {FRONT_DOOR} here.",
        where=str(Path.cwd()),
        remedy="Run it in the kit's folder, or name a workbook: python3 scripts/kit.py lab WORKBOOK",
    )


def cell_style() -> str:
    """What a cell shows, in the house's style: tables, figures and notes look as they do on the workbook's page.

    The rules stand inside a selector of two classes, as JupyterLab's own rules for tables would win over one.
    """
    colours, cells, *_ = (files("playbook") / "house_style.css").read_text(encoding="utf-8").split("/* ---- ")
    return f"\n{colours}\n.jp-NotebookPanel .jp-Notebook {{\n/* {cells}}}\n"


def own_jupyter(scratch: Path, pages_of: Path | None = None) -> dict[str, str]:
    """Lay out the kit's settings in `scratch`; returns the environment that makes Jupyter use them and nothing else.
    With `pages_of`, a workbook's folder, its chapters can be opened as pages.

    JupyterLab reads custom.css only from JUPYTER_CONFIG_DIR/custom, so the shipped files, which may be read-only, are
    copied there. What it writes goes to a folder of the person's, or to `scratch` where that cannot be written.
    """
    config, data, own_folder = scratch / "config", scratch / "share", _own_folder(scratch)
    shipped = files("playbook.lab") / "settings"
    for source, folder in [
        ("default_setting_overrides.json", "labconfig"),
        ("page_config.json", "labconfig"),
        ("custom.css", "custom"),
    ]:
        (config / folder).mkdir(parents=True, exist_ok=True)
        (config / folder / source).write_bytes((shipped / source).read_bytes())
    with (config / "custom" / "custom.css").open("a", encoding="utf-8") as style:
        style.write(cell_style())
    settings = _server_settings(pages_of)
    (config / "jupyter_server_config.json").write_text(json.dumps(settings), encoding="utf-8")
    if pages_of:
        voila_pages.lay_out(data)
    kernel = data / "kernels" / KERNEL
    kernel.mkdir(parents=True)
    (kernel / "kernel.json").write_text(json.dumps(_kernel_spec()), encoding="utf-8")
    return {
        **IN_THE_KITS_LAB,
        "JUPYTER_CONFIG_DIR": str(config),
        "JUPYTER_CONFIG_PATH": "",
        "JUPYTER_PATH": str(data),  # comes before every other place, so the kernel is this Python
        "JUPYTER_DATA_DIR": str(own_folder),
        "JUPYTER_RUNTIME_DIR": str(scratch / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(own_folder / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(scratch / "workspaces"),  # every start opens the same page
    }


def shared_settings(folder: Path) -> dict[str, str]:
    """Lay out the kit's settings in `folder` for a JupyterHub; returns what goes into each user's environment.

    What a user sets for themselves stays in their own folders, and counts before this. The page's own style sheet is
    left out, as JupyterLab looks for it among the user's own settings alone.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as beside:
        own = own_jupyter(Path(beside))
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_PATH"):
            shutil.copytree(own[name], folder / Path(own[name]).name, dirs_exist_ok=True)
    return {
        **IN_THE_KITS_LAB,
        "JUPYTER_CONFIG_PATH": str(folder / "config"),
        "JUPYTER_PATH": str(folder / "share"),
    }


def _server_settings(pages_of: Path | None) -> dict[str, dict[str, Any]]:
    """Which extensions the server loads: Voilà, where it happens to be installed, only if it was asked for; language
    servers, which help to write code, never: it would ask Node for each as it starts."""
    extensions = {served.EXTENSION: True, voila_pages.EXTENSION: pages_of is not None, _LANGUAGE_SERVERS: False}
    more = voila_pages.server_settings(pages_of) if pages_of else {}
    return {"ServerApp": {"jpserver_extensions": extensions}, **more}


def _own_folder(scratch: Path) -> Path:
    own_folder = Path(platformdirs.user_data_dir("player-to-coach", appauthor=False)) / "jupyter"
    try:
        own_folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=own_folder):
            return own_folder
    except OSError:
        return scratch / "own"


def _kernel_spec() -> dict[str, Any]:
    """The Python that runs this, whatever other Pythons and kernels the machine has."""
    argv = [sys.executable, "-Xfrozen_modules=off", "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    metadata = {"debugger": False, "supported_encryption": ["curve"]}
    return {"argv": argv, "display_name": "Python 3 (ipykernel)", "language": "python", "metadata": metadata}


def _serve(page: Page, address: str, port: int, browser: bool, allow_root: bool) -> int:
    """Start the server, say where it is, and serve until it is stopped."""
    leave_out_grammar()
    from jupyterlab.labapp import LabApp  # reads the environment when it is imported

    logging.captureWarnings(True)  # Voilà prints those that are meant for its developers
    token = secrets.token_urlsafe(24)
    server = LabApp.initialize_server(
        argv=[
            f"--ServerApp.root_dir={page.root}",
            f"--ServerApp.allow_root={allow_root}",
            f"--ServerApp.port={port}",
            f"--ServerApp.open_browser={browser}",
            f"--IdentityProvider.token={token}",
            f"--LabApp.default_url={address}",
            *QUIET,
        ]
    )
    voila_pages.keep_inside(server)
    print(f"Ready: {page.title}.", flush=True)
    print(f"{_INDENT}http://{server.ip}:{server.port}{address}?token={token}", flush=True)
    print(f"{_INDENT}To stop, press Ctrl+C here or close this window.", flush=True)
    _stop_tidily(server)
    server.start()
    return 0


def _stop_tidily(server: "ServerApp") -> None:
    """Let Ctrl+C, a closed window and a plain kill end the server without a question, kernels first.

    A page that Voilà is just filling in can hold that up without an end: then the server goes all the same.
    """

    def stop(*_: object) -> None:
        at_last = threading.Timer(_LONGEST_END, os._exit, (0,))
        at_last.daemon = True
        at_last.start()
        server.stop(from_signal=True)

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if number := getattr(signal, name, None):  # Windows has no SIGHUP
            signal.signal(number, stop)


QUIET = [
    "--ServerApp.ip=127.0.0.1",
    "--Application.log_level=ERROR",
    "--ServerApp.log_level=ERROR",
    "--LabApp.log_level=ERROR",
    "--LabApp.custom_css=True",
    "--LabApp.extension_manager=readonly",
    f"--KernelSpecManager.allowed_kernelspecs={KERNEL}",
    "--KernelManager.transport_encryption=auto",
]
