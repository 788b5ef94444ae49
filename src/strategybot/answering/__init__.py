"""Room: answering."""
