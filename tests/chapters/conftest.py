"""Pictures of the chapters are left undrawn, unless a test asks to have them drawn: they cost half of the time."""

import pytest

from playbook import display


@pytest.fixture(autouse=True)
def undrawn(request, monkeypatch):
    """No picture's points are worked out; its title, its alternative text and its place on the page stay."""
    if "drawn" not in request.fixturenames:
        monkeypatch.setattr(display, "_drawn", lambda picture: ("", ""))


@pytest.fixture
def drawn():
    """For tests of pictures as they are drawn."""
