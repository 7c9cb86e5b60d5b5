"""Chapter 02: what its cells show."""
