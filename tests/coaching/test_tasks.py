from playbook.coaching.tasks import TASKS


def test_there_are_fourteen_tasks_in_order_each_with_a_behaviour_of_its_own():
    assert [task.number for task in TASKS] == list(range(1, 15))
    assert len({task.seen for task in TASKS}) == len({task.why_first for task in TASKS}) == 14
    assert len({task.behaviour for task in TASKS}) == len({task.title for task in TASKS}) == 14


def test_a_behaviour_is_something_done_not_a_trait_or_a_feeling():
    traits = ("am ", "was ", "felt ", "feel ", "believe ", "understand ", "know ")
    assert not [task for task in TASKS if task.behaviour.startswith(traits) or task.seen.startswith(traits)]


def test_what_others_tick_speaks_of_nobody_in_the_first_person():
    assert not [task for task in TASKS if {"I", "my", "mine", "we", "our"} & set(task.seen.split())]
