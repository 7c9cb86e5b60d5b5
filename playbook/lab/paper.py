"""What of a form is written into a notebook's file: the sheet with the answers, never the widget.

A widget lives in one kernel. Saved, it would come back as "Error displaying widget" once that kernel is gone, in the
place of the sheet; so it is left out of the file. The open page keeps it.
"""

from typing import Any

_WIDGET = "application/vnd.jupyter.widget-view+json"
_READABLE = "text/html"


def save_paper_only(*, model: dict[str, Any], **_: object) -> None:
    """A hook of the server before it saves: takes widgets out of outputs that can also be read without one."""
    if model.get("type") != "notebook" or not isinstance(model.get("content"), dict):
        return
    for cell in model["content"].get("cells", []):
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if _READABLE in data:
                data.pop(_WIDGET, None)
