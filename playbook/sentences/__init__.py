"""Sentences from facts: a row of a finding in, what a person reads out; whole sentences, each written once.

The templates stand at the head of each module, one subject a module: a whole sentence with named places. Below them
stands what fills the places and chooses among them. What is shown is plain text, not escaped.
"""
