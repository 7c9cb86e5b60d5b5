"""The forked engine against papermill's own: the same cells, outputs, counts and metadata, also where cells fail."""

import contextlib
import re
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from papermill.exceptions import PapermillExecutionError

KERNELSPEC = {"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}}
CELLS = {
    "a value": "1 + 1",
    "a value of several kinds": "class Both:\n    def _repr_html_(self): return '<b>1</b>'\n"
    "    def _repr_mimebundle_(self, **_): return {'text/latex': '$1$'}\nBoth()",
    "the value before": "_",
    "nothing to say": "x = 3",
    "printed": "print('one'); print('two')",
    "printed to both": "import sys\nprint('out'); print('err', file=sys.stderr); print('out again')",
    "printed around a display": "from IPython.display import display\nprint('before'); display(7); print('after')",
    "a display that is updated": "handle = display(1, display_id='one'); handle.update(2)",
    "a display of an earlier cell updated": "handle.update(3)",
    "cleared": "from IPython.display import clear_output\nprint('gone'); clear_output(); print('stays')",
    "cleared once something follows": "print('gone'); clear_output(wait=True); print('stays')",
    "cleared and nothing follows": "print('stays'); clear_output(wait=True)",
    "by a program": "!echo from a program",
    "by the C library": "import os\n_ = os.write(1, b'from below\\n')",
    "a frame": "import pandas as pd\npd.DataFrame({'a': [1.5], 'b': ['x']})",
    "a wide frame is cut as in a notebook": "pd.DataFrame([range(40)])",
    "pandas believes itself in a notebook": "pd.get_option('display.max_columns')",
    "a picture": "import matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.show()",
    "a picture that nobody shows": "_ = plt.figure(figsize=(1, 1)).add_subplot()",
    "a picture in bytes": "from IPython.display import Image\nimport io\nfile = io.BytesIO()\n"
    "plt.figure(figsize=(1, 1)).savefig(file); plt.close()\nImage(file.getvalue())",
    "a magic": "%lsmagic\n%precision 2\n3.14159",
    "HTML by a magic": "%%html\n<p>words</p>",
    "awaited": "import asyncio\nawait asyncio.sleep(0, result='waited')",
    "an error": "1 / 0",
    "an error in a function": "def f():\n    raise KeyError('k')\nf()",
    "an error of a chain": "try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    raise ValueError('words') from e",
    "no Python": "for in",
    "an error while it is shown": "class Bad:\n    def __repr__(self): raise ValueError('no words')\nBad()",
    "leaves": "import sys\nsys.exit(3)",
    "a warning": "import warnings\nwarnings.warn('mind')",
    "not to be run": "raise RuntimeError('skipped')",
    "odd characters": "print('é \\u2028 🙂 \\x1b[31mred')",
    "what JSON does not know": "from datetime import UTC, datetime\n"
    "display({'application/json': {'day': datetime(2025, 1, 2, tzinfo=UTC), 'pair': (1, 2)}}, raw=True)",
    "the folder": "os.getcwd() == os.path.abspath('') and sys.path[0]",
    "who it is": "__name__",
    "what asks for a kernel's shell": "'ZMQInteractiveShell' in [c.__name__ for c in type(get_ipython()).__mro__]",
}
FAILING = {name for name in CELLS if name.startswith("an error")} | {"no Python", "leaves"}


def notebook(cells: dict[str, str]) -> nbformat.NotebookNode:
    made = [new_markdown_cell("# Words", id="words"), new_code_cell("", id="empty")]
    for number, (name, source) in enumerate(cells.items()):
        tags = ["raises-exception"] if name in FAILING else ["skip-execution"] if name == "not to be run" else []
        made.append(new_code_cell(source, id=f"cell-{number}", metadata={"tags": tags, "name": name}))
    return new_notebook(cells=made, metadata=KERNELSPEC)


def run(cells: nbformat.NotebookNode, engine: str | None, folder: Path, **options: Any) -> nbformat.NotebookNode:
    """The notebook as papermill wrote it; papermill raises an error also where a cell's tag allows it."""
    out = folder / f"{engine}.ipynb"
    with contextlib.suppress(PapermillExecutionError):
        papermill.execute_notebook(
            cells, str(out), engine_name=engine, kernel_name="python3", progress_bar=False, cwd=folder, **options
        )
    ran = nbformat.read(out, as_version=4)
    ran.cells = [cell for cell in ran.cells if "papermill-error-cell-tag" not in cell.metadata.get("tags", [])]
    return ran


def settled(value: Any) -> Any:
    """Without what differs from run to run: moments, durations, addresses, ids of processes."""
    if isinstance(value, dict):
        moments = {"start_time", "end_time", "duration", "input_path", "output_path", "execution", "widgets"}
        return {key: settled(below) for key, below in value.items() if key not in moments}
    if isinstance(value, list):
        return [settled(below) for below in value]
    if isinstance(value, str):
        value = re.sub(r"0x[0-9a-f]+|/tmp/ipykernel_\d+/\d+\.py|ipykernel_\d+|model_id.: .\w+", "…", value)
    return value


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    folder = tmp_path_factory.mktemp("folder")
    with pytest.MonkeyPatch.context() as patched:
        patched.delenv("PYTEST_CURRENT_TEST", raising=False)  # where it is set, a kernel does not look below Python
        return tuple(run(notebook(CELLS), engine, folder) for engine in ("playbook", None))


@pytest.mark.parametrize("name", CELLS)
def test_a_cell_gives_what_it_gives_in_a_kernel(both, name):
    ours, kernels = (next(c for c in nb.cells if c.metadata.get("name") == name) for nb in both)
    assert settled(ours) == settled(kernels)


def test_a_notebook_keeps_the_metadata_that_papermill_gives(both):
    ours, kernels = both
    assert settled(ours.metadata) == settled(kernels.metadata)
    assert [set(cell.metadata.get("execution", {})) for cell in ours.cells] == [
        set(cell.metadata.get("execution", {})) for cell in kernels.cells
    ]


def test_a_widgets_state_is_kept_as_nbclient_keeps_it(tmp_path):
    cells = {"widgets": "import ipywidgets\nbox = ipywidgets.IntText(value=3, description='n')\nbox.value = 4\nbox"}
    states = []
    for engine in ("playbook", None):
        ran = run(notebook(cells), engine, tmp_path)
        state = ran.metadata.widgets["application/vnd.jupyter.widget-state+json"]["state"]
        states.append(sorted((m["model_name"], m["state"].get("value")) for m in state.values()))
    assert states[0] == states[1] and ("IntTextModel", 4) in states[0]


def test_a_cell_that_asks_is_told_that_nobody_is_there(tmp_path):
    asks = notebook({"asks": "input('who? ')"})
    ours, kernels = (run(asks, engine, tmp_path).cells[-1].outputs[-1] for engine in ("playbook", None))
    assert (ours.ename, ours.evalue) == (kernels.ename, kernels.evalue)


def test_a_failing_cell_ends_the_run_and_what_follows_stays_pending(tmp_path):
    cells = {"first": "1", "fails": "1 / 0", "never": "2"}
    ours, kernels = (run(notebook(cells), engine, tmp_path) for engine in ("playbook", None))
    assert settled(ours.cells) == settled(kernels.cells)
    assert [cell.metadata.papermill.status for cell in ours.cells[2:]] == ["completed", "failed", "pending"]


def test_a_cell_that_hangs_is_stopped_with_all_that_it_started(tmp_path):
    hangs = "import subprocess, os\np = subprocess.Popen(['sleep', '600'])\n"
    hangs += "open('pids', 'w').write(f'{os.getpid()} {p.pid}')\nwhile True: pass"
    with pytest.raises(CellTimeoutError):
        run(notebook({"hangs": hangs}), "playbook", tmp_path, execution_timeout=1)
    assert not [pid for pid in (tmp_path / "pids").read_text().split() if _lives(int(pid))]


def test_a_process_that_dies_is_told_as_a_dead_kernel(tmp_path):
    with pytest.raises(DeadKernelError):
        run(notebook({"dies": "import os\nos._exit(9)"}), "playbook", tmp_path)


def test_what_takes_more_memory_than_allowed_fails_in_its_cell(tmp_path):
    ran = run(notebook({"takes": "b'x' * 8_000_000_000"}), "playbook", tmp_path, memory=4_000_000_000)
    assert ran.cells[-1].outputs[-1]["ename"] == "MemoryError"


def _lives(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
