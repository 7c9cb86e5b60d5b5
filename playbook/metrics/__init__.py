"""Measures: tables in, DataFrame out. No plotting, no files, no verdicts."""
