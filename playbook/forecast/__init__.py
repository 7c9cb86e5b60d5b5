"""Open deals in, range of the month's and quarter's revenue out, with how far such ranges were off before."""
