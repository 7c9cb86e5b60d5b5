"""What a cell prints, as a kernel's messages: through Python, and by C code or programs that write to the process."""

import codecs
import io
import os
import sys
import tempfile

from ipykernel.zmqshell import ZMQInteractiveShell


class CapturedStream(io.TextIOBase):
    """Standard output or error: what is printed is one message when it is flushed, as ipykernel buffers it.

    The process's own descriptor writes to a file without a name, whose new content goes before what is buffered.
    """

    encoding = "utf-8"
    errors = "replace"

    def __init__(self, name: str, descriptor: int, shell: ZMQInteractiveShell) -> None:
        self.name, self._descriptor, self._shell = name, descriptor, shell
        self._buffer: list[str] = []
        self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 (as long as the process)
        self._read_to = 0
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        os.dup2(self._file.fileno(), descriptor)

    def writable(self) -> bool:
        """It is."""
        return True

    def isatty(self) -> bool:
        """Nobody sits at it."""
        return False

    def fileno(self) -> int:
        """The process's own descriptor, for programs that a cell starts."""
        return self._descriptor

    def write(self, text: str) -> int:
        """Buffer `text`.

        Raises
        ------
        TypeError : if it is no text.
        """
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        self._take_from_descriptor()
        if text:
            self._buffer.append(text)
        return len(text)

    def flush(self) -> None:
        """Publish what was printed since the last time."""
        self._take_from_descriptor()
        text = "".join(self._buffer)
        self._buffer.clear()
        if text:
            self._shell.kernel.session.send(
                None, "stream", {"name": self.name, "text": text}, parent=self._shell.get_parent()
            )

    def _take_from_descriptor(self) -> None:
        end = os.fstat(self._file.fileno()).st_size
        if end > self._read_to:
            written = os.pread(self._file.fileno(), end - self._read_to, self._read_to)
            self._read_to = end
            self._buffer.append(self._decoder.decode(written))


def capture(shell: ZMQInteractiveShell) -> None:
    """Publish from now on what this process prints; for a process that runs cells and then ends."""
    sys.stdout = CapturedStream("stdout", 1, shell)
    sys.stderr = CapturedStream("stderr", 2, shell)
