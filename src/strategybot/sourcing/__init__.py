"""Room: published originals -> files that can be indexed, and what changed in them. The only one with a network."""
