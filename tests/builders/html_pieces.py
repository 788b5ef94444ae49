"""Chapters as HTML, for saved pages, printed pages and messages."""

from dataclasses import dataclass, field
from html import escape
from random import Random
from typing import Literal

from tests.builders.content import Chapter, Piece, Table
from tests.builders.expectation import Expected, ExpectedKind

FIGURE_WORDS = "Chart of jobs by sector"
EMPTY_PICTURE = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="


@dataclass(slots=True)
class Marker:
    """Writes pieces as HTML and remembers what it wrote.

    Attributes:
        top: The level of a chapter's heading.
        soft_hyphens: Whether long words carry soft hyphens.
        accordion: Whether panels are written as details that open.
    """

    random: Random
    top: int = 2
    soft_hyphens: bool = False
    accordion: Literal["none", "details"] = "none"
    expected: list[Expected] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def chapter(self, chapter: Chapter) -> str:
        """Return a chapter with its heading, standfirst and pieces."""
        front = f"{self._heading(chapter.title, self.top)}\n{self._paragraph(chapter.standfirst, css='lead')}\n"
        return front + self.pieces(chapter.pieces)

    def pieces(self, given: tuple[Piece, ...]) -> str:
        """Return pieces in order, the items of one list together."""
        html = []
        pieces = list(given)
        while pieces:
            kind = pieces[0].kind
            size = next((n for n, piece in enumerate(pieces) if piece.kind != kind), len(pieces))
            group = pieces[:size] if kind in ("bullet", "numbered") else pieces[:1]
            del pieces[: len(group)]
            html.append(self._list(group) if kind in ("bullet", "numbered") else self._piece(group[0]))
        return "\n".join(html)

    def footnotes(self) -> str:
        """Return the list of the notes, each with its link back, or nothing."""
        if not self.notes:
            return ""
        items = []
        for n, note in enumerate(self.notes, start=1):
            items.append(f'<li id="fn{n}">{escape(note)} <a href="#ref{n}" aria-label="Back to text">↩</a></li>')
            also = tuple(f"{front}{note}{back}" for front in ("", f"{n}. ", f"{n} ") for back in ("", " ↩", "↩"))
            self.expected.append(Expected("footnote", note, also=also, floating=True))
        return f'<ol class="footnotes" role="doc-endnotes">{"".join(items)}</ol>'

    def _keep(self, kind: ExpectedKind, text: str, *, also: tuple[str, ...] = (), aside: bool = False) -> None:
        self.expected.append(Expected(kind, text, also=also, floating=aside, either=aside))

    def _heading(self, text: str, level: int) -> str:
        self.expected.append(Expected("heading", text, level=level))
        return f"<h{level}>{escape(text)}</h{level}>"

    def _paragraph(self, text: str, css: str = "") -> str:
        self._keep("paragraph", text)
        opening = f'<p class="{css}">' if css else "<p>"
        return f"{opening}{self._words(text)}</p>"

    def _words(self, text: str) -> str:
        if not self.soft_hyphens:
            return escape(text, quote=False)
        return escape(" ".join(_with_soft_hyphens(word) for word in text.split()), quote=False)

    def _piece(self, piece: Piece) -> str:
        if piece.table is not None:
            return self._table(piece.table)
        writers = {"paragraph": self._noted, "panel": self._panel, "quote": self._quote, "figure": self._figure}
        if piece.kind == "heading":
            return self._heading(piece.text, piece.level + self.top - 1)
        return writers[piece.kind](piece)

    def _panel(self, piece: Piece) -> str:
        title, *texts = piece.parts
        self._keep("paragraph", title, aside=True)
        for text in texts:
            self._keep("paragraph", text, aside=True)
        inside = "".join(f"<p>{self._words(text)}</p>" for text in texts)
        if self.accordion == "details":
            return f"<details><summary><span>{escape(title)}</span></summary>{inside}</details>"
        return f'<div class="callout panel"><p><strong>{escape(title)}</strong></p>{inside}</div>'

    def _quote(self, piece: Piece) -> str:
        self._keep("paragraph", piece.text, aside=True)
        return f"<blockquote><p>{self._words(piece.text)}</p></blockquote>"

    def _figure(self, piece: Piece) -> str:
        self._keep("paragraph", piece.text, aside=True)
        picture = f'<img alt="{FIGURE_WORDS}" width="300" height="90" src="{EMPTY_PICTURE}">'
        return f"<figure>{picture}<figcaption>{escape(piece.text)}</figcaption></figure>"

    def _noted(self, piece: Piece) -> str:
        self._keep("paragraph", piece.text)
        cut = piece.note_at if piece.note else len(piece.text)
        html = f"<strong>{self._words(piece.text[: piece.lead])}</strong>" if piece.lead else ""
        html += (" " if piece.lead else "") + self._words(piece.text[piece.lead : cut])
        if piece.note:
            self.notes.append(piece.note)
            n = len(self.notes)
            html += f'<sup id="ref{n}"><a href="#fn{n}">{n}</a></sup> {self._words(piece.text[cut:])}'
        return f"<p>{html.rstrip()}</p>"

    def _list(self, items: list[Piece]) -> str:
        tag = "ul" if items[0].kind == "bullet" else "ol"
        inside = ""
        for n, item in enumerate(items, start=1):
            also = (f"• {item.text}",) if tag == "ul" else (f"{n}. {item.text}",)
            self._keep("list-item", item.text, also=also)
            words = self._words(item.text)
            inside += f"<li>{words}</li>" if self.random.random() < 0.8 else f"<li><p>{words}</p></li>"
        return f"<{tag}>\n{inside}\n</{tag}>"

    def _table(self, table: Table) -> str:
        self._keep("paragraph", table.caption, aside=True)
        headed = self.random.random() < 0.7
        head = "<tr>" + "".join(f'<th scope="col">{escape(name)}</th>' for name in table.header) + "</tr>"
        rows = []
        for row in table.rows:
            self._keep("table-row", table.row_text(row))
            first, *others = (escape(cell, quote=False) for cell in row)
            opening = f'<th scope="row">{first}</th>' if headed else f"<td><p>{first}</p></td>"
            rows.append("<tr>" + opening + "".join(f"<td>{cell}</td>" for cell in others) + "</tr>")
        body = "\n".join(rows)
        if headed:
            inside = f"<thead>{head}</thead><tbody>{body}</tbody>"
            return f"<table><caption>{escape(table.caption)}</caption>{inside}</table>"
        return f"<p><strong>{escape(table.caption)}</strong></p><table><tbody>{head}{body}</tbody></table>"


def _with_soft_hyphens(word: str) -> str:
    if len(word) < 8 or not word.isalpha():
        return word
    return word[:4] + "\u00ad" + word[4:]
