"""Proposals by names: places, sectors, legal forms and purposes that a sentence names, with what it says of them."""

import re
from collections.abc import Iterator
from functools import cache

from strategybot.eligibility.proposing_figures import Proposal, join_alternatives, plain
from strategybot.eligibility.proposing_patterns import Alternative, Names, build_names, load_table, load_words
from strategybot.eligibility.trees import load_tree
from strategybot.schemes import Criterion

BETWEEN = re.compile(
    r"^(?:\s|,|/|:|and\b|or\b|&|the\b|including\b|include\b|both\b|services?\b|businesses\b|localised\b|local\b)*$"
)
SURE, LIKELY, WEAK = 0, 1, 2
"""Ranks: by words that say that it is a condition; by words that often do; by a bare name."""


def propose_places(sentence: str) -> Iterator[Proposal]:
    """Yield where an applicant must be, as far as a sentence names places of the tree."""
    names, text = _places(), plain(sentence)
    if names.has("skip", text):
        return
    for run in _runs(_mentions(names, text), text):
        rank = _place_rank(names, text, run)
        if rank is None:
            continue
        value = tuple(dict.fromkeys(name for _, _, name in run))
        words = sentence[run[0][0] : run[-1][1]]
        criterion = _criterion("district", value, sentence, names)
        yield Proposal("criteria", criterion, sentence, words, "all of them? the whole area?", rank, run[0][0])


def propose_sectors(sentence: str) -> Iterator[Proposal]:
    """Yield which sectors a sentence lets in or keeps out."""
    names, text = _sectors(), plain(sentence)
    out, inside = names.has("outside", text), names.has("inside", text)
    if names.has("skip", text) or not (out or inside):
        return
    found = [each for each in _mentions(names, text) if not names.has("names", text[each[1] :])]
    if not found:
        return
    value = tuple(dict.fromkeys(name for _, _, name in found))
    words = sentence[found[0][0] : found[-1][1]]
    if out:
        criterion = Criterion(fact="sector", operator="is_not", value=value, quote=sentence, proposed=True)
    else:
        criterion = _criterion("sector", value, sentence, names)
    yield Proposal("criteria", criterion, sentence, words, "these sectors and no others?", LIKELY, found[0][0])


def propose_legal_forms(sentence: str) -> Iterator[Proposal]:
    """Yield which legal forms a sentence is only for, or keeps out."""
    text = plain(sentence)
    gates = load_words("legal_gates")
    named = {form: match for form, pattern in load_words("legal_forms").items() if (match := pattern.search(text))}
    operator = next((op for gate, op in (("outside", "is_not"), ("inside", "is")) if gates[gate].search(text)), None)
    if operator and named:
        criterion = Criterion.model_validate(
            {"fact": "legal_form", "operator": operator, "value": list(named), "quote": sentence, "proposed": True}
        )
        words = ", ".join(match[0] for match in named.values())
        start = min(match.start() for match in named.values())
        yield Proposal("criteria", criterion, sentence, words, "who else may apply?", LIKELY, start)


def propose_purposes(sentence: str) -> Iterator[Proposal]:
    """Yield what a sentence says that the support is for; as a criterion too where it is for nothing else."""
    text = plain(sentence)
    gates = load_words("purposes")
    words = load_words("purposes.words")
    named = {leaf: match for leaf, pattern in words.items() if (match := pattern.search(text))}
    if not named or not gates["gate"].search(text):
        return
    for leaf, match in named.items():
        yield Proposal("purposes", leaf, sentence, match[0], "", LIKELY, match.start())
    for rank, gate in ((SURE, "only"), (LIKELY, "uses")):
        found = gates[gate].search(text)
        inside = tuple(
            leaf
            for leaf, pattern in words.items()
            if found and pattern.search(text, found.end() if gate == "uses" else found.start())
        )
        if found and inside and not gates["nothing"].search(text):
            criterion = Criterion(fact="need", operator="is", value=inside, quote=sentence, proposed=True)
            yield Proposal("criteria", criterion, sentence, found[0], "nothing else?", rank, found.start())
            return


def _criterion(fact: str, value: tuple[str, ...], sentence: str, names: Names) -> Criterion:
    main = Criterion(fact=fact, operator="is", value=value)
    others = [_alternative(each, value) for each in names.alternatives if each.find.search(plain(sentence))]
    return join_alternatives(main, *others, quote=sentence)


def _alternative(each: Alternative, same: tuple[str, ...]) -> Criterion:
    return Criterion(fact=each.fact, operator=each.operator, value=same if each.value is None else each.value)


def _mentions(names: Names, text: str) -> list[tuple[int, int, str]]:
    """Return (start, end, name) of the names in a text; not those of a body, such as of a council."""
    return [
        (match.start(), match.end(), names.forms.get(match[0]) or names.forms[match[0][0].lower() + match[0][1:]])
        for match in names.written.finditer(text)
        if not names.has("named", text[: match.start()]) and not names.has("body", text[match.end() :])
    ]


def _runs(mentions: list[tuple[int, int, str]], text: str) -> list[list[tuple[int, int, str]]]:
    """Put together names that are listed one after the other."""
    runs: list[list[tuple[int, int, str]]] = []
    for mention in mentions:
        if runs and BETWEEN.match(text[runs[-1][-1][1] : mention[0]]):
            runs[-1].append(mention)
        else:
            runs.append([mention])
    return runs


def _place_rank(names: Names, text: str, run: list[tuple[int, int, str]]) -> int | None:
    before, after = text[: run[0][0]], text[run[-1][1] :]
    if names.has("nothing", before):
        return None
    if names.has("names", after):
        return WEAK
    if names.has("strong", before) or names.has("after", after):
        return SURE
    return LIKELY if names.has("weak", before) else WEAK


@cache
def _places() -> Names:
    tree = load_tree("places")
    return build_names("places", {name: name for name in (*tree.leaves, *tree.groups, *tree.dated) if name != "abroad"})


@cache
def _sectors() -> Names:
    """Return how sectors are named: by words of the data file alone, for labels are made for people to choose from."""
    return build_names("sectors", {name: name for name in load_table()["sectors"]["plain"]})
