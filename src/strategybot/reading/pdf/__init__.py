"""The PDF reader: words by their places, put together as a person reads the page."""

from strategybot.reading.pdf.document import parse_pdf
from strategybot.reading.pdf.pictures import Rectangle, find_rectangles, render_page

__all__ = ["Rectangle", "find_rectangles", "parse_pdf", "render_page"]
