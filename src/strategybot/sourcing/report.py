"""The report of a sync: what became of each source, for people and for programs."""

from collections.abc import Sequence
from typing import Literal

from strategybot.schema import Frozen
from strategybot.sourcing.changes import Change
from strategybot.sourcing.noticing import Proposal

Verdict = Literal["new", "changed", "unchanged", "gone", "suspicious", "refused", "failed"]
HEADINGS: tuple[tuple[Verdict, str], ...] = (
    ("new", "New"),
    ("changed", "Changed"),
    ("gone", "Gone"),
    ("suspicious", "Suspicious: the file at hand was kept"),
    ("refused", "Refused by robots.txt"),
    ("failed", "Failed"),
)
SHOWN_CHANGES = 12
SHOWN_CHARS = 600


class Outcome(Frozen):
    """What became of one document.

    Attributes:
        id: Id of the original.
        source: Id of the entry of the sources list that named it.
        reason: Why, where the verdict needs one.
        file: Name of the file in the folder of originals; None if there is none.
    """

    id: str
    source: str
    url: str
    title: str
    verdict: Verdict
    reason: str | None = None
    file: str | None = None
    changes: tuple[Change, ...] = ()
    proposals: tuple[Proposal, ...] = ()


class SyncReport(Frozen):
    """What a sync did.

    Attributes:
        started: When, with the time zone.
        folder: The folder of originals.
        dry_run: Whether nothing was written.
        next_command: What to run to index what was fetched; None if nothing was.
    """

    started: str
    folder: str
    dry_run: bool = False
    outcomes: tuple[Outcome, ...] = ()
    next_command: str | None = None

    @property
    def has_failed(self) -> bool:
        """Whether something could not be fetched."""
        return any(outcome.verdict == "failed" for outcome in self.outcomes)


def render_report(report: SyncReport) -> str:
    """Write a report as text."""
    lines = ["Nothing was written: this is a dry run."] if report.dry_run else []
    for verdict, heading in HEADINGS:
        outcomes = [outcome for outcome in report.outcomes if outcome.verdict == verdict]
        if outcomes:
            lines += [f"{heading} ({len(outcomes)})", *(line for o in outcomes for line in _outcome_lines(o)), ""]
    proposed = [outcome for outcome in report.outcomes if outcome.proposals]
    if proposed:
        lines += [
            "Proposed for the sidecars, not applied",
            *(line for o in proposed for line in _proposal_lines(o)),
            "",
        ]
    lines.append(_summary(report))
    if report.next_command:
        lines.append(f"To index it: {report.next_command}")
    return "\n".join(lines)


def _summary(report: SyncReport) -> str:
    verdicts: Sequence[Verdict] = ("new", "changed", "unchanged", "gone", "suspicious", "refused", "failed")
    counts = [(verdict, sum(o.verdict == verdict for o in report.outcomes)) for verdict in verdicts]
    return ", ".join(f"{count} {verdict}" for verdict, count in counts if count) or "no source has an address to fetch"


def _outcome_lines(outcome: Outcome) -> list[str]:
    lines = [f"  {outcome.id}: {outcome.title}", f"    {outcome.url}"]
    if outcome.reason:
        lines.append(f"    {outcome.reason}")
    lines += [f"    {change.kind}: {_shortened(change.marked)}" for change in outcome.changes[:SHOWN_CHANGES]]
    left = len(outcome.changes) - SHOWN_CHANGES
    if left > 0:
        lines.append(f"    … and {left} more; all of them with --json")
    return lines


def _proposal_lines(outcome: Outcome) -> list[str]:
    lines = [f"    {proposal.line}  # “{proposal.sentence}”" for proposal in outcome.proposals]
    return [f"  {outcome.id}.meta.yaml", *lines]


def _shortened(text: str) -> str:
    return text if len(text) <= SHOWN_CHARS else text[: SHOWN_CHARS - 1] + "…"
