"""Room: reading."""
