"""The catalogue: one SQLite file that holds the truth, vectors and lexical index included.

A document is staged in a transaction of its own; one last transaction makes all that is staged current. What is
searched and shown is only what is current, so a run that is killed changes nothing.
"""

import hashlib
import re
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from strategybot.errors import IndexStaleError
from strategybot.schema import Document, Feedback, Metadata, Paragraph, Passage, Remark, Reply, Sentence, Version

CATALOGUE = "catalogue.sqlite"
"""File name of the catalogue in a home."""
MIGRATIONS = ("layout.sql", "layout-2.sql")
REMARKS = TypeAdapter(tuple[Remark, ...])
CHUNK = 500
"""Values bound in one statement; SQLite's own limit is above 30,000."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document as the catalogue lists it: from which file, in which state, at which version."""

    metadata: Metadata
    version: str
    path: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class CitedSpan:
    """Words that a reply cited: ``quote`` is the version's text from ``start`` to ``end``."""

    reply_id: str
    given: str
    document_id: str
    version: str
    start: int
    end: int
    quote: str


def vector_key(text: str) -> str:
    """Return the name under which the vector of a text is kept: equal texts share it."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


class Catalogue:
    """Opens or makes the catalogue file; safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        """Open the file and bring its layout up to date.

        Raises:
            IndexStaleError: The file was written by a newer version of strategybot.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(path, timeout=30, check_same_thread=False, isolation_level=None)
        self._lock = threading.RLock()
        self._connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;")
        self._migrate(path)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    # --- what is current

    def read_state(self, name: str) -> str | None:
        """Return a named value of the published state, or None."""
        row = self._one("SELECT value FROM state WHERE name = ?", name)
        return str(row[0]) if row else None

    def entries(self) -> dict[str, Entry]:
        """Return the current documents by id."""
        return self._entries("documents")

    def current_passages(self) -> list[tuple[int, str, str, str]]:
        """Return (row, passage id, document id, vector key) of every current passage, by id."""
        return self._all("SELECT row, id, document_id, key FROM passages WHERE current = 1 ORDER BY id")

    def passages(self, rows: Sequence[int]) -> list[Passage]:
        """Return passages in the order of their rows."""
        found = dict(self._in("SELECT row, value FROM passages WHERE row IN ({})", rows))
        return [Passage.model_validate_json(found[row]) for row in rows]

    def sentences(self, row: int) -> list[tuple[Sentence, str]]:
        """Return a passage's sentences with their vector keys, in order."""
        found = self._all("SELECT value, key FROM sentences WHERE passage = ? ORDER BY number", row)
        return [(Sentence.model_validate_json(value), key) for value, key in found]

    def find_document(self, document_id: str, version: str | None = None) -> Document | None:
        """Return a document at a version, also one that is no longer current; without a version the current one."""
        entry = self.entries().get(document_id)
        wanted = version or (entry.version if entry else None)
        row = self._one(
            "SELECT metadata, text, remarks, original FROM versions WHERE document_id = ? AND version = ?",
            document_id,
            wanted,
        )
        if row is None or wanted is None:
            return None
        blocks = self._all(
            "SELECT value FROM paragraphs WHERE document_id = ? AND version = ? ORDER BY number",
            document_id,
            wanted,
        )
        metadata = entry.metadata if entry else Metadata.model_validate_json(row[0])
        paragraphs = tuple(Paragraph.model_validate_json(value) for (value,) in blocks)
        return Document(
            metadata=metadata, version=wanted, text=row[1], paragraphs=paragraphs,
            remarks=REMARKS.validate_json(row[2]), original=row[3],
        )  # fmt: skip

    def versions(self, document_id: str) -> tuple[Version, ...]:
        """Return the versions of a document that were published, newest first; none if there is none."""
        rows = self._all(
            "SELECT v.version, v.first_seen, d.id IS NOT NULL FROM versions v "
            "LEFT JOIN documents d ON d.id = v.document_id AND d.version = v.version WHERE v.document_id = ? "
            "AND (d.id IS NOT NULL OR v.version NOT IN (SELECT version FROM staged WHERE id = v.document_id)) "
            "ORDER BY v.first_seen DESC, v.rowid DESC",
            document_id,
        )
        return tuple(Version(version=v, first_seen=datetime.fromisoformat(t), current=bool(c)) for v, t, c in rows)

    def matching(self, words: Sequence[str], k: int) -> list[tuple[int, float]]:
        """Return (row, BM25) of the k passages that fit any of the words best; scores are positive, best first."""
        terms = [f'"{cleaned}"' for word in dict.fromkeys(words) if (cleaned := re.sub(r'["\0]', " ", word).strip())]
        if not terms:
            return []
        select = "SELECT rowid, -bm25(words) AS score FROM words WHERE words MATCH ? ORDER BY score DESC, rowid LIMIT ?"
        return self._all(select, " OR ".join(terms), k)

    def stem_frequencies(self) -> dict[str, int]:
        """Return every (Porter) stem of the lexical index with the number of passages that hold it."""
        return dict(self._all("SELECT term, doc FROM stems"))

    def vectors(self, keys: Sequence[str], embedder: str) -> NDArray[np.float32]:
        """Return kept vectors, shape (n, dimension), in the order of the keys; every key must be kept."""
        found = self._vector_blobs(keys, embedder)
        if not keys:
            return np.empty((0, 0), dtype=np.float32)
        return np.stack([np.frombuffer(found[key], dtype=np.float16) for key in keys]).astype(np.float32)

    # --- what an ingest run does

    def missing_keys(self, keys: Iterable[str], embedder: str) -> set[str]:
        """Return those of the keys for which this embedder's vector is not kept."""
        wanted = list(dict.fromkeys(keys))
        return set(wanted) - {key for key, _ in self._in_with(
            "SELECT key, 1 FROM vectors WHERE embedder = ? AND key IN ({})", wanted, embedder)}  # fmt: skip

    def save_vectors(self, keys: Sequence[str], vectors: NDArray[np.float32], embedder: str) -> None:
        """Keep vectors of shape (n, dimension) under their keys, in one transaction."""
        values = ((key, embedder, row.tobytes()) for key, row in zip(keys, vectors.astype(np.float16), strict=True))
        with self._transaction() as connection:
            connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", values)

    def stage(
        self, entry: Entry, document: Document, passages: Sequence[Passage], sentences: Sequence[Sentence]
    ) -> None:
        """Keep a document's version with its passages and sentences, not yet current, in one transaction."""
        own: dict[str, list[Sentence]] = {}
        for sentence in sentences:
            own.setdefault(sentence.passage_id, []).append(sentence)
        stored = entry.metadata.model_dump_json()
        name = (document.id, document.version)
        with self._transaction() as connection:
            connection.execute(
                "INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
                "original = coalesce(excluded.original, original), remarks = excluded.remarks",
                (*name, stored, document.text, _now(), document.original, REMARKS.dump_json(document.remarks).decode()),
            )
            connection.executemany(
                "INSERT OR REPLACE INTO paragraphs VALUES (?, ?, ?, ?)",
                ((*name, block.number, block.model_dump_json()) for block in document.paragraphs),
            )
            connection.execute("UPDATE passages SET staged = 0 WHERE document_id = ?", (document.id,))
            for passage in passages:
                self._stage_passage(passage, own.get(passage.id, []))
            connection.execute(
                "INSERT OR REPLACE INTO staged VALUES (?, ?, ?, ?, ?)",
                (document.id, entry.path, entry.fingerprint, document.version, stored),
            )

    def staged(self) -> dict[str, Entry]:
        """Return the staged documents by id; those of a killed run are among them."""
        return self._entries("staged")

    def forget_staged(self, ids: Iterable[str]) -> None:
        """Drop documents from the stage; what they cite stays resolvable."""
        with self._transaction() as connection:
            names = [(i,) for i in ids]
            connection.executemany("DELETE FROM staged WHERE id = ?", names)
            connection.executemany("UPDATE passages SET staged = 0 WHERE document_id = ?", names)

    def texts_to_embed(self, *, with_sentences: bool) -> dict[str, str]:
        """Return the texts, by vector key, of all passages and sentences that are staged or current."""
        select = (
            "SELECT p.row, p.key, p.value FROM passages p LEFT JOIN staged s ON s.id = p.document_id "
            "WHERE p.staged = 1 OR (s.id IS NULL AND p.current = 1)"
        )
        texts: dict[str, str] = {}
        for row, key, value in self._all(select):
            texts[key] = Passage.model_validate_json(value).embedded_text
            if with_sentences:
                texts |= {k: sentence.embedded_text for sentence, k in self.sentences(row)}
        return texts

    def publish(self, removed: Iterable[str], *, embedder: str) -> str:
        """Make what is staged current and what is removed not, in one transaction; return the new manifest."""
        with self._transaction() as connection:
            gone = [(i,) for i in removed]
            changed = [(i,) for i in self.staged()]
            for ids in (gone, changed):
                connection.executemany(
                    "DELETE FROM words WHERE rowid IN (SELECT row FROM passages WHERE document_id = ? AND current = 1)",
                    ids,
                )
                connection.executemany("UPDATE passages SET current = 0 WHERE document_id = ? AND current = 1", ids)
            connection.executemany("DELETE FROM documents WHERE id = ?", gone)
            connection.execute("INSERT OR REPLACE INTO documents SELECT * FROM staged")
            self._mark_staged_current()
            connection.execute("DELETE FROM staged")
            manifest = self._manifest(embedder)
            for name, value in (("manifest", manifest), ("embedder", embedder), ("published", _now())):
                connection.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (name, value))
        return manifest

    def save_feedback(self, feedback: Feedback) -> None:
        """Keep what a person thought of a reply."""
        with self._transaction() as connection:
            connection.execute(
                "INSERT INTO feedback (given, reply_id, helpful, reason, comment) VALUES (?, ?, ?, ?, ?)",
                (_now(), feedback.reply_id, feedback.helpful, feedback.reason, feedback.comment),
            )

    def save_citations(self, reply: Reply) -> None:
        """Keep what a reply cited, so that a change of its sources can be traced to it; no word of the question."""
        values = {(reply.reply_id, c.document_id, c.version, c.start, c.end, c.quote) for c in reply.citations}
        if not values:
            return
        with self._transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO replies VALUES (?, ?)", (reply.reply_id, _now()))
            connection.executemany("INSERT OR REPLACE INTO cited VALUES (?, ?, ?, ?, ?, ?)", sorted(values))

    def cited_spans(self) -> list[CitedSpan]:
        """Return what all kept replies cited, newest reply first."""
        select = (
            "SELECT reply_id, given, document_id, version, first, last, quote FROM cited JOIN replies USING (reply_id) "
            "ORDER BY given DESC, reply_id, document_id, first"
        )
        return [CitedSpan(*row) for row in self._all(select)]

    def forget_replies(self, *, before: str) -> None:
        """Forget what replies given before a moment (ISO 8601) cited."""
        with self._transaction() as connection:
            connection.execute("DELETE FROM replies WHERE given < ?", (before,))

    # --- what could not be read, and what reading brought up

    def save_unread(self, unread: Mapping[str, str], *, below: Sequence[str]) -> None:
        """Keep the reasons why files could not be read, by path, instead of all that is kept of files below paths."""
        with self._transaction() as connection:
            for path in below:
                for start in (path + "/", path + "!/"):  # in a folder; in an archive
                    connection.execute("DELETE FROM unread WHERE substr(path, 1, ?) = ?", (len(start), start))
                connection.execute("DELETE FROM unread WHERE path = ?", (path,))
            connection.executemany("INSERT OR REPLACE INTO unread VALUES (?, ?)", sorted(unread.items()))

    def unread(self) -> dict[str, str]:
        """Return the files that could not be read, by path, with the reason."""
        return dict(self._all("SELECT path, reason FROM unread ORDER BY path"))

    def remarks(self) -> list[tuple[str, Remark]]:
        """Return what reading brought up of the current documents, by document id."""
        rows = self._all(
            "SELECT d.id, v.remarks FROM documents d JOIN versions v ON v.document_id = d.id AND v.version = d.version "
            "WHERE v.remarks <> '[]' ORDER BY d.id"
        )
        return [(document_id, remark) for document_id, stored in rows for remark in REMARKS.validate_json(stored)]

    # --- inside

    def _stage_passage(self, passage: Passage, sentences: Sequence[Sentence]) -> None:
        key = vector_key(passage.embedded_text)
        values = (passage.id, key, passage.document_id, passage.version, passage.model_dump_json())
        done = self._connection.execute(
            "INSERT OR IGNORE INTO passages (id, key, document_id, version, value) VALUES (?, ?, ?, ?, ?)",
            values,
        )
        self._connection.execute("UPDATE passages SET staged = 1 WHERE id = ? AND key = ?", (passage.id, key))
        if not done.rowcount:
            return
        self._connection.executemany(
            "INSERT INTO sentences VALUES (?, ?, ?, ?)",
            ((done.lastrowid, n, vector_key(s.embedded_text), s.model_dump_json()) for n, s in enumerate(sentences)),
        )

    def _mark_staged_current(self) -> None:
        for row, value in self._all("SELECT row, value FROM passages WHERE staged = 1 ORDER BY row"):
            passage = Passage.model_validate_json(value)
            self._connection.execute(
                "INSERT INTO words (rowid, prefix, body) VALUES (?, ?, ?)",
                (row, passage.prefix, passage.text),
            )
        self._connection.execute("UPDATE passages SET current = 1, staged = 0 WHERE staged = 1")

    def _manifest(self, embedder: str) -> str:
        """Hash what is current: same documents, metadata and embedder, same manifest."""
        digest = hashlib.sha256(embedder.encode())
        for passage_id, key in self._all("SELECT id, key FROM passages WHERE current = 1 ORDER BY id"):
            digest.update(f"{passage_id}|{key}\n".encode())
        for (metadata,) in self._all("SELECT metadata FROM documents ORDER BY id"):
            digest.update(metadata.encode())
        return digest.hexdigest()[:16]

    def _entries(self, table: str) -> dict[str, Entry]:
        rows = self._all(f"SELECT metadata, version, path, fingerprint FROM {table} ORDER BY id")
        entries = (Entry(Metadata.model_validate_json(m), version, path, mark) for m, version, path, mark in rows)
        return {entry.metadata.id: entry for entry in entries}

    def _vector_blobs(self, keys: Sequence[str], embedder: str) -> Mapping[str, bytes]:
        select = "SELECT key, value FROM vectors WHERE embedder = ? AND key IN ({})"
        return dict(self._in_with(select, list(dict.fromkeys(keys)), embedder))

    def _in(self, select: str, values: Sequence[int]) -> Iterator[tuple]:  # type: ignore[type-arg]  # rows of any shape
        for n in range(0, len(values), CHUNK):
            part = values[n : n + CHUNK]
            yield from self._all(select.format(",".join("?" * len(part))), *part)

    def _in_with(self, select: str, values: Sequence[str], first: str) -> Iterator[tuple]:  # type: ignore[type-arg]  # the same
        for n in range(0, len(values), CHUNK):
            part = values[n : n + CHUNK]
            yield from self._all(select.format(",".join("?" * len(part))), first, *part)

    def _all(self, statement: str, *values: object) -> list[tuple]:  # type: ignore[type-arg]  # rows of any shape
        with self._lock:
            return self._connection.execute(statement, values).fetchall()

    def _one(self, statement: str, *values: object) -> tuple | None:  # type: ignore[type-arg]  # a row of any shape
        with self._lock:
            return self._connection.execute(statement, values).fetchone()  # type: ignore[no-any-return]  # sqlite3 is untyped

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def _migrate(self, path: Path) -> None:
        (layout,) = self._connection.execute("PRAGMA user_version").fetchone()
        if layout > len(MIGRATIONS):
            message = f"{path} was written by a newer strategybot; upgrade it or name another --home"
            raise IndexStaleError(message)
        for number, name in list(enumerate(MIGRATIONS, 1))[layout:]:
            self._take_step(number, files(__package__).joinpath(name).read_text("utf-8"))

    def _take_step(self, number: int, script: str) -> None:
        try:
            self._connection.executescript(f"BEGIN IMMEDIATE; {script} PRAGMA user_version = {number}; COMMIT;")
        except sqlite3.OperationalError:
            # Another process may have taken the step in the meantime; then it is done.
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            (layout,) = self._connection.execute("PRAGMA user_version").fetchone()
            if layout < number:
                raise


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
