"""Rendering: replies and cited passages as HTML for the chat page, all text escaped.

The results stand on one line and begin with a block element, so that the page's Markdown takes them as HTML
whole and no text of a document or a user is ever read as Markdown.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Literal

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from strategybot.dates import render_date
from strategybot.schema import Citation, DocumentKind, Reply, Status
from strategybot.serving.addresses import address_quotes
from strategybot.serving.cited import CitedPassage, count_documents
from strategybot.serving.conversation import Conversation, Exchange
from strategybot.serving.support.reply import citations_of, view_support
from strategybot.serving.support.words import DECIDES, OUTCOMES, pounds, upper_first
from strategybot.serving.viewing import web_address

LineKind = Literal["paragraph", "item", "notice"]
SHORT_CHARS = 60
MARKER = re.compile(r"( ?)\[(\d{1,3})\]")
HEADLINES: Mapping[Status, str] = {
    "answered": "Answered",
    "partial": "Answered in part",
    "not_found": "Not found in these documents",
    "clarify": "A question back to you",
    "out_of_scope": "Outside these documents",
    "refused": "Not answered",
}
KIND_NAMES: Mapping[DocumentKind, str] = {
    "strategy": "strategy",
    "consultation": "consultation",
    "evidence": "evidence",
    "plan": "plan",
    "support-scheme": "support scheme",
    "news": "news",
    "guidance": "guidance",
}


@dataclass(frozen=True, slots=True)
class Message:
    """A message of the chat as HTML."""

    role: Literal["user", "assistant"]
    html: str


@dataclass(frozen=True, slots=True)
class LineGroup:
    """Neighbouring lines of a reply's text of one kind, each as escaped HTML."""

    kind: LineKind
    lines: tuple[Markup, ...]


@cache
def templates() -> Environment:
    """Return the templates of this room; they escape whatever is put into them."""
    environment = Environment(
        loader=PackageLoader("strategybot.serving"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters |= {"day": render_date, "address": web_address, "kind_name": KIND_NAMES.__getitem__}
    environment.filters |= {"pounds": pounds, "upper_first": upper_first}
    environment.globals |= {"outcomes": OUTCOMES, "decides": DECIDES}
    return environment


def render_messages(conversation: Conversation, *, running: bool = False) -> list[Message]:
    """Render a conversation as messages, a question and its answer in turn; the last answer may be running."""
    last = len(conversation.exchanges) - 1
    told = [exchange.question for exchange in conversation.exchanges]
    return [
        message
        for n, exchange in enumerate(conversation.exchanges)
        for message in (
            Message("user", render_question(exchange.question)),
            Message(
                "assistant",
                render_answer(exchange, running=running and n == last, told="\n".join(told[: n + 1])),
            ),
        )
    ]


def render_question(text: str) -> str:
    """Render what a user wrote: escaped, its line breaks kept."""
    lines = Markup("<br>").join(escape(line) for line in text.splitlines())
    return _one_line(Markup("<p>{}</p>").format(lines))


def render_answer(exchange: Exchange, *, running: bool = False, told: str = "") -> str:
    """Render an answer as far as it has come: its status, text, notices and what may help further.

    While it is running, its class says so, and the style sheet shows “Stop” in the place of “Ask”: both change in one
    stroke with the answer, which several updates of the page would not. ``told`` is what was asked so far.
    """
    return render_template(
        "answer.html",
        running=running,
        exchange=exchange,
        reply=exchange.reply,
        headline=_headline(exchange),
        groups=_groups(exchange),
        support=view_support(exchange.reply, told) if exchange.reply else None,
    )


def render_passages(reply: Reply | None, passages: Sequence[CitedPassage]) -> str:
    """Render the passages that a reply cites, quoted words marked; without a reply, what will stand here.

    Neighbouring passages of one document stand under one heading; their numbers keep their order.
    """
    groups = [
        tuple(group) for _, group in groupby(passages, key=lambda p: (p.citation.document_id, p.citation.version))
    ]
    return render_template("passages.html", reply=reply, groups=groups)


def render_export_links(token: str) -> str:
    """Render the links by which a conversation is downloaded; none without a token."""
    return render_template("export.html", token=token)


def render_note(text: str) -> str:
    """Render a remark to the user that assistive technology announces; empty text gives an empty one."""
    return render_template("note.html", text=text)


def render_feedback_question(question: str) -> str:
    """Render what people are asked about an answer; the question says which answer is meant."""
    return render_template("feedback.html", question=shorten(question))


def shorten(question: str) -> str:
    """Return a question on one line of at most 60 characters, an ellipsis at its end where it was longer."""
    line = " ".join(question.split())
    return line if len(line) <= SHORT_CHARS else f"{line[: SHORT_CHARS - 1]}…"


def headline(reply: Reply) -> str:
    """Say in a few words what kind of answer a reply is, and from how many documents as of which day."""
    words = HEADLINES[reply.status]
    citations = citations_of(reply)
    if not citations:
        return words
    count = count_documents(citations)
    documents = "1 document" if count == 1 else f"{count} documents"
    return f"{words} from {documents}, as of {render_date(reply.as_of.isoformat())}"


def _headline(exchange: Exchange) -> str:
    if exchange.trouble:
        return "No answer"
    if exchange.reply:
        return headline(exchange.reply)
    return "Stopped before an answer" if exchange.stopped else "Looking through the documents …"


def _groups(exchange: Exchange) -> tuple[LineGroup, ...]:
    """Divide a reply's text, plain but for list items, notices and citation markers, into groups of lines."""
    reply = exchange.reply
    if reply is None:
        return ()
    cited = {citation.number: citation for citation in reply.citations}
    links = address_quotes(reply.citations)
    lines = (_parse_line(line) for line in reply.text.splitlines() if line.strip())
    return tuple(
        LineGroup(kind, tuple(_mark_up(text, cited, links) for _, text in entries))
        for kind, entries in groupby(lines, key=lambda line: line[0])
    )


def _parse_line(line: str) -> tuple[LineKind, str]:
    if line.startswith("- "):
        return "item", line[2:]
    if line.startswith("> "):
        return "notice", line[2:]
    return "paragraph", line


def _mark_up(text: str, citations: Mapping[int, Citation], links: Mapping[int, str]) -> Markup:
    """Escape a line and make links of its citation markers; a number that is not cited stays as it is."""

    def link(found: re.Match[str]) -> str:
        citation = citations.get(int(found[2]))
        if citation is None:
            return found[0]
        # A number that began a line would stand apart from its sentence.
        space = "\N{NO-BREAK SPACE}" if found[1] else ""
        name = f"Passage {citation.number}: {citation.title}"
        return Markup('{}<a class="cite" href="{}" target="_blank" title="{}">[{}]</a>').format(
            space, links[citation.number], name, citation.number
        )

    return Markup(MARKER.sub(link, str(escape(text))))  # escaped before; links escape their own


def render_template(name: str, **values: object) -> str:
    """Fill a template, as HTML on one line."""
    return _one_line(templates().get_template(name).render(**values))


def _one_line(html: str) -> str:
    # A blank line would end the HTML block, and Markdown would begin.
    return " ".join(re.split(r"[^\S\N{NO-BREAK SPACE}]+", html.strip()))
