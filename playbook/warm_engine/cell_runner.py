"""The forked child that runs a notebook's cells and hands each message on to the process that asked."""

import builtins
import os
import random
import signal
import sys
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from playbook.warm_engine.parent_watch import end_with_parent
from playbook.warm_engine.warm_parent import FIXED_ENVIRONMENT

if TYPE_CHECKING:
    from ipykernel.zmqshell import ZMQInteractiveShell


@dataclass(frozen=True)
class Surroundings:
    """Where a notebook's cells run: folder, environment, and at most how many bytes of memory (0: no limit)."""

    folder: str
    environment: dict[str, str]
    memory: int = 0


@dataclass(frozen=True)
class CellSource:
    """A cell that is to be run."""

    source: str
    cell_id: str | None


def run_cells(surroundings: Surroundings, line: Connection) -> None:
    """Run each CellSource that comes over `line` and answer with its messages, until None comes.

    A cell's last two messages are the status `idle` and, as a kernel's shell channel would say it, `execute_reply`.
    """
    os.setpgid(0, 0)  # so that it can be ended with all the programs that its cells start
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the asker's to answer
    end_with_parent()
    _take_up(surroundings)
    # Whatever is loaded from here on was loaded before the fork, but where the parent is another one.
    from playbook.warm_engine.captured_streams import capture
    from playbook.warm_engine.preload import PATH, SHELL
    from playbook.warm_engine.recording_shell import no_keyboard

    SHELL.kernel.session.hand_on = line.send
    builtins.input = no_keyboard
    sys.path[:] = PATH
    sys.argv[:] = [""]
    capture(SHELL)
    line.send({"msg_type": "ready"})
    while (cell := line.recv()) is not None:
        _run(SHELL, cell)


def _take_up(surroundings: Surroundings) -> None:
    """Take up the asker's folder and environment, and leave behind what the warm parent passes on."""
    os.environ.clear()
    os.environ.update({**surroundings.environment, **FIXED_ENVIRONMENT})
    os.chdir(surroundings.folder)
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
    if surroundings.memory:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (surroundings.memory, surroundings.memory))


def _run(shell: "ZMQInteractiveShell", cell: CellSource) -> None:
    """Run one cell as ipykernel's do_execute does, and publish what it publishes."""
    session = shell.kernel.session
    request = session.msg("execute_request", {"code": cell.source})
    shell.set_parent(request)
    parent = request["header"]

    def publish(kind: str, content: dict[str, Any]) -> None:
        session.send(None, kind, content, parent=parent)

    publish("status", {"execution_state": "busy"})
    publish("execute_input", {"code": cell.source, "execution_count": shell.execution_count})
    result = shell.run_cell(cell.source, store_history=True, cell_id=cell.cell_id)
    sys.stdout.flush()
    sys.stderr.flush()
    publish("status", {"execution_state": "idle"})
    publish("execute_reply", _reply(shell, result))


def _reply(shell: "ZMQInteractiveShell", result: Any) -> dict[str, Any]:
    count = shell.execution_count - 1
    if result.success and not getattr(shell, "_last_traceback_during_displayhook", False):
        return {"status": "ok", "execution_count": count}
    error = result.error_before_exec if result.error_before_exec is not None else result.error_in_exec
    return {
        "status": "error",
        "execution_count": count,
        "ename": type(error).__name__,
        "evalue": str(error),
        "traceback": shell._last_traceback or [],
    }
