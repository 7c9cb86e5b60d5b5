"""The guide: a chapter per task in one form, kind and short words, sources, and links that lead both ways."""

import ast
import json
import re
from importlib.resources import files
from pathlib import Path

import pytest

from playbook.coaching import luck
from playbook.coaching.guide_chapters import HEADINGS, chapters, parse
from playbook.coaching.tasks import TASKS
from playbook.errors import PlaybookError

ROOT = Path(__file__).resolve().parents[1]
FOLDER = files("playbook") / "guide"
TEXTS = {c.key: (FOLDER / c.file).read_text(encoding="utf-8") for c in chapters()}
EACH = pytest.mark.parametrize("chapter", chapters(), ids=lambda chapter: chapter.key)
BLAMING = re.compile(
    r"\b(weak (rep|seller|performer)|bad (rep|seller) who|lazy|bad at|fails? to|incompetent|poor(ly)? perform\w*|"
    r"underperform\w*|low performer|laggard|loser|rank(s|ed|ing|ings)?|worst|mediocre|dead ?wood)\b",
    re.IGNORECASE,
)
JARGON = re.compile(
    r"\b(leverage|synerg\w+|KPIs?|low-hanging|circle back|deep dive|best-in-class|cadence|stakeholders?|actionable|"
    r"bandwidth|onboard\w*|upskill\w*|touch ?base|QBR|IDP|PIP)\b",
    re.IGNORECASE,
)


