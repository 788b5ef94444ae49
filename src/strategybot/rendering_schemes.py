"""Findings on schemes and proposals for them as text for a terminal."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from strategybot.eligibility.checking import Finding, Level
from strategybot.eligibility.checking_values import describe
from strategybot.eligibility.proposing import Proposal
from strategybot.schema import Document
from strategybot.schemes import Caution, Criterion, Sum, Term

TITLES: Mapping[Level, str] = {"wrong": "WRONG", "look": "LOOK AT", "to-confirm": "TO CONFIRM"}
PARTS = {"least": "least", "terms": "at most", "cautions": "caution", "purposes": "purpose", "apply": "how to apply"}
LONGEST_WORDS = 80


def render_checked(documents: Sequence[Document], findings: Sequence[Finding], failed: Mapping[str, str]) -> str:
    """Write findings grouped by document, what cannot be read, and a line that sums up."""
    blocks = [f"{name}\n  CANNOT BE READ: {_broken(reason)}" for name, reason in failed.items()]
    ordered = sorted(findings, key=lambda each: each.document_id)
    blocks += [_render_document(name, list(own)) for name, own in groupby(ordered, key=lambda each: each.document_id)]
    return "\n\n".join([*blocks, summarise(documents, findings, failed)])


def summarise(documents: Sequence[Document], findings: Sequence[Finding], failed: Mapping[str, str]) -> str:
    """Say in a line how much was checked and found."""
    schemes = [scheme for document in documents for scheme in document.metadata.schemes]
    criteria = [criterion for scheme in schemes for criterion in scheme.criteria]
    counts = {level: sum(finding.level == level for finding in findings) for level in TITLES}
    checked = f"{len(documents)} documents, {len(schemes)} schemes, {len(criteria)} criteria"
    found = f"{counts['wrong']} wrong, {counts['look']} to look at, {counts['to-confirm']} to be confirmed"
    return f"{checked}: {found}" + (f", {len(failed)} files cannot be read" if failed else "")


def _broken(reason: str) -> str:
    """Put each fault of a scheme on a line of its own."""
    return re.sub(r"[;:] (?=scheme \S+, )", lambda found: f"{found[0].strip()}\n    ", reason)


def _render_document(name: str, findings: Sequence[Finding]) -> str:
    order = list(TITLES)
    lines = [name]
    for finding in sorted(findings, key=lambda each: (each.scheme_id, order.index(each.level))):
        lines.append(f"  {TITLES[finding.level]} in {finding.scheme_id}: {finding.text}")
        lines += [f"    why: {finding.why}"] if finding.why else []
        lines += [f"    do:  {finding.remedy}"] if finding.remedy else []
    return "\n".join(lines)


def render_proposals(proposals: Iterable[Proposal]) -> str:
    """Write a table of what was found: what, value, from the words."""
    rows = [("what", "value", "from the words")]
    rows += [(*_what(each), _short(each.words)) for each in proposals]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    return "\n".join(f"{what:<{widths[0]}}  {value:<{widths[1]}}  {words}" for what, value, words in rows)


def _what(proposal: Proposal) -> tuple[str, str]:
    content = proposal.content
    if isinstance(content, Criterion):
        named = content.fact or " or ".join(each.fact or "" for each in content.any)
        words = describe(content)
        return (named, _short(words.removeprefix(f"{named} "))) if named else ("condition", "in words only")
    if isinstance(content, Term):
        return PARTS["terms"], _term(content)
    if isinstance(content, Sum):
        return PARTS.get(proposal.part, proposal.part), f"£{content.amount:,.0f}"
    if isinstance(content, Caution):
        return PARTS["cautions"], content.kind
    return PARTS.get(proposal.part, proposal.part), "" if proposal.part == "apply" else content


def _term(term: Term) -> str:
    paid = f"{term.share:.0%} of the cost" if term.share else f"£{term.amount or 0:,.0f}"
    when = " and ".join(map(describe, term.when))
    return paid + (f" per {term.per}" if term.per else "") + (f" if {when}" if when else "")


def _short(words: str) -> str:
    return words if len(words) <= LONGEST_WORDS else words[: LONGEST_WORDS - 1] + "…"
