"""What became of a deal: open, won or lost, from flags, from the status, or from the stage's name.

Flags of the CRM come first, then the status, then the stage (the user's word, the list of stages, the words of the
mapping files). A stage that no list knows is open. One that says no more than that it is closed (`Closed`, `Fechado`)
is the outcome that no other name says: won beside lost deals, lost beside won ones.
"""

import re
from collections.abc import Iterable

import pandas as pd

from playbook.crm.account.ledger import Ledger
from playbook.crm.headings.mapping import Mapping, generic
from playbook.crm.values.words import by_unique, closely_folded, examples, missing_texts, word_list, words_of
from playbook.errors import UnusableInput
from playbook.wording import count

_NUMBERED = re.compile(r"^\s*(?:(?:stage\s*)?[sS]?\d{1,3}\s*(?:%|[.\-:)_–]|\s)|[A-Z][.)](?=\s))\s*[-–:.]?\s*")
_WORD = re.compile(r"[^\W\d_]+")
NO_DEAL = "no deal"  # neither open nor won nor lost: a second entry of a deal, a test, a mistake
_SET_OFF = re.compile(r"\W*\w+\s*[-–:(\[/,]")
_BEHIND = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*$")


def outcome_words(mappings: list[Mapping]) -> dict[str, str]:
    """Stage or status, closely folded → outcome; the first mapping that knows a word decides."""
    known: dict[str, str] = {}
    for mapping in [*mappings, generic()]:
        for outcome, words in mapping.outcomes.items():
            for word in words:
                known.setdefault(closely_folded(word), outcome)
    return known


def outcome_of_name(name: str, known: dict[str, str]) -> str | None:
    """The outcome that a stage's or a status' name says, without its number (`7 - Closed Won`) and its pipeline."""
    for form in (name, _NUMBERED.sub("", name), _BEHIND.sub("", name), _BEHIND.sub("", _NUMBERED.sub("", name))):
        if outcome := known.get(closely_folded(form)):
            return outcome
    return _closed_by_its_words(name)


def _closed_by_its_words(name: str) -> str | None:
    """Won or lost, where the name holds a word for the outcome and one for closing, or begins or ends with it.

    `Geschlossen und gewonnen`, `Perdida por licitación`, `Project Won`; not where it denies it (`Not lost`).
    """
    meanings = word_list("outcome")
    bare = _NUMBERED.sub("", name)
    words = [closely_folded(word) for word in _WORD.findall(bare)]
    meanings_in_name = {meanings[word] for word in words if word in meanings}
    if "no" in meanings_in_name or len(meanings_in_name - {"closing"}) != 1:
        return None
    first, last = meanings.get(words[0]), meanings.get(words[-1])
    last_says = last in ("won", "lost") and words[-1] != "win"  # `Project Won`, not `A quick win`
    first_says = first == "lost" or (first == "won" and _SET_OFF.match(bare))  # not `Won over the champion`
    return (meanings_in_name - {"closing"}).pop() if "closing" in meanings_in_name or last_says or first_says else None


def outcome_by_stage(listed: dict[str, str], stage_names: Iterable[str], user: Mapping | None) -> dict[str, str]:
    """Stage → outcome, as lists of stages say it, and of the stages that deals are in (`met`) as the user says it."""
    outcome_by_name = {name: outcome for outcome, names in (user.outcomes.items() if user else ()) for name in names}
    folded = {stage: closely_folded(stage) for stage in stage_names}
    return listed | {s: o for s, own in folded.items() for n, o in outcome_by_name.items() if closely_folded(n) == own}


