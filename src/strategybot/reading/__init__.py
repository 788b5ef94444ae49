"""Room: bytes -> Document. One small reader per format; a file that cannot be read is named with its reason."""

from strategybot.reading.documents import (
    Listed,
    Opened,
    describe,
    load_listings,
    load_sources,
    open_file,
    open_files,
    read_document,
)
from strategybot.reading.finding import SUFFIXES, find_files

__all__ = [
    "SUFFIXES",
    "Listed",
    "Opened",
    "describe",
    "find_files",
    "load_listings",
    "load_sources",
    "open_file",
    "open_files",
    "read_document",
]
