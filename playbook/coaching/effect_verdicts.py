"""What can be said of a change since coaching began. Kept apart: chapters load no statistics library."""

HELPED = "helped"
WORSE = "moved the other way"
NO_CHANGE = "no change seen"
TOO_EARLY = "too early to say"
