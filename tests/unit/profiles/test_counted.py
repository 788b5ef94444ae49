from datetime import date

import pytest

from strategybot.profiles.reading import read_profile

TODAY = date(2026, 11, 23)


def bounds(text: str, fact: str) -> tuple[float | None, float | None] | None:
    known = read_profile(text, today=TODAY).get(fact)
    return (known.low, known.high) if known else None


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("a 12-person firm", 12, 12),
        ("12 person firm", 12, 12),
        ("twelve staff", 12, 12),
        ("8 people", 8, 8),
        ("Games studio (8 people)", 8, 8),
        ("45 staff", 45, 45),
        ("a team of 9", 9, 9),
        ("we employ 30", 30, 30),
        ("headcount: 41", 41, 41),
        ("we are 70, in Leeds", 70, 70),
        ("only 60 people in Leeds", 60, 60),
        ("we're a film company of 30 thinking of moving", 30, 30),
        ("a firm with 14 employees", 14, 14),
        ("there are six of us", 6, 6),
        ("our firm is 30-strong", 30, 30),
        ("62 on the payroll", 62, 62),
        ("17 FTEs", 17, 17),
        ("around 50 staff", 50, 50),
        ("over 100 employees", 101, None),
        ("fewer than 10 people", 0, 9),
        ("between 20 and 30 people", 20, 30),
        ("10-15 staff", 10, 15),
        ("250+ employees", 250, None),
        ("40 full-time staff", 40, 40),
        ("one man company", 0, 1),
        ("it's just me", 0, 1),
        ("we have no staff", 0, 0),
        ("sole trader with no employees", 0, 0),
        ("one man ltd company, no staff", 0, 0),
        ("Can a company with 180 staff apply", 180, 180),
        ("12 employess", 12, 12),
    ],
)
def test_employees_are_read_in_every_usual_writing(text: str, low: float, high: float | None) -> None:
    assert bounds(text, "employees") == (low, high)


@pytest.mark.parametrize(
    "text",
    [
        "what is the maximum number of employees",
        "is it for businesses with up to 100 employees?",
        "up to 100 employees?",
        "is there a 250 employee limit",
        "we engaged with 700 people",
        "training for 6 staff",
        "one employee needs an adapted chair",
        "we would lose 5 staff",
        "phase 1 vouchers",
    ],
)
def test_other_numbers_are_not_the_employees(text: str) -> None:
    assert bounds(text, "employees") is None


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("turnover £2m, want a £120k packing line", {"turnover": 2e6, "project_cost": 120_000}),
        ("we turn over £5m", {"turnover": 5e6}),
        ("our group turns over £60m", {"turnover": 60e6}),
        ("£6.4m turnover", {"turnover": 6.4e6}),
        ("sales of £1.1m last year", {"turnover": 1.1e6}),
        ("turnover 250000", {"turnover": 250_000}),
        ("a £20k CNC machine", {"project_cost": 20_000}),
        ("with £300k kit", {"project_cost": 300_000}),
        ("an oven costing £9,000", {"project_cost": 9_000}),
        ("a project of £75k", {"project_cost": 75_000}),
        ("£30k project", {"project_cost": 30_000}),
        ("want to spend £40k on solar", {"project_cost": 40_000}),
        ("want £30k", {"amount_wanted": 30_000}),
        ("need a loan of £50k", {"amount_wanted": 50_000}),
        ("a grant of £5,000 for a £20,000 machine", {"amount_wanted": 5_000, "project_cost": 20_000}),
        ("we want to borrow £75k to buy a press", {"amount_wanted": 75_000}),
        ("rateable value £11,500", {"rateable_value": 11_500}),
        ("RV of 11,500", {"rateable_value": 11_500}),
        ("balance sheet total £30m; turnover £48m", {"balance_sheet": 30e6, "turnover": 48e6}),
        ("£150,000 of state aid", {"state_aid": 150_000}),
        ("one shop RV £9,000 and the other shop has an RV of £2,000", {"rateable_value": 9_000}),
    ],
)
def test_each_amount_is_given_to_the_fact_with_the_nearest_cue(text: str, facts: dict[str, float]) -> None:
    profile = read_profile(text, today=TODAY)
    money = ("turnover", "project_cost", "amount_wanted", "rateable_value", "balance_sheet", "state_aid")

    assert {fact: known.value for fact in money if (known := profile.get(fact))} == facts


