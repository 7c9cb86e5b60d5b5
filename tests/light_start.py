"""A plugin of pytest that spares each process of the suite what it would do for nothing (pyproject.toml names it).

Tests and what they import are hundreds of thousands of objects that stay to the end. Python's search for objects that
nobody needs any more would go through all of them again and again: a tenth of the whole suite's time.
"""

import gc

import pytest

from playbook.jupyter_imports import leave_out_grammar

NEW_OBJECTS = 10_000  # after how many more of them Python looks among the new ones; its own 700 suits small programs

leave_out_grammar()  # before the plugin that runs notebooks, which reads it in


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection():
    """Look for no objects to be forgotten while tests are collected, and never again among what is there then."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(NEW_OBJECTS, *gc.get_threshold()[1:])
        gc.enable()
