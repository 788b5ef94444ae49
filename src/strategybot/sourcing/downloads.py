"""Downloads: the body of a response on disk, within limits, and what is needed to go on with half a body."""

import hashlib
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
from pydantic import ValidationError

from strategybot.schema import Frozen

CHUNK = 65_536


class TooLargeError(ValueError):
    """A body is larger than the limit, as sent or unpacked."""


class Partial(Frozen):
    """A body that is not all here yet: what must still hold for the rest to fit."""

    url: str
    validator: str
    encoding: str


class PartialFile:
    """The bytes of one URL that have come so far, as sent, and their note beside them."""

    def __init__(self, folder: Path, url: str) -> None:
        """Name the files; they are made when bytes come."""
        name = hashlib.sha256(url.encode()).hexdigest()[:24]
        self.path = folder / f"{name}.part"
        self._note = folder / f"{name}.json"
        self._url = url

    def range_headers(self) -> dict[str, str]:
        """Return the headers that ask for the rest; none if there is nothing to go on with."""
        note = self._read_note()
        if note is None or not self.path.exists() or not self.path.stat().st_size:
            return {}
        return {"Range": f"bytes={self.path.stat().st_size}-", "If-Range": note.validator}

    def fits(self, response: httpx.Response) -> bool:
        """Whether a 206 response is the rest of what is here."""
        note = self._read_note()
        begins = response.headers.get("content-range", "").removeprefix("bytes ").partition("-")[0]
        return (
            note is not None
            and begins == str(self.path.stat().st_size)
            and note.encoding == response.headers.get("content-encoding", "")
        )

    def begin(self, response: httpx.Response) -> None:
        """Start afresh; a note is written only if the server gives what a resumption needs."""
        self.drop()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        validator = strong_validator(response.headers)
        if validator:
            encoding = response.headers.get("content-encoding", "")
            note = Partial(url=self._url, validator=validator, encoding=encoding)
            self._note.write_text(note.model_dump_json(), "utf-8")

    def append(self, chunks: Iterator[bytes], *, limit: int, check: Callable[[], None]) -> None:
        """Write what comes.

        Args:
            chunks: The bytes as sent.
            limit: Most bytes in the whole file.
            check: Called before each chunk; raises when time is up.

        Raises:
            TooLargeError: The file would pass the limit; it is dropped.
        """
        size = self.path.stat().st_size if self.path.exists() else 0
        with self.path.open("ab") as file:
            for chunk in chunks:
                check()
                size += len(chunk)
                if size > limit:
                    break
                file.write(chunk)
        if size > limit:
            self.drop()
            raise TooLargeError(_too_large(limit))

    def drop(self) -> None:
        """Forget what has come."""
        self.path.unlink(missing_ok=True)
        self._note.unlink(missing_ok=True)

    def _read_note(self) -> Partial | None:
        try:
            return Partial.model_validate_json(self._note.read_bytes())
        except (FileNotFoundError, ValidationError):
            return None


def strong_validator(headers: httpx.Headers) -> str:
    """Return what If-Range takes: an ETag that is not weak, else the date of the last change; empty if neither."""
    etag = str(headers.get("etag", ""))
    return etag if etag and not etag.startswith("W/") else str(headers.get("last-modified", ""))


def unpack(data: bytes, encoding: str, *, limit: int) -> bytes:
    """Undo a content encoding.

    Args:
        data: The body as sent.
        encoding: The header Content-Encoding.
        limit: Most bytes to come out.

    Raises:
        TooLargeError: More would come out.
        ValueError: The encoding is another than gzip or deflate, or the bytes are not in it.
    """
    for name in reversed([part.strip().lower() for part in encoding.split(",") if part.strip()]):
        if name in ("gzip", "x-gzip"):
            data = _inflate(data, zlib.MAX_WBITS | 16, limit=limit)
        elif name == "deflate":
            # RFC 9110 means zlib; some servers send the bare stream.
            data = _inflate(data, zlib.MAX_WBITS if _has_zlib_header(data) else -zlib.MAX_WBITS, limit=limit)
        elif name != "identity":
            message = f"its body is packed as {name}, which was not asked for"
            raise ValueError(message)
    return data


def deadline(seconds: float) -> Callable[[], None]:
    """Return a check that raises ``httpx.ReadTimeout`` once these seconds have passed."""
    end = time.monotonic() + seconds

    def check() -> None:
        if time.monotonic() > end:
            message = f"the download took longer than {seconds:.0f} s"
            raise httpx.ReadTimeout(message)

    return check


def _inflate(data: bytes, window: int, *, limit: int) -> bytes:
    out: list[bytes] = []
    size = 0
    while data:  # a gzip body may be several members one after another
        stream = zlib.decompressobj(window)
        while data and not stream.eof:
            try:
                piece = stream.decompress(data, limit - size + 1)
            except zlib.error as error:
                message = f"its packed body is broken ({error})"
                raise ValueError(message) from error
            out.append(piece)
            size += len(piece)
            if size > limit:
                raise TooLargeError(_too_large(limit))
            data = stream.unconsumed_tail
        if not stream.eof:
            message = "its packed body ends too early"
            raise ValueError(message)
        data = stream.unused_data if window > zlib.MAX_WBITS else b""
    return b"".join(out)


def _has_zlib_header(data: bytes) -> bool:
    """Whether the first two bytes are a header by RFC 1950: method 8, and a multiple of 31."""
    return data[:1] != b"" and data[0] & 0x0F == zlib.DEFLATED and int.from_bytes(data[:2]) % 31 == 0


def _too_large(limit: int) -> str:
    return f"it is larger than {limit / 1_000_000:g} MB; name a smaller document, or fetch it by hand and split it"
