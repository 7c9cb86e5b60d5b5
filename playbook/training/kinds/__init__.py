"""The kinds of exercise, a file each: what is asked, and what is said to this very answer."""
