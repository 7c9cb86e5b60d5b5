"""A papermill engine: each notebook runs in a process forked from a warm parent, and nothing of it goes on."""
