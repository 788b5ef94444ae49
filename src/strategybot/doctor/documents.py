"""What the doctor finds in the documents: by what is said of them, by how they were read, and by their words."""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import combinations, pairwise
from typing import Literal

from strategybot.dates import first_day, last_day
from strategybot.index.catalogue import Catalogue, Entry
from strategybot.schema import Frozen, Metadata, RemarkKind

OLD = timedelta(days=5 * 365)
SHOWN = 5
TOLD_WORDS = 8
"""A block of fewer words is not looked at for repetitions: headings and table cells are alike in many documents."""
SAME_SHARE = 0.8
"""Two documents that have more of the shorter one's blocks in common are taken for copies of each other."""
LEAST_BLOCKS = 3
LONG_BLOCK_WORDS = 800
"""A paragraph longer than this is more likely to be one that was not divided in reading."""
LARGE_SHARE = 0.25
LARGE_BLOCKS = 2_000
EDITION = re.compile(
    r"\b(?:(?:19|20)\d\d(?:[-–/]\d{2,4})?|phase \d+|version \d[\d.]*|v\d[\d.]*|draft|final|updated?|revised)\b", re.I
)
"""What tells the editions of one publication apart in their titles."""
REMARKS: Mapping[RemarkKind, tuple[Literal["note", "attention"], str]] = {
    "hidden-text": ("attention", "text that people do not see was left out"),
    "instruction": ("attention", "tells an assistant what to do; shown, never answered from"),
    "no-text": ("attention", "no text: needs OCR (install tesseract-ocr and ingest it again)"),
    "wrong-suffix": ("note", "is not what its name says"),
    "left-out": ("note", "something was left out"),
}


class Finding(Frozen):
    """One thing looked at; ``attention`` means that somebody should act."""

    level: Literal["fine", "note", "attention"]
    subject: str
    text: str


def find_by_metadata(documents: Mapping[str, Metadata]) -> Iterator[Finding]:
    """Find what is undated, old, third-party, superseded without saying so, or said to be by what is not there."""
    undated = [i for i, m in documents.items() if not (m.published or m.valid_from)]
    if undated:
        yield _note("undated", f"{len(undated)} documents bear no date: {some(undated)}")
    unresolved = [i for i, m in documents.items() for o in (m.supersedes, m.superseded_by) if o and o not in documents]
    if unresolved:
        text = f"names a document that is not indexed: {some(unresolved)}"
        yield Finding(level="attention", subject="supersession", text=text)
    old = [i for i, m in documents.items() if _is_old(m)]
    if old:
        yield _note("old", f"{len(old)} documents are over five years old and nothing supersedes them: {some(old)}")
    doubtful = [i for i, m in documents.items() if m.reliability == "third-party"]
    if doubtful:
        yield _note("third-party", f"{len(doubtful)} documents should be confirmed: {some(doubtful)}")
    pairs = [f"{earlier} by {later}" for earlier, later in _unsaid_supersessions(documents)]
    if pairs:
        text = (
            f"{len(pairs)} documents look superseded and do not say so: {some(pairs)}; say `superseded_by` if it is so"
        )
        yield _note("superseded", text)


def find_by_reading(catalogue: Catalogue) -> Iterator[Finding]:
    """Find files that could not be read, and what reading the others brought up."""
    for path, reason in catalogue.unread().items():
        yield Finding(level="attention", subject="unread", text=f"{path}: {reason}")
    told: defaultdict[tuple[str, RemarkKind], list[str]] = defaultdict(list)
    for document_id, remark in catalogue.remarks():
        told[document_id, remark.kind].append((f"page {remark.page}: " if remark.page else "") + f"“{remark.text}”")
    for (document_id, kind), texts in told.items():
        level, words = REMARKS[kind]
        more = f" and {len(texts) - 1} more" if len(texts) > 1 else ""
        yield Finding(level=level, subject=kind, text=f"{document_id}: {words}: {texts[0]}{more}")


