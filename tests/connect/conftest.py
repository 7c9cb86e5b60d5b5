"""No test here waits before it asks again."""

import pytest


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch):
    monkeypatch.setattr("playbook.connect.patience._PAUSE", 0)
