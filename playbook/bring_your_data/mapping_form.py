"""Bring your own data: point at exports, see what they are taken for, correct it with menus, keep it as a mapping file.

Live in JupyterLab; elsewhere the same as tables to read. `crm.headings.suggestion` proposes it as plain data;
this module only shows it. Every control's label says what it is about; nothing needs a mouse.
"""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import ipywidgets as widgets
import pandas as pd

from playbook.atomic import write_beside
from playbook.bring_your_data.workbooks_from_here import FOLDER, WorkbooksFromHere, as_typed, build_command
from playbook.crm.account.report import ImportReport
from playbook.crm.files.code_pages import code_pages
from playbook.crm.headings.fields import FIELDS, KIND_LABELS, field_label
from playbook.crm.headings.mapping_file import Chosen, mapping_text
from playbook.crm.headings.suggestion import ASIDE, SuggestedFile, Suggestion, suggestion
from playbook.crm.import_options import ImportOptions
from playbook.crm.importing import Imported, import_exports
from playbook.crm.reading_options import ReadingOptions
from playbook.display import PagePart, bullets, callout, folded, heading, note, say, table, together
from playbook.errors import PlaybookError
from playbook.escaping import for_html
from playbook.forms.form import Form

_WIDE = {"style": {"description_width": "initial"}, "layout": widgets.Layout(width="auto")}
_DATES = (("As the files show", ""), ("Day first: 31/01/2026", "dmy"), ("Month first: 01/31/2026", "mdy"))
_OUTCOMES = (("open", "open"), ("won", "won"), ("lost", "lost"))
_STAGES_QUESTION = "Say above of each stage whether it means open, won or lost."
_FIRST_ROWS = ("opportunity_id", "account", "stage", "outcome", "amount", "created_on", "closed_on")


def bring_your_data(exports: str = "", mapping_file: str = "mapping.toml") -> Form:
    """The form. `exports`: folders and files, one a line; `mapping_file`: where the mapping will be kept."""
    paper = on_paper(exports)
    return Form(paper.html, paper.text, lambda: _Live(exports, mapping_file).root)


def on_paper(exports: str) -> PagePart:
    """The proposal as tables, for whoever has no JupyterLab at hand."""
    paths = _paths(exports)
    if not paths:
        return say("Name the folder or the files of your export above, and fill in this page again.")
    try:
        return proposal_part(suggestion(paths))
    except PlaybookError as error:
        return callout("That could not be read.", "{why}", why=str(error))


def proposal_part(proposed: Suggestion) -> PagePart:
    """What every file and column is taken for, what is left out, and what is still asked."""
    parts = [_file_part(file) for file in proposed.files]
    if proposed.left_out:
        parts.append(folded("Left out", bullets(f"{n.file}: {n.why}" for n in proposed.left_out)))
    if proposed.outcomes:
        rows = pd.DataFrame({"stage": list(proposed.outcomes), "means": list(proposed.outcomes.values())})
        parts.append(table(rows, caption="What each stage (or status) means"))
    return together(questions_part(proposed), *parts)


def questions_part(proposed: Suggestion) -> PagePart:
    """What is missing or open, and how to settle it."""
    questions = [f"No file has {what}. Choose it from the menus, or export it." for what in proposed.lacking]
    questions += [f"{proposed.asks_for_dates} Choose day first or month first."] if proposed.asks_for_dates else []
    questions += [f"{doubt} Choose the code page in which names look right." for doubt in proposed.doubts]
    return (
        callout("Still open", "{questions}", questions=" ".join(questions))
        if questions
        else note("Nothing is open. Look, then save.")
    )


def _file_part(file: SuggestedFile) -> PagePart:
    rows = pd.DataFrame(
        [
            (c.heading, ", ".join(c.examples), _taken_for(c.field, c.by_itself), c.why or "no mapping knows it")
            for c in file.columns
        ],
        columns=["heading", "for example", "taken for", "why"],
    )
    taken = KIND_LABELS.get(file.kind, "nothing: it is left out")
    return together(
        heading(file.label),
        say("Taken for **{taken}**: {why}. {rows}.", taken=taken, why=file.why, rows=_rows(file.rows)),
        table(rows, caption=f"The columns of {file.label}"),
    )


def _rows(many: int) -> str:
    return f"{many:,} {'row' if many == 1 else 'rows'}"


def _taken_for(field: str, by_itself: bool) -> str:
    return "read by itself" if by_itself else field_label(field) if field else "left aside"


def _paths(exports: str) -> list[Path]:
    return [Path(line.strip()).expanduser() for line in exports.splitlines() if line.strip()]


