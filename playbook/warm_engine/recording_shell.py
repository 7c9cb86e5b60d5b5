"""The shell of a notebook kernel, without a kernel: what a cell publishes is handed on as a kernel's messages.

All of it is ipykernel's own (shell, display hook, display publisher), so that what they publish is what they publish
in a kernel; only the session does not write to a socket.
"""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import comm
from comm.base_comm import BaseComm, CommManager
from ipykernel.compiler import XCachingCompiler
from ipykernel.displayhook import ZMQShellDisplayHook
from ipykernel.zmqshell import ZMQDisplayPublisher, ZMQInteractiveShell
from IPython.core.error import StdinNotImplementedError
from jupyter_client.session import Session
from traitlets.config import Config

Message = dict[str, Any]  # as jupyter_client makes them: header, parent_header, msg_type, metadata, content, buffers


class RecordingSession(Session):
    """A session whose messages go to `hand_on`, through JSON as over a socket."""

    hand_on: Callable[[Message], None] = staticmethod(lambda message: None)

    def send(self, stream: Any, msg_or_type: Any, content: Any = None, parent: Any = None, *_: Any, **kw: Any) -> Any:
        """Hand the message on; `stream` and its address are of no use here."""
        message = msg_or_type
        if isinstance(msg_or_type, str):
            message = self.msg(msg_or_type, content=content, parent=parent, metadata=kw.get("metadata"))
        buffers = [bytes(buffer) for buffer in kw.get("buffers") or ()]
        content = self.unpack(self.pack(message["content"]))
        self.hand_on({**message, "content": content, "buffers": buffers})
        return message


def recording_shell() -> ZMQInteractiveShell:
    """A kernel's shell that keeps no history, runs nobody's start-up files and starts no thread.

    It is ipykernel's own class: libraries ask for its name to tell a notebook from a terminal.
    """
    config = Config()
    config.HistoryManager.enabled = False
    session = RecordingSession(key=b"", config=Config())
    shell: ZMQInteractiveShell = ZMQInteractiveShell.instance(config=config, compiler_class=XCachingCompiler)
    publisher, hook = cast(ZMQDisplayPublisher, shell.display_pub), cast(ZMQShellDisplayHook, shell.displayhook)
    shell.kernel = SimpleNamespace(
        session=session, iopub_socket=None, eventloop=None, shell=shell, get_parent=lambda *_: shell.get_parent()
    )
    publisher.session = hook.session = session
    hook.topic = b"execute_result"  # type: ignore[assignment]  # declared as None, set so by a kernel
    comms = CommManager()
    comm.get_comm_manager = lambda: comms
    comm.create_comm = lambda *args, **kw: _RecordingComm(*args, session=session, **kw)
    return shell


def no_keyboard(prompt: object = "") -> str:
    """What `input` does here.

    Raises
    ------
    StdinNotImplementedError : always, as in a kernel whose client has no keyboard.
    """
    raise StdinNotImplementedError("raw_input was called, but this frontend does not support input requests.")


class _RecordingComm(BaseComm):
    """A widget's line to its picture: kept in the notebook, answered by nobody."""

    def __init__(self, *args: Any, session: RecordingSession, **kw: Any) -> None:
        self._session = session
        super().__init__(*args, **kw)

    def publish_msg(
        self, msg_type: str, data: Any = None, metadata: Any = None, buffers: Any = None, **keys: Any
    ) -> None:
        content = dict(data=data or {}, comm_id=self.comm_id, **keys)
        self._session.send(None, msg_type, content, metadata=metadata, buffers=buffers)
