"""A conversation as a file, and the shelf from which it is fetched once."""

import re
import threading
from collections import OrderedDict
from collections.abc import Iterator

from strategybot.dates import render_date
from strategybot.schema import Citation, Reply
from strategybot.serving.conversation import Conversation, Exchange
from strategybot.serving.render import headline
from strategybot.serving.support.reply import citations_of, write_matches
from strategybot.serving.viewing import web_address

SPECIAL = re.compile(r"([\\`*_\[\]<>&|~])")
MARKER = re.compile(r"\\\[(\d{1,3})\\\]")
LINE_START = re.compile(r"^(\s*)([-+=:#]|\d+[.)])")
MOST_CONVERSATIONS = 500
NOTE = "Please note:"


class Shelf:
    """Conversations by token, the ones least recently put or found given up first; kept in memory only."""

    def __init__(self, *, most: int = MOST_CONVERSATIONS) -> None:
        """Make room for a number of conversations."""
        self._most = most
        self._kept: OrderedDict[str, Conversation] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, conversation: Conversation) -> None:
        """Keep a conversation as it is now; one without a token is not kept."""
        if not conversation.token:
            return
        with self._lock:
            self._kept[conversation.token] = conversation
            self._kept.move_to_end(conversation.token)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)

    def find(self, token: str) -> Conversation | None:
        """Return a conversation; None if it was never kept or has been given up."""
        with self._lock:
            return self._kept.get(token)


def render_markdown(conversation: Conversation, *, site: str) -> str:
    """Write a conversation as Markdown, text escaped; ``site`` goes before links and ends without a slash."""
    pieces = ["# Questions to the strategy documents"]
    for number, exchange in enumerate(conversation.exchanges, 1):
        pieces += [
            f"## {number}. {escape_markdown(' '.join(exchange.question.split()))}",
            *_markdown_answer(exchange, site),
        ]
    return "\n\n".join(pieces) + "\n"


def render_plain(conversation: Conversation, *, site: str) -> str:
    """Write a conversation as plain text."""
    answers = [
        f"Question {number}: {exchange.question.strip()}\n\n{render_plain_answer(exchange, site=site)}"
        for number, exchange in enumerate(conversation.exchanges, 1)
    ]
    return "\n\n\n".join(["Questions to the strategy documents", *answers]) + "\n"


def render_plain_answer(exchange: Exchange, *, site: str) -> str:
    """Write an answer as plain text with its sources, ready to paste; empty while there is none."""
    if exchange.reply is None:
        return exchange.trouble or ""
    lines = [f"{NOTE} {line[2:]}" if line.startswith("> ") else line for line in exchange.reply.text.splitlines()]
    matches = "\n".join(write_matches(exchange.reply))
    pieces = ["\n".join(lines), *([matches] if matches else []), *_remarks(exchange)]
    sources = [plain_source(citation, site) for citation in citations_of(exchange.reply)]
    pieces += ["Sources\n" + "\n".join(sources)] if sources else []
    return "\n\n".join([*pieces, f"{headline(exchange.reply)}."])


def escape_markdown(text: str) -> str:
    """Escape text so that Markdown shows it as it is: no markup, link, image, HTML, list or heading."""
    lines = (LINE_START.sub(_escape_start, SPECIAL.sub(r"\\\1", line)) for line in text.splitlines())
    return "\n".join(lines)


def escape_cited(text: str) -> str:
    """Escape text as ``escape_markdown`` does, but for citation markers, which are ours."""
    return MARKER.sub(r"[\1]", escape_markdown(text))


def _escape_start(found: re.Match[str]) -> str:
    return f"{found[1]}{found[2][:-1]}\\{found[2][-1]}"


def _markdown_answer(exchange: Exchange, site: str) -> Iterator[str]:
    if exchange.reply is None:
        yield escape_markdown(exchange.trouble or "No answer was made.")
        return
    yield f"**{escape_markdown(headline(exchange.reply))}**"
    yield "\n".join(_markdown_line(line) for line in exchange.reply.text.splitlines())
    if matches := write_matches(exchange.reply):
        yield "\n".join(f"- {escape_cited(line)}" for line in matches)
    yield from (escape_markdown(remark) for remark in _remarks(exchange))
    if sources := citations_of(exchange.reply):
        yield "Sources:"
        yield "\n".join(markdown_source(citation, site) for citation in sources)


def _markdown_line(line: str) -> str:
    """Escape a line of a reply's text, but for list and notice signs and citation markers, which are ours."""
    sign = line[:2] if line.startswith(("- ", "> ")) else ""
    return sign + escape_cited(line[len(sign) :])


def markdown_source(citation: Citation, site: str) -> str:
    """Write a citation as a line of Markdown that begins with its number."""
    original = web_address(citation.source_url)
    link = f" ([original](<{_in_angles(original)}>))" if original else ""
    quote = escape_markdown(" ".join(citation.quote.split()))
    name = f"[{escape_markdown(_name(citation))}](<{_in_angles(site + citation.link)}>)"
    return f"{citation.number}. {name}, {escape_markdown(_origin(citation))}{link}: “{quote}”"


def plain_source(citation: Citation, site: str) -> str:
    """Write a citation as lines of plain text that begin with its number."""
    addresses = [f"    {site}{citation.link}"]
    addresses += [f"    Original: {citation.source_url}"] if citation.source_url else []
    quote = " ".join(citation.quote.split())
    first = f"[{citation.number}] {_name(citation)}, {_origin(citation)}: “{quote}”"
    return "\n".join([first, *addresses])


def _name(citation: Citation) -> str:
    return f"our summary of {citation.title}" if citation.form == "digest" else citation.title


def _origin(citation: Citation) -> str:
    return f"{citation.publisher}, {render_date(citation.published) if citation.published else 'undated'}"


def _in_angles(address: str) -> str:
    """Keep an address from ending the angle brackets around it."""
    return (
        address.replace("<", "%3C").replace(">", "%3E").replace("\n", "%0A").replace("\r", "%0D").replace("\\", "%5C")
    )


def _remarks(exchange: Exchange) -> Iterator[str]:
    reply: Reply | None = exchange.reply
    if reply:
        yield from (notice.text for notice in reply.notices if notice.text not in reply.text)
        yield from ("Perhaps of use: " + document.title for document in reply.nearest)
    if exchange.stopped:
        yield "This answer was stopped before it was whole."
