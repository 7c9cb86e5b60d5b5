"""The house stands as design and CONTRIBUTING say: who may import whom, no circles, doors that hold nothing.

Read from the code itself. A new room gets a line in MAY_IMPORT.
"""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.scripts.requirements_files import ROOT

PACKAGE = ROOT / "playbook"
# Open to all, and to nothing but itself.
GROUND_FLOOR = {
    "circumstances",
    "errors",
    "escaping",
    "wording",
    "atomic",
    "alone",
    "scratch",
    "stray_days",
    "workbook",
    "members",
