"""Chapter 04: what its cells show."""
