"""A workbook's chapters as pages that fill themselves in, without a cell or a button of a notebook: Voilà, in the
kit's own server, with its key and its Python.

Voilà is an extra. Its own page fetches signs from outside; the kit's (`pages/index.html.j2`) fetches nothing.
"""

import json
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playbook.errors import UnusableInput

if TYPE_CHECKING:
    from jupyter_server.serverapp import ServerApp

EXTENSION = "voila.server_extension"
ADDRESS = "/voila/render/"
_TEMPLATE = "player-to-coach"
_NO_MATHEMATICS = "data:text/javascript,//"  # in place of the address outside from which Voilà would fetch MathJax
_IDLE = 300  # seconds after which the kernel of a page that nobody looks at any more is ended


def need_voila() -> None:
    """Raises UnusableInput, with the remedy, where Voilà is not installed."""
    if find_spec("voila") is None:
        raise UnusableInput(
            "chapters as pages need Voilà, which is not installed.",
            where="playbook lab --voila",
            remedy='Install it with: pip install "player-to-coach[voila]". Or leave --voila out to open JupyterLab.',
        )


def lay_out(share: Path) -> None:
    """Copy the kit's page into `share`, one of the places in which Jupyter looks for templates."""
    template = share / "voila" / "templates" / _TEMPLATE
    template.mkdir(parents=True)
    for source in (files("playbook.lab") / "pages").iterdir():
        (template / source.name).write_bytes(source.read_bytes())


def server_settings(root: Path) -> dict[str, dict[str, Any]]:
    """What the server is told: the kit's page for the chapters in `root`, no traces of errors, no file besides."""
    style = (files("playbook") / "house_style.css").read_text(encoding="utf-8")
    chapters = [
        {"name": file.stem, "address": file.name, "title": _title(file)} for file in sorted(root.glob("*.ipynb"))
    ]
    return {
        "VoilaConfiguration": {
            "template": _TEMPLATE,
            "allow_template_override": "NO",
            "allow_theme_override": "NO",
            "file_allowlist": [],  # Voilà serves files to anybody who can reach the port
            "resources": {"playbook": {"chapters": chapters, "style": style}},
        },
        "MappingKernelManager": {"cull_idle_timeout": _IDLE, "cull_interval": 60},
    }


def keep_inside(server: "ServerApp") -> None:
    """Let the pages ask nobody but this server."""
    server.web_app.settings["mathjax_url"] = _NO_MATHEMATICS


def _title(chapter: Path) -> str:
    about = json.loads(chapter.read_text(encoding="utf-8")).get("metadata", {}).get("playbook", {})
    number, title = chapter.name[:2], str(about.get("title", chapter.stem))
    return f"{number} {title}" if number.isdecimal() and "title" in about else title
