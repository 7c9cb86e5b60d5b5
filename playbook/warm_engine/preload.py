"""What the warm parent holds before its first fork. Importing this module is what makes a process warm.

Only the warm parent imports it: it builds the shell that notebooks run in, draws one throw-away picture (fonts, text,
dates and scales are set up at the first), and puts what is loaded out of the garbage collector's reach, so that the
children share its memory.
"""

import gc
import importlib
import io
import signal
import sys
from datetime import date

from playbook.jupyter_imports import leave_out_grammar
from playbook.warm_engine.recording_shell import recording_shell

leave_out_grammar()
signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the asker's to answer, also while this still loads
# The shell comes before pandas and pyplot: both ask, when they are imported, whether a cell imports them.
SHELL = recording_shell()
# Where modules are looked for: as in a kernel, the notebook's folder comes after the standard library.
PATH = [place for place in sys.path if place]
PATH.insert(next((n for n, place in enumerate(PATH) if "-packages" in place), len(PATH)), "")
_MODULES = (
    "pandas",
    "pyarrow.parquet",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_agg",
    "matplotlib_inline.backend_inline",
    "IPython.display",
    "ipywidgets",
    "nbformat",
    "papermill",
    "nbconvert.exporters",
)


def _load() -> None:
    with SHELL.builtin_trap:
        for module in _MODULES:
            importlib.import_module(module)


def _draw_once() -> None:
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    figure = Figure(layout="constrained")
    FigureCanvasSVG(figure)
    left, right = figure.subplots(1, 2)
    left.plot([date(2025, 1, 1), date(2025, 6, 1)], [1, 2], label="words")
    left.set_title("Words, 0123456789 %")
    left.legend()
    right.scatter([1, 2], [10, 1000])
    right.set_yscale("log")
    figure.savefig(io.BytesIO(), format="svg")


_load()
_draw_once()
gc.collect()
gc.freeze()