def outcomes(
    rows: pd.DataFrame,
    by_stage: dict[str, str],
    known: dict[str, str],
    ledger: Ledger,
    where: str,
    usual: frozenset[str] = frozenset(),
    weights: pd.Series | None = None,
) -> pd.Series:
    """The outcome of each deal: open, won, lost, or NO_DEAL; missing where its stage and its status say nothing.

    Parameters
    ----------
    rows : deals with some of is_won, is_closed, is_lost, status, stage, closed_on, lost_reason.
    by_stage : what the list of stages, or the user, says of each stage.
    usual : the usual names of open stages, closely folded; where all deals are in these, a file of open deals only is
        no riddle.
    weights : how many deals each row stands for, where `rows` are one of each sort.

    Raises
    ------
    UnusableInput : if nothing says which deals were won or lost.
    """
    nothing = missing_texts(rows.index)
    stage = (
        by_unique(rows["stage"], lambda s: by_stage.get(s) or outcome_of_name(s, known)) if "stage" in rows else nothing
    )
    status = by_unique(rows["status"], lambda s: outcome_of_name(s, known)) if "status" in rows else nothing
    named = status.fillna(stage) if not _is_stage_like(rows, status, weights) else stage.fillna(status)
    named = named.fillna(_closed_only(rows, named, usual, ledger, where))
    flagged = _by_flags(rows, named)
    outcome = flagged.fillna(named)
    outcome = outcome.fillna(_closed_and_not_won(rows, outcome, ledger, where, weights))
    conflict = flagged.notna() & named.notna() & (flagged != named)
    if conflict.any():
        contradicted = rows.loc[conflict, "stage" if "stage" in rows else "status"]
        ledger.repair_values(
            "opportunities",
            "the CRM's won/closed flag and the stage or status disagree; the flag counts",
            contradicted,
        )
    both = status.notna() & stage.isin(["won", "lost"]) & (status != stage) & flagged.isna()
    if both.any():
        ledger.repair_values("opportunities", "status and stage disagree; the status counts", rows.loc[both, "status"])
    if not outcome.isin(["won", "lost"]).any() and not _all_known_open(rows, outcome, usual):
        raise _nothing_closed(rows, where)
    nameless = (
        outcome.isna()
        & (rows["stage"].isna() if "stage" in rows else True)
        & (rows["status"].isna() if "status" in rows else True)
    )
    never = _never_deals(rows, by_stage, outcome)
    return outcome.mask(never, NO_DEAL).fillna("open").mask(nameless & flagged.isna() & _has_names(rows))


def without_no_deals(rows: pd.DataFrame, ledger: Ledger) -> pd.DataFrame:
    """The deals of which it is known in `_outcome` what became of them; the others are counted."""
    outcome = rows["_outcome"]
    never = (outcome == NO_DEAL).fillna(False).astype(bool)
    ledger.drop(rows[never], "duplicates, tests and mistakes that were closed as such, so neither opened nor lost")
    ledger.drop(rows[outcome.isna()], "deals without a stage or a status")
    return rows[outcome.notna() & ~never]


def _never_deals(rows: pd.DataFrame, by_stage: dict[str, str], outcome: pd.Series) -> pd.Series:
    """Whether a deal was closed for a reason, or stands in a stage or status, that says it was never one.

    What the list of stages or the user says of a stage (`by_stage`) goes before its name.
    """
    words = word_list("no_deal")
    never = pd.Series(False, index=rows.index)
    for column in ("lost_reason", "stage", "status"):
        if column in rows:
            ended = (outcome == "lost").fillna(False) | (outcome.isna() & (column != "lost_reason"))
            named = by_unique(rows[column], lambda s: s not in by_stage and closely_folded(s) in words, "boolean")
            never |= ended.astype(bool) & named.fillna(False).astype(bool)
    return never


def _closed_and_not_won(
    rows: pd.DataFrame, outcome: pd.Series, ledger: Ledger, where: str, weights: pd.Series | None
) -> pd.Series:
    """`lost` for deals that the CRM says are closed and whose stage says nothing, where other deals are said to be won.

    Raises
    ------
    UnusableInput : if no deal is said to be won, so that these may be.
    """
    nothing = missing_texts(rows.index)
    if "is_closed" not in rows:
        return nothing
    unsaid = rows["is_closed"].astype("boolean").fillna(False).astype(bool) & outcome.isna()
    column = next((c for c in ("stage", "status") if c in rows and rows.loc[unsaid, c].notna().any()), "")
    if not unsaid.any() or not column:
        return nothing
    many = int(unsaid.sum() if weights is None else weights[unsaid].sum())
    met = examples(rows.loc[unsaid, column].dropna(), 8)
    if not (outcome == "won").any():
        raise UnusableInput(
            f"{count(many, 'deal is', 'deals are')} closed, and nothing says whether won or lost: "
            f"their {column} is {met}.",
            where=where,
            remedy='Say in a mapping file which is which: [outcomes] won = ["…"], lost = ["…"].',
        )
    ledger.assume(
        f"{count(many, 'closed deal counts', 'closed deals count')} as lost: the CRM says closed, and their {column} "
        f"({met}) is none "
        'that says won. If it means something else, say so in a mapping file: [outcomes] open = ["…"], won = ["…"].'
    )
    return nothing.mask(unsaid, "lost")


def _closed_only(rows: pd.DataFrame, named: pd.Series, usual: frozenset[str], ledger: Ledger, where: str) -> pd.Series:
    """The outcome of deals whose stage or status says that they are closed and not how, where one outcome is left.

    Raises
    ------
    UnusableInput : if no outcome is left, or if another word stands beside it that nobody knows: either may be it.
    """
    words = word_list("closed")
    others = set(named[named.isin(["won", "lost"])])
    outcome = missing_texts(rows.index)
    if not others or any(c in rows and rows[c].notna().any() for c in ("is_won", "is_lost")):
        return outcome
    for column in ("status", "stage"):
        if column not in rows:
            continue
        closed = by_unique(rows[column], lambda s: words.get(closely_folded(_NUMBERED.sub("", s)))).notna()
        closed &= named.isna()
        if not closed.any():
            continue
        says_closed = examples(rows.loc[closed, column])
        unknown = _unknown_words(rows.loc[~closed & named.isna(), column], usual)
        left = {"won", "lost"} - others
        if unknown or not left:
            raise _closed_and_how(says_closed, unknown, left, where)
        ledger.assume(
            f"{says_closed} was taken for {min(left)}: other deals are {min(others)}, and none is said to be "
            f'{min(left)}. If it means something else, say so in a mapping file: [outcomes] open = ["…"].'
        )
        return outcome.mask(closed, min(left))
    return outcome


