"""Eligibility: a profile held against the criteria of schemes, criterion by criterion. No model takes part in it."""
