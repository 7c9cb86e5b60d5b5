"""Chapter 08: what its cells show."""
