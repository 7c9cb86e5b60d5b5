"""How far a batch is: a bar with counts and the time left on a terminal, plain lines anywhere else."""

import os
import sys
import time
from types import TracebackType
from typing import Any, TextIO

_INDENT = "  "
_SECONDS_BETWEEN_LINES = 15
_BAR = "{n_fmt} of {total_fmt} chapters |{bar}| about {remaining} left{postfix}"
_NARROW, _SHORT = 80, 24  # columns and lines, for a terminal that does not know its size and would show no bar


class Progress:
    """Counts finished chapters; `stream` is where it shows them."""

    def __init__(self, total: int, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._total, self._done, self._last_line_at = total, 0, time.monotonic()
        self._bar = None
        if total and self._stream.isatty():
            from tqdm import tqdm

            self._bar = tqdm(
                total=total, file=self._stream, smoothing=0.1, leave=False, bar_format=_BAR, **_width(self._stream)
            )

    def __enter__(self) -> "Progress":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.close()

    def finished(self, name: str) -> None:
        """One more chapter is finished; `name` says whose."""
        self._done += 1
        if self._bar is not None:
            self._bar.set_postfix_str(name, refresh=False)
            self._bar.update(1)
        elif time.monotonic() - self._last_line_at >= _SECONDS_BETWEEN_LINES or self._done == self._total:
            self._last_line_at = time.monotonic()
            print(f"{_INDENT}{self._done} of {self._total} chapters", file=self._stream, flush=True)

    def say(self, line: str) -> None:
        """A line that stays, beside the bar."""
        if self._bar is not None:
            self._bar.write(line, file=self._stream)
        else:
            print(line, file=self._stream, flush=True)


def _width(stream: TextIO) -> dict[str, Any]:
    """How wide the bar is: as the terminal, or narrow where that is unknown."""
    try:
        size = os.get_terminal_size(stream.fileno())
    except (OSError, ValueError):
        return {"ncols": _NARROW, "nrows": _SHORT}
    return {"dynamic_ncols": True} if size.columns and size.lines else {"ncols": _NARROW, "nrows": _SHORT}
