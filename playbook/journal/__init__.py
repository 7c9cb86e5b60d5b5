"""Answers and commitments of a manager: append-only, beside the workbook."""
