"""Every form of an open chapter, whatever it asks: filled in, and read again.

Nothing here knows a chapter or a question, so a form that a chapter gets tomorrow is filled in as well.
"""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator

from playbook.forms.sheets import Sheet
from playbook.journal.events import parts_of
from tests.browser.jupyterlab import JupyterLab
from tests.scripts.requirements_files import ROOT

FORM = ".ptc-form"
PICTURES = ROOT / "build" / "screenshots"
_CONTROLS = ".ptc-sheet:not(.ptc-action) :is(input, select, textarea)"
_FOLDED = ".widget-toggle-button:not(.mod-active)"
_READ = """controls => controls.map(c => ({
    label: [...(c.labels || [])].map(l => l.innerText.trim()).join(' '),
    kind: c.tagName === 'SELECT' ? 'choice' : c.type,
    value: c.tagName === 'SELECT' ? (c.selectedOptions[0] || {innerText: ''}).innerText : c.value,
}))"""
_WIDE, _NARROW = 1280, 720


@dataclass(frozen=True)
class Answer:
    """One control of a page: what it is called, of which kind it is, and what it shows."""

    label: str
    kind: str
    value: str


def label_of(sheet: Sheet, key: str) -> str:
    """What the control of a question, or of a line with one question, is called: as the sheet has it today."""
    return next(place.label for place in sheet.placed() if key in parts_of(place.subject)[1:])


def answers_on_page(lab: JupyterLab) -> list[Answer]:
    """What every control that asks something shows, in the order of the open chapter."""
    read = lab.notebook.locator(FORM).locator(_CONTROLS).evaluate_all(_READ)
    return [Answer(**answer) for answer in read]


def fill_every_form(lab: JupyterLab, mark: str) -> list[Answer]:
    """Open what is folded, add one thing to each list that grows, and answer every question; what then stands there."""
    while (folded := lab.notebook.locator(f"{FORM} {_FOLDED}")).count():
        folded.first.click()
    for add in lab.notebook.locator(FORM).get_by_role("button", name="Add ").all():
        _add(lab, add)
    # Each control is looked up once: a locator's `nth` goes through all of them again for each.
    controls = lab.notebook.locator(FORM).locator(_CONTROLS).element_handles()
    for n, (control, before) in enumerate(zip(controls, answers_on_page(lab), strict=True), start=1):
        if before.kind == "choice":
            chosen = control.evaluate("c => c.selectedIndex")
            control.select_option(index=2 if chosen == 1 else 1)
        else:
            control.fill(
                {"number": str(n % 7 + 1), "date": f"2026-11-{n % 28 + 1:02d}"}.get(before.kind, f"{mark}.{n}")
            )
    return answers_on_page(lab)


def _add(lab: JupyterLab, button: Locator) -> None:
    """Press a button that adds a thing, and wait until all its controls are there: they come one after another."""
    controls = lab.notebook.locator(FORM).locator(_CONTROLS)
    before = controls.count()
    button.click()
    controls.nth(before).wait_for()
    seen = 0
    while (now := controls.count()) != seen:
        seen = now
        lab.page.wait_for_timeout(300)


def missing(expected: list[Answer], answers: list[Answer]) -> list[Answer]:
    """The answers that are not shown; each as often as it was given."""
    return list((Counter(expected) - Counter(answers)).elements())


def findings_of_axe(lab: JupyterLab) -> list[tuple[str, list[str]]]:
    """What axe finds in the forms of the open chapter: the rule, and up to three places."""
    violations = Axe().run(lab.page, context=f".jp-NotebookPanel:not(.lm-mod-hidden) {FORM}").response["violations"]
    return [(v["id"], [node["html"][:200] for node in v["nodes"]][:3]) for v in violations]


def take_pictures(lab: JupyterLab, name: str) -> None:
    """Pictures of the chapter's forms, wide and narrow, for people to look at: build/screenshots/NAME-….png."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    before = lab.page.viewport_size
    for what, width in (("wide", _WIDE), ("narrow", _NARROW)):
        lab.page.set_viewport_size({"width": width, "height": 3000})
        for n, form in enumerate(lab.notebook.locator(FORM).all(), start=1):
            form.screenshot(path=Path(PICTURES, f"{name}-form{n}-{what}.png"))
    lab.page.set_viewport_size(before)
