"""Numbering: citations numbered anew in the order in which a sheet shows them, so that it begins with [1]."""

from collections.abc import Iterable, Mapping, Sequence

from strategybot.schema import Citation, CriterionOutcome, Match, Noted


def cited_by(match: Match) -> tuple[int, ...]:
    """Return the numbers of the citations that a match rests on, each once, in the order in which a card shows them."""
    noted: list[Noted] = [*([match.standing] if match.standing else []), *match.steps, *match.cautions, *match.apply]
    numbers = [number for item in noted for number in item.citations]
    numbers += [number for criterion in match.criteria for number in criterion.citations]
    return tuple(dict.fromkeys(numbers))


def number_anew(matches: Iterable[Match]) -> Mapping[int, int]:
    """Return a new number for each citation of matches, from 1 in their order."""
    found = dict.fromkeys(number for match in matches for number in cited_by(match))
    return {number: place for place, number in enumerate(found, 1)}


def renumber_match(match: Match, numbers: Mapping[int, int]) -> Match:
    """Return a match with its citations numbered anew."""
    changes: dict[str, object] = {
        "standing": _renumber(match.standing, numbers) if match.standing else None,
        "criteria": tuple(_renumber(criterion, numbers) for criterion in match.criteria),
    }
    for name in ("steps", "cautions", "apply"):
        changes[name] = tuple(_renumber(item, numbers) for item in getattr(match, name))
    return match.model_copy(update=changes)


def renumber_citations(citations: Sequence[Citation], numbers: Mapping[int, int]) -> tuple[Citation, ...]:
    """Return those citations that have a new number with it, in its order."""
    kept = (c.model_copy(update={"number": numbers[c.number]}) for c in citations if c.number in numbers)
    return tuple(sorted(kept, key=lambda citation: citation.number))


def _renumber(item: Noted | CriterionOutcome, numbers: Mapping[int, int]) -> Noted | CriterionOutcome:
    return item.model_copy(update={"citations": tuple(numbers[n] for n in item.citations if n in numbers)})
