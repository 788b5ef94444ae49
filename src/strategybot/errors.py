"""The errors of strategybot: each class is a different thing for the caller to do.

::

    StrategyBotError            exit  HTTP
    ├─ ConfigurationError         2    -     the person running it must change a setting or an argument
    ├─ CorpusError                3    -     a source is missing, unreadable or not as listed
    ├─ IndexMissingError          4   503    run `strategybot ingest`
    ├─ IndexStaleError            4   503    run `strategybot ingest`
    └─ ChatModelError             5   502    the model did not answer; ``retryable`` says whether to try again
"""

from pathlib import Path


class StrategyBotError(Exception):
    """Base of all errors that strategybot raises on purpose; ``exit_code`` is the command line's status."""

    exit_code = 1


class ConfigurationError(StrategyBotError):
    """A setting or an argument is wrong; the message says which and what to write instead."""

    exit_code = 2


class CorpusError(StrategyBotError):
    """A source document cannot be used."""

    exit_code = 3

    def __init__(self, path: Path | str, reason: str) -> None:
        """Name the file and the reason, a sentence without the file's name."""
        super().__init__(f"{path}: {reason}")
        self.path = str(path)
        self.reason = reason


class IndexMissingError(StrategyBotError):
    """Nothing has been indexed in this home yet."""

    exit_code = 4


class IndexStaleError(StrategyBotError):
    """The index was made by another embedding model, or by another layout of the catalogue."""

    exit_code = 4


class ChatModelError(StrategyBotError):
    """The chat model did not answer."""

    exit_code = 5

    def __init__(self, message: str, *, retryable: bool) -> None:
        """Say what happened and whether the same call may go through later."""
        super().__init__(message)
        self.retryable = retryable
