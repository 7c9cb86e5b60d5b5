"""What the cells of the chapter "Why deals are lost" show."""
