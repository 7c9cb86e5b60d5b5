"""What single lessons show beside their exercises, a module per lesson, named as its notebook."""
