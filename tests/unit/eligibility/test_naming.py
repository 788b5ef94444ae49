"""A question names schemes in full, by another name, or by what is distinctive of the name."""

import pytest

from strategybot.eligibility.naming import find_named, prepare_names
from tests.builders.schemes import held, scheme

SCHEMES = [
    held(scheme(id=name.lower().replace(" ", "-").replace(":", ""), name=name, aliases=aliases))
    for name, aliases in [
        ("Growth Guarantee Scheme", ("GGS",)),
        ("Business Growth Fund 2022", ("growth fund",)),
        ("Small business rate relief", ("small business relief", "SBRR")),
        ("Retail relief", ()),
        ("Workplace Charging Scheme", ("WCS",)),
        ("Made Smarter Adoption", ("Made Smarter",)),
    ]
]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("can we get the growth guarantee scheme", ["growth-guarantee-scheme"]),
        ("GGS?", ["growth-guarantee-scheme"]),
        ("the workplace charging one", ["workplace-charging-scheme"]),
        ("small business relief or the growth fund", ["business-growth-fund-2022", "small-business-rate-relief"]),
        ("made smarter for a bakery", ["made-smarter-adoption"]),
        ("a scheme for my business", []),
        ("we want to grow", []),
    ],
)
def test_schemes_are_found_by_name(text: str, names: list[str]) -> None:
    assert sorted(each.scheme.id for each in find_named(text, prepare_names(SCHEMES))) == names
