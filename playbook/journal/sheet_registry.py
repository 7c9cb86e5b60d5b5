"""The registry of sheets: each one's name, its questions and what fits them, whom it is about, whose answers it holds.

A subject is `sheet/whom or what it is about/question`, and holds no chapter's number: chapters come and go between
others. Journals from before that began a subject with the chapter and the sheet (`06/rubric`); they are read under
today's names and stay as they are. A new sheet: an entry here, its form, its chapter.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from playbook.circumstances import KINDS
from playbook.journal.answer_types import MOST_OF_AN_ID, AnswerType, Day, Identifier, Number, OneOf, Words
from playbook.journal.events import Value, parts_of, subject_of

MANAGER, REP, LEADER, TEAM = "manager", "rep", "leader", "team"
DRIVER = "driver"
ANYBODY, NO_DRIVER = "anybody", "open"  # in the place of a rep's id and of a driver, where a sheet is about none
_MOST_REPS = 99
_MOST_MONEY = 1e12
_LARGEST_SEED = 2**31
_WORDS = Words()
_LONGEST_DETAIL = 300  # the name of an account, or of a table of the CRM
STATES = ("open", "kept", "not-kept", "dropped")  # of a commitment
SKILL_MARKS = ("seen", "partly", "not-yet")
EVIDENCE_MARKS = ("did", "said", "nothing")
HYPOTHESIS_RESULTS = ("confirmed", "something-else", "nothing-seen")
ASSUMED, ACKNOWLEDGED, NEVER_ASKED = "assumed", "acknowledged", "never-asked"  # the ways into a manager's job
_HOW_OFTEN = ("never", "once", "habit")


@dataclass(frozen=True)
class RegisteredSheet:
    """One sheet. `about` names the parts of a subject between the sheet and the question, in their order.

    `answered_by` says whose answers they are, whoever types them in. `earlier` is how a subject of it began while it
    held a chapter's number; `unsaid` the question that those subjects did not name.
    """

    name: str
    questions: Mapping[str, AnswerType]
    about: tuple[str, ...] = ()
    answered_by: str = MANAGER
    earlier: str = ""
    unsaid: str = ""

    def subject(self, *about_and_question: str) -> str:
        """The subject of one answer: what it is about, then the question."""
        return subject_of(self.name, *about_and_question)


@dataclass(frozen=True)
class Place:
    """Where a subject stands: its sheet, what it is about (by the names in `sheet.about`), and its question."""

    sheet: RegisteredSheet
    about: Mapping[str, str]
    question: str

    @property
    def takes(self) -> AnswerType:
        """What fits the question."""
        return self.sheet.questions[self.question]


def _texts(*keys: str) -> dict[str, AnswerType]:
    return dict.fromkeys(keys, _WORDS)


SELF_ASSESSMENT = RegisteredSheet(
    "self-assessment", {"how-often": OneOf(_HOW_OFTEN)}, about=("task",), earlier="01/self-assessment"
)
LEADERS_VIEW = RegisteredSheet(
    "leaders-view",
    {"how-often": OneOf((*_HOW_OFTEN, "unknown"))},
    about=("task",),
    answered_by=LEADER,
    earlier="01/leaders-view",
)
TEAMS_VIEW = RegisteredSheet(
    "teams-view",
    dict.fromkeys(_HOW_OFTEN, Number(_MOST_REPS, step=1, whole=True)),
    about=("task",),
    answered_by=TEAM,
    earlier="01/teams-view",
)
FIRST_STEPS = RegisteredSheet(
    "first-steps",
    {"way": OneOf((ASSUMED, ACKNOWLEDGED, NEVER_ASKED)), **_texts("promoted", "two-skills", "habit", "whom")},
    earlier="01/first-steps",
)
HOURS = RegisteredSheet(
    "hours",
    {"last-week": Number(), "from-now-on": Number(), "who": _WORDS},
    about=("kind of hours",),
    earlier="02/hours",
)
WEEK_SETTLED = RegisteredSheet("week-settled", _texts("coaching", "stop", "free", "leader"), earlier="02/settled")
FORECAST_CALL = RegisteredSheet(
    "forecast-call",
    {
        **dict.fromkeys(("lowest", "likely", "highest"), Number(_MOST_MONEY, step=1)),
        **_texts("rests-on", "ask", "send-by"),
    },
    about=("day of the data",),
    earlier="03/forecast-call",
)
LOST_DEALS_SETTLED = RegisteredSheet(
    "lost-deals-settled", _texts("place", "customers", "for-others"), earlier="04/settled"
)
LINE_UP = RegisteredSheet("line-up", {"chart": Identifier("chart")}, about=("day of the data",), earlier="05/line-up")
FOCUS = RegisteredSheet("focus", {"choice": Identifier(DRIVER)}, about=(REP,), earlier="05/focus", unsaid="choice")
CIRCUMSTANCE = RegisteredSheet(
    "circumstance",
    {
        "who": Identifier(REP),
        "what": OneOf(tuple(KINDS)),
        "detail": Words(_LONGEST_DETAIL),
        "from": Day(),
        "until": Day(),
        "note": _WORDS,
    },
    about=("circumstance",),
)
FIRST_REP = RegisteredSheet("first-rep", _texts("whom", "watch", "drop", "praise"), earlier="05/decision")
RUBRIC = RegisteredSheet(
    "rubric",
    {"seen": OneOf(("seen", "missing", "not-seen"))},
    about=(REP, DRIVER, "criterion"),
    earlier="06/rubric",
)
CONVERSATION = RegisteredSheet(
    "conversation",
    _texts("whom", "hypothesis", "saw", "says", "outside", "practise", "if-then", "mine", "again"),
    about=(REP, DRIVER),
    earlier="06/conversation",
)
HYPOTHESIS = RegisteredSheet(
    "hypothesis", {"result": OneOf(HYPOTHESIS_RESULTS)}, about=(REP, DRIVER, "quarter of the data")
)
SKILLS = RegisteredSheet(
    "skills",
    {"rep": OneOf(SKILL_MARKS), "manager": OneOf(SKILL_MARKS), "words": _WORDS},
    about=(REP, "skill"),
    answered_by=REP,  # the rep marks first, and may write over the rest
)
JOINT_CALL = RegisteredSheet(
    "joint-call",
    _texts("whom", "watch", "leads", "good", "turned", "words", "again", "mine"),
    about=(REP,),
)
DEAL_EVIDENCE = RegisteredSheet(
    "deal-evidence", {"mark": OneOf(EVIDENCE_MARKS), "words": _WORDS}, about=("deal", "evidence")
)
DEAL_REVIEW = RegisteredSheet("deal-review", _texts("deal", "ask", "next-step", "leave"), about=("deal",))
PLAN = RegisteredSheet(
    "plan",
    _texts("whose", "focus", "if-then", "sign", "support", "days", "stop", "agreed"),
    about=(REP, DRIVER),
    answered_by=REP,
    earlier="07/plan",
)
RAMP = RegisteredSheet("ramp", _texts("example"), about=(REP, "day after the start"), earlier="07/ramp")
COMMITMENT = RegisteredSheet(
    "commitment",
    {
        "whose": Identifier(REP),  # or MANAGER, or LEADER
        "what": _WORDS,
        "about": Identifier(DRIVER),
        "measure": _WORDS,
        "due": Day(),
        "evidence": _WORDS,
        "state": OneOf(STATES),
    },
    about=("commitment",),
    earlier="08/commitment",
)
COMMITMENTS_SETTLED = RegisteredSheet("commitments-settled", _texts("when", "mine", "say"), earlier="08/settled")
AGREEMENT = RegisteredSheet(
    "agreement", _texts("hours", "large-deal", "again"), answered_by=LEADER, earlier="09/agreement"
)
# A learner's, in the journal of their training.
EXERCISE = RegisteredSheet(
    "exercise",
    {
        "seed": Number(_LARGEST_SEED, step=1, whole=True),
        "answer": _WORDS,
        "points": Number(1, step=0.01),
        "sure": Number(100, step=1),
        "inside": OneOf(("yes", "no")),
        "hints": Number(_MOST_REPS, step=1, whole=True),
        "within": _WORDS,
    },
    about=("item", "attempt"),
)
LESSON_REFLECTION = RegisteredSheet("lesson-reflection", _texts("words"), about=("lesson",))
LESSON_PROMISE = RegisteredSheet(
    "lesson-promise", {"when-then": _WORDS, "day": Day(), "came-of-it": _WORDS}, about=("lesson",)
)
READINESS = RegisteredSheet("readiness", {"how-often": OneOf(_HOW_OFTEN)}, about=("moment", "task"))
OF_THE_TRAINING = (EXERCISE, LESSON_REFLECTION, LESSON_PROMISE, READINESS)

SHEETS: Mapping[str, RegisteredSheet] = {
    sheet.name: sheet
    for sheet in (
        SELF_ASSESSMENT,
        LEADERS_VIEW,
        TEAMS_VIEW,
        FIRST_STEPS,
        HOURS,
        WEEK_SETTLED,
        FORECAST_CALL,
        LOST_DEALS_SETTLED,
        LINE_UP,
        FOCUS,
        CIRCUMSTANCE,
        FIRST_REP,
        RUBRIC,
        CONVERSATION,
        HYPOTHESIS,
        SKILLS,
        JOINT_CALL,
        DEAL_EVIDENCE,
        DEAL_REVIEW,
        PLAN,
        RAMP,
        COMMITMENT,
        COMMITMENTS_SETTLED,
        AGREEMENT,
        *OF_THE_TRAINING,
    )
}
_BY_EARLIER = {sheet.earlier: sheet for sheet in SHEETS.values() if sheet.earlier}


@lru_cache(maxsize=4096)
def current_subject(subject: str) -> str:
    """`subject` under today's name; one that belongs to no sheet stays as it is."""
    parts = parts_of(subject)
    sheet = _BY_EARLIER.get("/".join(parts[:2]))
    if sheet is None:
        return subject_of(*parts) if parts[0] in SHEETS else subject
    return sheet.subject(*parts[2:], *([sheet.unsaid] if sheet.unsaid else []))


@lru_cache(maxsize=4096)
def place_of(subject: str) -> Place | None:
    """Where today's `subject` stands, or None if no sheet asks for it."""
    name, *rest = parts_of(subject)
    sheet = SHEETS.get(name)
    if sheet is None or len(rest) != len(sheet.about) + 1 or rest[-1] not in sheet.questions:
        return None
    if any(len(part) > MOST_OF_AN_ID for part in rest):
        return None
    return Place(sheet, dict(zip(sheet.about, rest[:-1], strict=True)), rest[-1])


def entries_of(sheet: RegisteredSheet, answers: Mapping[str, Value]) -> dict[str, dict[str, Value]]:
    """The answers of a sheet about one thing each: by its id, in the order of their beginning, then by question."""
    (about,) = sheet.about
    entries: dict[str, dict[str, Value]] = {}
    for subject, value in answers.items():
        place = place_of(subject)
        if place is not None and place.sheet is sheet:
            entries.setdefault(place.about[about], {})[place.question] = value
    return entries
