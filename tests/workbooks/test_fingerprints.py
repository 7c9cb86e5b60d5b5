"""What a chapter was made from includes all that its sentences name."""

from playbook.workbooks import fingerprints


def test_chapters_under_other_numbers_are_other_code(monkeypatch):
    before = fingerprints.of_code.__wrapped__()
    assert fingerprints.of_code.__wrapped__() == before
    monkeypatch.setattr(fingerprints, "numbers", lambda: {"each_rep": "06"})
    assert fingerprints.of_code.__wrapped__() != before
