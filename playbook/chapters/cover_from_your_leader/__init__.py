"""Chapter 09: what its cells show."""
