"""What reads notebooks starts without a grammar that no notebook needs."""

import subprocess
import sys

import pytest

_LOADS = {
    "the lab": "from playbook import jupyter_imports as own; own.leave_out_grammar(); import jupyterlab.labapp",
    "the warm parent": "import playbook.warm_engine.preload",
    "the pages": "from playbook.workbooks.markdown import markdown_html; markdown_html('a')",
}


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)


@pytest.mark.parametrize("code", _LOADS.values(), ids=_LOADS)
def test_the_grammar_is_left_out_and_a_notebook_is_still_checked(code):
    ended = run(f"{code}; import nbformat, sys; print('lark' in sys.modules); nbformat.validate({{}}, version=4)")
    assert ended.stdout == "False\n"
    assert "'metadata' is a required property" in ended.stderr
