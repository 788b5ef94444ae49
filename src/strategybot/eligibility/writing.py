"""Schemes as YAML for people to go through, and where to put it in a file that has other lines."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

from strategybot.eligibility.proposing_figures import Proposal
from strategybot.schemes import Criterion, Scheme

KEY = "schemes"
LONGEST_LINE = 1_000_000
LONG_WORDS = 40
"""Lists of longer texts have a line for each."""
PROPOSED = "Proposed by `strategybot schemes new`. Go through every line; add aliases (other names) and contact."
NOT_YET = "These lines count once the # in front of each is taken away. Hold them against their quotes first."
SKELETON = """\
schemes:
- id: {id}
  name: {name}
  aliases: []  # other names that people type
  offer: {offer}  # what it gives, in a few plain words: capital grant, loan, voucher, advice
  purposes: {purposes}  # what it helps with: names of needs, see docs/facts.md
  criteria: []
  # criteria:
  # - fact: employees  # one of the facts in docs/facts.md
  #   operator: at_most  # at_least, at_most, above, below, is, is_not
  #   value: 100
  #   quote: the sentence of the document that says so, word for word
  # amount:
  #   least: {{amount: 10000, quote: "…"}}
  #   terms:
  #   - {{share: 0.2, quote: "…"}}
  #   - {{amount: 50000, quote: "…"}}
  # window:
  #   opens: "2026-04-01"
  #   closes: "2026-09-30"
  #   quotes: ["…"]
  # apply: ["…"]
  # contact: whom to ask
  # cautions:
  # - {{kind: match, quote: "…"}}
"""


def render_scheme(scheme: Scheme, proposals: Sequence[Proposal]) -> str:
    """Return the lines of one proposed scheme, with what to check before each criterion.

    Sums and dates are comments: unlike criteria they have no mark that they are proposed, and would count at once.
    """
    checks = {id(each.content): each for each in proposals}
    head = {"id": scheme.id, "name": scheme.name, "offer": scheme.offer, "purposes": list(scheme.purposes)}
    lines = [f"{KEY}:", f"# {PROPOSED}", *_entry(head)]
    lines += ["  criteria:"] if scheme.criteria else ["  criteria: []"]
    for criterion in scheme.criteria:
        lines += [f"  # {note}" for note in _notes(checks.get(id(criterion)))]
        lines += [f"  {line}" for line in _entry(_shown(criterion))]
    lines += [f"  # {line}" for line in _unmarked(scheme)]
    rest = {"apply": list(scheme.apply), "cautions": [each.model_dump(mode="json") for each in scheme.cautions]}
    lines += [f"  {line}" for line in _block({name: value for name, value in rest.items() if value})]
    return "\n".join(lines) + "\n"


def render_skeleton(scheme: Scheme) -> str:
    """Return a scheme of which little is known, with every part that a person may fill."""
    return SKELETON.format(
        id=scheme.id, name=_inline(scheme.name), offer=scheme.offer, purposes=_inline(list(scheme.purposes))
    )


def _notes(proposal: Proposal | None) -> Iterator[str]:
    if proposal:
        yield f"from “{proposal.words}”" + (f". Check: {proposal.check}" if proposal.check else "")


def _unmarked(scheme: Scheme) -> Iterator[str]:
    parts = {"amount": scheme.amount, "pot": scheme.pot, "window": scheme.window}
    given = {name: _plain(part.model_dump(mode="json", exclude_defaults=True)) for name, part in parts.items() if part}
    if given:
        yield NOT_YET
        yield from _block(given)


def _shown(criterion: Criterion) -> dict[str, Any]:
    shown = _plain(criterion.model_dump(mode="json", exclude_defaults=True))
    return shown if isinstance(shown, dict) else {}


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return a value with whole numbers written as such."""
    if isinstance(value, Mapping):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _entry(value: Mapping[str, Any]) -> list[str]:
    """Return the lines of an entry of a list."""
    first, *rest = _block(value)
    return [f"- {first}", *(f"  {line}" for line in rest)]


def _block(value: Mapping[str, Any]) -> Iterator[str]:
    for name, each in value.items():
        if isinstance(each, Mapping):
            yield f"{name}:"
            yield from (f"  {line}" for line in _block(each))
        elif isinstance(each, list) and any(isinstance(one, Mapping) or len(str(one)) > LONG_WORDS for one in each):
            yield f"{name}:"
            yield from (line for one in each for line in _item(one))
        else:
            yield f"{name}: {_inline(each)}"


def _item(value: Any) -> list[str]:  # noqa: ANN401 - whatever JSON holds
    return _entry(value) if isinstance(value, Mapping) else [f"- {_inline(value)}"]


def _inline(value: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    """Write a value on one line."""
    text: str = yaml.safe_dump([value], allow_unicode=True, width=LONGEST_LINE, default_flow_style=True)
    return text.strip()[1:-1]
