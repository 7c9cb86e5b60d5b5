"""Exports that do not fit into memory: read in pieces, decided as a whole, written in pieces."""
