"""Room: grounding."""
