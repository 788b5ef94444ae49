"""strategybot: a chat assistant over a public body's strategy documents, with every claim cited."""

from importlib.metadata import version

__version__ = version("strategybot")
