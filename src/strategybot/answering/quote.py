"""Quote mode: a question and what was found -> a draft made of the documents' own sentences."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from strategybot.answering.answerability import read_signals
from strategybot.answering.asking import Scorer, score_parts
from strategybot.answering.aspects import OF_KIND
from strategybot.answering.calculating import calculate_grant
from strategybot.answering.calibration import Calibration
from strategybot.answering.evidence import OWN, Asked, Evidence, Rarity, gather_evidence, stack
from strategybot.answering.phrases import phrase
from strategybot.answering.remarks import remark, verdict_on_opening
from strategybot.answering.selection import Budget, Wanted, select
from strategybot.answering.selection import Part as AskedPart
from strategybot.questions.followups import lacks_subject
from strategybot.questions.kinds import find_listed
from strategybot.questions.terms import stem
from strategybot.questions.understanding import Question
from strategybot.retrieval.retriever import Candidates, Encode
from strategybot.schema import Claim, Draft, Metadata, NearestDocument, Notice, Part, Query, Speaker, Status

NEAREST = 3
MOST_MAIN = 2
NEARLY_AS_GOOD = 0.85
"""Share of the best document's score from which another is a main document of a draft too."""
WORD = re.compile(r"\w+")
LIST_BUDGET = Budget(words=110, sentences=9, longest=155)
"""What a reply that lists may say at least."""
PART_WORDS = 25
"""Words that a further question inside the question may take."""
SPEAKERS: tuple[tuple[Speaker, re.Pattern[str]], ...] = (
    (
        "respondents",
        re.compile(
            r"\b(respondents?|consultees?|feedback|responses|of those who (answered|responded)|people (said|"
            r"told|wanted))\b",
            re.I,
        ),
    ),
    (
        "proposal",
        re.compile(r"\b(propos\w+|would|draft|consulting on|asked for|sought|seeks|bid for)\b", re.I),
    ),
    ("commitment", re.compile(r"\b(will|commit\w*|pledge\w*|decided|adopted|aims? to|is to|target)\b", re.I)),
    (
        "rule",
        re.compile(
            r"\b(must|can apply|cannot|can claim|eligible|qualif\w+|required|only .* (can|may)|up to £)\b",
            re.I,
        ),
    ),
    ("finding", re.compile(r"\b(found|shows?|showed|were|was|had|has|have|is|are)\b.*\d", re.I)),
)


@dataclass(frozen=True, slots=True)
class Setting:
    """What answering is given besides question and candidates."""

    documents: Mapping[str, Metadata]
    rarity: Rarity
    calibration: Calibration
    encode: Encode
    contact: str


@dataclass(frozen=True, slots=True)
class Found:
    """Candidate sentences with their probability of answering, shape (n,)."""

    evidence: Sequence[Evidence]
    scores: NDArray[np.float64]


def draft_reply(question: Question, candidates: Candidates, *, query: Query, setting: Setting) -> Draft:
    """Draft a reply in the documents' own sentences, or say that they do not answer."""
    if question.refusal:
        return _abstain("refused", question.refusal, answerability=0.0, setting=setting)
    evidence = gather_evidence(
        question, candidates, documents=setting.documents, rarity=setting.rarity, as_of=query.as_of
    )
    scores = setting.calibration.sentence.probabilities(stack(evidence))
    signals = read_signals(question, evidence, scores=scores, rarity=setting.rarity, encode=setting.encode)
    answerability = float(setting.calibration.answerability.probabilities(signals[None, :])[0])
    verdict = verdict_on_opening(question, evidence, documents=setting.documents, as_of=query.as_of)
    if not evidence or (answerability < setting.calibration.answer_above and verdict is None):
        return _not_answered(question, candidates, answerability=answerability, query=query, setting=setting)
    draft = _answer(question, Found(evidence, scores), verdict=verdict, query=query, setting=setting)
    return draft.model_copy(update={"answerability": round(answerability, 4)})


