"""What a manager reads is spoken business English: a list of the worst turns that were met, and a measure per page."""

import ast
import json
import re
from functools import cache
from pathlib import Path

import pytest

from tests.scripts.requirements_files import ROOT

PACKAGE = ROOT / "playbook"
# Each was on a page once. A riddle, a blame, or a claim that the data does not carry; say it as you would in a 1:1.
WORST_TURNS = (
    "better neighbour",
    "count whom",
    "say something about it",
    "is behind peers",
    "look busy",
    "held to a word",
    "let go aloud",
    "as it is titled",
    "changes nothing that others notice",
    "scolding works",
    "has not done this sum",
    "easy to make up",
    "bears no name",
    "Nothing here to correct",
    "nothing to correct",
    "good news.",
    "times would do",
    "100% sure",
)
LONGEST_SENTENCE, EASIEST = 14.0, 70.0  # words on average; Flesch (1948): 70 and more is fairly easy
_WORD = re.compile(r"[A-Za-z']+")
_MARKS = re.compile(r"\[([^\]]*)\]\([^)]*\)|[*_#`>]")
_VOWELS = re.compile(r"[aeiouy]+")


def _chapters() -> list[Path]:
    return sorted((ROOT / "notebooks").rglob("*.ipynb"))


def _written() -> list[Path]:
    return sorted([*(PACKAGE / "guide").glob("*.md"), *(PACKAGE / "plays").glob("*.md")])


@cache
def text_of(file: Path) -> str:
    """What a reader may see of a file: the words of a notebook or a page, the texts of a module without docstrings."""
    raw = file.read_text(encoding="utf-8")
    if file.suffix == ".ipynb":
        cells = json.loads(raw)["cells"]
        return "\n\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    return "\n".join(_texts(ast.parse(raw))) if file.suffix == ".py" else raw


def _texts(tree: ast.AST) -> list[str]:
    docs = {ast.get_docstring(node, clean=False) for node in ast.walk(tree) if isinstance(node, _DOCUMENTED)}
    texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return [text for text in texts if text not in docs]


_DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef)


def sentence_length_and_ease(text: str) -> tuple[float, float]:
    """Words per sentence, and the reading ease of Flesch (1948), by counting groups of vowels."""
    plain = _MARKS.sub(r"\1", text).replace("|", ". ")
    sentences = [s for s in re.split(r"[.!?:]\s+|\n\n", plain) if len(_WORD.findall(s)) > 1]
    words = [word for sentence in sentences for word in _WORD.findall(sentence)]
    syllables = sum(max(1, len(_VOWELS.findall(word.lower().removesuffix("e")))) for word in words)
    length = len(words) / len(sentences)
    return length, 206.835 - 1.015 * length - 84.6 * syllables / len(words)


@pytest.mark.parametrize("turn", WORST_TURNS)
def test_none_of_the_worst_turns_comes_back(turn):
    pages = [*_chapters(), *_written(), *PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.jinja")]
    back = [str(page.relative_to(ROOT)) for page in pages if turn in text_of(page)]
    assert not back, "say it as an experienced sales leader would say it aloud"


@pytest.mark.parametrize("page", [*_chapters(), *_written()], ids=lambda page: page.stem)
def test_every_page_is_fairly_easy_to_read(page):
    length, ease = sentence_length_and_ease(text_of(page))
    assert length <= LONGEST_SENTENCE and ease >= EASIEST


def test_the_measure_tells_a_heavy_text_from_an_easy_one():
    heavy = (
        "Notwithstanding considerable organisational heterogeneity, systematically operationalised performance "
        "differentials necessitate comprehensive managerial contextualisation before any interpretation is undertaken. "
        "Additionally, methodological considerations substantially circumscribe the generalisability of conclusions."
    )
    length, ease = sentence_length_and_ease(heavy)
    assert length > 11 and ease < 0
    assert sentence_length_and_ease("Watch one call. Ask what they saw. Then wait for it.")[1] > 90
