"""Drive a real JupyterLab in a real Chromium, as a person does: open, run, read, click.

with serving(folder) as address, JupyterLab(chromium, address) as lab:
    lab.open("01_your_new_role.ipynb")
    lab.run_all()
    assert not lab.errors()
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

import psutil
from playwright.sync_api import Browser, Locator, Page, expect

START = """
import sys
from pathlib import Path
from playbook.lab.launch import open_lab
workbook, voila = (Path(sys.argv[1]) if sys.argv[1:] else None), "--voila" in sys.argv
sys.exit(open_lab(workbook, voila=voila, port=0, browser=False, allow_root=True))
"""
SECONDS = 60


@contextmanager
def serving(workbook: Path | None = None, *, home: Path | None = None, voila: bool = False) -> Iterator[str]:
    """The address that `playbook lab [--voila] [WORKBOOK]` would open; stopped with Ctrl+C at the end."""
    argv = [sys.executable, "-c", START, *([str(workbook)] if workbook else []), *(["--voila"] if voila else [])]
    environment = os.environ | ({"HOME": str(home), "XDG_DATA_HOME": str(home / "share")} if home else {})
    server = subprocess.Popen(argv, stdout=subprocess.PIPE, env=environment, text=True, cwd=home)
    try:
        for line in server.stdout:
            if address := re.search(r"http://\S+", line):
                yield address[0]
                break
        else:
            raise AssertionError(f"JupyterLab did not start; status {server.wait()}")
    finally:
        server.send_signal(2)
        server.wait(timeout=SECONDS)


def kill_kernels() -> None:
    """kill -9 for the kernels of the JupyterLabs that this process serves."""
    kernels = [process for process in psutil.Process().children(recursive=True) if _is_kernel(process)]
    assert kernels
    for kernel in kernels:
        kernel.kill()


def _is_kernel(process: psutil.Process) -> bool:
    try:
        return "ipykernel_launcher" in process.cmdline()
    except psutil.Error:  # it ended a moment ago
        return False


class JupyterLab:
    """One browser window on a served JupyterLab. `outside` lists every request that left this machine."""

    def __init__(self, chromium: Browser, address: str) -> None:
        self.address = urlsplit(address)
        self.token = self.address.query
        self.outside: list[str] = []
        self.context = chromium.new_context(viewport={"width": 1280, "height": 900})
        self.context.set_default_timeout(SECONDS * 1000)
        self.context.on("request", lambda request: self._note(request.url))
        self.page: Page = self.context.new_page()
        self.page.on("websocket", lambda socket: self._note(socket.url))

    def _note(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob") and parts.hostname != self.address.hostname:
            self.outside.append(url)

    def __enter__(self) -> "JupyterLab":
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()

    @property
    def notebook(self) -> Locator:
        """The notebook in front; others that are open lie behind it."""
        return self.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")

    def open_printed_address(self) -> None:
        """Open the address that `playbook lab` prints."""
        self._go(self.address.geturl())

    def open_page(self) -> None:
        """Open the address of a chapter that Voilà fills in, and wait until its forms are there."""
        self.page.goto(self.address.geturl())
        self.page.locator(".ptc-form").first.wait_for()

    def open(self, path: str) -> None:
        """Open one file by its path under the served folder, and wait for its kernel if it is a notebook."""
        self._go(f"{self.address.scheme}://{self.address.netloc}/lab/tree/{quote(path)}?reset&{self.token}")
        if path.endswith(".ipynb"):
            self.wait_until_idle()

    def click_in_browser(self, name: str) -> None:
        """Click a folder or a file in the list on the left; a notebook comes to the front with its kernel."""
        self.page.locator(".jp-DirListing-item").filter(has_text=re.compile(rf"^\s*{re.escape(name)}\s*$")).click()
        if name.endswith(".ipynb"):
            self.page.locator(".jp-DirListing-item.jp-mod-running", has_text=name).wait_for()
            self.page.locator(".jp-NotebookPanel-toolbar:visible").wait_for()
            self.wait_until_idle()

    def _go(self, url: str) -> None:
        self.page.goto(url)
        self.page.locator("#jupyterlab-splash").wait_for(state="detached")

    def wait_until_idle(self) -> None:
        """Wait until the kernel rests. The status bar is asked as well: the indicator alone says so too early."""
        self.notebook.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').wait_for(state="attached")
        self.page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()

    def menu(self, name: str, command: str) -> None:
        """Choose a command from a menu of the menu bar; by command id, as names carry their shortcuts."""
        self.page.get_by_role("menuitem", name=name, exact=True).click()
        self.page.locator(f'.lm-Menu-item[data-command="{command}"]').click()

    def run_all(self) -> None:
        """Run > Run All Cells, and wait until the page is filled in or a cell failed."""
        self.menu("Run", "runmenu:run-all")
        self._wait_until_run()

    def press(self, button: str) -> None:
        """Press a button above the open notebook by the words on it."""
        self.notebook.locator(".jp-NotebookPanel-toolbar").get_by_text(button, exact=True).click()

    def fill_in(self) -> None:
        """Press the button that runs every cell, and wait as `run_all` does."""
        self.press("Fill in this page")
        self._wait_until_run()

    def _wait_until_run(self) -> None:
        """Wait for busy, then for idle. A run too short to be seen busy is known by the count it leaves."""
        indicator, over = self.notebook.locator(".jp-Notebook-ExecutionIndicator"), r"Idle"
        try:
            expect(indicator).to_have_attribute("data-status", "busy", timeout=3000)
        except AssertionError:
            over = r"Idle\s+Executed \d+ cell"
        expect(indicator).to_have_text(re.compile(over), timeout=SECONDS * 1000)

    def save(self) -> None:
        """File > Save."""
        self.menu("File", "docmanager:save")

    def errors(self) -> list[str]:
        """The text of every error and of everything printed on the error stream in the open notebook."""
        mimes = ("application/vnd.jupyter.error", "application/vnd.jupyter.stderr")
        return [
            text for mime in mimes for text in self.notebook.locator(f'[data-mime-type="{mime}"]').all_inner_texts()
        ]

    def outputs(self) -> list[str]:
        """The visible text of every output of the open notebook, in order."""
        return self.notebook.locator(".jp-OutputArea-output").all_inner_texts()

    def code_seen(self) -> list[str]:
        """The text of every code editor that a person sees in the open notebook."""
        editors = self.notebook.locator(".jp-CodeCell .cm-content").all()
        return [editor.inner_text() for editor in editors if editor.is_visible()]
