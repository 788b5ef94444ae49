"""Hostile and broken Word files and workbooks."""

import io
import zipfile
from collections.abc import Iterator
from functools import cache

from openpyxl import Workbook

from tests.builders.docx_report import build_docx_report
from tests.builders.hostile_file import VISIBLE, HostileFile
from tests.builders.inflation import zip_repeated

BOMB_BYTES = 1024 * 1024 * 1024
DEEP = 20_000
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SECRET = "root:x:0:0"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def hostile_office() -> Iterator[HostileFile]:
    """Give the files one by one, so that no two bombs are in memory."""
    yield from _word()
    yield from _workbooks()
    good = build_docx_report(0).data
    yield HostileFile("truncated.docx", good[: len(good) // 2], "refused")
    yield HostileFile("zero-bytes.docx", b"", "refused")
    yield HostileFile("zero-bytes.xlsx", b"", "refused")
    yield HostileFile("text-named.docx", VISIBLE.encode(), "bounded")
    yield HostileFile("word-named.pdf", good, "read", remark="wrong-suffix")
    # An encrypted Office file is no ZIP but a compound file; its first bytes tell.
    yield HostileFile("password-to-open.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096), "refused")
    yield HostileFile("no-document-inside.docx", _archive({"readme.txt": b"nothing"}), "refused")


def _word() -> Iterator[HostileFile]:
    doctype = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    yield HostileFile("external-entity.docx", _docx(doctype, "&x;"), "bounded", hides=(SECRET,))
    remote = '<!DOCTYPE w SYSTEM "http://127.0.0.1:9/evil.dtd">'
    yield HostileFile("external-dtd.docx", _docx(remote, "words"), "bounded")
    laughs = f'<!DOCTYPE w [<!ENTITY l0 "growth ">{LAUGHS}]>'
    yield HostileFile("billion-laughs.docx", _docx(laughs, "&l9;"), "bounded")
    opening, closing = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    tables = f"{opening * DEEP}<w:p/>{closing * DEEP}"
    yield HostileFile("deep-tables.docx", _docx("", "", tables), "bounded")
    controls = f"{'<w:sdt><w:sdtContent>' * DEEP}<w:p/>{'</w:sdtContent></w:sdt>' * DEEP}"
    yield HostileFile("deep-controls.docx", _docx("", "", controls), "bounded")
    yield HostileFile("inflating.docx", _inflating(), "bounded")
    broken = _docx("", "", "<w:p><w:r>")
    yield HostileFile("broken-xml.docx", broken, "refused")


def _archive(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _docx(doctype: str, words: str, body: str = "") -> bytes:
    """Return a Word file whose document is the given XML, all else being a good file's."""
    text = f"<w:p><w:r><w:t>{VISIBLE}</w:t></w:r></w:p><w:p><w:r><w:t>{words}</w:t></w:r></w:p>{body}"
    xml = f'<?xml version="1.0"?>{doctype}<w:document xmlns:w="{WORD}"><w:body>{text}</w:body></w:document>'
    return _archive({**_shell(), "word/document.xml": xml.encode()})


@cache
def _shell() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(build_docx_report(0).data)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name != "word/document.xml"}


def _inflating() -> bytes:
    """Return a Word file whose document inflates to the size of the bomb."""
    piece = b"<w:p><w:r><w:t>growth for all</w:t></w:r></w:p>" * 20_000
    around = (f'<w:document xmlns:w="{WORD}"><w:body>'.encode(), b"</w:body></w:document>")
    return zip_repeated(_shell(), "word/document.xml", piece, BOMB_BYTES // len(piece), around=around)


def _workbooks() -> Iterator[HostileFile]:
    row = "Scheme: Cleaner streets; District: Leeds"
    declared = _workbook((b'<dimension ref="A1:B2"', b'<dimension ref="A1:XFD1048576"'))
    yield HostileFile("declares-a-million-rows.xlsx", declared, "read", keeps=(row,))
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    yield HostileFile("a-cell-at-the-far-corner.xlsx", _workbook((b"</sheetData>", far)), "bounded")
    laughs = f'<!DOCTYPE w [<!ENTITY l0 "growth ">{LAUGHS}]><worksheet'.encode()
    cell = b'<row r="3"><c r="A3" t="inlineStr"><is><t>&l9;</t></is></c></row></sheetData>'
    yield HostileFile("billion-laughs.xlsx", _workbook((b"<worksheet", laughs), (b"</sheetData>", cell)), "bounded")


def _workbook(*changes: tuple[bytes, bytes]) -> bytes:
    """Return a workbook of one row, the XML of its sheet changed."""
    book = Workbook()
    sheet = book.active
    sheet.append(["Scheme", "District"])
    sheet.append(["Cleaner streets", "Leeds"])
    target = io.BytesIO()
    book.save(target)
    with zipfile.ZipFile(target) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    member = "xl/worksheets/sheet1.xml"
    for old, new in changes:
        assert old in members[member]
        members[member] = members[member].replace(old, new, 1)
    return _archive(members)
