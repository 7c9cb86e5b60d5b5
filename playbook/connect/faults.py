"""An error of a CRM's library becomes one that names the fault and the remedy, and never one that shows a secret."""

import traceback
from collections.abc import Callable, Sequence

from playbook.connect.credentials import without_secrets
from playbook.errors import PlaybookError


def explained_error(
    error: Exception, explain: Callable[[Exception, str], PlaybookError | None], secrets: Sequence[str], table: str = ""
) -> Exception:
    """The error to raise instead of `error`: ours if it is one of the CRM's, itself if its account holds no secret."""
    ours = error if isinstance(error, PlaybookError) else explain(error, table)
    if ours is not None:
        hidden = [without_secrets(text, secrets) for text in (ours.what, ours.where, ours.remedy)]
        return type(ours)(hidden[0], where=hidden[1], remedy=hidden[2])
    account = "".join(traceback.format_exception(error))
    if without_secrets(account, secrets) == account:
        return error
    return PlaybookError(
        f"{type(error).__name__}: its account would show a secret, so it is not shown.",
        where=table,
        remedy="Run it again; if it stays, tell whoever looks after the kit which table it was.",
    )
