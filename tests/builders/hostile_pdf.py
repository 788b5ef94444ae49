"""Hostile and broken PDFs."""

import io
import zlib
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import matplotlib
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.builders.hostile_file import INSTRUCTION, VISIBLE, HostileFile
from tests.builders.inflation import zlib_repeated
from tests.builders.pdf_designed import build_pdf_designed
from tests.builders.prose import Writer

BOMB_BYTES = 400 * 1024 * 1024
DEEP = 20_000
PAGES = 5_000
FONT = f"{matplotlib.get_data_path()}/fonts/ttf/DejaVuSans.ttf"
HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
HELVETICA = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
ONE_PAGE = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"


def hostile_pdfs() -> Iterator[HostileFile]:
    """Give the files one by one, so that no two bombs are in memory."""
    yield from _locked()
    yield from _broken()
    yield from _bombs()
    yield from _hidden()
    yield from _scanned()


def _assemble(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """Return a PDF of objects, the first being its catalogue."""
    target = bytearray(HEADER)
    offsets = []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(target))
        target += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(target)
    rows = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    target += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, rows)
    target += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)
    return bytes(target)


def _stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), more, data)


def _shown(text: str) -> bytes:
    return _stream(f"BT /F1 12 Tf 60 760 Td ({text}) Tj ET".encode("latin-1"))


def _drawn(draw: Callable[[Any], None], **options: Any) -> bytes:  # noqa: ANN401 - reportlab is untyped
    """Return a page with the visible sentence and what else is drawn on it."""
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4, invariant=1, **options)
    canvas.setFont("Helvetica", 12)
    canvas.drawString(60, 760, VISIBLE)
    draw(canvas)
    canvas.save()
    return target.getvalue()


def _nothing(_canvas: Any) -> None:  # noqa: ANN401 - reportlab is untyped
    return None


def _locked() -> Iterator[HostileFile]:
    closed = StandardEncryption("secret", ownerPassword="owner", strength=128)
    yield HostileFile("password-to-open.pdf", _drawn(_nothing, encrypt=closed), "refused")
    open_ = StandardEncryption("", ownerPassword="owner", canPrint=0, canCopy=0, strength=128)
    yield HostileFile("password-to-change.pdf", _drawn(_nothing, encrypt=open_), "read", keeps=(VISIBLE,))


