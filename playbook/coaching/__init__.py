"""Verdicts in; plays, conversations, plans, hours and commitments out. Pure: tables in, tables and plain values out."""
