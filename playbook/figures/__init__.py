"""Pictures: a DataFrame in, Axes out. Nothing is computed here that a sentence also says."""
