"""Which format a body is."""

import io
import zipfile

import pytest

from strategybot.sourcing.formats import find_suffix, settle_charset


def packed(name: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(name, "x")
    return target.getvalue()


@pytest.mark.parametrize(
    ("body", "content_type", "url", "suffix"),
    [
        (b"%PDF-1.7 ...", "text/html", "https://a/x", ".pdf"),
        (b"\n<!DOCTYPE html><p>", "application/pdf", "https://a/x.pdf", ".html"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><!-- x --><html>", "", "https://a/", ".html"),
        (b"<p>a fragment</p>", "text/html", "https://a/", ".html"),
        (packed("word/document.xml"), "application/zip", "https://a/", ".docx"),
        (packed("ppt/presentation.xml"), "", "https://a/", ".pptx"),
        (packed("xl/workbook.xml"), "", "https://a/", ".xlsx"),
        (packed("papers/plan.pdf"), "", "https://a/", ".zip"),
        (b"a,b\n1,2\n", "text/csv", "https://a/get?id=3", ".csv"),
        (b"a,b\n1,2\n", "text/plain", "https://a/table.csv?v=2", ".csv"),
        (b"# Title", "application/octet-stream", "https://a/note.md", ".md"),
        (b"words", "text/plain", "https://a/", ".txt"),
    ],
)
def test_the_bytes_decide_and_then_the_server(body: bytes, content_type: str, url: str, suffix: str) -> None:
    assert find_suffix(body, content_type, url) == suffix


@pytest.mark.parametrize(
    ("body", "content_type", "reason"),
    [(b"  \n", "text/html", "nothing"), (b"\0\0", "video/mp4", "video/mp4"), (b"PK\x03\x04 x", "", "broken")],
)
def test_what_is_of_no_format_is_said(body: bytes, content_type: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        find_suffix(body, content_type, "https://a/x")


def test_only_rare_character_sets_are_rewritten() -> None:
    assert settle_charset("café".encode(), "utf-8") == ("café".encode(), None)
    assert settle_charset("café".encode("latin-1"), "iso-8859-1") == ("café".encode("latin-1"), None)
    assert settle_charset("żółw".encode("iso-8859-2"), "ISO-8859-2") == ("\ufeffżółw".encode(), "ISO-8859-2")
    declared = '<meta charset="koi8-r">да'.encode("koi8-r")
    assert settle_charset(declared, None)[0].decode("utf-8-sig") == '<meta charset="koi8-r">да'
    assert settle_charset(b"x", "no-such-set") == (b"x", None)
