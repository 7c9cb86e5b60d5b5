"""What the cells of the chapter "Your week" show."""
