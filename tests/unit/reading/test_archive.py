"""ZIP archives and Office packages: what is refused before it is unpacked."""

import io
import zipfile

import pytest

from strategybot.reading.archive import OLE, Package, check_archive, parse_xml
from strategybot.reading.sheets import parse_xlsx
from strategybot.reading.slides import parse_pptx
from strategybot.reading.word import parse_docx


def _zip(**parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def test_an_honest_archive_passes() -> None:
    check_archive(_zip(text=b"words " * 1000))


def test_a_bomb_is_refused_by_its_size() -> None:
    with pytest.raises(ValueError, match="it would unpack to 60 MB; bomb holds more than 1,000 times"):
        check_archive(_zip(bomb=b"\0" * 60_000_000))


def test_many_members_together_are_refused() -> None:
    data = bytearray(_zip(a=b"x"))
    place = data.rindex(b"PK\x01\x02")
    data[place + 24 : place + 28] = (600_000_000).to_bytes(4, "little")

    with pytest.raises(ValueError, match="it would unpack to 600 MB; the limit is 500 MB"):
        check_archive(bytes(data))


@pytest.mark.parametrize("data", [b"", b"PK", b"no archive at all", _zip(a=b"x" * 500)[:60]])
def test_what_is_no_whole_archive_is_called_damaged(data: bytes) -> None:
    with pytest.raises(ValueError, match="it is damaged or not complete"):
        check_archive(data)


def test_encrypted_and_old_office_files_are_told_apart() -> None:
    with pytest.raises(ValueError, match="it is encrypted; save it without a password"):
        check_archive(OLE + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(ValueError, match="old binary Office format"):
        check_archive(OLE + b"\0" * 512 + "WordDocument".encode("utf-16-le"))


def test_a_damaged_part_is_called_damaged() -> None:
    data = bytearray(_zip(**{"word/document.xml": bytes(range(256)) * 40}))
    data[60:80] = b"\xff" * 20

    with pytest.raises(ValueError, match="damaged"):
        Package(bytes(data)).read("word/document.xml")


@pytest.mark.parametrize("parse", [parse_docx, parse_pptx, parse_xlsx])
def test_an_archive_without_a_main_part_is_refused(parse: object) -> None:
    with pytest.raises(ValueError, match="its main part is missing"):
        parse(_zip(other=b"<a/>"))  # type: ignore[operator]  # one of three functions


def test_entities_are_not_resolved() -> None:
    root = parse_xml(
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "words">]><a>before &x;&y; after</a>'
    )

    assert "".join(root.itertext()).replace("&x;", "").replace("&y;", "") == "before  after"


def test_nesting_beyond_the_limit_is_refused() -> None:
    with pytest.raises(ValueError, match="not well-formed XML"):
        parse_xml(b"<a>" * 5_000 + b"</a>" * 5_000)


def test_billion_laughs_are_refused() -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    xml = f'<!DOCTYPE a [<!ENTITY l0 "ha">{entities}]><a>&l9;</a>'

    with pytest.raises(ValueError, match="not well-formed XML"):
        parse_xml(xml.encode())
