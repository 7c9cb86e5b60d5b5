"""From the files that a person points at to raw tables: text only, each row with its number."""
