"""A conversation on the page: questions with their replies, and how one more is asked."""

import logging
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from strategybot.errors import StrategyBotError
from strategybot.schema import Query, Reply, Turn
from strategybot.serving.seam import Answering

logger = logging.getLogger(__name__)

DAY_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y")
UNEXPECTED = "Something went wrong here and no answer was made. Please try again."
TURNS_SENT = 20
"""Messages of the conversation that go with a question; a follow-up leans on the last few only."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and what became of it: no reply yet, one that grows or is whole, or trouble in words."""

    question: str
    reply: Reply | None = None
    trouble: str | None = None
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Conversation:
    """Exchanges in order; ``token`` is what its export is fetched by, empty before the first question."""

    token: str = ""
    exchanges: tuple[Exchange, ...] = ()

    @property
    def replies(self) -> tuple[Reply, ...]:
        """The replies in order."""
        return tuple(exchange.reply for exchange in self.exchanges if exchange.reply)

    @property
    def history(self) -> tuple[Turn, ...]:
        """The messages in order, those without a reply left out; the last few only."""
        turns = [
            turn
            for exchange in self.exchanges
            if exchange.reply
            for turn in (
                Turn(role="user", content=exchange.question),
                Turn(role="assistant", content=exchange.reply.text),
            )
        ]
        return tuple(turns[-TURNS_SENT:])

    def begin(self, question: str) -> "Conversation":
        """Return the conversation with one more question, not answered yet."""
        return Conversation(self.token or secrets.token_urlsafe(24), (*self.exchanges, Exchange(question)))

    def grow(self, reply: Reply) -> "Conversation":
        """Return the conversation with the last question answered so far."""
        return self._with_last(replace(self.exchanges[-1], reply=reply))

    def fail(self, trouble: str) -> "Conversation":
        """Return the conversation with the last question not answered, and why."""
        return self._with_last(replace(self.exchanges[-1], reply=None, trouble=trouble))

    def stop(self) -> "Conversation":
        """Return the conversation with the last answer stopped where it is; an empty one stays as it is."""
        return self._with_last(replace(self.exchanges[-1], stopped=True)) if self.exchanges else self

    def _with_last(self, exchange: Exchange) -> "Conversation":
        return replace(self, exchanges=(*self.exchanges[:-1], exchange))


def ask(assistant: Answering, conversation: Conversation, question: str, *, as_of: date) -> Iterator[Conversation]:
    """Ask one more question; yields the conversation as its answer grows, first without any answer.

    Trouble of any kind becomes a sentence in the conversation.
    """
    query = Query(text=question, history=conversation.history, as_of=as_of)
    conversation = conversation.begin(question)
    yield conversation
    try:
        for reply in assistant.stream(query):
            conversation = conversation.grow(reply)
            yield conversation
        for reply in conversation.replies[-1:]:
            assistant.record_citations(reply)
    except StrategyBotError as error:
        yield conversation.fail(f"{str(error)[:1].upper()}{str(error)[1:]}")
    except Exception:  # the page must say that no answer comes, whatever broke
        logger.exception("no answer was made")
        yield conversation.fail(UNEXPECTED)


def parse_day(text: str, *, today: date) -> date:
    """Read a day as people write it: 2022-06-30, 30/06/2022 or 30 June 2022; nothing written means today.

    Raises:
        ValueError: It is none of these; the message is for the person who wrote it.
    """
    if not text.strip():
        return today
    for form in DAY_FORMATS:
        try:
            return datetime.strptime(text.strip(), form).date()
        except ValueError:
            continue
    message = f"“{text.strip()}” is not a date that I can read: write 30 June 2022, 30/06/2022 or 2022-06-30."
    raise ValueError(message)
