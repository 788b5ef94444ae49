"""The same index on a real Chroma server: found there, searched exactly while it is away, found there again."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import chromadb
import pytest

from strategybot.errors import ConfigurationError
from strategybot.index.build import IngestOptions, IngestReport, ingest
from strategybot.index.live import LiveIndex, Snapshot
from strategybot.index.pointer import read_pointer
from tests.editions import expected_passages, write_edition
from tests.fakes import FakeEmbedder

START_S = 30.0
CHROMA = Path(sys.executable).with_name("chroma")


@dataclass
class Server:
    """A Chroma server on a port of its own, which can be stopped and started again."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = field(default=None)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command: list[str | Path] = [
            CHROMA,
            "run",
            "--path",
            self.folder,
            "--host",
            "127.0.0.1",
            "--port",
            str(self.port),
        ]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + START_S
        while not self._answers():
            assert time.monotonic() < deadline, "the Chroma server did not start"
            time.sleep(0.1)

    def stop(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def pause(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGCONT)

    def collections(self) -> list[str]:
        client = chromadb.HttpClient(host="127.0.0.1", port=self.port)
        return [collection.name for collection in client.list_collections()]

    def _answers(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


@dataclass
class Desk:
    """Documents, a home, and a server that holds its vectors."""

    folder: Path
    home: Path
    server: Server

    def ingest(self) -> IngestReport:
        options = IngestOptions(chroma_url=self.server.url)
        return ingest([self.folder], home=self.home, embedder=FakeEmbedder(), options=options)

    def live(self) -> LiveIndex:
        return LiveIndex(self.home, embedder_id="fake@1", chroma_url=self.server.url, retry_s=1.0)

    def finds_all(self, snapshot: Snapshot) -> bool:
        """Tell whether every passage of the folder is the nearest to its own text."""
        known = expected_passages(self.folder, FakeEmbedder())
        vectors = FakeEmbedder().encode([known[i].embedded_text for i in sorted(known)])
        return [snapshot.nearest(v, 1)[0][0] for v in vectors] == snapshot.ids == sorted(known)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Six documents, indexed on a running server."""
    server = Server(tmp_path / "server", free_port())
    server.start()
    desk = Desk(tmp_path / "documents", tmp_path / "home", server)
    for number in range(6):
        write_edition(desk.folder, number, 0)
    desk.ingest()
    yield desk
    server.stop()


def searches_exactly(caplog: pytest.LogCaptureFixture) -> bool:
    return any("searching exactly" in message for message in caplog.messages)


def test_a_server_holds_the_published_index_and_the_one_before(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    published = [pointer_name(desk)]
    for edition in (1, 2):
        for number in range(6):
            write_edition(desk.folder, number, edition)
        assert desk.ingest().rebuilt
        published.append(pointer_name(desk))

    assert sorted(desk.server.collections()) == sorted(published[-2:])
    assert desk.finds_all(desk.live().snapshot())
    assert not searches_exactly(caplog)


def pointer_name(desk: Desk) -> str:
    pointer = read_pointer(desk.home)
    assert pointer is not None
    return pointer.name


def test_exact_search_answers_while_the_server_is_away(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    snapshot = desk.live().snapshot()
    assert desk.finds_all(snapshot)

    desk.server.stop()
    assert desk.finds_all(snapshot)
    assert searches_exactly(caplog)
    assert desk.finds_all(desk.live().snapshot())

    desk.server.start()
    caplog.clear()
    assert desk.finds_all(snapshot)
    assert not searches_exactly(caplog)


def test_an_index_that_was_opened_while_the_server_was_away_finds_it_again(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk.server.stop()
    live = desk.live()
    assert desk.finds_all(live.snapshot())

    desk.server.start()
    time.sleep(1.1)
    assert desk.finds_all(live.snapshot())
    caplog.clear()
    desk.server.stop()

    assert desk.finds_all(live.snapshot())
    assert searches_exactly(caplog), "the server was not asked"
    desk.server.start()


def test_a_server_that_hangs_is_not_waited_for(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    snapshot = desk.live().snapshot()
    desk.server.pause()
    started = time.monotonic()
    try:
        found = snapshot.nearest(FakeEmbedder().encode(["plan 3"])[0], 3)
        opened = desk.live().snapshot()
    finally:
        desk.server.go_on()

    assert len(found) == 3
    assert time.monotonic() - started < 20
    assert desk.finds_all(opened)
    assert searches_exactly(caplog)


def test_an_ingest_without_its_server_says_what_to_do(desk: Desk) -> None:
    desk.server.stop()
    for number in range(6):
        write_edition(desk.folder, number, 1)

    with pytest.raises(ConfigurationError, match="start one with `chroma run`"):
        desk.ingest()

    assert desk.finds_all(desk.live().snapshot())
    desk.server.start()
    assert desk.ingest().rebuilt


def test_a_server_that_lost_its_data_gets_it_again(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    client = chromadb.HttpClient(host="127.0.0.1", port=desk.server.port)
    client.delete_collection(pointer_name(desk))
    assert desk.finds_all(desk.live().snapshot())
    caplog.clear()

    report = desk.ingest()

    assert (report.embedded, report.rebuilt) == (0, True)
    assert desk.finds_all(desk.live().snapshot())
    assert not searches_exactly(caplog)


def test_an_address_that_is_none_is_refused(tmp_path: Path) -> None:
    folder, home = tmp_path / "documents", tmp_path / "home"
    write_edition(folder, 1, 0)

    with pytest.raises(ConfigurationError, match="not the address of a Chroma server"):
        ingest([folder], home=home, embedder=FakeEmbedder(), options=IngestOptions(chroma_url="localhost"))
