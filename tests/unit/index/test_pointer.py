"""The pointer is whole or not there, and so is the list beside it."""

from pathlib import Path

import pytest

from strategybot.index.pointer import NAME, Pointer, read_listing, read_pointer, write_listing, write_pointer

POINTER = Pointer(name="passages-1", manifest="1", embedder="fake@1", files={"a/data.bin": 12})


def test_a_pointer_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_pointer(tmp_path, POINTER)

    assert read_pointer(tmp_path) == POINTER
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_a_pointer_that_was_not_written_whole_changes_nothing(tmp_path: Path) -> None:
    write_pointer(tmp_path, POINTER)
    (tmp_path / f"{NAME}.12345").write_text('{"name": "passages-2", "mani')

    assert read_pointer(tmp_path) == POINTER


@pytest.mark.parametrize("text", ["", "{", "[]", '{"name": "x"}', '{"name": "x", "other": 1}'])
def test_a_pointer_that_cannot_be_read_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / NAME).write_text(text)

    assert read_pointer(tmp_path) is None


def test_no_pointer_is_none(tmp_path: Path) -> None:
    assert read_pointer(tmp_path) is None


@pytest.mark.parametrize("keys", [{}, {"plan@0123456789ab#0-9": "k1", "plan@0123456789ab#10-20": "k2"}])
def test_a_listing_is_read_as_it_was_written(tmp_path: Path, keys: dict[str, str]) -> None:
    (tmp_path / "chroma").mkdir()

    write_listing(tmp_path, "passages-1", keys)

    assert read_listing(tmp_path, "passages-1") == keys
    assert read_listing(tmp_path, "passages-2") == {}