@pytest.mark.parametrize(
    "text",
    [
        "do we get the £1,000?",
        "we want the £10k-£250k LEP grant",
        "is the cap £50,000",
        "profit of £40k",
        "a £50,000 limit",
    ],
)
def test_amounts_of_rules_are_no_amounts_of_the_applicant(text: str) -> None:
    profile = read_profile(text, today=TODAY)

    assert not {"turnover", "project_cost", "amount_wanted"} & set(profile)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("started 3 years ago", 36, 47),
        ("trading 5 months", 5, 5),
        ("I have been trading 2 years in Leeds", 24, 35),
        ("established 2019", 82, 94),
        ("set up in March 2024", 31, 32),
        ("we've traded for 18 months", 18, 18),
        ("trading for less than a year", 0, 11),
        ("trading over two years", 24, None),
        ("a three-year-old company", 36, 47),
        ("opened 6 months ago", 6, 6),
        ("not trading yet", 0, 0),
        ("we have not started yet", 0, 0),
        ("I want to start my own bakery", 0, 0),
        ("hoping to set up as a photographer", 0, 0),
    ],
)
def test_time_trading_is_read_in_every_usual_writing(text: str, low: float, high: float | None) -> None:
    assert bounds(text, "months_trading") == (low, high)


@pytest.mark.parametrize(
    ("text", "fact", "low", "high"),
    [
        ("a 23 year old apprentice", "apprentice_age", 23, 23),
        ("our apprentice, aged 19, starts soon", "apprentice_age", 19, 19),
        ("hiring a 19 year old", "hire_age", 19, 19),
        ("hiring someone aged 22", "hire_age", 22, 22),
        ("i'm 24 and want to start a business", "applicant_age", 24, 24),
        ("who has been out of work 8 months", "months_out_of_work", 8, 8),
        ("unemployed for 8 months", "months_out_of_work", 8, 8),
        ("on Universal Credit for 7 months", "months_on_benefit", 7, 7),
        ("one employee of two years needs a new desk", "weeks_in_post", 104, 155),
        ("an employee in post for 6 weeks", "weeks_in_post", 6, 6),
        ("25% of it exports", "export_share", 25, 25),
        ("we export 30% of our sales", "export_share", 30, 30),
        ("we don't export", "export_share", 0, 0),
        ("45% of our costs go on R&D", "rd_share", 45, 45),
        ("80% of our sales to businesses", "b2b_share", 80, 80),
        ("wants 6 chargers", "sockets", 6, 6),
        ("a 40kW heat pump", "capacity_kw", 40, 40),
        ("creating 2 jobs", "jobs", 2, 2),
        ("12 new jobs", "jobs", 12, 12),
        ("take on two apprentices", "apprentices", 2, 2),
        ("recruiting 4 people", "hires", 4, 4),
        ("five full-time staff", "full_time_employees", 5, 5),
        ("refused a grant 4 months ago", "months_since_refusal", 4, 4),
        ("7 years left on the lease", "lease_years", 7, 7),
        ("35% of income from trading", "trading_income_share", 35, 35),
    ],
)
def test_other_facts_with_a_quantity_are_read(text: str, fact: str, low: float, high: float) -> None:
    assert bounds(text, fact) == (low, high)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("we sell to supermarkets", 50.01, 100),
        ("selling mostly to supermarkets", 50.01, 100),
        ("mostly B2B", 50.01, 100),
        ("we make websites for businesses", 50.01, 100),
        ("we wholesale to shops", 50.01, 100),
        ("all our customers are businesses", 50.01, 100),
        ("a B2C shop", 0, 0),
        ("we sell to the public", 0, 49.99),
        ("selling online to consumers", 0, 49.99),
        ("half of our sales are to businesses", 50, 50),
    ],
)
def test_customers_tell_the_share_of_business_trade(text: str, low: float, high: float) -> None:
    assert bounds(text, "b2b_share") == (low, high)


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("taking on an apprentice this month", "2026-11"),
        ("an apprentice in October 2026", "2026-10"),
        ("the apprentice starts in May 2026", "2026-05"),
    ],
)
def test_the_start_of_an_apprenticeship_is_a_date(text: str, when: str) -> None:
    known = read_profile(text, today=TODAY).get("apprentice_start")

    assert known is not None
    assert known.value == when
