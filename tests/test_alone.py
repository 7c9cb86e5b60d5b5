"""Only one process at a time."""

import subprocess
import sys

from playbook.alone import holds_alone

TRY = """
import sys
from playbook.alone import holds_alone
lock = open(sys.argv[1], "a")
sys.exit(0 if holds_alone(lock.fileno()) else 3)
"""


def test_a_second_process_is_refused_until_the_first_lets_go(tmp_path):
    lock = tmp_path / "lock"
    with lock.open("a") as held:
        assert holds_alone(held.fileno())
        assert subprocess.run([sys.executable, "-c", TRY, str(lock)]).returncode == 3
    assert subprocess.run([sys.executable, "-c", TRY, str(lock)]).returncode == 0
