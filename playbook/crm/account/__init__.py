"""The account of an import: what was read, dropped, repaired and left, and what the gaps switch off."""
