"""What the cells of the chapter "Where revenue comes from" show."""
