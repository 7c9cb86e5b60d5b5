"""What the cells of the chapter "Each rep" show."""
