"""The assistant: the one place where the rooms meet. Query in, Reply out."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from strategybot.answering.calibration import Calibration, load_calibration
from strategybot.answering.evidence import Rarity
from strategybot.answering.quote import Setting, draft_reply
from strategybot.errors import ConfigurationError
from strategybot.grounding.assemble import Frame, assemble, write_statement
from strategybot.index.build import IngestOptions, IngestReport, ingest
from strategybot.index.embedding import Embedder, build_embedder
from strategybot.index.live import LiveIndex, Snapshot
from strategybot.index.staging import Track
from strategybot.matcher import Matcher
from strategybot.questions.understanding import Question, understand
from strategybot.reading.isolation import Limits
from strategybot.retrieval.retriever import find_candidates
from strategybot.schema import (
    Document,
    Draft,
    Feedback,
    Matching,
    Metadata,
    Query,
    Reply,
    ScoredPassage,
    Situation,
    Version,
)
from strategybot.settings import Settings

CANDIDATES = 14
"""Passages whose sentences are looked at; more found no more gold sentences on the development questions."""


class Assistant:
    """Answers queries from the published index of a home; safe to use from several threads."""

    def __init__(
        self,
        index: LiveIndex,
        embedder: Embedder,
        calibration: Calibration,
        *,
        contact: str,
        question_chars: int,
    ) -> None:
        """Put the parts together; nothing is read before the first query."""
        self._index = index
        self._embedder = embedder
        self._calibration = calibration
        self._contact = contact
        self._question_chars = question_chars
        self._matcher = Matcher(embedder.encode)

    @property
    def index_version(self) -> str:
        """Version of the published index."""
        return self._index.snapshot().version

    def ask(self, query: Query) -> Reply:
        """Answer a query: the same query over the same index gives the same reply, but for its timings.

        Raises:
            ConfigurationError: The question is longer than the settings allow.
            IndexMissingError: Nothing is indexed.
            IndexStaleError: The index was made by another embedding model.
        """
        self._check(query)
        watch = _Stopwatch()
        snapshot = self._index.snapshot()
        question = understand(query, frequencies=snapshot.stem_frequencies)
        watch.lap("understand")
        candidates = find_candidates(snapshot, question.views, query=query, encode=self._embedder.encode, k=CANDIDATES)
        watch.lap("retrieve")
        draft = draft_reply(question, candidates, query=query, setting=self._setting(snapshot))
        watch.lap("select")
        found = list(dict.fromkeys(hit.passage.document_id for hit in candidates.passages))
        draft = self._matcher.support(draft, question, query=query, found=found, snapshot=snapshot)
        watch.lap("match")
        reply = self._assemble(draft, question, query=query, snapshot=snapshot)
        watch.lap("compose")
        return reply.model_copy(update={"timings_ms": watch.timings_ms()})

    def match(self, situation: Situation) -> Matching:
        """Hold every scheme against a situation.

        Raises:
            ConfigurationError: A fact that was set is unknown or its value cannot be read.
            IndexMissingError, IndexStaleError: As ``ask``.
        """
        watch = _Stopwatch()
        snapshot = self._index.snapshot()
        profile = self._matcher.read(situation, snapshot)
        watch.lap("read")
        matching = self._matcher.match(profile, snapshot, as_of=situation.as_of)
        watch.lap("match")
        return matching.model_copy(update={"timings_ms": watch.timings_ms()})

    def stream(self, query: Query) -> Iterator[Reply]:
        """Answer a query as lawful replies that grow by a statement at a time; the last is the whole reply.

        Raises:
            ConfigurationError, IndexMissingError, IndexStaleError: As ``ask``.
        """
        whole = self.ask(query)
        for count in range(1, len(whole.statements)):
            yield _first_statements(whole, count)
        yield whole

    def search(self, query: Query, k: int = 10) -> tuple[ScoredPassage, ...]:
        """Return at most k passages, best first.

        Raises:
            ConfigurationError, IndexMissingError, IndexStaleError: As ``ask``.
        """
        self._check(query)
        snapshot = self._index.snapshot()
        question = understand(query, frequencies=snapshot.stem_frequencies)
        return find_candidates(snapshot, question.views, query=query, encode=self._embedder.encode, k=k).passages

    def documents(self) -> tuple[Metadata, ...]:
        """Return the documents that answer, by title."""
        return tuple(sorted(self._index.snapshot().documents.values(), key=lambda m: (m.title.casefold(), m.id)))

    def find_document(self, document_id: str, version: str | None = None) -> Document | None:
        """Return a document, also at a version that is no longer current; None if there is none."""
        return self._index.snapshot().find_document(document_id, version)

    def versions(self, document_id: str) -> tuple[Version, ...]:
        """Return the versions of a document that were ever published, newest first."""
        return self._index.snapshot().versions(document_id)

    def original_path(self, name: str) -> Path | None:
        """Return where the file of ``Document.original`` is kept; None if it is not."""
        return self._index.original_path(name)

    def record_citations(self, reply: Reply) -> None:
        """Keep what a reply that somebody was shown cites, so that a later change of its sources can be traced."""
        self._index.snapshot().save_citations(reply)

    def record_feedback(self, feedback: Feedback) -> None:
        """Keep what a person thought of a reply."""
        self._index.snapshot().save_feedback(feedback)

    def _check(self, query: Query) -> None:
        if len(query.text) > self._question_chars:
            message = (
                f"the question has {len(query.text)} characters; at most {self._question_chars} are read: shorten it"
            )
            raise ConfigurationError(message)

    def _setting(self, snapshot: Snapshot) -> Setting:
        return Setting(
            documents=snapshot.documents,
            rarity=Rarity(snapshot.stem_frequencies, snapshot.passage_count),
            calibration=self._calibration,
            encode=self._embedder.encode,
            contact=self._contact,
        )

    def _assemble(self, draft: Draft, question: Question, *, query: Query, snapshot: Snapshot) -> Reply:
        frame = Frame(standalone_question=question.standalone, index=snapshot.version)
        reply = assemble(
            draft,
            query=query,
            frame=frame,
            documents={**snapshot.described, **snapshot.documents},
            find_document=snapshot.find_document,
        )
        return self._matcher.cite(reply, snapshot)


class _Stopwatch:
    """Measures laps in milliseconds."""

    def __init__(self) -> None:
        self._started = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, name: str) -> None:
        now = time.perf_counter()
        self._laps[name] = round((now - self._last) * 1000, 2)
        self._last = now

    def timings_ms(self) -> dict[str, float]:
        return {"total": round((self._last - self._started) * 1000, 2), **self._laps}


def build_assistant(settings: Settings) -> Assistant:
    """Build an assistant from settings; the embedding model is loaded, the index is not read yet.

    Raises:
        ConfigurationError: The embedding model or the calibration cannot be used.
    """
    embedder = load_embedder(settings)
    index = LiveIndex(settings.home, embedder_id=embedder.id, chroma_url=settings.chroma_url)
    calibration = load_calibration(settings.calibration)
    return Assistant(index, embedder, calibration, contact=settings.contact, question_chars=settings.question_chars)


def ingest_documents(settings: Settings, paths: Sequence[Path] | None = None, *, track: Track) -> IngestReport:
    """Bring the index up to date with files and folders; with none, with the corpus and the fetched originals.

    Raises:
        ConfigurationError: The embedding model cannot be used, or another ingest holds the home.
        CorpusError: A path does not exist.
    """
    fetched = [settings.fetched] if settings.fetched.is_dir() else []
    limits = Limits(seconds=settings.read_seconds, megabytes=settings.read_megabytes)
    return ingest(
        paths or [settings.corpus, *fetched],
        home=settings.home,
        embedder=load_embedder(settings),
        options=IngestOptions(chroma_url=settings.chroma_url, limits=limits),
        track=track,
    )


def load_embedder(settings: Settings) -> Embedder:
    """Load the embedding model that settings name.

    Raises:
        ConfigurationError: It cannot be used.
    """
    cache: Path = settings.models or settings.home / "models"
    return build_embedder(settings.embedder, backend=settings.embedder_backend, threads=settings.threads, cache=cache)


def _first_statements(whole: Reply, count: int) -> Reply:
    """Return the reply that holds the first statements only; its citations are renumbered by being a prefix."""
    statements = whole.statements[:count]
    highest = max(n for statement in statements for n in statement.citations)
    text = "\n".join(f"- {write_statement(statement)}" for statement in statements)
    return whole.model_copy(
        update={
            "statements": statements,
            "citations": whole.citations[:highest],
            "text": text,
            "notices": (),
            "matches": (),
        }
    )
