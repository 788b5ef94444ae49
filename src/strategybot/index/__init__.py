"""Room: documents -> vectors and words on disk."""
