"""The guide of a workbook, and the workbook's own page, for those who read the chapters as pages.

They are files of the folder that is served, shown to whoever holds the key; Jupyter's own way of showing them locks
them into a frame in which no link works.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from playbook.workbook import GUIDE_PAGE, PAGE

if TYPE_CHECKING:
    from jupyter_server.serverapp import ServerApp

PAGES = (GUIDE_PAGE, PAGE)
ADDRESS = "/playbook/"


def handlers(server: "ServerApp") -> list[tuple[str, type, dict[str, Any]]]:
    """What answers for the pages; nothing else of the folder is given out."""
    from jupyter_server.base.handlers import JupyterHandler
    from jupyter_server.utils import url_path_join
    from tornado.web import HTTPError, authenticated

    class PageHandler(JupyterHandler):
        """One of the pages, as it lies in the folder."""

        def initialize(self, folder: Path) -> None:
            """`folder` is the one that is served."""
            self._folder = folder

        @authenticated
        def get(self, name: str) -> None:
            """Write the page, or say that there is none."""
            page = self._folder / name
            if not page.is_file():
                raise HTTPError(404, "There is no such page in this folder.")
            self.set_header("Content-Type", "text/html; charset=utf-8")
            self.finish(page.read_bytes())

    names = "|".join(name.replace(".", r"\.") for name in PAGES)
    address = url_path_join(server.base_url, ADDRESS, f"({names})")
    return [(address, PageHandler, {"folder": Path(server.root_dir)})]
