"""A name to type and a button that writes the certificate, on the capstone's page."""

from collections.abc import Callable, Sequence
from pathlib import Path

import ipywidgets as widgets

from playbook.errors import PlaybookError
from playbook.escaping import for_html
from playbook.forms.controls import fitting


def certificate_button(folder: Path, write: Callable[..., Sequence[str]]) -> widgets.Widget:
    """What is pressed asks the journal anew, so it works on the page on which the capstone was just met."""
    name = widgets.Text(description="Your name, as it shall stand there", style={"description_width": "initial"})
    button = widgets.Button(description="Write my certificate", layout=fitting())
    status = widgets.HTML()

    def pressed(_: object) -> None:
        try:
            sentences = write(folder, name=name.value)
        except PlaybookError as error:
            sentences = [f"{error.what} {error.remedy}"]
        status.value = f'<div role="status">{for_html(" ".join(sentences))}</div>'

    button.on_click(pressed)
    root = widgets.VBox([name, button, status])
    root.add_class("ptc-form")
    return root
