"""The engine that papermill knows as `playbook`: cells run in a child forked from a warm parent, one for each notebook.

Everything else is papermill's and nbclient's own: how messages become outputs, what an error is, what is saved when.
    papermill --engine playbook CHAPTER.ipynb out.ipynb -p team FOLDER
Where the platform cannot fork safely, the notebook runs in an ordinary kernel.
"""

import contextlib
import os
import signal
import time
from typing import TYPE_CHECKING, Any

from ipykernel.ipkernel import IPythonKernel
from nbclient.client import timestamp
from nbclient.exceptions import CellExecutionComplete, CellExecutionError, CellTimeoutError, DeadKernelError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, NotebookExecutionManager
from papermill.log import logger
from papermill.utils import merge_kwargs, remove_args

from playbook.warm_engine.cell_runner import CellSource, Surroundings, run_cells
from playbook.warm_engine.warm_parent import can_fork, warm_context

if TYPE_CHECKING:
    from nbformat import NotebookNode

_GRACE_SECONDS = 5  # what a notebook's process may take to end by itself


class WarmEngine(NBClientEngine):  # type: ignore[misc]  # papermill has no types
    """Runs a notebook's cells in a process forked from a warm parent."""

    @classmethod
    def execute_managed_notebook(  # papermill's own signature
        cls, nb_man: NotebookExecutionManager, kernel_name: str, *, memory: int = 0, **kwargs: Any
    ) -> "NotebookNode":
        """Run the notebook; `memory` is how many bytes its process may take (0: no limit).

        Raises
        ------
        CellTimeoutError : if a cell takes longer than `execution_timeout` seconds.
        DeadKernelError : if the process dies.
        """
        if not can_fork():
            logger.warning(
                "This platform cannot fork safely: the notebook runs in a kernel of its own, which is slower."
            )
            return super().execute_managed_notebook(nb_man, kernel_name, **kwargs)
        client = _WarmClient(nb_man, **_client_arguments(kernel_name, **kwargs))
        return client.execute(memory=memory)


def _client_arguments(
    kernel_name: str,
    *,
    start_timeout: int = 60,
    execution_timeout: int | None = None,
    **kwargs: Any,
) -> dict[str, Any]:
    """What papermill gives nbclient's client for the same call (see papermill.engines.NBClientEngine)."""
    return merge_kwargs(
        remove_args(["input_path", "timeout", "startup_timeout"], **kwargs),
        timeout=execution_timeout if execution_timeout else kwargs.get("timeout"),
        startup_timeout=start_timeout,
        kernel_name=kernel_name,
        log=logger,
    )


class _WarmClient(PapermillNotebookClient):  # type: ignore[misc]  # papermill has no types
    """papermill's client, whose kernel is a forked child at the other end of a pipe."""

    def execute(self, memory: int = 0, **_: Any) -> "NotebookNode":
        self.reset_execution_trackers()
        surroundings = Surroundings(os.getcwd(), dict(os.environ), memory)
        with _Child(surroundings, self.startup_timeout) as self._child:
            self.papermill_execute_cells()
            self.nb.metadata["language_info"] = dict(IPythonKernel.language_info)
            self.set_widgets_metadata()
        return self.nb

    def execute_cell(
        self, cell: "NotebookNode", cell_index: int, execution_count: int | None = None, store_history: bool = True
    ) -> "NotebookNode":
        """Run one cell; its outputs are put into it as nbclient puts them.

        Raises
        ------
        CellExecutionError : if the cell fails and none of its tags allows that.
        """
        tags = cell.metadata.get("tags", [])
        if cell.cell_type != "code" or not cell.source.strip() or self.skip_cells_with_tag in tags:
            return cell
        if self.record_timing:
            cell["metadata"]["execution"] = {}
        cell.outputs = []
        self.clear_before_next_output = False
        timeout = self._get_timeout(cell)
        self._child.send(CellSource(cell.source, cell.get("id")))
        reply = self._answered(cell, cell_index, timeout)
        if self.record_timing:
            cell["metadata"]["execution"]["shell.execute_reply"] = timestamp(reply)
        content = reply["content"]
        cell["execution_count"] = content["execution_count"]
        allowed = self.allow_errors or content.get("ename") in self.allow_error_names or "raises-exception" in tags
        if content["status"] == "error" and (self.force_raise_errors or not allowed):
            raise CellExecutionError.from_cell_and_msg(cell, content)
        return cell

    def _answered(self, cell: "NotebookNode", cell_index: int, timeout: int | None) -> dict[str, Any]:
        """Put the cell's messages into it as they come, and return the last, which says how it ended."""
        until = time.monotonic() + timeout if timeout else None
        while True:
            message = self._child.receive(until)
            if message is None:
                assert timeout is not None
                raise CellTimeoutError.error_from_timeout_and_cell("Cell execution timed out", timeout, cell)
            if message["msg_type"] == "execute_reply":
                return message
            try:
                self.process_message(message, cell, cell_index)
            except CellExecutionComplete:  # what nbclient makes of `idle`; the reply follows
                continue


class _Child:
    """A forked child that runs cells, while the `with` block lasts."""

    def __init__(self, surroundings: Surroundings, startup_timeout: int | None) -> None:
        self._surroundings, self._startup_timeout = surroundings, startup_timeout

    def __enter__(self) -> "_Child":
        context = warm_context()
        self._line, its_end = context.Pipe()
        self._process = context.Process(target=run_cells, args=(self._surroundings, its_end))
        self._process.start()
        its_end.close()
        try:
            ready = self.receive(time.monotonic() + self._startup_timeout if self._startup_timeout else None)
        except BaseException:
            self._end(kill=True)
            raise
        if ready is None:
            self._end(kill=True)
            raise DeadKernelError("The process for the notebook did not start in time.")
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        self._end(kill=kind is not None)

    def send(self, cell: CellSource) -> None:
        """Have a cell run.

        Raises
        ------
        DeadKernelError : if the process is dead.
        """
        try:
            self._line.send(cell)
        except OSError as gone:
            raise DeadKernelError("Kernel died") from gone

    def receive(self, until: float | None) -> dict[str, Any] | None:
        """The next message, or None if there is none by then (in the clock of time.monotonic).

        Raises
        ------
        DeadKernelError : if the process is dead.
        """
        try:
            if until is not None and not self._line.poll(max(0.0, until - time.monotonic())):
                return None
            message: dict[str, Any] = self._line.recv()
        except (EOFError, OSError) as gone:
            raise DeadKernelError("Kernel died") from gone
        return message

    def _end(self, *, kill: bool) -> None:
        """Let it end, or end it; with it all that its cells started."""
        if not kill:
            with contextlib.suppress(OSError):
                self._line.send(None)
            self._process.join(_GRACE_SECONDS)
        self._line.close()
        try:
            os.killpg(self._process.pid or 0, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            if self._process.is_alive():
                self._process.kill()
        self._process.join()
        self._process.close()
