"""Chapter 07: what its cells show."""
