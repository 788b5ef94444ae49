"""The hostile files are what they say they are; the unlocked and whole ones open."""

import io
import zipfile

import pypdfium2
import pytest

from tests.builders.hostile import hostile_files
from tests.builders.hostile_file import VISIBLE, HostileFile

LARGE = 12 * 1024 * 1024


@pytest.fixture(scope="module")
def files() -> dict[str, HostileFile]:
    files = list(hostile_files())
    named = {file.name: file for file in files}
    assert len(named) == len(files)
    return named


def test_none_is_large_as_a_file(files: dict[str, HostileFile]) -> None:
    assert max(len(file.data) for file in files.values()) < LARGE


def test_what_is_kept_is_only_asked_of_files_that_are_read(files: dict[str, HostileFile]) -> None:
    assert [file.name for file in files.values() if file.keeps and file.verdict != "read"] == []


def test_pdfs_that_are_read_open_and_hold_what_they_keep(files: dict[str, HostileFile]) -> None:
    checked = 0
    for file in files.values():
        if file.name.endswith(".pdf") and file.verdict == "read" and file.data[:4] == b"%PDF":
            pdf = pypdfium2.PdfDocument(file.data)
            text = "".join(page.get_textpage().get_text_bounded() for page in pdf)
            pdf.close()
            assert all(words in text for words in file.keeps), file.name
            checked += 1
    assert checked > 8


def test_a_password_is_needed_where_it_is_said(files: dict[str, HostileFile]) -> None:
    with pytest.raises(pypdfium2.PdfiumError, match="password"):
        pypdfium2.PdfDocument(files["password-to-open.pdf"].data)


def test_a_scan_has_no_text(files: dict[str, HostileFile]) -> None:
    pdf = pypdfium2.PdfDocument(files["scanned.pdf"].data)
    assert pdf[0].get_textpage().get_text_bounded() == ""
    pdf.close()


def test_bombs_are_small_and_inflate(files: dict[str, HostileFile]) -> None:
    with zipfile.ZipFile(io.BytesIO(files["inflating.docx"].data)) as archive:
        assert archive.getinfo("word/document.xml").file_size > 1_000_000_000
        with archive.open("word/document.xml") as document:
            assert document.read(2_000_000).count(b"growth for all") > 40_000
    assert len(files["inflating.docx"].data) < LARGE
    assert len(files["inflating-twice.pdf"].data) < 200_000


def test_archives_hold_what_must_not_be_written(files: dict[str, HostileFile]) -> None:
    with zipfile.ZipFile(io.BytesIO(files["path-above.zip"].data)) as archive:
        assert "../../evil.md" in archive.namelist()
    with zipfile.ZipFile(io.BytesIO(files["encrypted.zip"].data)) as archive, pytest.raises(RuntimeError):
        archive.read("secret.md")


def test_hidden_words_are_in_the_files_that_hide_them(files: dict[str, HostileFile]) -> None:
    page = files["hidden-by-display.html"]
    assert all(words in page.data.decode() for words in (*page.hides, VISIBLE))
