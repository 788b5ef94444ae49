"""Whether a reply is right: the rules that the card of the question sets states, applied one by one."""

from collections.abc import Sequence
from itertools import chain
from typing import assert_never

from evals.questions import ExpectedVerdict, Question, QuestionType
from evals.wording import count_words, is_shown
from strategybot.schema import Match, Reply, Status

CLAIMING: frozenset[Status] = frozenset({"answered", "partial"})
WORD_LIMIT = 160
LONGER_LIMITS: dict[QuestionType, int] = {"multi-part": 220, "comparison": 220, "drafting": 450}
"""Words that a reply of these types may have instead."""
_ORIGINAL = "--original"


def find_fault(question: Question, reply: Reply) -> str | None:
    """Return the first reason why a reply is not right, or None if it is.

    An answerable question is right when the reply claims something, is within its word limit, shows a string
    of each ``must_contain`` group and none of ``must_not_contain``, and cites a gold document if any is
    named. Any other question is right when the reply claims nothing.
    """
    claims = reply.status in CLAIMING
    if not question.answerable:
        return f"should abstain, was {reply.status}" if claims or reply.statements else None
    if not claims:
        return f"should answer, was {reply.status}"
    rules = (_length_faults, _wording_faults, _gold_faults)
    return next(chain.from_iterable(rule(question, reply) for rule in rules), None)


def digest_id(document_id: str) -> str:
    """Return the id that golds name a document by: a fetched original counts for its digest."""
    return document_id.removesuffix(_ORIGINAL)


def cited_documents(reply: Reply) -> tuple[str, ...]:
    """Return the documents that a reply cites, by their digests' ids, each once, in order of first use."""
    return tuple(dict.fromkeys(digest_id(citation.document_id) for citation in reply.citations))


def grade_verdicts(expected: Sequence[ExpectedVerdict], matches: Sequence[Match]) -> tuple[bool, ...]:
    """Tell for each expected verdict whether the reply's match of that scheme agrees; no match does not."""
    found = {match.scheme_id: match for match in matches}
    return tuple(_agrees(wanted, found.get(wanted.scheme_id)) for wanted in expected)


def _length_faults(question: Question, reply: Reply) -> Sequence[str]:
    words = count_words(reply.text)
    return [f"{words} words"] if words > LONGER_LIMITS.get(question.type, WORD_LIMIT) else []


def _wording_faults(question: Question, reply: Reply) -> Sequence[str]:
    shown = " \n ".join([reply.text, *(notice.text for notice in reply.notices)])
    lacking = [group for group in question.must_contain if not any(is_shown(text, shown) for text in group)]
    wrong = [text for text in question.must_not_contain if is_shown(text, shown)]
    return [f"lacks {' | '.join(group)}" for group in lacking] + [f"must not say {text}" for text in wrong]


def _gold_faults(question: Question, reply: Reply) -> Sequence[str]:
    if not question.gold_docs or set(cited_documents(reply)) & set(question.gold_docs):
        return []
    return [f"cites none of {', '.join(question.gold_docs)}"]


def _agrees(expected: ExpectedVerdict, match: Match | None) -> bool:
    if match is None:
        return False
    match expected.verdict:
        case "eligible":
            return match.verdict in ("eligible", "likely") and match.opening in ("open", "unknown")
        case "ineligible":
            return match.verdict == "ineligible" or match.opening in ("closed", "paused", "not_yet")
        case "likely" | "unknown":
            return match.verdict == "likely" or match.opening == "unknown"
        case _:
            assert_never(expected.verdict)
