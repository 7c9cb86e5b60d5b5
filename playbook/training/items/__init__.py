"""The bank of items, a module per subject; each module lists its own in ITEMS."""