def _broken() -> Iterator[HostileFile]:
    good = build_pdf_designed(0).data
    whole = _drawn(_nothing)
    yield HostileFile("truncated.pdf", good[: len(good) * 6 // 10], "bounded")
    yield HostileFile("truncated-at-the-end.pdf", good[:-600], "bounded")
    yield HostileFile("header-only.pdf", HEADER, "refused")
    yield HostileFile("zero-bytes.pdf", b"", "refused")
    yield HostileFile("random-bytes.pdf", Random(3).randbytes(200_000), "refused")
    yield HostileFile("random-after-header.pdf", HEADER + Random(4).randbytes(200_000), "refused")
    yield HostileFile("pdf-named.docx", whole, "read", keeps=(VISIBLE,), remark="wrong-suffix")
    yield HostileFile("junk-before-header.pdf", b"\r\n\x00junk\r\n" + whole, "bounded")
    page = f"<!DOCTYPE html><html><body><main><h1>Streets</h1><p>{VISIBLE}</p></main></body></html>"
    yield HostileFile("html-named.pdf", page.encode(), "refused")  # most often the error page of a download
    loop = _assemble([CATALOGUE, ONE_PAGE, PAGE, _shown(VISIBLE), HELVETICA], b"/Prev 00000000")
    start = loop.rindex(b"startxref\n") + len(b"startxref\n")
    offset = loop[start : loop.index(b"\n", start)]
    yield HostileFile(
        "cross-reference-loop.pdf", loop.replace(b"/Prev 00000000", b"/Prev %08d" % int(offset)), "bounded"
    )
    kids = b"<< /Type /Pages /Kids [3 0 R 2 0 R] /Count 2 >>"
    yield HostileFile(
        "page-tree-in-itself.pdf", _assemble([CATALOGUE, kids, PAGE, _shown(VISIBLE), HELVETICA]), "bounded"
    )
    lying = ONE_PAGE.replace(b"/Count 1", b"/Count 2000000000")
    yield HostileFile(
        "two-billion-pages.pdf", _assemble([CATALOGUE, lying, PAGE, _shown(VISIBLE), HELVETICA]), "bounded"
    )
    yield HostileFile("no-pages.pdf", _assemble([CATALOGUE, b"<< /Type /Pages /Kids [] /Count 0 >>"]), "bounded")


def _bombs() -> Iterator[HostileFile]:
    line = b"BT /F1 9 Tf 60 700 Td (growth for all) Tj ET\n"
    inflating = zlib_repeated(line * 20_000, BOMB_BYTES // (20_000 * len(line)))
    bomb = _stream(inflating, b"/Filter /FlateDecode")
    yield HostileFile("inflating.pdf", _assemble([CATALOGUE, ONE_PAGE, PAGE, bomb, HELVETICA]), "bounded")
    twice = _stream(zlib.compress(inflating), b"/Filter [/FlateDecode /FlateDecode]")
    yield HostileFile("inflating-twice.pdf", _assemble([CATALOGUE, ONE_PAGE, PAGE, twice, HELVETICA]), "bounded")
    form = _stream(
        b"/X1 Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X1 6 0 R >> >>"
    )
    calling = PAGE.replace(b"/Font", b"/XObject << /X1 6 0 R >> /Font")
    objects = [CATALOGUE, ONE_PAGE, calling, _stream(b"/X1 Do"), HELVETICA, form]
    yield HostileFile("form-in-itself.pdf", _assemble(objects), "bounded")
    yield HostileFile("many-pages.pdf", _many_pages(), "bounded")
    deep = b"<< /Type /Catalog /Pages 2 0 R /Deep " + b"[" * DEEP + b"]" * DEEP + b" >>"
    yield HostileFile("deep-arrays.pdf", _assemble([deep, ONE_PAGE, PAGE, _shown(VISIBLE), HELVETICA]), "bounded")
    yield HostileFile("deep-page-tree.pdf", _deep_tree(), "bounded")
    huge = PAGE.replace(b"[0 0 595 842]", b"[0 0 900000000 900000000]")
    yield HostileFile(
        "page-of-a-country.pdf", _assemble([CATALOGUE, ONE_PAGE, huge, _shown(VISIBLE), HELVETICA]), "bounded"
    )


def _many_pages() -> bytes:
    objects = [CATALOGUE, b"", HELVETICA]
    kids = []
    writer = Writer(Random(PAGES))
    for number in range(1, PAGES + 1):
        kids.append(b"%d 0 R" % (len(objects) + 1))
        page = PAGE.replace(b"4 0 R", b"%d 0 R" % (len(objects) + 2)).replace(b"5 0 R", b"3 0 R")
        objects += [page, _shown(f"Site {number}. {writer.item()}")]
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), PAGES)
    return _assemble(objects)


def _deep_tree() -> bytes:
    """Return a PDF of one page below a chain of page tree nodes, each the only child of the one before."""
    nodes = [b"<< /Type /Pages /Kids [%d 0 R] /Count 1 /Parent %d 0 R >>" % (n + 1, n - 1) for n in range(3, DEEP)]
    first = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    page = PAGE.replace(b"2 0 R", b"%d 0 R" % (DEEP - 1)).replace(b"4 0 R", b"%d 0 R" % (DEEP + 1))
    return _assemble(
        [CATALOGUE, first, *nodes, page.replace(b"5 0 R", b"%d 0 R" % (DEEP + 2)), _shown(VISIBLE), HELVETICA]
    )


def _hidden() -> Iterator[HostileFile]:
    def write(x: float, y: float, size: float = 12, colour: str = "#000000", mode: int = 0) -> Callable[[Any], None]:
        def draw(canvas: Any) -> None:  # noqa: ANN401 - reportlab is untyped
            text = canvas.beginText(x, y)
            text.setFont("Helvetica", size)
            text.setFillColor(colour)
            text.setTextRenderMode(mode)
            text.textOut(INSTRUCTION)
            canvas.drawText(text)

        return draw

    def transparent(canvas: Any) -> None:  # noqa: ANN401 - reportlab is untyped
        canvas.setFillAlpha(0)
        canvas.drawString(60, 700, INSTRUCTION)

    def on_dark(canvas: Any) -> None:  # noqa: ANN401 - reportlab is untyped
        canvas.setFillColor("#12436D")
        canvas.rect(40, 640, 500, 90, stroke=0, fill=1)
        canvas.setFillColor("#FFFFFF")
        canvas.drawString(60, 690, "White words on a dark band are there to be read.")

    ways = {
        "white": write(60, 700, colour="#FFFFFF"), "nearly-white": write(60, 700, colour="#FEFEFE"),
        "tiny": write(60, 700, size=0.4), "off-the-page": write(-4000, 700), "below-the-page": write(60, -300),
        "no-ink": write(60, 700, mode=3), "transparent": transparent,
    }  # fmt: skip
    for name, draw in ways.items():
        yield HostileFile(
            f"hidden-{name}.pdf", _drawn(draw), "read", keeps=(VISIBLE,), hides=(INSTRUCTION,), remark="hidden-text"
        )
    band = "White words on a dark band are there to be read."
    yield HostileFile("white-on-dark.pdf", _drawn(on_dark), "read", keeps=(VISIBLE, band))
    plain = write(60, 700)
    yield HostileFile("instructing.pdf", _drawn(plain), "read", keeps=(VISIBLE, INSTRUCTION), remark="instruction")


def _scanned() -> Iterator[HostileFile]:
    picture = Image.new("L", (1240, 1754), 250)
    pen = ImageDraw.Draw(picture)
    words = ImageFont.truetype(FONT, 30)
    for n in range(30):
        pen.text((120, 150 + 48 * n), f"{n + 1}. The committee noted the report.", font=words, fill=20)

    def scan(*, layer: bool) -> bytes:
        target = io.BytesIO()
        canvas = Canvas(target, pagesize=A4, invariant=1)
        canvas.drawImage(ImageReader(picture), 0, 0, *A4)
        if layer:
            text = canvas.beginText(58, A4[1] - 90)
            text.setFont("Helvetica", 14, leading=23)
            text.setTextRenderMode(3)
            for n in range(30):
                text.textLine(f"{n + 1}. The committee noted the report.")
            canvas.drawText(text)
        canvas.save()
        return target.getvalue()

    yield HostileFile("scanned.pdf", scan(layer=False), "needs-ocr", remark="no-text")
    yield HostileFile("scanned-with-layer.pdf", scan(layer=True), "read", keeps=("The committee noted the report.",))
