"""Sheets to fill in: live in JupyterLab, on paper everywhere else; what is typed goes to the journal."""
