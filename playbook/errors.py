"""What a person is told when something is wrong: where it is, what it is, and what to do about it.

Doubt is not an error: "too little data" is an answer, and has a verdict of its own.
"""

from playbook.escaping import file_label


class PlaybookError(Exception):
    """Something that the reader can mend. Its text names the place, the fault and the remedy.

    Parameters
    ----------
    what : one sentence, what is wrong.
    where : the file, row, heading or setting it concerns; comes first in the text.
    remedy : one or two sentences, what to do about it.
    """

    exit_status = 1

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        where = file_label(where)
        self.what, self.where, self.remedy = what, where, remedy
        first = f"{where}: {what}" if where else what
        super().__init__(f"{first}\n{remedy}" if remedy else first)


class UnusableInput(PlaybookError):
    """A file, folder, setting or argument that cannot be used as it is. The command ends with status 2."""

    exit_status = 2


class NotATeam(UnusableInput):
    """A folder was opened as a manager's team and is none."""
