"""Remarks on time: whether what is cited still holds on the day asked about, and where sources differ."""

from collections.abc import Mapping, Sequence
from datetime import date

from strategybot.answering.evidence import OWN, Evidence, numbers
from strategybot.answering.phrases import phrase
from strategybot.dates import last_day, render_date, render_on
from strategybot.questions.understanding import Question
from strategybot.retrieval.standing import standing_on
from strategybot.schema import Claim, Metadata, Notice

MOST_NOTICES = 2
ALIKE = 0.8
NAMED_RUN = 0.5
NAMED_SHARE = 0.4
AS_WELL_NAMED = 0.15
"""Documents named nearly as well as the best: of several versions of a scheme, the one that ran last is meant."""


def find_main_document(question: Question, evidence: Sequence[Evidence]) -> Metadata | None:
    """Return the document that a question about standing names and that states its window; None if there is none."""
    if not question.about_now or not evidence:
        return None
    best = max(_own(each, "name_run") + _own(each, "named") for each in evidence)
    alike = [each for each in evidence if _own(each, "name_run") + _own(each, "named") > best - AS_WELL_NAMED]
    main = max(alike, key=lambda each: (last_day(each.metadata.valid_to or "1900"), _own(each, "document")))
    named = _own(main, "name_run") >= NAMED_RUN and _own(main, "named") >= NAMED_SHARE
    return main.metadata if named and (main.metadata.valid_to or main.metadata.valid_from) else None


def verdict_on_opening(
    question: Question, evidence: Sequence[Evidence], *, documents: Mapping[str, Metadata], as_of: date
) -> Claim | None:
    """Return whether the document asked about is open on the day, if it states its window; else None."""
    main = find_main_document(question, evidence)
    if main is None:
        return None
    standing = standing_on(as_of, main, documents)
    scheme = main.kind in ("support-scheme", "consultation")
    name = {"closed": "closed" if scheme else "ended", "in_force": "open" if scheme else "running"}.get(standing)
    end = main.valid_from if standing == "future" else main.valid_to
    if end is None or (name is None and standing != "future"):
        return None
    name, day = name or "not_yet", render_date(end)
    own = [each.sentence for each in evidence if each.metadata.id == main.id]
    source = next((sentence for sentence in own if day in sentence.text), own[0])
    text = phrase("verdict", name, name=_plain_name(main), date=day, on=render_on(end))
    return Claim(text=text, basis="verdict", sources=(source,), support=1.0, speaker=None)


def _own(evidence: Evidence, name: str) -> float:
    return float(evidence.own[OWN.index(name)])


def remark(
    question: Question,
    chosen: Sequence[Evidence],
    *,
    documents: Mapping[str, Metadata],
    as_of: date,
) -> tuple[Notice, ...]:
    """Return notices on the documents that are cited, the first cited first, at most two."""
    cited = list(dict.fromkeys(each.metadata.id for each in chosen))
    first = [documents[document_id] for document_id in cited[:1]]
    notices = [_closed(documents[document_id], documents=documents, as_of=as_of) for document_id in cited]
    notices += [_conflict(question, chosen)]
    notices += [_first_notice(question, metadata, documents=documents, as_of=as_of) for metadata in first]
    notices += [_third_party(metadata) for metadata in first]
    return tuple(dict.fromkeys(n for n in notices if n))[:MOST_NOTICES]


def _closed(metadata: Metadata, *, documents: Mapping[str, Metadata], as_of: date) -> Notice | None:
    if standing_on(as_of, metadata, documents) != "closed" or not metadata.valid_to:
        return None
    scheme = metadata.kind in ("support-scheme", "consultation")
    name, end = "closed" if scheme else "ended", metadata.valid_to
    text = phrase("notice", name, title=metadata.title, date=render_date(end), on=render_on(end))
    return Notice(kind="closed", text=text)


def _first_notice(
    question: Question, metadata: Metadata, *, documents: Mapping[str, Metadata], as_of: date
) -> Notice | None:
    """Return what is to be said of the standing of the document cited first."""
    standing = standing_on(as_of, metadata, documents)
    if standing == "superseded":
        return _superseded(metadata, documents)
    current = question.kind in ("eligibility", "status")
    if current and metadata.kind == "support-scheme" and not metadata.valid_to:
        dated = f" (page dated {render_date(metadata.published)})" if metadata.published else " (page undated)"
        return Notice(kind="stale", text=phrase("notice", "stale", title=metadata.title, date=dated))
    if standing == "undated" and question.kind == "status":
        return Notice(kind="undated", text=phrase("notice", "undated", title=metadata.title))
    return None


def _superseded(metadata: Metadata, documents: Mapping[str, Metadata]) -> Notice | None:
    later = documents.get(metadata.superseded_by or "")
    if later is None:
        return None
    dated = f", {render_date(later.published)}" if later.published else ""
    name = "superseded_stated" if metadata.relation_basis == "stated" else "superseded_inferred"
    return Notice(kind="superseded", text=phrase("notice", name, title=metadata.title, later=later.title, date=dated))


def _third_party(metadata: Metadata) -> Notice | None:
    if metadata.reliability != "third-party":
        return None
    return Notice(kind="stale", text=phrase("notice", "third_party", title=metadata.title))


def _conflict(question: Question, chosen: Sequence[Evidence]) -> Notice | None:
    """Return a notice if two documents say nearly the same with other figures and the question wants a value."""
    if not question.wants:
        return None
    for n, one in enumerate(chosen):
        for other in chosen[n + 1 :]:
            a, b = numbers(one.sentence.text), numbers(other.sentence.text)
            apart = one.metadata.id != other.metadata.id and a and b and not a & b
            if apart and float(one.vector @ other.vector) > ALIKE:
                return _conflict_notice(one.metadata, other.metadata)
    return None


def _conflict_notice(one: Metadata, other: Metadata) -> Notice | None:
    dated = [m for m in (one, other) if m.published]
    if not dated:
        return None
    latest = max(dated, key=lambda m: last_day(m.published or "1900"))
    day = f", {render_date(latest.published)}" if latest.published else ""
    return Notice(kind="conflict", text=phrase("notice", "conflict", title=latest.title, date=day))


def _plain_name(metadata: Metadata) -> str:
    """Return the title if it holds no figure, else a plain word, since a statement's figures must be in its quotes."""
    if not numbers(metadata.title):
        return f"“{metadata.title}”"
    nouns = {
        "support-scheme": "this scheme",
        "consultation": "this consultation",
        "plan": "this plan",
        "strategy": "this strategy",
    }
    return nouns.get(metadata.kind, "this")
