"""What the cells of the chapter "The improvement plan" show."""
