"""Which files are documents, and of which format."""

import zipfile
from io import BytesIO
from pathlib import Path, PurePath

import pytest

from strategybot.reading.finding import find_files, find_format, is_document


def packed(*names: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "form"),
    [
        ("a.md", b"# A", "markdown"),
        ("a.HTM", b"<p>A", "html"),
        ("a.docx", b"%PDF-1.7 ...", "pdf"),
        ("a", b"junk before %PDF-1.4", "pdf"),
        ("a.bin", packed("[Content_Types].xml", "word/document.xml"), "docx"),
        ("a.zip", packed("[Content_Types].xml", "ppt/presentation.xml"), "pptx"),
        ("a.docx", packed("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
        ("a.zip", packed("plan.md"), "zip"),
        ("a.tsv", b"a\tb", "csv"),
    ],
)
def test_the_content_tells_the_format_where_it_can_and_the_suffix_elsewhere(name: str, data: bytes, form: str) -> None:
    assert find_format(name, data) == form


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.pdf", b"<!doctype html><HTML>Not found", "looks like a web page"),
        ("a.pdf", b"\x00\x01\x02", "is not one, or is damaged"),
        ("a.docx", b"PK\x03\x04 cut off", "is not one, or is damaged"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 ...", "old or encrypted Office file"),
        ("a.odt", b"x", "save it as .docx"),
        ("a.exe", b"MZ", ".exe is not read; .csv,"),
        ("a", b"x", "a file without suffix is not read"),
    ],
)
def test_a_file_that_no_reader_takes_says_what_to_do(name: str, data: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        find_format(name, data)


@pytest.mark.parametrize("name", [".git/a.md", "__MACOSX/._a.pdf", "~$report.docx", "README.md", "a.png", "a.yaml"])
def test_what_is_hidden_or_no_document_is_left_out(name: str) -> None:
    assert not is_document(PurePath(name))


def test_documents_of_formats_that_are_not_read_are_found_so_that_they_are_reported(tmp_path: Path) -> None:
    for name in ("a.doc", "b.pdf", "c.jpg"):
        (tmp_path / name).write_bytes(b"x")

    assert [path.name for path in find_files([tmp_path])] == ["a.doc", "b.pdf"]
