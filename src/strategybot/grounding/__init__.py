"""Room: draft -> Reply."""
