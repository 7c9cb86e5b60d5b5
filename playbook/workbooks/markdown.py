"""Markdown that was written for the kit as HTML for its pages: the text cells of chapters, and the guide."""

from functools import cache

from playbook.jupyter_imports import leave_out_grammar


@cache
def markdown_html(source: str) -> str:
    """`source` as HTML; every manager's chapter has the same text cells, so each is rendered once a process."""
    leave_out_grammar()
    from nbconvert.filters.markdown_mistune import markdown2html_mistune

    html = markdown2html_mistune(source)
    # A table of a text scrolls by itself on a phone, like those of `display.table`.
    html = html.replace("<table>", '<div class="ptc-table" role="group" tabindex="0" aria-label="Table"><table>')
    return html.replace("</table>", "</table></div>")
