"""Chapter 06: what its cells show."""
