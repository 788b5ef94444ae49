"""Profiles: what a person tells of a business and its plans, read into facts. No model is needed for it."""