class _Live:
    """The widgets: where the exports are; a menu for each file, column and stage; preview; save."""

    def __init__(self, exports: str, mapping_file: str) -> None:
        self._proposed = Suggestion(())
        self._kinds: dict[str, widgets.Dropdown] = {}
        self._fields: dict[tuple[str, str], widgets.Dropdown] = {}
        self._outcomes: dict[str, widgets.Dropdown] = {}
        self._code_pages: dict[str, str] = {}  # of each file of which a menu says it
        self._exports = widgets.Textarea(
            value=exports, description="Folder or files of the export, one a line", rows=3, **_WIDE
        )
        self._dates = widgets.Dropdown(options=_DATES, description="Days are written", **_WIDE)
        self._company = widgets.Text(description="Your company's name", **_WIDE)
        self._currency = widgets.Text(description="Currency, as three letters", placeholder="EUR", **_WIDE)
        self._target = widgets.Text(value=mapping_file, description="Save the mapping as", **_WIDE)
        self._order = widgets.Textarea(
            description="Open stages in the order deals go through them, one a line (empty: as the kit finds it)",
            rows=4, **_WIDE,
        )  # fmt: skip
        self._stages = widgets.VBox([])
        self._files, self._below = widgets.VBox([]), widgets.VBox([])
        self._buttons = widgets.VBox([])
        look = _button("Look at the files", self._look)
        self.root = widgets.VBox([self._exports, look, self._files, self._buttons, self._below])
        self.root.add_class("ptc-form")
        if exports.strip():
            self._look()

    def _look(self) -> None:
        paths = _paths(self._exports.value)
        if not paths:
            self._say(say("Name a folder or a file first."))
            return
        try:
            self._proposed = suggestion(paths, encodings=self._code_pages)
        except PlaybookError as error:
            self._say(callout("That could not be read.", "{why}", why=str(error)))
            return
        self._kinds, self._fields = {}, {}
        deals_first = sorted(self._proposed.files, key=lambda f: (f.kind != "opportunities", not f.kind))
        blocks = [self._file(file) for file in deals_first]
        left = [f"{n.file}: {n.why}" for n in self._proposed.left_out]
        self._files.children = (
            _html(questions_part(self._proposed)), *blocks, *([_html(bullets(left))] if left else []), self._stages,
            self._order, self._dates, self._company, self._currency,
        )  # fmt: skip
        self._show_stages(self._proposed.outcomes)
        preview, save = _button("Preview", self._preview), _button("Save the mapping file", self._save, primary=True)
        self._buttons.children = (self._target, widgets.HBox([preview, save]))
        self._below.children = ()

    def _file(self, file: SuggestedFile) -> widgets.Widget:
        kinds = [("nothing: leave it out", ASIDE), *((label, kind) for kind, label in KIND_LABELS.items())]
        kind = widgets.Dropdown(options=kinds, value=file.kind, description=f"{file.label} is", **_WIDE)
        self._kinds[file.name] = kind
        columns = widgets.VBox(self._columns(file, file.kind))

        def changed(change: dict) -> None:
            columns.children = tuple(self._columns(file, change["new"]))

        kind.observe(changed, names="value")
        about = _html(note("{why}; {rows}", why=file.why, rows=_rows(file.rows)))
        box = widgets.VBox([kind, about, *self._code_page(file), columns])
        box.add_class("ptc-sheet")
        return box

    def _code_page(self, file: SuggestedFile) -> list[widgets.Widget]:
        """A menu of the code pages, where nothing decides in which one the file is written; a choice reads it anew."""
        chosen = self._code_pages.get(file.name, "")
        if not (file.doubt or chosen):
            return []
        options = [("as it was read", ""), *code_pages()]
        menu = widgets.Dropdown(options=options, value=chosen, description=f"{file.label} is written in", **_WIDE)

        def changed(change: dict) -> None:
            self._code_pages[file.name] = change["new"]
            self._look()

        menu.observe(changed, names="value")
        return [menu]

    def _columns(self, file: SuggestedFile, kind: str) -> list[widgets.Widget]:
        for key in [key for key in self._fields if key[0] == file.name]:
            del self._fields[key]
        column_widgets = []
        for column in file.columns if kind else ():
            examples = _html(note("{values}", values=", ".join(column.examples) or "(empty)"))
            if column.by_itself and kind == file.kind:
                column_widgets.append(_html(note("{heading}: {why}", heading=column.heading, why=column.why)))
                continue
            options = [("left aside", ASIDE), *((field_label(name), name) for name in FIELDS[kind])]
            value = column.field if kind == file.kind else ASIDE
            menu = widgets.Dropdown(options=options, value=value, description=f"{column.heading} is", **_WIDE)
            self._fields[file.name, column.heading] = menu
            menu.layout = widgets.Layout(width="65%")
            column_widgets.append(widgets.HBox([menu, examples]))
        return column_widgets

    def _show_stages(self, outcomes: Mapping[str, str]) -> None:
        self._outcomes = {
            stage: widgets.Dropdown(options=_OUTCOMES, value=outcome, description=f"{stage} means", **_WIDE)
            for stage, outcome in outcomes.items()
        }
        self._stages.children = tuple(self._outcomes.values())

    def _asks_what_stages_mean(self, mapping: Path) -> bool:
        """Whether the columns chosen hold stages that have no menu yet; each has one then."""
        try:
            met = suggestion(_paths(self._exports.value), mapping).outcomes  # the mapping also says the code pages
        except PlaybookError:
            return False
        if set(met) <= set(self._outcomes):
            return False
        chosen_before = {stage: menu.value for stage, menu in self._outcomes.items() if stage in met}
        self._show_stages({**met, **chosen_before})
        return True

    def chosen(self) -> Chosen:
        """What the menus say now."""
        return Chosen(
            kinds={name: menu.value for name, menu in self._kinds.items()},
            fields={key: menu.value for key, menu in self._fields.items()},
            outcomes={stage: menu.value for stage, menu in self._outcomes.items()},
            stage_order=tuple(line.strip() for line in self._order.value.splitlines() if line.strip()),
            dates=self._dates.value,
            encodings=self._code_pages,
            company=self._company.value,
            currency=self._currency.value,
        )

    def _preview(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "mapping.toml"
            file.write_text(mapping_text(self._proposed, self.chosen()), encoding="utf-8")
            if self._asks_what_stages_mean(file):
                self._say(callout("One more question.", "{question}", question=_STAGES_QUESTION))
                return
            try:
                exports = _paths(self._exports.value)
                imported = import_exports(ImportOptions(exports, date.today(), ReadingOptions(mapping=file)))
            except PlaybookError as error:
                self._say(callout("Not yet.", "{why}", why=str(error).replace(str(file), "your choices")))
                return
        self._say(preview_part(imported))

    def _save(self) -> None:
        target = Path(self._target.value.strip() or "mapping.toml").expanduser()
        try:
            with write_beside(target) as beside:
                beside.write_text(mapping_text(self._proposed, self.chosen()), encoding="utf-8")
        except OSError as error:
            self._say(callout("It could not be saved.", "{why}", why=f"{target}: {error.strerror}"))
            return
        exports = _paths(self._exports.value)
        saved = saved_part(target, exports)
        if self._asks_what_stages_mean(target):
            saved = together(
                callout("One more question, then save again.", "{question}", question=_STAGES_QUESTION), saved
            )
        self._say(saved)
        making = WorkbooksFromHere(lambda into: build_command(exports, target, into))
        self._below.children = (*self._below.children, making.root)

    def _say(self, part: PagePart) -> None:
        self._below.children = (widgets.HTML(f'<div role="status">{_framed(part)}</div>'),)


def preview_part(imported: Imported) -> PagePart:
    """The first deals as the kit reads them, and the import report in one paragraph."""
    deals, people = imported.company.opportunities, imported.company.people.set_index("person_id")
    rows = deals.head(8).reindex(columns=list(_FIRST_ROWS))
    preview = pd.DataFrame({"owner": deals["rep_id"].head(8).map(people["name"])})
    for column in _FIRST_ROWS:
        values = rows[column]
        as_days = values.dt.strftime("%Y-%m-%d") if column.endswith("_on") else values.astype("object")
        preview[field_label(column)] = as_days.map(lambda v: "" if pd.isna(v) else str(v))
    report = imported.report
    return together(
        say(
            "**{deals} deals, {people} people.** {lost}",
            deals=f"{len(deals):,}",
            people=len(people),
            lost=_set_aside(report),
        ),
        table(preview, caption=f"The first {len(preview)} of {len(deals):,} deals, as they are read"),
        bullets(report.warnings),
    )


def _set_aside(report: ImportReport) -> str:
    """How many rows are kept, and what became of the others."""
    used = [f for f in report.files if f.kind]
    rows_read, rows_kept = sum(f.rows_read for f in used), sum(f.rows_kept for f in used)
    reasons = "; ".join(sorted({d.reason for f in used for d in f.dropped}))
    if not reasons:
        return f"Of {rows_read:,} rows {rows_kept:,} are kept."
    return f"Of {rows_read:,} rows {rows_kept:,} are kept (set aside: {reasons})."


def saved_part(target: Path, exports: Sequence[Path]) -> PagePart:
    """Where the mapping file is now, and the command that makes the workbooks with it."""
    command = as_typed(build_command(exports, target, Path(FOLDER)))
    return together(
        say(
            "Saved as **{file}**. Make the workbooks with the button below, or at any time with this command:",
            file=str(target),
        ),
        PagePart(f"<pre><code>{for_html(command)}</code></pre>", command),
    )


def _framed(part: PagePart) -> str:
    return f'<div class="jp-RenderedHTMLCommon">{part.html}</div>'


def _html(part: PagePart) -> widgets.HTML:
    return widgets.HTML(_framed(part))


def _button(words: str, do: Callable[[], None], *, primary: bool = False) -> widgets.Button:
    button = widgets.Button(
        description=words, button_style="primary" if primary else "", layout=widgets.Layout(width="auto")
    )
    button.on_click(lambda _: do())
    return button