def seen_in_notebooks():
    """(notebook, key) for each chapter of the guide that a notebook's cell names."""
    for file in sorted((ROOT / "notebooks" / "workbook").glob("*.ipynb")):
        for cell in json.loads(file.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "code" and "guide.further_reading(" in (source := "".join(cell["source"])):
                for call in ast.walk(ast.parse(source)):
                    if isinstance(call, ast.Call) and ast.unparse(call.func) == "guide.further_reading":
                        yield from ((file.stem, ast.literal_eval(argument)) for argument in call.args)


SEEN = sorted(seen_in_notebooks())


def words(text):
    return re.sub(r"\]\([^)]*\)|[#*>|\[\]-]", " ", text).split()


def sentences(text):
    """The sentences of the prose, list entries and table cells apart; sources and links are no prose."""
    prose = text.partition("## In your workbook")[0]
    prose = re.sub(r"\]\([^)]*\)|\*|\[", "", prose)
    blocks = re.split(r"\n\s*\n|\n(?=- |\d+\. |> |\|)|\|", prose)
    joined = (" ".join(re.sub(r"^(#+|-|\d+\.|>) ", "", line) for line in block.splitlines()) for block in blocks)
    return [s for block in joined for s in re.split(r"(?<=[.?!…:])[\"”]?\s+", block) if len(s.split()) > 1]


def test_every_task_of_a_manager_has_its_chapter_by_number_and_title():
    assert [(c.number, c.title) for c in chapters()[: len(TASKS)]] == [(t.number, t.title) for t in TASKS]


def test_two_chapters_stand_beside_the_tasks():
    assert [(c.number, c.key) for c in chapters()[len(TASKS) :]] == [
        (15, "not_a_coaching_problem"),
        (16, "coach_the_coaches"),
    ]


@EACH
def test_a_chapter_has_the_form(chapter):
    assert tuple(re.findall(r"^## (.+)$", TEXTS[chapter.key], flags=re.MULTILINE)) == HEADINGS
    assert not re.search(r"^#{3,}", TEXTS[chapter.key], flags=re.MULTILINE)


@EACH
def test_a_chapter_is_short_enough_to_read_and_long_enough_to_use(chapter):
    assert 600 <= len(words(TEXTS[chapter.key])) <= 1200


@EACH
def test_a_chapter_has_steps_words_to_say_and_mistakes(chapter):
    parts = dict(chapter.sections)
    assert len(re.findall(r"^\d+\. ", parts["How to do it this week"], flags=re.MULTILINE)) >= 5
    assert len(re.findall(r'^(> |\d+\. |\|.*)"', parts["Say it aloud"], flags=re.MULTILINE)) >= 3
    assert len(re.findall(r"^- \*\*", parts["Mistakes that former top sellers make"], flags=re.MULTILINE)) >= 5


@EACH
def test_a_chapter_names_its_sources_and_a_year_for_what_was_studied(chapter):
    sources = re.findall(r"^- (.+)$", dict(chapter.sections)["Sources"], flags=re.MULTILINE)
    assert len(sources) >= 2
    assert any(re.search(r"\((19|20)\d\d\)", source) for source in sources)


@EACH
def test_who_is_cited_in_the_text_stands_under_sources(chapter):
    text, _, sources = TEXTS[chapter.key].partition("## Sources")
    cited = re.findall(r"([A-Z]\w+)(?:,? (?:and|et al\.?|\w+ and) (?:\w+ )?)?[\w ,]*?,? \(?((?:19|20)\d\d)\)", text)
    assert [who for who in cited if who[1] not in sources] == []


@EACH
def test_no_chapter_blames_or_puts_people_in_an_order(chapter):
    assert not BLAMING.search(TEXTS[chapter.key])


@EACH
def test_no_chapter_uses_the_words_of_meetings(chapter):
    assert not JARGON.search(TEXTS[chapter.key].partition("## Sources")[0])


@EACH
def test_a_chapter_speaks_to_you_in_short_sentences(chapter):
    own = sentences(TEXTS[chapter.key])
    assert sum(len(s.split()) for s in own) / len(own) <= 15
    assert max(len(s.split()) for s in own) <= 45
    assert len(re.findall(r"\byou", TEXTS[chapter.key], re.IGNORECASE)) >= 20


@EACH
def test_a_percentage_outside_spoken_lines_stands_beside_a_source_with_its_year(chapter):
    text = TEXTS[chapter.key].partition("## Sources")[0]
    paragraphs = [p for p in re.split(r"\n\s*\n|\n(?=- |\d+\. )", text) if not p.startswith(">")]
    unsourced = [
        p for p in paragraphs if re.search(r"\d+(\.\d+)?%", p) and not re.search(r"\((19|20)\d\d|(19|20)\d\d\)", p)
    ]
    assert unsourced == []


@EACH
def test_no_chapter_leads_out_of_the_kit(chapter):
    assert not re.search(r"https?:|www\.", TEXTS[chapter.key])
    for target in re.findall(r"\]\(([^)]+)\)", TEXTS[chapter.key]):
        assert re.fullmatch(r"\d\d_\w+\.md|\.\./\.\./notebooks/workbook/\d\d_\w+\.ipynb", target)


@EACH
def test_the_links_of_a_chapter_lead_to_files(chapter):
    assert set(chapter.guide) <= set(TEXTS)
    missing = [n for n in chapter.workbook if not (ROOT / "notebooks" / "workbook" / f"{n}.ipynb").is_file()]
    assert chapter.workbook and missing == []


@EACH
def test_every_chapter_is_named_in_a_notebook(chapter):
    assert chapter.key in {key for _, key in SEEN}


@pytest.mark.parametrize(("notebook", "key"), SEEN)
def test_a_chapter_that_a_notebook_names_leads_back_to_it(notebook, key):
    assert notebook in {c.key: c for c in chapters()}[key].workbook


@pytest.mark.parametrize("notebook", sorted({notebook for notebook, _ in SEEN}))
def test_a_notebook_names_few_chapters(notebook):
    assert len([key for name, key in SEEN if name == notebook]) <= 4


def test_the_sums_on_luck_in_the_guide_are_right():
    rise, _ = luck.rise_of_the_lowest(8, 20, 0.25)
    assert f"{rise * 100:.0f} points higher" in " ".join(TEXTS["read_the_data"].split())
    assert f"about {100 * expected_gap(8, 20, 0.25):.0f} points apart" in " ".join(TEXTS["read_the_data"].split())


def expected_gap(reps, deals, rate):
    """The mean distance of the highest from the lowest share among equal reps, worked out from the binomial."""
    from math import comb

    chances = [comb(deals, k) * rate**k * (1 - rate) ** (deals - k) for k in range(deals + 1)]
    below = [sum(chances[: k + 1]) for k in range(deals + 1)]
    highest = sum(1 - below[k] ** reps for k in range(deals))
    lowest = sum((1 - below[k]) ** reps for k in range(deals))
    return (highest - lowest) / deals


WHOLE = "# A title\nAbout it.\n" + "".join(f"## {heading}\nWords.\n" for heading in HEADINGS)


def test_a_chapter_is_read_into_its_parts():
    text = WHOLE.replace(
        "## In your workbook\nWords.",
        "## In your workbook\n- [Two](../../notebooks/workbook/02_your_week.ipynb), and [time](01_protect_time.md)",
    )
    chapter = parse(text, "07_hold_to_commitments.md")
    assert (chapter.number, chapter.key, chapter.anchor) == (7, "hold_to_commitments", "hold-to-commitments")
    assert (chapter.title, chapter.about) == ("A title", "About it.")
    assert (chapter.workbook, chapter.guide) == (("02_your_week",), ("protect_time",))


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        (WHOLE.replace("## Sources\n", "## Literature\n"), "01_a.md", "headings are"),
        (WHOLE.replace("## Sources\nWords.", "## Sources\n"), "01_a.md", "nothing under 'Sources'"),
        (WHOLE.replace("About it.\n", ""), "01_a.md", "nothing under 'the title'"),
        (WHOLE.replace("# A title", "A title"), "01_a.md", "nothing under 'the title'"),
        (WHOLE, "first.md", "called otherwise"),
    ],
)
def test_a_chapter_that_lacks_something_says_what(text, name, expected):
    with pytest.raises(PlaybookError, match=expected):
        parse(text, name)
