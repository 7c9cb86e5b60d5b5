"""What the cells of the chapter "Holding people to it" show."""
