"""Room: a question as typed -> what is asked: standalone, in parts, of which kind, and whether we may answer at all."""
