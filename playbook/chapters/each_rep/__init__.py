"""Chapter 05: what its cells show."""
