"""Values of metadata as people write them in YAML."""

from datetime import date

import yaml

TYPED = frozenset(["schemes"])
"""Names in a sidecar whose values are more than text: numbers, yes and no, lists of those."""


def plain_dates(value: object) -> object:
    """Return a value with every date in it, however deep, as text."""
    if isinstance(value, dict):
        return {name: plain_dates(each) for name, each in value.items()}
    if isinstance(value, list):
        return [plain_dates(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def parse_sidecar(text: str) -> dict[str, object]:
    """Return the values of a sidecar: text as it is written, but the typed ones as YAML has them.

    Raises:
        yaml.YAMLError: It is not YAML.
        ValueError: It is not a list of ``name: value`` lines.
    """
    values = yaml.load(text, Loader=yaml.BaseLoader) or {}
    if not isinstance(values, dict):
        message = "it is not a list of `name: value` lines"
        raise ValueError(message)
    typed = yaml.safe_load(text) if TYPED & values.keys() else {}
    return {name: plain_dates(typed[name]) if name in TYPED else value for name, value in values.items()}
