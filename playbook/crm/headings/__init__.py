"""What a table is and which of its columns means what: the mapping language, and its use on a folder."""