def _answer(question: Question, found: Found, *, verdict: Claim | None, query: Query, setting: Setting) -> Draft:
    """Draft a reply from the sentences that are chosen, without the last ones if it became too long."""
    evidence, scores = found.evidence, found.scores
    rows, parts = _choose(question, evidence, scores, setting=setting)
    longest = _budget(question, setting.calibration).longest
    missing = _missing(parts)
    while True:
        remarks = remark(question, [evidence[n] for n in rows], documents=setting.documents, as_of=query.as_of)
        claims = _claims(question, evidence, scores, rows)
        claims += _sums(question, evidence, rows)
        draft = Draft(
            status="partial" if missing else "answered",
            answerability=1.0,
            claims=tuple([verdict, *claims] if verdict else claims),
            opening=phrase("opening", question.kind),
            closing=phrase("closing", question.kind),
            parts=parts,
            notices=(*missing, *remarks),
        )
        if len(rows) == 1 or count_words(draft) <= longest:
            return draft
        rows = rows[:-1]


def _sums(question: Question, evidence: Sequence[Evidence], rows: Sequence[int]) -> list[Claim]:
    """Return what a grant would come to, where the question is about one and names a cost."""
    if question.kind != "eligibility" or not rows:
        return []
    found = calculate_grant(question.standalone, evidence, document_id=evidence[rows[0]].metadata.id)
    return [found] if found else []


def _claims(
    question: Question, evidence: Sequence[Evidence], scores: NDArray[np.float64], rows: Sequence[int]
) -> list[Claim]:
    """Return the chosen sentences as quotes, in the order to read them."""
    support = {id(evidence[n]): round(float(scores[n]), 4) for n in rows}
    chosen = [evidence[n] for n in rows]
    return [
        Claim(
            text=each.sentence.text, basis="quote", sources=(each.sentence,), support=support[id(each)],
            speaker=find_speaker(each.sentence.text),
        )
        for each in (chosen if len(question.parts) > 1 else in_reading_order(chosen))
    ]  # fmt: skip


def count_words(draft: Draft) -> int:
    """Return how many words the text of a draft will have, citation markers included."""
    texts = [draft.opening, draft.closing, *(c.text for c in draft.claims), *(n.text for n in draft.notices)]
    return sum(len(WORD.findall(text)) for text in texts) + sum(len(set(c.sources)) for c in draft.claims)


def _choose(
    question: Question, evidence: Sequence[Evidence], scores: NDArray[np.float64], *, setting: Setting
) -> tuple[list[int], tuple[Part, ...]]:
    """Return the rows of the evidence to show, and what became of each part of the question."""
    scorer = Scorer(setting.calibration.sentence.probabilities, setting.rarity, setting.encode)
    parts = score_parts(question, evidence, scorer=scorer)
    wanted = Wanted(
        stems=Asked.of(question).stems,
        parts=parts,
        aspects=OF_KIND.get(question.kind, ()),
        main=_main_documents(evidence) if question.kind == "drafting" else frozenset(),
        listed=_listed_stem(question),
        budget=_budget(question, setting.calibration),
        weights=setting.calibration.selection,
    )
    chosen, answers = select(evidence, scores, wanted=wanted, rarity=setting.rarity)
    return chosen, _judge_parts(question, parts, answers, setting=setting)


def _budget(question: Question, calibration: Calibration) -> Budget:
    """Return how much may be said: more for every further question inside the question."""
    own, most = calibration.budgets[question.kind], calibration.parts_budget
    if _listed_stem(question):
        own = Budget(
            words=max(own.words, LIST_BUDGET.words),
            sentences=max(own.sentences, LIST_BUDGET.sentences),
            longest=max(own.longest, LIST_BUDGET.longest),
        )
    if question.kind not in ("lookup", "status") or len(question.parts) < 2:  # noqa: PLR2004 - a single part is the whole
        return own
    further = len(question.parts) - 1
    return Budget(
        words=max(own.words, min(most.words, own.words + PART_WORDS * further)),
        longest=most.longest,
        sentences=max(own.sentences, min(most.sentences, own.sentences + further)),
    )


