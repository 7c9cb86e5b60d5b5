"""What the cells of the chapter "Cover from your leader" show."""
