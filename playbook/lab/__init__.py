"""JupyterLab as a reader of pages: rendered text first, code folded away, nothing fetched from outside."""