def _main_documents(evidence: Sequence[Evidence]) -> frozenset[str]:
    """Return the documents that a draft is about: the best, and the next if it is nearly as good."""
    best = {each.metadata.id: float(each.own[OWN.index("document")]) for each in evidence}
    ranked = sorted(best, key=lambda i: (-best[i], i))
    return frozenset(i for i in ranked[:MOST_MAIN] if best[i] >= NEARLY_AS_GOOD)


def _listed_stem(question: Question) -> str | None:
    noun = find_listed(question.asking)
    return stem(noun) if noun else None


def _judge_parts(
    question: Question, parts: Sequence[AskedPart], answers: Sequence[int | None], *, setting: Setting
) -> tuple[Part, ...]:
    """Say of each part whether it was found; the sides of a comparison are no questions and are not judged."""
    if question.kind in ("comparison", "drafting", "eligibility"):
        return ()
    floor = setting.calibration.part_above
    return tuple(
        Part(
            question=part.text,
            status="answered" if row is not None and part.scores[row] >= floor else "not_found",
        )
        for part, row in zip(parts, answers, strict=True)
    )


def _missing(parts: Sequence[Part]) -> tuple[Notice, ...]:
    """Return a notice for each part that was not found, unless none was."""
    missing = [part.question for part in parts if part.status == "not_found"]
    if len(missing) == len(parts):
        return ()
    return tuple(Notice(kind="partial", text=phrase("notice", "partial", part=text)) for text in missing)


def in_reading_order(chosen: Sequence[Evidence]) -> list[Evidence]:
    """Order sentences by document, the best document first, and within it as the document has them."""
    first = {each.metadata.id: n for n, each in reversed(list(enumerate(chosen)))}
    return sorted(chosen, key=lambda each: (first[each.metadata.id], each.sentence.start))


def find_speaker(text: str) -> Speaker | None:
    """Return whose word a sentence is, by its own wording; None if it does not show."""
    return next((speaker for speaker, pattern in SPEAKERS if pattern.search(text)), None)


def _not_answered(
    question: Question, candidates: Candidates, *, answerability: float, query: Query, setting: Setting
) -> Draft:
    near = _nearest(candidates, setting)
    if not query.history and lacks_subject(question.text):
        return _abstain("clarify", "clarify", answerability=answerability, setting=setting, nearest=near)
    if answerability < setting.calibration.scope_below:
        return _abstain("out_of_scope", "out_of_scope", answerability=answerability, setting=setting)
    return _abstain("not_found", "not_found", answerability=answerability, setting=setting, nearest=near)


def _abstain(
    status: Status,
    message: str,
    *,
    answerability: float,
    setting: Setting,
    nearest: tuple[NearestDocument, ...] = (),
) -> Draft:
    return Draft(
        status=status,
        answerability=round(answerability, 4),
        opening=phrase("abstain", message, contact=setting.contact),
        clarifying_question=phrase("abstain", message) if status == "clarify" else None,
        suggestions=tuple(f"What does “{document.title}” say?" for document in nearest),
        nearest=nearest,
    )


def _nearest(candidates: Candidates, setting: Setting) -> tuple[NearestDocument, ...]:
    """Return the documents nearest to a question that was not answered, best first."""
    hits = {hit.passage.document_id: hit.passage for hit in reversed(candidates.passages)}
    ids = list(dict.fromkeys(hit.passage.document_id for hit in candidates.passages))[:NEAREST]
    return tuple(
        NearestDocument(document_id=i, title=setting.documents[i].title, link=f"/documents/{i}/{hits[i].version}")
        for i in ids
    )
