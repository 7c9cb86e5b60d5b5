"""Nothing of a notebook goes on to the next, and the warm parent stays fit to be forked."""

import json
import os
import subprocess
import sys
import time

import papermill
import pytest
from nbformat.v4 import new_code_cell, new_notebook

KERNELSPEC = {"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}}
SETTINGS = "import sys, os, pandas, matplotlib, matplotlib.pyplot as plt\n"
FILES = "[os.readlink(f.path) for f in os.scandir('/proc/self/fd') if os.path.exists(f.path)]"
LEAVES = {  # what a notebook leaves, and how the next would see it
    "a name": ("secret = 1", "'secret' in globals()"),
    "a module's content": ("sys.secret = 1", "hasattr(sys, 'secret')"),
    "a library's setting": ("pandas.set_option('display.max_rows', 7)", "pandas.get_option('display.max_rows') == 7"),
    "a figure": ("plt.figure()", "bool(plt.get_fignums())"),
    "how figures look": ("plt.rcParams['font.size'] = 3", "plt.rcParams['font.size'] == 3"),
    "the environment": ("os.environ['SECRET'] = '1'", "'SECRET' in os.environ"),
    "the folder": ("os.chdir('/')", "os.getcwd() == '/'"),
    "an open file": ("file = open('secret.txt', 'w')", f"any('secret.txt' in name for name in {FILES})"),
    "a limit": ("sys.setrecursionlimit(77777)", "sys.getrecursionlimit() == 77777"),
}


def values(folder, *sources, **options):
    """What the last cell of a notebook shows."""
    cells = [new_code_cell(source) for source in sources]
    ran = papermill.execute_notebook(
        new_notebook(cells=cells, metadata=KERNELSPEC),
        None,
        engine_name="playbook",
        kernel_name="python3",
        progress_bar=False,
        cwd=folder,
        **options,
    )
    return [output["data"]["text/plain"] for output in ran.cells[-1].outputs if "data" in output]


@pytest.mark.parametrize("what", LEAVES)
def test_what_a_notebook_leaves_is_not_met_by_the_next(tmp_path, what):
    leave, is_there = LEAVES[what]
    assert values(tmp_path, SETTINGS + f"{leave}\n{is_there}")[0] == "True"
    assert values(tmp_path, SETTINGS + is_there) == ["False"]


def test_two_notebooks_do_not_draw_the_same_random_numbers(tmp_path):
    draw = "import random, numpy; (random.random(), float(numpy.random.random()))"
    (first,), (second,) = values(tmp_path, draw), values(tmp_path, draw)
    assert not set(first.strip("()").split(", ")) & set(second.strip("()").split(", "))


def test_the_environment_is_that_of_the_moment(tmp_path, monkeypatch):
    monkeypatch.setenv("PLAYBOOK_TEST_NOW", "later")
    assert values(tmp_path, "import os; os.environ['PLAYBOOK_TEST_NOW']") == ["'later'"]


def test_the_parent_has_one_thread_when_it_forks(tmp_path):
    assert values(tmp_path, "import os; len(os.listdir(f'/proc/{os.getppid()}/task'))") == ["1"]


def test_a_notebook_ends_when_the_process_that_asked_is_killed(tmp_path):
    asker = f"import sys; sys.path[:0] = {sys.path!r}\n"
    asker += "from tests.warm_engine.test_isolation import values\n"
    asker += 'values(\'.\', \'import os; open("pid", "w").write(str(os.getpid())); __import__("time").sleep(600)\')'
    process = subprocess.Popen([sys.executable, "-c", asker], cwd=tmp_path)
    pid = _wait_for(lambda: (tmp_path / "pid").read_text() if (tmp_path / "pid").exists() else "", seconds=300)
    assert pid
    process.kill()
    process.wait()
    assert _wait_for(lambda: not os.path.exists(f"/proc/{pid}"), seconds=20)


def test_papermill_knows_the_engine_by_its_name(tmp_path):
    cells = [new_code_cell("team = ''", metadata={"tags": ["parameters"]}), new_code_cell("print(team)")]
    source = tmp_path / "chapter.ipynb"
    source.write_text(json.dumps(new_notebook(cells=cells, metadata=KERNELSPEC)), encoding="utf-8")
    run = [sys.executable, "-m", "papermill", "--engine", "playbook", "--no-progress-bar", str(source)]
    subprocess.run([*run, str(tmp_path / "out.ipynb"), "-p", "team", "ours"], check=True)
    ran = json.loads((tmp_path / "out.ipynb").read_text(encoding="utf-8"))
    assert "ours\n" in str(ran["cells"][-1]["outputs"][0]["text"][0])


def _wait_for(answer, seconds):
    until = time.monotonic() + seconds
    while not (value := answer()) and time.monotonic() < until:
        time.sleep(0.05)
    return value
