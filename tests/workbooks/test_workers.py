"""Work side by side: every task is answered once, and a process that dies takes nobody's work along."""

import os
import sys
import time
from pathlib import Path

import pytest

from playbook.workbooks.workers import ProcessDied, Workers


def double(n):
    return 2 * n


def fails(n):
    raise ValueError(f"no {n}")


def dies(n):
    os._exit(9)


def dies_once(place):
    mark = Path(place)
    if not mark.exists():
        mark.touch()
        os._exit(9)
    return "done"


def slow(n):
    time.sleep(0.2)
    return n


def where_jupyter_keeps_things(_):
    return os.environ["JUPYTER_CONFIG_DIR"], os.environ["IPYTHONDIR"]


def answers(workers):
    answers_by_task = {}
    while workers.unfinished:
        for task, answer in workers.finished():
            assert task not in answers_by_task
            answers_by_task[task] = answer
    return answers_by_task


def run(scratch, *given, jobs=2):
    with Workers(jobs, scratch) as workers:
        for work, task in given:
            workers.submit(work, task)
        return answers(workers)


def test_every_task_is_answered_once_and_an_error_is_an_answer(tmp_path):
    answers_by_task = run(tmp_path, *[(double, n) for n in range(6)], (fails, "bread"))
    assert {n: answers_by_task[n] for n in range(6)} == {n: 2 * n for n in range(6)}
    assert str(answers_by_task["bread"]) == "no bread"


def test_a_task_whose_process_dies_is_told_and_its_neighbours_are_done(tmp_path):
    answers_by_task = run(tmp_path, (slow, 1), (dies, "deadly"), (slow, 2), (slow, 3))
    assert isinstance(answers_by_task["deadly"], ProcessDied)
    assert [answers_by_task[n] for n in (1, 2, 3)] == [1, 2, 3]


def test_one_that_died_by_a_neighbours_fault_gets_a_second_try(tmp_path):
    place = str(tmp_path / "mark")
    assert run(tmp_path, (dies_once, place), jobs=1) == {place: "done"}


def test_what_is_given_first_does_not_wait_behind_the_rest(tmp_path):
    order = []
    with Workers(1, tmp_path) as workers:
        for n in (1, 2, 3):
            workers.submit(double, n)
        workers.submit(double, "first ", first=True)
        while workers.unfinished:
            order += [task for task, _ in workers.finished()]
    assert order.index("first ") < order.index(3)


def test_no_process_uses_the_users_own_jupyter(tmp_path):
    answers_by_task = run(tmp_path, (where_jupyter_keeps_things, 0), jobs=1)
    assert all(place.startswith(str(tmp_path)) for place in answers_by_task[0])


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="no /proc on this machine")
def test_when_the_batch_fails_its_processes_end(tmp_path):
    with pytest.raises(KeyError), Workers(2, tmp_path) as workers:
        for n in range(4):
            workers.submit(slow, n)
        children = [p.pid for p in workers._pool._processes.values()]
        raise KeyError("the batch met an error")
    assert children and not [pid for pid in children if Path(f"/proc/{pid}").is_dir()]
    assert sys.platform.startswith("linux")
