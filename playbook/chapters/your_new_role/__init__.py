"""What the cells of the chapter "Your new role" show."""
