"""Companies whose true causes are known: for the sample, the bench, the lessons and the season."""
