"""The PDF reader: words by their places, put together as a person reads the page."""

from strategybot.reading.pdf.document import parse_pdf

__all__ = ["parse_pdf"]
