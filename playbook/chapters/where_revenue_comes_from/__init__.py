"""Chapter 03: what its cells show."""
