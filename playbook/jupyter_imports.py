"""Jupyter's libraries, imported without a grammar of web addresses that costs each process two seconds.

jsonschema checks texts of the format `iri` by means of `rfc3987_syntax`, which compiles its grammar as it is imported,
in each process that reads a notebook. Where that module cannot be imported, jsonschema leaves this one format
unchecked; no schema of notebooks, settings or events names it.
"""

import sys

_GRAMMAR = "rfc3987_syntax"


def leave_out_grammar() -> None:
    """Let what is imported from now on do without the grammar; for the kit's own processes, before Jupyter's parts."""
    sys.modules.setdefault(_GRAMMAR, None)  # type: ignore[arg-type]  # Python's own mark for "not to be had"
