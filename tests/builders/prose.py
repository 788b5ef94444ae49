"""Sentences in the manner of a combined authority's strategies, all our own; no two of a document are alike."""

from random import Random

PLACES = ("Bradford", "Calderdale", "Kirklees", "Leeds", "Wakefield", "the Colne Valley", "the Five Towns", "Keighley")
SUBJECTS = (
    "the Combined Authority", "local colleges", "our five councils", "employers in the region", "the partnership",
    "bus operators", "housing associations", "the business board", "community groups", "training providers",
)  # fmt: skip
AIMS = (
    "bring forward low-carbon heating in social homes", "offer long-term support to start-ups",
    "fund short courses in digital and green skills", "make every office and depot more energy-efficient",
    "give young people a first-hand view of working life", "join up walking, cycling and zero-emission buses",
    "open a single front door for businesses", "protect homes and firms from surface-water flooding",
    "raise the share of staff paid the real living wage", "keep the benefits of growth in our towns",
    "cut the waiting time for a first appointment", "reach those furthest from the labour market",
    "simplify the offer for small and medium-sized firms", "test new approaches before they are scaled up",
)  # fmt: skip
REASONS = (
    "because too many residents still travel out of the area for well-paid work",
    "since official figures show that productivity has lagged the national average for two decades",
    "so that no place and no person is left behind", "in line with the evidence that partners gave in the spring",
    "as confirmed in the final report of the review", "while keeping costs within the agreed budget",
    "because high-quality jobs depend on reliable journeys", "so that the first benefits are felt within a year",
)  # fmt: skip
PLAIN = (
    "In {year}, {subject} will {aim}, {reason}.",
    "We will {aim} and, by {year}, expect {percent}% of firms in {place} to have taken part.",
    "An investment of £{money} million between {year} and {later} will help to {aim}.",
    "Around {thousand},{hundred} people in {place} stand to gain, {reason}.",
    "“{quoted},” one respondent said, and {percent}% agreed.",
    "{subject_} told us that they want to {aim}; {percent}% said so without being asked.",
    "This matters in {place}, where {percent}% of households have no car and {decimal}% of adults lack qualifications.",
    "Grants of up to £{thousand},000 (and not less than £{hundred}) are made on a first-come, first-served basis.",
    "Progress will be reported twice a year, and {subject} will be asked to {aim}.",
    "The region’s emissions fell by {decimal}% in the five years to {year}, {reason}.",
    "To {aim}, {subject} will work with partners in {place} and beyond.",
    "Demand for flexible workspace rose by {percent}% in {place}, yet supply has not kept pace.",
    "It is ‘fair’ only if {subject} can {aim}.",
    "Figures for {year}–{short} suggest that {thousand},{hundred} trips a day could shift from car to bus.",
    "What would it take to {aim}? Our answer is set out below.",
    "{subject_} will publish a well-defined set of measures, {reason}.",
    "From April {year} the offer is free at the point of use for firms with fewer than {percent} employees.",
)
QUOTES = (
    "We never knew whom to call first", "The bus is fine when it comes", "Training has to fit around the school run",
    "A small grant made the difference", "Nobody had asked us before", "Good advice beats a big loan",
)  # fmt: skip
ITEMS = (
    "a clear offer of advice, finance and skills for firms in {place}",
    "{thousand} new places on part-time courses by {year}, of which {percent}% are for adults over 50",
    "better lighting, kerbs and crossings on the ten busiest routes into {place}",
    "grants of £{thousand},000 for energy-efficient equipment, with a simplified form",
    "fewer, larger programmes, each with a named lead and a published budget",
    "support to {aim}",
    "an annual survey of {hundred} employers, first run in {year}",
    "zero-emission vehicles for {percent}% of the public-sector fleet, starting in {place} and with the heaviest vans",
    "one shared list of sites that are ready for high-quality offices and laboratories",
    "a fund of £{money} million for community energy",
)
NOTES = (
    "Official labour market statistics, table {hundred}, release of {year}.",
    "See the evidence base published alongside this document, section {small}.",
    "Figures are rounded to the nearest {hundred} and may not sum.",
    "Real living wage as set for {year}; see the glossary.",
    "Survey of {hundred} firms in {place}, carried out in the autumn of {year}.",
    "Net of costs already met from the devolved fund of £{money} million, which closed to new bids in {year}.",
    "Defined as firms with fewer than 250 staff and a turnover of at most £{small} million.",
)
HEADINGS = (
    "Skills that firms can use", "A fair start in work", "Homes fit for the future", "Clean air and cleaner journeys",
    "Buses that people choose", "Finance for small firms", "Our offer to employers", "What the evidence says",
    "How we will deliver", "Measuring success", "Flood resilience and nature", "Digital by default, not by force",
    "Walking and cycling", "Places and communities", "Working with partners", "Innovation in health",
    "Trade and export", "Low-carbon heat", "Apprenticeships at every age", "Open data and insight",
    "Equality and inclusion", "Creative industries", "Good work for all", "Governance and scrutiny",
    "Town centres after the pandemic", "Support to start and to grow", "Risks and how we manage them",
    "A rail network for the North", "Careers advice in schools", "The visitor economy",
)  # fmt: skip
CHAPTERS = (
    "Why this strategy, and why now", "Our vision for the region", "Skills and good work", "Towards net zero",
    "Transport that connects", "Business and innovation", "Delivery, money and monitoring", "Where we are today",
)  # fmt: skip
TITLES = (
    ("Growing Skills,", "Growing Places"), ("A Cleaner, Fairer", "West Yorkshire"),
    ("Connected: our plan for", "buses and streets"),
    ("Backing Business", "in Every District"), ("Towards a Net Zero", "Economy"),
)  # fmt: skip


class Writer:
    """Writes sentences, items and headings from one seed; what it gave once it does not give again."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self._given: set[str] = set()

    def sentence(self) -> str:
        return self._fresh(PLAIN)

    def paragraph(self, sentences: int) -> str:
        return " ".join(self.sentence() for _ in range(sentences))

    def item(self) -> str:
        return self._fresh(ITEMS)

    def note(self) -> str:
        return self._fresh(NOTES)

    def heading(self) -> str:
        return self._fresh(HEADINGS)

    def _fresh(self, patterns: tuple[str, ...]) -> str:
        for _ in range(1000):
            text = self._fill(self.random.choice(patterns))
            if text not in self._given:
                self._given.add(text)
                return text
        raise ValueError(f"nothing new is left to write in the manner of {patterns[0]!r}; ask for less")

    def _fill(self, pattern: str) -> str:
        random = self.random
        subject = random.choice(SUBJECTS)
        year = random.randint(2016, 2031)
        return pattern.format(
            year=year,
            later=year + random.randint(1, 9),
            short=f"{(year + 1) % 100:02d}",
            place=random.choice(PLACES),
            subject=subject,
            subject_=subject[0].upper() + subject[1:],
            aim=random.choice(AIMS),
            reason=random.choice(REASONS),
            quoted=random.choice(QUOTES),
            percent=random.randint(11, 94),
            decimal=f"{random.randint(1, 39)}.{random.randint(1, 9)}",
            money=f"{random.randint(1, 80)}.{random.randint(1, 9)}",
            thousand=random.randint(2, 95),
            hundred=random.randint(101, 989),
            small=random.randint(2, 60),
        )
