"""Room: query -> candidate passages."""
