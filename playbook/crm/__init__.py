"""Export files in, canonical tables out: reading, recognising, cleaning, and an account of what was made of them."""
