"""How long a reply and a search take over the bundled corpus, in a warm process."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from benchmarks.results import Benchmark, Figure, Target
from evals.measuring import SEARCH_DEPTH
from evals.questions import DEVELOPMENT, read_questions
from strategybot.assistant import Assistant, build_assistant
from strategybot.schema import Query, Situation
from strategybot.settings import Settings

WARM_UP = 20
"""Questions that are asked before the clock runs."""
_MOST_ASK_MS = Target(bound="at most", value=150)
_MOST_SEARCH_MS = Target(bound="at most", value=25)
_MOST_MATCH_MS = Target(bound="at most", value=20)


def run_latency(home: Path) -> Benchmark:
    """Time each development question as a reply, then as a search, then those on eligibility as a situation.

    Args:
        home: Folder of an index over the bundled corpus.

    Raises:
        IndexMissingError: Nothing has been indexed in the home.
    """
    queries = [question.query for question in read_questions(DEVELOPMENT).questions]
    assistant = build_assistant(Settings(home=home))
    asked = _time_each(assistant.ask, queries)
    searched = _time_each(lambda query: assistant.search(query, SEARCH_DEPTH), queries)
    situations = [q.query for q in read_questions(DEVELOPMENT).questions if q.type == "eligibility"]
    matched = [_match(assistant, query) for query in [*situations[:WARM_UP], *situations]][WARM_UP:]
    return Benchmark(
        name="latency",
        title="Latency",
        method=(
            f"Each of the {len(queries)} development questions once, one after the other, in one process "
            f"over the bundled corpus, after {WARM_UP} of them to warm up: first as whole replies, then as "
            f"searches for {SEARCH_DEPTH} passages, then the {len(situations)} on eligibility as situations that every "
            "scheme is held against; what the reading of the profile takes is not in the figure."
        ),
        figures=(
            *_percentiles("reply", asked, _MOST_ASK_MS),
            *_percentiles("search", searched, _MOST_SEARCH_MS),
            *_percentiles("match beyond reading the profile", matched, _MOST_MATCH_MS),
        ),
    )


def _time_each(call: Callable[[Query], object], queries: Sequence[Query]) -> list[float]:
    """Return the milliseconds of each call."""
    for query in queries[:WARM_UP]:
        call(query)
    return [_time(call, query) for query in queries]


def _match(assistant: Assistant, query: Query) -> float:
    """Return the milliseconds that matching takes once the profile is read."""
    return assistant.match(Situation(text=query.text, as_of=query.as_of)).timings_ms["match"]


def _time(call: Callable[[Query], object], query: Query) -> float:
    started = time.perf_counter()
    call(query)
    return 1000 * (time.perf_counter() - started)


def _percentiles(name: str, milliseconds: Sequence[float], most: Target) -> tuple[Figure, ...]:
    half, nearly_all = np.quantile(milliseconds, [0.5, 0.95])
    return (
        Figure(name=f"{name}, p50", value=float(half), unit="ms"),
        Figure(name=f"{name}, p95", value=float(nearly_all), unit="ms", target=most),
        Figure(name=f"{name}, slowest", value=max(milliseconds), unit="ms"),
    )
