"""What the cells of the chapter "The coaching conversation" show."""
