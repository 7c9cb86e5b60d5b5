"""Lessons that one can do alone, on simulated teams whose truth is known: exercises, an exam, progress."""
