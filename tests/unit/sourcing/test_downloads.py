"""Bodies: unpacked within limits."""

import gzip
import zlib
from datetime import UTC, datetime

import httpx
import pytest

from strategybot.sourcing.downloads import TooLargeError, strong_validator, unpack
from strategybot.sourcing.exchange import retry_after

TEXT = b"The Business Growth Fund. " * 100
BARE = zlib.compressobj(wbits=-15)
PACKED = BARE.compress(TEXT) + BARE.flush()


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT, ""),
        (TEXT, "identity"),
        (gzip.compress(TEXT), "gzip"),
        (gzip.compress(TEXT[:99]) + gzip.compress(TEXT[99:]), "GZIP"),
        (zlib.compress(TEXT), "deflate"),
        (PACKED, "deflate"),
        (gzip.compress(zlib.compress(TEXT)), "deflate, gzip"),
        (b"", "gzip"),
    ],
)
def test_every_encoding_that_is_asked_for_is_undone(data: bytes, encoding: str) -> None:
    assert unpack(data, encoding, limit=10_000) == (TEXT if data else b"")


def test_the_limit_is_for_what_comes_out() -> None:
    assert len(unpack(gzip.compress(b"0" * 1000), "gzip", limit=1000)) == 1000
    with pytest.raises(TooLargeError):
        unpack(gzip.compress(b"0" * 1001), "gzip", limit=1000)


@pytest.mark.parametrize(
    ("data", "encoding", "reason"),
    [(gzip.compress(TEXT)[:-12], "gzip", "too early"), (b"plain", "gzip", "broken"), (TEXT, "br", "packed as br")],
)
def test_what_cannot_be_unpacked_is_said(data: bytes, encoding: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        unpack(data, encoding, limit=10_000)


def test_a_weak_version_is_no_ground_to_go_on_with_half_a_body() -> None:
    assert strong_validator(httpx.Headers({"ETag": '"a"'})) == '"a"'
    assert strong_validator(httpx.Headers({"ETag": 'W/"a"'})) == ""
    assert strong_validator(httpx.Headers({})) == ""


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7.0),
        ("Wed, 25 Nov 2026 01:00:30 GMT", 30.0),
        ("Wed, 25 Nov 2026 00:00:00 GMT", 0.0),
        ("soon", None),
        ("", None),
    ],
)
def test_the_wait_that_a_server_asks_for_is_read(value: str, seconds: float | None) -> None:
    assert retry_after(value, now=datetime(2026, 11, 25, 1, tzinfo=UTC)) == seconds
