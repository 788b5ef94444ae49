"""``kill -9`` at any moment of an ingest: what was published answers on, and the next ingest makes everything good."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from typing import Any

import pytest

from strategybot.answering.calibration import load_calibration
from strategybot.assistant import Assistant
from strategybot.grounding.laws import find_breaches
from strategybot.index.build import ingest
from strategybot.index.embedding import BUNDLED, Embedder, build_embedder
from strategybot.index.live import LiveIndex, Snapshot
from strategybot.schema import Passage, Query
from tests.editions import expected_passages, write_edition
from tests.fakes import FakeEmbedder

ROUNDS = 30
DOCUMENTS = 24
CHANGES = (3, 1, 4)
"""How many documents each round changes, in turn: one of 24 leaves the vector index as it is."""
MOMENTS = (("Reading", 0.06), ("Embedding", 0.03), ("Embedding done", 0.06), ("Embedding done", 1.2))
"""After which word of the child's a kill falls, and up to how long after it: the last spans publishing and Chroma."""
EVENT_S = 60.0


@dataclass(frozen=True, slots=True)
class Home:
    """A folder of documents and the home that it is indexed in."""

    folder: Path
    state: Path

    def snapshot(self, embedder: Embedder) -> Snapshot:
        return LiveIndex(self.state, embedder_id=embedder.id).snapshot()


def run_child(home: Home, events: Connection) -> None:
    """Ingest, and say how far it is."""

    def track(values: Sequence[Any], what: str) -> Iterable[Any]:
        events.send(what)
        yield from values
        events.send(f"{what} done")

    ingest([home.folder], home=home.state, embedder=FakeEmbedder(), track=track)


@pytest.fixture(scope="module")
def forks() -> Iterator[ForkServerContext]:
    """Start child processes from a server that has imported everything, so that each starts in milliseconds."""
    context = multiprocessing.get_context("forkserver")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
        context.set_forkserver_preload(["tests.integration.test_kill", "strategybot.index.vectors"])
        yield context


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "documents", tmp_path / "home")
    for number in range(DOCUMENTS):
        write_edition(home.folder, number, 0)
    return home


def test_a_kill_at_any_moment_of_an_ingest_loses_nothing(home: Home, forks: ForkServerContext) -> None:
    embedder = FakeEmbedder()
    ingest([home.folder], home=home.state, embedder=embedder)
    before = expected_passages(home.folder, embedder)
    reader = an_assistant(home, embedder)
    killed: list[str] = []

    for turn in range(ROUNDS):
        change(home.folder, turn)
        after = expected_passages(home.folder, embedder)
        moment, span = MOMENTS[turn % len(MOMENTS)]
        if kill_after(start(forks, home), moment, delay_s=span * turn / ROUNDS):
            killed.append(moment)

        left = home.snapshot(embedder)
        assert set(left.ids) in (set(before), set(after)), f"round {turn}, killed after {moment}"
        assert_all_found(left, {**before, **after}, embedder)
        assert_answers(reader)

        ingest([home.folder], home=home.state, embedder=embedder)
        assert set(home.snapshot(embedder).ids) == set(after)
        assert_all_found(home.snapshot(embedder), after, embedder)
        before = after

    assert len(killed) >= ROUNDS * 2 // 3
    assert set(killed) == {moment for moment, _ in MOMENTS}


def test_a_kill_of_the_real_ingest_loses_nothing(home: Home, models: Path) -> None:
    embedder = build_embedder(BUNDLED, cache=models)
    ingest([home.folder], home=home.state, embedder=embedder)
    before = expected_passages(home.folder, embedder)
    for number in range(DOCUMENTS):
        write_edition(home.folder, number, 1)
    after = expected_passages(home.folder, embedder)

    kill_command_after(home, "Embedding")

    left = home.snapshot(embedder)
    assert set(left.ids) == set(before)
    assert_all_found(left, before, embedder)
    ingest([home.folder], home=home.state, embedder=embedder)
    assert set(home.snapshot(embedder).ids) == set(after)
    assert_all_found(home.snapshot(embedder), after, embedder)


def test_a_killed_first_ingest_leaves_nothing_in_the_way_of_the_next(home: Home, forks: ForkServerContext) -> None:
    embedder = FakeEmbedder()
    assert kill_after(start(forks, home), "Embedding", delay_s=0.0)

    report = ingest([home.folder], home=home.state, embedder=embedder)

    assert len(report.new) == DOCUMENTS
    assert_all_found(home.snapshot(embedder), expected_passages(home.folder, embedder), embedder)


def change(folder: Path, turn: int) -> None:
    """Write new editions of some documents; every fifth turn takes one away, and the next brings it back."""
    for n in range(CHANGES[turn % len(CHANGES)]):
        write_edition(folder, (turn * 5 + n) % DOCUMENTS, turn + 1)
    if turn % 5 == 3:
        (folder / "plan-0.md").unlink(missing_ok=True)
    elif turn % 5 == 4:
        write_edition(folder, 0, turn + 1)


def start(forks: ForkServerContext, home: Home) -> tuple[ForkServerProcess, Connection]:
    ours, theirs = forks.Pipe()
    child = forks.Process(target=run_child, args=(home, theirs))
    child.start()
    theirs.close()
    return child, ours


def kill_after(started: tuple[ForkServerProcess, Connection], moment: str, *, delay_s: float) -> bool:
    """Kill a child so long after it has said a word; tell whether it had not ended by itself."""
    child, events = started
    with suppress(EOFError):  # it ended without saying the word: nothing was left to embed
        while events.poll(EVENT_S) and events.recv() != moment:
            pass
    time.sleep(delay_s)
    child.kill()
    child.join()
    events.close()
    return child.exitcode == -signal.SIGKILL


def kill_command_after(home: Home, word: str) -> None:
    """Kill the ingest of the command line as soon as it says a word."""
    command = [sys.executable, "-m", "strategybot.cli", "--home", str(home.state), "ingest", str(home.folder)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as process:
        assert process.stderr is not None
        assert any(line.startswith(word) for line in process.stderr)
        process.kill()
    assert process.returncode == -signal.SIGKILL


def an_assistant(home: Home, embedder: Embedder) -> Assistant:
    index = LiveIndex(home.state, embedder_id=embedder.id)
    return Assistant(index, embedder, load_calibration(None), contact="the council", question_chars=2000)


def assert_answers(assistant: Assistant) -> None:
    query = Query(text="In which edition does plan 7 stand?")
    assert assistant.search(query, 5)
    assert find_breaches(assistant.ask(query)) == ()


def assert_all_found(snapshot: Snapshot, known: Mapping[str, Passage], embedder: Embedder) -> None:
    """Search for each passage by its own text: nothing is nearer to it than itself."""
    vectors = embedder.encode([known[i].embedded_text for i in snapshot.ids])
    assert [snapshot.nearest(vector, 1)[0][0] for vector in vectors] == snapshot.ids
    assert [p.text for p in snapshot.passages(snapshot.ids)] == [known[i].text for i in snapshot.ids]
