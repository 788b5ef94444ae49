"""Proposing: what a document seems to say of a scheme, for a person to confirm. It decides nothing."""

from collections import Counter
from collections.abc import Iterable, Sequence

from strategybot.eligibility.facts import load_facts
from strategybot.eligibility.proposing_figures import Proposal, plain, propose_by_rules
from strategybot.eligibility.proposing_names import (
    SURE,
    propose_legal_forms,
    propose_places,
    propose_purposes,
    propose_sectors,
)
from strategybot.eligibility.proposing_patterns import load_rules, load_words
from strategybot.eligibility.trees import load_tree
from strategybot.passages import sentence_spans
from strategybot.schema import Document
from strategybot.schemes import Criterion

__all__ = ["Proposal", "compared", "propose"]

LEAST_WORDS = 3
LONGEST_CHARS = 1_000
"""No sentence of sixty words is longer; what is, is no sentence, and patterns would take long over it."""
LOWER = {"at_least": 0.0, "above": 1e-9}
UPPER = {"at_most": 0.0, "below": -1e-9}
Comparison = tuple[str | None, str | None, object]


def propose(document: Document) -> tuple[Proposal, ...]:
    """Return what the sentences of a document seem to say, in their order, each thing once.

    Of places only what is said most clearly is kept; comparisons of one fact that nobody can meet together are prose.
    """
    sentences = tuple(dict.fromkeys(_sentences(document)))
    found = [proposal for sentence in sentences for proposal in _propose_sentence(sentence)]
    kept = _without_contradictions(_once(_surest_need(_surest_places(found))))
    decided = {each.quote for each in kept if each.part == "criteria"}
    prose = [each for sentence in sentences if sentence not in decided for each in _prose(sentence)]
    order = {sentence: n for n, sentence in enumerate(sentences)}
    return tuple(sorted([*kept, *prose], key=lambda each: (order[each.quote], each.start)))


def compared(criterion: Criterion) -> tuple[Comparison, ...]:
    """Return what a criterion compares, those inside it too: (fact, operator, value); prose compares nothing."""
    own = [(criterion.fact, criterion.operator, _leaves(criterion))] if criterion.fact else []
    return (*own, *(each for inner in (*criterion.any, *criterion.all) for each in compared(inner)))


def _leaves(criterion: Criterion) -> object:
    """Return the value, names of a tree as their leaves, so that a group and the list of its members are one."""
    value, fact = criterion.value, load_facts().get(criterion.fact or "")
    names = value if isinstance(value, tuple) else (value,)
    if fact is None or fact.tree is None:
        return tuple(sorted(map(str, names))) if isinstance(value, (tuple, str)) else value
    tree = load_tree(fact.tree)
    return frozenset().union(*(tree.groups.get(str(name), {str(name)}) for name in names))


def _sentences(document: Document) -> Iterable[str]:
    for block in document.paragraphs:
        if block.kind == "heading" or block.instruction:
            continue
        for start, end in sentence_spans(document.text, block.start, block.end):
            sentence = document.text[start:end]
            if len(sentence) <= LONGEST_CHARS and len(sentence.split()) >= LEAST_WORDS:
                yield sentence


def _propose_sentence(sentence: str) -> list[Proposal]:
    found = propose_by_rules(sentence)
    for by_names in (propose_places, propose_sectors, propose_legal_forms, propose_purposes):
        found += by_names(sentence)
    unsure = load_words("remarks")["exceptions"].search(plain(sentence)) is not None
    return [_with_exceptions(each) for each in found] if unsure else found


def _with_exceptions(proposal: Proposal) -> Proposal:
    if not isinstance(proposal.content, Criterion):
        return proposal
    content = proposal.content.model_copy(update={"exceptions": True})
    check = "; ".join(filter(None, [proposal.check, "exceptions: true, for the sentence does not seem to be strict"]))
    return Proposal(proposal.part, content, proposal.quote, proposal.words, check, proposal.rank, proposal.start)


def _once(found: Sequence[Proposal]) -> list[Proposal]:
    """Keep the first of what is proposed twice."""
    kept: dict[object, Proposal] = {}
    for each in found:
        kept.setdefault(_identity(each), each)
    return list(kept.values())


def _identity(proposal: Proposal) -> object:
    content = proposal.content
    if isinstance(content, Criterion):
        return proposal.part, compared(content) or content.quote
    if isinstance(content, str):
        return proposal.part, content
    return proposal.part, content.model_dump_json(exclude={"quote"} if proposal.part != "cautions" else None)


def _surest_places(found: Sequence[Proposal]) -> list[Proposal]:
    """Keep the places that are said to be a condition; if none is, the one that is named most."""
    own = [each for each in found if _asks(each, "district")]
    surest = [each for each in own if each.rank == min(each.rank for each in own)]
    if surest and surest[0].rank != SURE:
        (most, _), *_ = Counter(_identity(each) for each in own).most_common(1)
        surest = [each for each in own if _identity(each) == most]
    return [each for each in found if each not in own or each in surest]


def _surest_need(found: Sequence[Proposal]) -> list[Proposal]:
    """Keep one sentence that says what the support may be used for: the surest, and the one that names most."""
    own = [each for each in found if _asks(each, "need")]
    best = min(own, key=lambda each: (each.rank, -len(_names(each))), default=None)
    return [each for each in found if each not in own or each is best]


def _names(proposal: Proposal) -> tuple[str, ...]:
    """Return the names that a proposed criterion lists."""
    value = proposal.content.value if isinstance(proposal.content, Criterion) else None
    return value if isinstance(value, tuple) else ()


def _asks(proposal: Proposal, fact: str) -> bool:
    return isinstance(proposal.content, Criterion) and any(name == fact for name, _, _ in compared(proposal.content))


def _without_contradictions(found: Sequence[Proposal]) -> list[Proposal]:
    facts = {each.content.fact for each in found if isinstance(each.content, Criterion) and each.content.fact}
    impossible = {fact for fact in facts if _is_impossible(fact, found)}
    return [each for each in found if not (isinstance(each.content, Criterion) and each.content.fact in impossible)]


def _is_impossible(fact: str, found: Sequence[Proposal]) -> bool:
    own = [c for c in (each.content for each in found) if isinstance(c, Criterion) and c.fact == fact]
    figures = [
        (c.operator, c.value) for c in own if isinstance(c.value, (int, float)) and not isinstance(c.value, bool)
    ]
    low = max((value + LOWER[op] for op, value in figures if op in LOWER), default=float("-inf"))
    high = min((value + UPPER[op] for op, value in figures if op in UPPER), default=float("inf"))
    return low > high


def _prose(sentence: str) -> list[Proposal]:
    """Return a sentence that seems to be a condition as one that no fact decides."""
    text = plain(sentence)
    for rule in load_rules():
        if rule.part == "prose" and rule.concerns(text):
            for pattern in rule.find:
                if match := pattern.search(text):
                    criterion = Criterion(quote=sentence, proposed=True)
                    check = "a condition? then with fact, operator and value, if one fits; else leave it as it is"
                    return [Proposal("criteria", criterion, sentence, match[0], check, rule.rank, match.start())]
    return []
