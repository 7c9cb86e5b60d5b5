"""What the notebook bring_your_data shows: a person's exports, what they are taken for, and menus to correct it."""
