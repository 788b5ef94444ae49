"""Archives and e-mails with attachments: a file that holds several documents is unpacked, and each read for itself."""

import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePath, PurePosixPath

from strategybot.reading.archive import check_archive
from strategybot.reading.files import reason_of
from strategybot.reading.finding import find_format, is_document
from strategybot.reading.isolation import IsolatedPool, IsolationError
from strategybot.reading.mail import attachments

INSIDE = "!/"
"""Between an archive's name and that of a member."""
CONTAINERS = (".zip", ".eml")
DEEPEST_ARCHIVE = 2
MOST_MEMBERS = 5_000
SIDECAR = ".meta.yaml"
ENCRYPTED = 0x1
NAME_CHARS = 60
"""Kept of each part of a member's name: a file system takes 255 bytes, and a character may have four."""
UNPACKING_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError)


@dataclass(frozen=True, slots=True)
class Source:
    """A file that holds one document; ``name`` is its path, or that of the archive with the member behind ``!/``."""

    name: str
    path: Path

    @property
    def plain_name(self) -> str:
        """From which an id is made: the file's name without suffix, a member's behind that of its archive."""
        archive, *members = self.name.split(INSIDE)
        return "-".join([Path(archive).stem, *(str(PurePosixPath(member).with_suffix("")) for member in members)])


@dataclass(frozen=True, slots=True)
class Closed:
    """A file, or a member of an archive, that cannot be opened, and why."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class UnpackTask:
    """A file to unpack into an empty folder; ``name`` is the file's name as people see it."""

    path: Path
    name: str
    folder: Path


def expand(files: Sequence[Path], pool: IsolatedPool, folder: Path) -> Iterator[Source | Closed]:
    """Yield files and, instead of archives, what is in them; the attachments of an e-mail come before it.

    Args:
        files: Files of any format.
        pool: Where files are unpacked.
        folder: Where to; made if needed, not emptied.
    """
    waiting: list[tuple[Source | Closed, int]] = [(Source(str(path), path), 0) for path in files]
    while waiting:
        source, depth = waiting.pop(0)
        if isinstance(source, Closed) or source.path.suffix.lower() not in CONTAINERS:
            yield source
        elif depth >= DEEPEST_ARCHIVE:
            yield Closed(source.name, f"it lies {depth} archives deep; unpack it")
        else:
            members = _unpack_into(folder, source, pool)
            waiting[:0] = [(member, depth + 1) for member in members]
            if not members or source.path.suffix.lower() != ".zip":  # an e-mail is a document itself
                yield source


def _unpack_into(folder: Path, source: Source, pool: IsolatedPool) -> tuple[Source | Closed, ...]:
    folder.mkdir(parents=True, exist_ok=True)
    try:
        return pool.run(unpack, UnpackTask(source.path, source.name, Path(tempfile.mkdtemp(dir=folder))))
    except IsolationError as error:
        return (Closed(source.name, str(error)),)


def unpack(task: UnpackTask) -> tuple[Source | Closed, ...]:
    """Unpack a file that holds documents; a file that holds none but itself gives nothing.

    Members that are no documents are left out, names that lead out of the folder are made harmless; one that cannot
    be unpacked, or the whole file, is closed.
    """
    try:
        return _unpack(task)
    except Exception as error:  # noqa: BLE001 - as in reading a file: whatever one does, the others are read
        return (Closed(task.name, reason_of(error)),)


def _unpack(task: UnpackTask) -> tuple[Source | Closed, ...]:
    data = task.path.read_bytes()
    form = find_format(task.path.name, data)
    if form == "eml":
        return tuple(_write(task, name, content) for name, content in attachments(data) if is_document(PurePath(name)))
    if form != "zip":
        return ()
    check_archive(data)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return tuple(_members(task, archive))


def _members(task: UnpackTask, archive: zipfile.ZipFile) -> Iterator[Source | Closed]:
    listed = sorted((i for i in archive.infolist() if not i.is_dir()), key=lambda i: i.filename)
    if len(listed) > MOST_MEMBERS:
        message = f"it holds {len(listed)} files; at most {MOST_MEMBERS} are read: split it"
        raise ValueError(message)
    for info in listed:
        sidecar = info.filename.endswith(SIDECAR)
        if not sidecar and not is_document(PurePosixPath(info.filename)):
            continue
        if info.flag_bits & ENCRYPTED:
            yield Closed(task.name + INSIDE + info.filename, "it is encrypted; pack it without a password")
            continue
        try:
            member = _write(task, info.filename, archive.read(info))
        except UNPACKING_ERRORS as error:
            yield Closed(task.name + INSIDE + info.filename, f"it cannot be unpacked ({error}); pack it anew")
            continue
        if not sidecar:
            yield member


def _write(task: UnpackTask, name: str, content: bytes) -> Source | Closed:
    """Write a member below the folder; of its name, only plain parts are used."""
    parts = [part for part in PurePosixPath(name.replace("\\", "/")).parts if part not in ("/", "..", ".")]
    safe = [part.replace(":", "_").replace("\0", "")[-NAME_CHARS:] for part in parts] or ["document"]
    path = task.folder.joinpath(*safe)
    if path.exists():
        return Closed(task.name + INSIDE + "/".join(safe), "the archive holds two files of this name; rename one")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return Source(task.name + INSIDE + "/".join(safe), path)
