"""What a server does for the kit's notebooks: it saves the sheet of a form, never its widget.

`playbook lab` has it. Any other server of Jupyter gets it by the setting
`ServerApp.jpserver_extensions = {"playbook.lab.served": True}`, as a company's JupyterHub does (docs/jupyterhub.md).
"""

from typing import TYPE_CHECKING

from playbook.lab.guide_pages import handlers
from playbook.lab.paper import save_paper_only

if TYPE_CHECKING:
    from jupyter_server.serverapp import ServerApp

EXTENSION = "playbook.lab.served"


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": EXTENSION}]


def _load_jupyter_server_extension(server: "ServerApp") -> None:
    server.contents_manager.register_pre_save_hook(save_paper_only)
    server.web_app.add_handlers(".*$", handlers(server))
