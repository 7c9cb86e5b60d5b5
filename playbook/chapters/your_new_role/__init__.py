"""Chapter 01: what its cells show."""
