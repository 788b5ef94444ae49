from datetime import date

import pytest

from strategybot.profiles.places import find_place
from strategybot.profiles.reading import read_profile

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "value", "chip"),
    [
        ("a firm in Ossett", "Wakefield", "Ossett, in Wakefield"),
        ("a firm in Ossett, West Yorkshire", "Wakefield", "Ossett, in Wakefield"),
        ("a shop in bradford", "Bradford", "Bradford"),
        ("based in hebden bridge", "Calderdale", "Hebden Bridge, in Calderdale"),
        ("Halifax textile mill", "Calderdale", "Halifax, in Calderdale"),
        ("a shop in Skipton", "Craven", "Skipton, in Craven"),
        ("a firm in West Yorkshire", "West Yorkshire", "West Yorkshire"),
        ("a firm in the Leeds City Region", "Leeds City Region", "Leeds City Region"),
        ("sites in Leeds and Bradford", ("Leeds", "Bradford"), "Leeds and Bradford"),
        ("at WF5", "Wakefield", "WF5, in Wakefield"),
        ("LS1 4AB", "Leeds", "LS1 4AB, in Leeds"),
        ("hx7 8aa", "Calderdale", "HX7 8AA, in Calderdale"),
        ("BD20", ("Craven", "Bradford"), "BD20, in Craven and Bradford"),
        ("a London firm", "London", "London"),
        ("a firm in Barnsley", "Barnsley", "Barnsley"),
        ("a firm in Reading", "South East England", "Reading, in South East England"),
    ],
)
def test_a_place_is_read_as_its_district(text: str, value: str | tuple[str, ...], chip: str) -> None:
    known = read_profile(text, today=TODAY).get("district")

    assert known is not None
    assert (known.value, known.text) == (value, chip)


@pytest.mark.parametrize(
    "text",
    [
        "Leeds City Region Growth Hub",
        "Innovation@Leeds",
        "a degree from the University of Leeds",
        "the Bradford Go-Greener Fund",
        "the West Yorkshire Combined Authority",
        "Leeds City Council",
        "kirklees apprenticeship grant",
        "we sell to London",
        "we want to settle debts",
        "on the shelf",
        "reading the rules",
        "a B2B firm near the M1",
    ],
)
def test_names_of_bodies_and_ordinary_words_are_no_place(text: str) -> None:
    assert read_profile(text, today=TODAY).get("district") is None


@pytest.mark.parametrize(
    ("text", "base", "new"),
    [
        ("a London film company thinking of opening an office in Leeds", "London", "Leeds"),
        ("moving from Halifax to Leeds", "Calderdale", "Leeds"),
        ("relocating to York from Hull", "Hull", "York"),
        ("we're in Ilkley and want to open a second shop in Otley", "Bradford", "Leeds"),
        ("expanding into Wakefield", None, "Wakefield"),
        ("moving into an empty unit in Barnsley from Wakefield", "Wakefield", "Barnsley"),
        ("I want to start a shop in Ilkley", "Bradford", "Bradford"),
    ],
)
def test_where_it_would_move_is_told_from_where_it_is(text: str, base: str | None, new: str | None) -> None:
    profile = read_profile(text, today=TODAY)
    district, place = profile.get("district"), profile.get("new_place")

    assert (district and district.value, place and place.value) == (base, new)


def test_a_place_nearby_is_less_than_certain() -> None:
    known = read_profile("a farm near York", today=TODAY).get("district")

    assert known is not None
    assert known.certainty < 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ossett", ("Ossett", ("Wakefield",))),
        ("Settle", ("Settle", ("Craven",))),
        ("wf5", ("WF5", ("Wakefield",))),
        ("OL14 5AA", ("OL14 5AA", ("Calderdale",))),
        ("Narnia", None),
        ("", None),
    ],
)
def test_a_whole_text_is_found_as_a_place(text: str, found: tuple[str, tuple[str, ...]] | None) -> None:
    assert find_place(text) == found
