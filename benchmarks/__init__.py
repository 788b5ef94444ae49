"""The benchmarks of strategybot: ingest against a plain pipeline, time of a reply, time to start."""
