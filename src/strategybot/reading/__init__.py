"""Room: bytes -> Document. One small reader per format; a file that cannot be read is named with its reason."""

from strategybot.reading.documents import READERS, Listed, find_files, load_sources, read_document

__all__ = ["READERS", "Listed", "find_files", "load_sources", "read_document"]
