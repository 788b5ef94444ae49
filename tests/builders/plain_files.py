"""Markdown, plain text, messages, and a ZIP of documents."""

import io
import textwrap
import zipfile
from email.message import EmailMessage
from email.policy import SMTP
from random import Random

from tests.builders.content import Piece, Report, make_report
from tests.builders.docx_report import build_docx_report
from tests.builders.expectation import BuiltDocument, Expected
from tests.builders.html_pieces import FIGURE_WORDS, Marker
from tests.builders.html_saved_page import build_html_saved_page
from tests.builders.pdf_designed import build_pdf_designed
from tests.builders.sheets import build_csv_table

CLOSING = "Policy and strategy team"


def build_markdown_page(seed: int = 0) -> BuiltDocument:
    """Return a page of Markdown with front matter."""
    report = make_report(6000 + seed, chapters=2)
    expected = [Expected("heading", report.title, level=1)]
    lines = [f'---\ntitle: "{report.title}"\npublished: {report.published}-15\n---\n\n# {report.title}\n']
    for chapter in report.chapters:
        lines.append(f"## {chapter.title}\n\n{chapter.standfirst}\n")
        expected += [Expected("heading", chapter.title, level=2), Expected("paragraph", chapter.standfirst)]
        for before, piece in zip((None, *chapter.pieces), chapter.pieces, strict=False):
            text, items = _markdown(piece)
            apart = before is not None and before.kind in ("bullet", "numbered") and before.kind != piece.kind
            lines.append(f"\n{text}" if apart else text)
            expected += items
    return BuiltDocument(
        name=f"page-{seed}", suffix=".md", data="\n".join(lines).encode(), expected=tuple(expected),
        title=report.title, published=f"{report.published}-15",
    )  # fmt: skip


def _markdown(piece: Piece) -> tuple[str, list[Expected]]:
    if piece.kind == "heading":
        return f"{'#' * (piece.level + 1)} {piece.text}\n", [Expected("heading", piece.text, level=piece.level + 1)]
    if piece.kind in ("bullet", "numbered"):
        return f"{'-' if piece.kind == 'bullet' else '1.'} {piece.text}", [Expected("list-item", piece.text)]
    if piece.table is not None:
        header, rows = piece.table.header, piece.table.rows
        table = [f"| {' | '.join(cells)} |" for cells in (header, ("---",) * len(header), *rows)]
        expected = [Expected("table-row", piece.table.row_text(row)) for row in rows]
        caption = Expected("paragraph", piece.table.caption, floating=True)
        return f"{piece.table.caption}\n\n" + "\n".join(table) + "\n", [caption, *expected]
    texts = piece.parts if piece.kind == "panel" else (piece.text,)
    return "\n".join(f"{textwrap.fill(text, 90, break_on_hyphens=False)}\n" for text in texts), [
        Expected("paragraph", t) for t in texts
    ]


def build_text_page(seed: int = 0) -> BuiltDocument:
    """Return a plain text of paragraphs, filled to a width or on one line each; seeds differ in encoding."""
    random = Random(f"text {seed}")
    report = make_report(7000 + seed, chapters=1)
    width, encoding = random.choice((72, 80, 10_000)), random.choice(("utf-8", "utf-8-sig", "cp1252"))
    texts = [
        report.title,
        *(p.text for chapter in report.chapters for p in chapter.pieces if p.kind in ("paragraph", "heading")),
    ]
    filled = [textwrap.fill(text, width, break_on_hyphens=False) for text in texts]
    end = random.choice(("\n", "\r\n"))
    return BuiltDocument(
        name=f"text-{seed}", suffix=".txt", data=(end * 2).join(t.replace("\n", end) for t in filled).encode(encoding),
        expected=tuple(Expected("paragraph", text, either=True) for text in texts),
    )  # fmt: skip


def build_eml_message(seed: int = 0) -> BuiltDocument:
    """Return a message with the same text as plain and as HTML, and an attached table or report.

    ``expected`` is the text of the message alone; the attachment is a document of its own.
    """
    random = Random(f"eml {seed}")
    report = make_report(8000 + seed, chapters=1, long_paragraphs=False)
    chapter = report.chapters[0]
    pieces = tuple(piece for piece in chapter.pieces if piece.kind in ("paragraph", "bullet") and not piece.note)
    marker = Marker(random)
    texts = ["Dear colleagues,", chapter.standfirst]
    html = "".join(f"<p>{text}</p>" for text in texts)
    marker.expected += [Expected("paragraph", text) for text in texts]
    html += marker.pieces(pieces)
    marker.expected.append(Expected("paragraph", CLOSING))
    plain = [*texts, *(f"* {p.text}" if p.kind == "bullet" else p.text for p in pieces), CLOSING]
    message = _message(report, "\n\n".join(plain), f"<html><body>{html}<p>{CLOSING}</p></body></html>")
    attached = build_csv_table(seed) if random.random() < 0.5 else build_docx_report(seed)
    message.add_attachment(attached.data, "application", "octet-stream", filename=f"{attached.name}{attached.suffix}")
    return BuiltDocument(
        name=f"message-{seed}", suffix=".eml", data=message.as_bytes(policy=SMTP), expected=tuple(marker.expected),
        indifferent=(FIGURE_WORDS, *(str(message[name]) for name in ("Subject", "From", "To", "Date"))),
        title=str(message["Subject"]), published=f"{report.published}-15",
    )  # fmt: skip


def _message(report: Report, plain: str, html: str) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = f"Consultation on {report.title} – your views"
    message["From"] = "Policy team <policy@authority.example>"
    message["To"] = "Partners <partners@authority.example>"
    month = {"01": "Jan", "03": "Mar", "05": "May", "06": "Jun", "09": "Sep", "11": "Nov"}[report.published[5:]]
    message["Date"] = f"15 {month} {report.published[:4]} 09:30:00 +0000"
    message["Message-ID"] = f"<{report.published}@authority.example>"
    message.set_content(plain)
    message.add_alternative(html, subtype="html")
    return message


def bundle_members(seed: int = 0) -> tuple[BuiltDocument, ...]:
    """Return the documents of ``build_zip_bundle``."""
    return (
        build_markdown_page(seed), build_csv_table(seed), build_html_saved_page(seed), build_docx_report(seed),
        build_pdf_designed(seed),
    )  # fmt: skip


def build_zip_bundle(seed: int = 0) -> BuiltDocument:
    """Return a ZIP of five documents, some in folders, with the oddments that systems leave in one."""
    members = bundle_members(seed)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bundle:
        for n, member in enumerate(members):
            folder = "" if n % 2 else "Annexes 2024/"
            bundle.writestr(zipfile.ZipInfo(f"{folder}{member.name}{member.suffix}"), member.data)
        bundle.writestr(zipfile.ZipInfo("__MACOSX/._page.md"), b"\x00\x05\x16\x07")
        bundle.writestr(zipfile.ZipInfo(".DS_Store"), b"\x00\x00\x00\x01Bud1")
    return BuiltDocument(
        name=f"bundle-{seed}", suffix=".zip", data=target.getvalue(),
        expected=tuple(item for member in members for item in member.expected),
        furniture=tuple(words for member in members for words in member.furniture),
        hidden=tuple(words for member in members for words in member.hidden),
    )  # fmt: skip