def find_by_text(catalogue: Catalogue, entries: Mapping[str, Entry]) -> Iterator[Finding]:
    """Find documents that repeat one another, outgrow the others, or hold paragraphs that were not divided."""
    marks: dict[str, frozenset[bytes]] = {}
    sizes: dict[str, int] = {}
    undivided = []
    for document_id in entries:
        document = catalogue.find_document(document_id)
        if document is None:
            continue
        texts = [document.text[block.start : block.end] for block in document.paragraphs]
        marks[document_id] = frozenset(_marks(texts))
        sizes[document_id] = len(texts)
        if any(len(text.split()) > LONG_BLOCK_WORDS for text in texts):
            undivided.append(document_id)
    copies = [f"{one} and {other}" for one, other in _copies(marks)]
    if copies:
        text = (
            f"{len(copies)} pairs of documents say nearly the same: {some(copies)}; keep one, or say which supersedes"
        )
        yield Finding(level="attention", subject="duplicated", text=text)
    total = sum(sizes.values())
    large = [i for i, size in sizes.items() if size > LARGE_BLOCKS and size > LARGE_SHARE * total]
    if large:
        yield _note("oversized", f"make up over a quarter of all paragraphs: {some(large)}; consider dividing them")
    if undivided:
        text = f"hold paragraphs of over {LONG_BLOCK_WORDS} words: {some(undivided)}; look at `strategybot read FILE`"
        yield _note("undivided", text)


def _note(subject: str, text: str) -> Finding:
    return Finding(level="note", subject=subject, text=text)


def _is_old(metadata: Metadata) -> bool:
    published = metadata.published
    return bool(published) and not metadata.superseded_by and date.today() - last_day(str(published)) > OLD


def _unsaid_supersessions(documents: Mapping[str, Metadata]) -> Iterator[tuple[str, str]]:
    """Yield (earlier, later) of one publisher and kind whose titles differ by their edition only, unless related."""
    editions: defaultdict[tuple[str, str, str], list[Metadata]] = defaultdict(list)
    for metadata in documents.values():
        title = " ".join(re.sub(r"\W+", " ", EDITION.sub(" ", metadata.title)).casefold().split())
        if metadata.published and title:
            editions[metadata.publisher, metadata.kind, title].append(metadata)
    for same in editions.values():
        ordered = sorted(same, key=lambda m: (first_day(str(m.published)), m.id))
        for earlier, later in pairwise(ordered):
            apart = str(earlier.published) != str(later.published)
            if apart and not earlier.superseded_by and later.supersedes != earlier.id and not _is_pair(earlier, later):
                yield earlier.id, later.id


def _is_pair(one: Metadata, other: Metadata) -> bool:
    """Tell whether one is the original of the other, a digest."""
    return {one.form, other.form} == {"digest", "original"} and one.source_url == other.source_url


def _marks(texts: Sequence[str]) -> Iterator[bytes]:
    for text in texts:
        words = re.findall(r"\w+", text.casefold())
        if len(words) >= TOLD_WORDS:
            yield hashlib.blake2b(" ".join(words).encode(), digest_size=8).digest()


def _copies(marks: Mapping[str, frozenset[bytes]]) -> Iterator[tuple[str, str]]:
    holders: defaultdict[bytes, list[str]] = defaultdict(list)
    for document_id, own in marks.items():
        for mark in own:
            holders[mark].append(document_id)
    # A block that many documents share is a standing phrase, and says nothing of any two of them.
    shared = Counter(pair for ids in holders.values() if len(ids) <= SHOWN for pair in combinations(sorted(ids), 2))
    for (one, other), count in sorted(shared.items()):
        if count >= LEAST_BLOCKS and count > SAME_SHARE * min(len(marks[one]), len(marks[other])):
            yield one, other


def some(names: Sequence[str]) -> str:
    """Name the first few, and say how many more there are."""
    shown = ", ".join(names[:SHOWN])
    return f"{shown} and {len(names) - SHOWN} more" if len(names) > SHOWN else shown
