"""An executed chapter as it is kept: only what a reader needs, and a record of what it was made from.

The record (`metadata.playbook`) holds `inputs` (the hash of everything that the chapter was made from), `source` (of
the cells as they were run) and `outputs` (of what they showed). A file whose own hashes still agree is as the batch
left it; one with other cells was edited by its manager and is never thrown away.
"""

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playbook import __version__
from playbook.atomic import write_beside
from playbook.workbooks.contents import Chapter
from playbook.workbooks.fingerprints import of_text

_KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
# What papermill and the kernel leave in a notebook that differs between two equal runs, or tells of the machine.
_PASSING = ("papermill", "execution", "widgets")


def settled(notebook: Any, chapter: Chapter, inputs: str) -> tuple[Any, list[str]]:
    """An executed notebook made ready to be kept, and the warnings that its cells gave.

    Timings, paths, random ids and what was written to the error stream are taken out; the record is put in.
    """
    warnings: list[str] = []
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        cell.metadata = {k: v for k, v in cell.metadata.items() if k not in (*_PASSING, "tags")}
        if tags:
            cell.metadata["tags"] = tags
        if "injected-parameters" in tags:
            cell.id = "injected-parameters"
            cell.metadata["jupyter"] = {"source_hidden": True}
        if cell.cell_type == "code":
            spoken = [o for o in cell.outputs if o.output_type == "stream" and o.name == "stderr"]
            warnings += [text for output in spoken if (text := readable(output.text))]
            cell.outputs = [o for o in cell.outputs if o not in spoken]
    notebook.metadata = {
        "kernelspec": _KERNEL,
        "language_info": {"name": "python"},
        "playbook": {"title": chapter.title, "minutes": chapter.minutes, "inputs": inputs, "version": __version__},
    }
    plain = json.loads(json.dumps(notebook))
    notebook.metadata["playbook"] |= {"source": _source(plain), "outputs": _outputs(plain), "warnings": warnings}
    return notebook, warnings


def write(notebook: Any, file: Path) -> None:
    """Write a settled notebook, beside and then renamed."""
    text = json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    with write_beside(file) as beside:
        beside.write_text(text, encoding="utf-8", newline="\n")


def read(file: Path) -> dict[str, Any]:
    """The notebook in `file`; empty if there is none or it cannot be read."""
    try:
        notebook = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return notebook if isinstance(notebook, dict) and isinstance(notebook.get("cells"), list) else {}


def is_fresh(notebook: Mapping[str, Any], inputs: str) -> bool:
    """Whether the notebook was made from `inputs` and is still as the batch left it."""
    record = _record(notebook)
    return (
        record.get("inputs") == inputs
        and record.get("source") == _source(notebook)
        and record.get("outputs") == _outputs(notebook)
    )


def warnings_in(notebook: Mapping[str, Any]) -> tuple[str, ...]:
    """The warnings that the chapter's cells gave when it was run."""
    return tuple(_record(notebook).get("warnings", ()))


def is_of_a_build(file: Path) -> bool:
    """Whether a batch made the notebook in `file`, edited since or not."""
    return "inputs" in _record(read(file))


def put_edited_aside(file: Path) -> Path | None:
    """Put a chapter whose cells its manager edited aside as `….mine.ipynb`, and say where; None if it was not edited.

    An earlier one kept is never replaced: the next is `….mine-2.ipynb`. Edited twice into the same is kept once.
    """
    if not file.is_file():
        return None
    notebook = read(file)
    if notebook and _record(notebook).get("source") == _source(notebook):
        return None
    mine = _source(notebook) if notebook else ""
    for number in range(1, 1000):
        copy = file.with_name(f"{file.stem}.mine{'' if number == 1 else f'-{number}'}.ipynb")
        if not copy.exists():
            os.replace(file, copy)
            return copy
        if mine and _source(read(copy)) == mine:
            return copy
    return None


def readable(text: str) -> str:
    """What a program printed, on one line, without colours and without the paths of this machine."""
    return " ".join(without_paths(text).split())


def without_paths(text: str) -> str:
    """`text` without colour codes and addresses of memory, in which a path of this machine is only its last part."""
    bare = re.sub(r"\x1b\[[0-9;]*m", "", text).replace("file://", "")
    # A slash within a word (1/2/2026, a web address) begins no path of this machine.
    bare = re.sub(r"(?<![\w/])(?:[A-Za-z]:)?(?:[\\/][^\\/\s'\"<>:|]+)+[\\/]([^\\/\s'\"<>:|]*)", r"\1", bare)
    return re.sub(r"0x[0-9a-f]{6,}", "0x…", bare)


def _record(notebook: Mapping[str, Any]) -> dict[str, Any]:
    record = notebook.get("metadata", {}).get("playbook", {})
    return record if isinstance(record, dict) else {}


def _source(notebook: Mapping[str, Any]) -> str:
    """The hash of the cells as a person can edit them; empty cells, which JupyterLab adds by itself, do not count."""
    cells = ((c.get("cell_type", ""), _joined(c.get("source", ""))) for c in notebook.get("cells", []))
    return of_text(*(part for kind, text in cells if text.strip() for part in (kind, text)))


def _outputs(notebook: Mapping[str, Any]) -> str:
    outputs_of_cells = (c.get("outputs", []) for c in notebook.get("cells", []) if c.get("cell_type") == "code")
    return of_text(*(json.dumps(outputs, sort_keys=True) for outputs in outputs_of_cells))


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)
