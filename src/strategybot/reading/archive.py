"""ZIP archives and the Office files inside them: checked before anything is unpacked, read part by part."""

import posixpath
import re
import zipfile
import zlib
from io import BytesIO
from typing import NamedTuple

from lxml import etree

LARGEST_UNPACKED_BYTES = 500_000_000
LARGEST_RATIO = 1_000
LARGEST_PACKED_WELL_BYTES = 50_000_000
MB = 1_000_000
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_FLAG = 0x1
STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
DAMAGED = "it is damaged or not complete; get it again from where it came"


def check_archive(data: bytes) -> None:
    """Check that a ZIP archive (also .docx, .pptx, .xlsx) is whole, not encrypted and not a bomb; unpacks nothing.

    Raises:
        ValueError: It is damaged, encrypted, an old binary Office file, or it would unpack to too much.
    """
    if data.startswith(OLE):
        encrypted = "EncryptedPackage".encode("utf-16-le") in data
        message = (
            "it is encrypted; save it without a password"
            if encrypted
            else "it is in the old binary Office format; save it as .docx, .xlsx or .pptx"
        )
        raise ValueError(message)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ValueError(DAMAGED) from error
    if any(member.flag_bits & ENCRYPTED_FLAG for member in members):
        message = "it is encrypted; save it without a password"
        raise ValueError(message)
    _check_sizes(members)


def _check_sizes(members: list[zipfile.ZipInfo]) -> None:
    total = sum(member.file_size for member in members)
    if total > LARGEST_UNPACKED_BYTES:
        message = f"it would unpack to {total // MB:,} MB; the limit is {LARGEST_UNPACKED_BYTES // MB} MB, split it"
        raise ValueError(message)
    for member in members:
        packed_well = member.file_size > LARGEST_RATIO * max(member.compress_size, 1)
        if packed_well and member.file_size > LARGEST_PACKED_WELL_BYTES:
            message = (
                f"it would unpack to {total // MB:,} MB; {member.filename} holds more than {LARGEST_RATIO:,} times its "
                "packed size, as no honest file does"
            )
            raise ValueError(message)


def parse_xml(data: bytes) -> etree._Element:
    """Parse the XML of an Office part: no entities, no network, no nesting deeper than 256.

    Raises:
        ValueError: It is not well-formed XML.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/\2", data), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        message = f"a part of it is not well-formed XML ({' '.join(str(error).split())}); save it again"
        raise ValueError(message) from error


class Relation(NamedTuple):
    """A link from one part of an Office file to another."""

    id: str
    kind: str
    part: str


class Package:
    """An Office file: its parts by name, and what each part is linked to."""

    def __init__(self, data: bytes) -> None:
        """Open the file.

        Raises:
            ValueError: As ``check_archive``.
        """
        check_archive(data)
        self._archive = zipfile.ZipFile(BytesIO(data))
        self._names = {name.lower().lstrip("/").replace("\\", "/"): name for name in self._archive.namelist()}

    def read(self, part: str) -> bytes | None:
        """Return the content of a part, None if there is no such part.

        Raises:
            ValueError: The part is damaged.
        """
        name = self._names.get(part.lower())
        if name is None:
            return None
        try:
            return self._archive.read(name)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
            raise ValueError(DAMAGED) from error

    def xml(self, part: str | None) -> etree._Element | None:
        """Return the root element of a part, None if there is no such part.

        Raises:
            ValueError: The part is damaged.
        """
        data = self.read(part) if part else None
        return None if data is None else parse_xml(data)

    def relations(self, part: str) -> tuple[Relation, ...]:
        """Return the links of a part to others inside the file; ``""`` asks for those of the file itself."""
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = []
        for link in () if root is None else root.iter("{*}Relationship"):
            target = link.get("Target", "").replace("\\", "/")
            if link.get("TargetMode") != "External":
                path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                found.append(Relation(link.get("Id", ""), link.get("Type", "").rsplit("/", 1)[-1], path))
        return tuple(found)

    def related(self, part: str, kind: str) -> str | None:
        """Return the first part of a kind (``styles``, ``officeDocument``, …) that a part is linked to."""
        return next((relation.part for relation in self.relations(part) if relation.kind == kind), None)

    def main(self, default: str) -> tuple[str, etree._Element]:
        """Return the name and root of the main part, which the file names itself or is at ``default``.

        Raises:
            ValueError: There is none.
        """
        for part in (self.related("", "officeDocument"), default):
            root = self.xml(part)
            if part and root is not None:
                return part, root
        message = "its main part is missing, so that it cannot be read; save it again in its own program"
        raise ValueError(message)

    def core_property(self, name: str) -> str:
        """Return one of the file's properties, such as its title or language; empty if it has none."""
        root = self.xml(self.related("", "core-properties") or "docProps/core.xml")
        found = None if root is None else root.find(f"{{*}}{name}")
        return "" if found is None else " ".join("".join(found.itertext()).split())