def _closed_and_how(says_closed: str, unknown: list[str], left: set[str], where: str) -> UnusableInput:
    """The question what a word for closed means, beside words that may be the outcome or where both have theirs."""
    beside = (
        f"beside it stand words that may be the outcome: {examples(unknown, 8)}"
        if unknown
        else "won and lost deals have words of their own"
    )
    example = f'{min(left)} = ["{unknown[0]}"], open = ["…"]' if unknown and left else f"lost = [{says_closed}]"
    return UnusableInput(
        f"{says_closed} says that a deal is closed, and not how; {beside}.",
        where=where,
        remedy=f"Say in a mapping file what each means, for example: [outcomes] {example}.".replace("'", '"'),
    )


def _unknown_words(names: pd.Series, usual: frozenset[str]) -> list[str]:
    """The different `names` that are neither a usual open stage nor say that a deal is open."""
    plain = {str(name): closely_folded(_NUMBERED.sub("", str(name))) for name in names.dropna().unique()}
    known = usual | words_of("open") | word_list("no_deal").keys()
    return sorted(name for name, folded in plain.items() if folded not in known)


def _all_known_open(rows: pd.DataFrame, outcome: pd.Series, usual: frozenset[str]) -> bool:
    """Whether the CRM, the status or a usual stage name says of every deal that it is open."""
    is_open = (outcome == "open").fillna(False).astype(bool)
    if "stage" in rows:
        known = by_unique(rows["stage"], lambda s: closely_folded(_NUMBERED.sub("", s)) in usual, "boolean")
        is_open |= known.fillna(False).astype(bool)
        if is_open.any():
            is_open |= rows["stage"].isna()  # these are set aside in any case
    return bool(len(is_open)) and bool(is_open.all())


def _has_names(rows: pd.DataFrame) -> bool:
    return "stage" in rows


def _is_stage_like(rows: pd.DataFrame, status: pd.Series, weights: pd.Series | None) -> bool:
    """Whether the status says little (fewer than half of its values are outcomes) beside a stage that is there."""
    filled = rows["status"].notna() if "status" in rows else pd.Series(False, index=rows.index)
    if not filled.any() or "stage" not in rows:
        return False
    many = pd.Series(1, index=rows.index) if weights is None else weights
    return bool(many[filled & status.notna()].sum() < 0.5 * many[filled].sum())


def _by_flags(rows: pd.DataFrame, named: pd.Series) -> pd.Series:
    nothing = pd.Series(pd.array([None] * len(rows), dtype="boolean"), index=rows.index)
    won, closed, lost = (rows.get(c, nothing).astype("boolean") for c in ("is_won", "is_closed", "is_lost"))
    outcome = missing_texts(rows.index)
    outcome = outcome.mask((closed == False).fillna(False), "open")  # noqa: E712  a missing flag is neither
    if closed.notna().any():
        outcome = outcome.mask((closed & ~won).fillna(False) & won.notna(), "lost")
    elif "closed_on" in rows and "stage" not in rows and "status" not in rows:
        outcome = outcome.mask((won == False).fillna(False), "open")  # noqa: E712
        outcome = outcome.mask((won == False).fillna(False) & rows["closed_on"].notna(), "lost")  # noqa: E712
    outcome = outcome.mask(lost.fillna(False), "lost")
    return outcome.mask(won.fillna(False), "won")


def _nothing_closed(rows: pd.DataFrame, where: str) -> UnusableInput:
    column = next((c for c in ("stage", "status") if c in rows and rows[c].notna().any()), "")
    met = (
        f"its {column} is one of {examples(rows[column].dropna(), 8)}"
        if column
        else "it has neither a stage nor a status with values"
    )
    return UnusableInput(
        f"no deal is known to be won or lost: {met}.",
        where=where,
        remedy=(
            'Say in a mapping file which mean it: [outcomes] won = ["…"], lost = ["…"]; or export the deals that are '
            "closed as well, with their stage or status."
            if column
            else "Export them with their stage filled in."
            if {"stage", "status"} & set(rows)
            else 'Export them with it; or name its column in a mapping file: [opportunities] stage = ["…"].'
        ),
    )
