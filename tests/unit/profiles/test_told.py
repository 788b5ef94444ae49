from datetime import date

import pytest

from strategybot.profiles.reading import read_profile

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("18 staff, no levy", "levy_payer", False),
        ("we are a levy payer", "levy_payer", True),
        ("we don't pay the apprenticeship levy", "levy_payer", False),
        ("non-levy employer", "levy_payer", False),
        ("the apprentice has no care plan", "care_plan", False),
        ("the apprentice has no EHCP or care history", "care_plan", False),
        ("our apprentice has an EHCP", "care_plan", True),
        ("an apprentice who is a care leaver", "care_plan", True),
        ("I work from home", "commercial_premises", False),
        ("we are without premises", "commercial_premises", False),
        ("we have an industrial unit", "commercial_premises", True),
        ("We're part of a big group", "group", True),
        ("we are not part of a group", "group", False),
        ("Profitable 40-person company", "profitable", True),
        ("we are loss-making", "profitable", False),
        ("we are not profitable", "profitable", False),
        ("a laptop I bought last week", "already_spent", True),
        ("we have already ordered it", "already_spent", True),
        ("we haven't bought anything yet", "already_spent", False),
        ("a second-hand lathe", "second_hand", True),
        ("a brand new lathe", "second_hand", False),
        ("one site, rateable value £11,500", "single_property", True),
        ("we have three shops", "single_property", False),
        ("a shop open to the public", "open_to_public", True),
        ("the unit is empty", "occupied", False),
        ("a heat pump to heat its ovens", "process_heat", True),
        ("I'm the only director on the payroll", "director_only", True),
        ("never had a start up loan", "earlier_loan", False),
        ("we had a start up loan before", "earlier_loan", True),
        ("we were flooded", "flooded", True),
        ("we had no insurance", "insured", False),
        ("hit by covid", "income_fall", True),
        ("with qualifying R&D", "research", True),
        ("a rural business", "rural", True),
        ("backed by an investor", "investor", True),
        ("off the gas grid", "off_gas_grid", True),
        ("taking on an apprentice", "apprentice", True),
        ("one of our team is disabled", "disability", True),
        ("EPC: no, we have no EPC", "epc", False),
        ("Levy payer? No.", "levy_payer", False),
    ],
)
def test_a_flag_is_read_with_its_denial(text: str, fact: str, value: bool) -> None:
    known = read_profile(text, today=TODAY).get(fact)

    assert known is not None
    assert known.value is value


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("do we need to be profitable?", "profitable"),
        ("must the firm pay the levy?", "levy_payer"),
        ("who pays the apprenticeship levy", "levy_payer"),
        ("independent advice", "group"),
        ("the Flood Recovery Fund", "flooded"),
        ("the Rural Fund", "rural"),
        ("a gym for disabled people", "disability"),
        ("national insurance", "insured"),
        ("we want to move into new premises", "commercial_premises"),
        ("a not-for-profit", "profitable"),
    ],
)
def test_a_rule_or_another_sense_tells_no_flag(text: str, fact: str) -> None:
    assert read_profile(text, today=TODAY).get(fact) is None


@pytest.mark.parametrize(
    ("text", "fact", "value"),
    [
        ("a ltd company", "legal_form", "company"),
        ("limited company", "legal_form", "company"),
        ("we're a software company", "legal_form", "company"),
        ("Sole trader joiner", "legal_form", "sole-trader"),
        ("self-employed plumber", "legal_form", "sole-trader"),
        ("an LLP", "legal_form", "partnership"),
        ("a registered charity", "legal_form", "charity"),
        ("we are a CIC", "legal_form", "community"),
        ("a social enterprise", "legal_form", "community"),
        ("a parish council", "legal_form", "public-body"),
        ("chargers in a car park that is only for customers", "parking_users", "customers"),
        ("4 charge points for staff parking", "parking_users", "staff"),
        ("chargers for staff and customers", "parking_users", "staff-and-customers"),
        ("an apprenticeship framework", "apprenticeship_type", "framework"),
        ("an apprenticeship standard", "apprenticeship_type", "standard"),
        ("can I register my apprentice myself", "who_registers", "business"),
        ("my training provider will register the apprentice", "who_registers", "training-provider"),
    ],
)
def test_a_choice_is_read(text: str, fact: str, value: str) -> None:
    known = read_profile(text, today=TODAY).get(fact)

    assert known is not None
    assert known.value == value


@pytest.mark.parametrize(
    "text", ["an insurance company paid", "the knowledge transfer partnership", "a limited budget"]
)
def test_such_words_in_another_sense_are_no_legal_form(text: str) -> None:
    assert read_profile(text, today=TODAY).get("legal_form") is None
