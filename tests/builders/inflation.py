"""Small streams that inflate to large ones, made without ever holding or compressing the large one."""

import io
import struct
import zipfile
import zlib


def deflate_repeated(piece: bytes, times: int, *, before: bytes = b"", after: bytes = b"") -> bytes:
    """Return a raw deflate stream of a piece so many times over, between what stands before and after it.

    A full flush needs nothing from before it, so that the compressed piece can be repeated.
    """
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    first = deflate.compress(before) + deflate.flush(zlib.Z_FULL_FLUSH)
    middle = deflate.compress(piece) + deflate.flush(zlib.Z_FULL_FLUSH)
    return first + middle * times + deflate.compress(after) + deflate.flush()


def zlib_repeated(piece: bytes, times: int) -> bytes:
    """Return a zlib stream, as PDF has it, of a piece so many times over."""
    check = 1
    for _ in range(times):
        check = zlib.adler32(piece, check)
    return b"\x78\xda" + deflate_repeated(piece, times) + check.to_bytes(4, "big")


def zip_repeated(
    members: dict[str, bytes], name: str, piece: bytes, times: int, *, around: tuple[bytes, bytes]
) -> bytes:
    """Return a ZIP of members and one more, which is a piece so many times over between a beginning and an end."""
    before, after = around
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for other, data in members.items():
            archive.writestr(zipfile.ZipInfo(other), data, zipfile.ZIP_DEFLATED)
        archive.writestr(zipfile.ZipInfo(name), deflate_repeated(piece, times, before=before, after=after))
    check = zlib.crc32(before)
    for _ in range(times):
        check = zlib.crc32(piece, check)
    check = zlib.crc32(after, check)
    size = len(before) + len(piece) * times + len(after)
    built = bytearray(target.getvalue())
    # It was stored as it is; its two headers (APPNOTE 4.3.7 and 4.3.12) now say that it is deflated, and from what.
    for mark, method_at, check_at, size_at in ((b"PK\x03\x04", 8, 14, 22), (b"PK\x01\x02", 10, 16, 24)):
        start = built.rindex(mark)
        struct.pack_into("<H", built, start + method_at, zipfile.ZIP_DEFLATED)
        struct.pack_into("<I", built, start + check_at, check)
        struct.pack_into("<I", built, start + size_at, size)
    return bytes(built)
