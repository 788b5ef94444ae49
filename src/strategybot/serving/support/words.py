"""What the pages say of a match: its verdict and opening in words, its place among the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from strategybot.schema import CriterionOutcome, Match, Opening, Outcome

Tone = Literal["good", "unsure", "bad"]
DECIDES = "The scheme’s own team decides."
MOST_NAMED = 4
OUTCOMES: dict[Outcome, tuple[Tone, str]] = {
    "met": ("good", "Met"),
    "not_met": ("bad", "Not met"),
    "unknown": ("unsure", "To check"),
}
OPENINGS: dict[Opening, tuple[Tone, str]] = {
    "open": ("good", "Open"),
    "closed": ("bad", "Closed"),
    "not_yet": ("unsure", "Not open yet"),
    "paused": ("bad", "Paused"),
    "unknown": ("unsure", "Ask whether it is open"),
}
VERDICTS: dict[str, Tone] = {"eligible": "good", "likely": "unsure", "ineligible": "bad"}


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict or an opening for people: a tone, for which there are a sign and a colour, first words, the rest."""

    tone: Tone
    lead: str
    text: str

    @property
    def sentence(self) -> str:
        """The first word and the rest."""
        return f"{self.lead}: {self.text}" if self.text else self.lead


@dataclass(frozen=True, slots=True)
class Groups:
    """Matches by what can be done about them, each group in the engine's order."""

    open: tuple[Match, ...]
    ask: tuple[Match, ...]
    rest: tuple[Match, ...]

    @property
    def fitting(self) -> tuple[Match, ...]:
        """Those that nothing rules out and that are not known to be closed."""
        return (*self.open, *self.ask)


def group_matches(matches: Sequence[Match]) -> Groups:
    """Divide matches: nothing rules them out and they are open; they may be open; or they do not fit or are closed."""
    fitting = [match for match in matches if fits(match)]
    return Groups(
        open=tuple(match for match in fitting if match.opening == "open"),
        ask=tuple(match for match in fitting if match.opening != "open"),
        rest=tuple(match for match in matches if not fits(match)),
    )


def fits(match: Match) -> bool:
    """Tell whether nothing rules a scheme out, it is not for something else, and it is not known to be closed."""
    return match.verdict != "ineligible" and match.closeness > 0 and match.opening != "closed"


def judge_verdict(match: Match) -> Judged:
    """Say a verdict; never a promise."""
    tone = VERDICTS[match.verdict]
    if match.closeness == 0 and match.verdict != "ineligible":
        return Judged("unsure", "For something else than what you need", "")
    if match.verdict == "eligible":
        return Judged(tone, "You meet every condition that we could check", "")
    if match.verdict == "likely":
        open_labels = [c.label for c in match.criteria if c.outcome == "unknown" and c.label]
        check = f"; to check: {name_some(open_labels)}" if open_labels else ""
        return Judged(tone, "Likely", f"nothing rules you out{check}")
    failed = [_failure(c) for c in match.criteria if c.outcome == "not_met"]
    return Judged(tone, "Does not fit", "; ".join(failed))


def judge_opening(match: Match) -> Judged:
    """Say whether a scheme is open, in the words of its standing where it has them."""
    tone, words = OPENINGS[match.opening]
    standing = upper_first(match.standing.text) if match.standing else ""
    repeats = standing.casefold().startswith(words.casefold())
    return Judged(tone, standing, "") if repeats else Judged(tone, words, standing)


def name_some(labels: Sequence[str]) -> str:
    """Name a few things in a row: “a, b, c, d and 2 more”."""
    named = [lower_first(label) for label in dict.fromkeys(labels)]
    more = len(named) - MOST_NAMED
    return ", ".join(named[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def upper_first(text: str) -> str:
    """Return a text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """Return a text with a small letter at its beginning, unless its first word is an abbreviation."""
    return text if text[1:2].isupper() or not text[1:2].isalpha() else text[:1].lower() + text[1:]


def count_schemes(number: int) -> str:
    """Write a number of schemes: “1 scheme”, “2 schemes”."""
    return f"{number} scheme" if number == 1 else f"{number} schemes"


def pounds(amount: float) -> str:
    """Write an amount: “£24,000”, or “£1,234.50” where it has pence."""
    return f"£{amount:,.0f}" if amount == int(amount) else f"£{amount:,.2f}"


def cite_numbers(numbers: Sequence[int]) -> str:
    """Write the numbers of citations behind a text, each once: “ [3] [4]”."""
    return "".join(f" [{number}]" for number in dict.fromkeys(numbers))


def end_sentence(text: str) -> str:
    """Return a text with a full stop at its end, unless it has an end."""
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _failure(criterion: CriterionOutcome) -> str:
    known = f"; yours: {criterion.yours}" if criterion.yours else ""
    gap = f" ({criterion.gap})" if criterion.gap else ""
    return f"{lower_first(criterion.label)} – needed: {criterion.needs}{known}{gap}"
