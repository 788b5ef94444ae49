"""Rendering of matches for a terminal: what was understood, then each scheme with its criteria and sources."""

import textwrap
from collections.abc import Sequence

from strategybot.dates import render_date
from strategybot.schema import Citation, CriterionOutcome, Match, Matching, Noted

VERDICTS = {
    "eligible": "You meet every condition that could be checked",
    "likely": "Nothing that you told rules you out; some conditions are still to be checked",
    "ineligible": "Does not fit",
}
SIGNS = {"met": "✓ met", "not_met": "✗ not met", "unknown": "? not known"}
MOST_SHOWN = 8
CLOSED = ("closed", "paused")
DECIDES = "The scheme's own team decides; nothing here is a promise."


def render_matching(matching: Matching, *, everything: bool = False, width: int | None = None) -> str:
    """Write a matching for a terminal.

    Args:
        matching: What to write.
        everything: Also the schemes that do not fit or are closed; else the first eight that may fit.
        width: Columns to wrap at; None leaves lines as long as they are.
    """
    fitting = [m for m in matching.matches if m.verdict != "ineligible" and m.closeness > 0 and m.opening not in CLOSED]
    shown = matching.matches if everything else fitting[:MOST_SHOWN]
    asking = matching.clarifying_question
    rest = len(matching.matches) - len(shown)
    pieces = [_understood(matching)]
    pieces += [f"One question would settle most: {asking.text} (--set {asking.fact}=…)"] if asking else []
    pieces += [_render_match(match, matching.citations) for match in shown]
    pieces += [f"{rest} more: --all shows each of them with what rules it out." if rest else ""]
    pieces += [f"As of {render_date(matching.as_of.isoformat())}. {DECIDES}"]
    text = "\n\n".join(piece for piece in pieces if piece)
    return "\n".join(_wrap(line, width) for line in text.splitlines())


def _understood(matching: Matching) -> str:
    if not len(matching.profile):
        return "Nothing was told about you yet: describe the business, or use --set."
    lines = []
    for fact in matching.profile:
        known = matching.profile.get(fact)
        if known:
            said = f" (from “{known.said}”)" if known.said else ""
            guessed = " – a guess" if known.certainty < 1 else ""
            lines.append(f"  {fact}: {known.text}{said}{guessed}")
    return "\n".join(["Understood", *lines])


def _render_match(match: Match, citations: Sequence[Citation]) -> str:
    standing = match.standing.text if match.standing else match.opening
    lines = [f"{match.name} ({match.offer})", f"  {VERDICTS[match.verdict]}. {standing[:1].upper()}{standing[1:]}."]
    lines += [f"  {_render_criterion(criterion)}" for criterion in match.criteria]
    lines += [f"  = {_with_numbers(step)}" for step in match.steps]
    lines += [f"  Hint: {hint}" for hint in match.hints]
    lines += [f"  Good to know: {_with_numbers(caution)}" for caution in match.cautions]
    lines += [f"  To apply: {_with_numbers(how)}" for how in match.apply]
    lines += [f"  Ask: {match.contact}"] if match.contact else []
    cited = sorted({n for n in _numbers(match)})
    lines += [f"  [{n}] {citations[n - 1].title}: “{citations[n - 1].quote}”" for n in cited]
    return "\n".join(lines)


def _render_criterion(criterion: CriterionOutcome) -> str:
    gap = f" ({criterion.gap})" if criterion.gap else ""
    yours = f"; yours: {criterion.yours}" if criterion.yours else ""
    numbers = "".join(f"[{n}]" for n in criterion.citations)
    return f"{SIGNS[criterion.outcome]}: {criterion.label}: {criterion.needs}{yours}{gap} {numbers}".rstrip()


def _with_numbers(noted: Noted) -> str:
    return f"{noted.text} {''.join(f'[{n}]' for n in noted.citations)}".rstrip()


def _numbers(match: Match) -> set[int]:
    noted = [*match.steps, *match.cautions, *match.apply, *([match.standing] if match.standing else [])]
    numbers = {n for criterion in match.criteria for n in criterion.citations}
    return numbers.union(*(remark.citations for remark in noted))


def _wrap(line: str, width: int | None) -> str:
    if width is None or not line:
        return line
    indent = " " * (len(line) - len(line.lstrip()) + 2)
    return textwrap.fill(line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
