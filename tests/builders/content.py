"""The content of a strategy, free of any format: chapters of pieces that every builder sets in its own way."""

from dataclasses import dataclass
from random import Random
from typing import Literal

from tests.builders.prose import CHAPTERS, PLACES, TITLES, Writer

PieceKind = Literal["heading", "paragraph", "bullet", "numbered", "panel", "quote", "figure", "table"]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its caption, header and rows; ``wide`` ones need the width of a page."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    wide: bool = False

    def row_text(self, row: tuple[str, ...]) -> str:
        """Return a row as a reader gives it."""
        return "; ".join(f"{name}: {cell}" for name, cell in zip(self.header, row, strict=True))


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a chapter.

    Attributes:
        level: Of a heading: 2 or 3 (1 is the chapter's own).
        lead: How many first characters are set in bold.
        note: A footnote, marked in the text after ``note_at`` characters.
        parts: Texts inside a panel, first its title; values of a figure's bars.
    """

    kind: PieceKind
    text: str = ""
    level: int = 0
    lead: int = 0
    note: str = ""
    note_at: int = 0
    parts: tuple[str, ...] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Chapter:
    title: str
    standfirst: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Report:
    title_lines: tuple[str, str]
    subtitle: str
    publisher: str
    date_text: str
    published: str
    chapters: tuple[Chapter, ...]

    @property
    def title(self) -> str:
        return " ".join(self.title_lines)


MONTHS = ("January", "March", "May", "June", "September", "November")
PUBLISHERS = (
    "West Yorkshire Partnership for Growth",
    "Aire and Calder Combined Authority",
    "The Pennine Business Board",
)


def make_report(seed: int, *, chapters: int = 4, numbered: bool = False, long_paragraphs: bool = True) -> Report:
    """Return a report of chapters with headings, paragraphs, lists, tables, panels, quotes, figures and notes.

    Args:
        seed: The same seed gives the same report.
        chapters: From 1 to 8.
        numbered: Whether headings carry numbers ("2.1 Good work for all").
        long_paragraphs: Whether some paragraphs have many sentences, and so run over columns and pages.
    """
    random = Random(f"report {seed}")
    writer = Writer(random)
    titles = random.sample(CHAPTERS, chapters)
    month = random.randrange(len(MONTHS))
    year = random.randint(2018, 2026)
    made = tuple(
        _make_chapter(writer, f"{n} {title}" if numbered else title, f"{n}." if numbered else "", long_paragraphs)
        for n, title in enumerate(titles, start=1)
    )
    return Report(
        title_lines=random.choice(TITLES),
        subtitle=f"A strategy for {year}–{year + random.randint(3, 15)}",
        publisher=random.choice(PUBLISHERS),
        date_text=f"{MONTHS[month]} {year}",
        published=f"{year}-{(1, 3, 5, 6, 9, 11)[month]:02d}",
        chapters=made,
    )


def _make_chapter(writer: Writer, title: str, number: str, long_paragraphs: bool) -> Chapter:
    random = writer.random
    standfirst = writer.sentence()
    pieces: list[Piece] = [_paragraph(writer, 3)]
    extras = ["panel", "quote", "figure", "narrow", "wide"]
    random.shuffle(extras)
    for n in range(1, random.randint(3, 4) + 1):
        pieces.append(Piece("heading", f"{number}{n} {writer.heading()}" if number else writer.heading(), level=2))
        pieces += [_paragraph(writer, random.randint(2, 4)) for _ in range(random.randint(1, 2))]
        pieces.append(_paragraph(writer, random.randint(5, 8) if long_paragraphs else 3))
        pieces += _list(writer)
        if random.random() < 0.5:
            pieces += [Piece("heading", writer.heading(), level=3), _paragraph(writer, 3)]
        if extras:
            pieces += _extra(writer, extras.pop())
            pieces.append(_paragraph(writer, random.randint(2, 4)))
    return Chapter(title, standfirst, tuple(pieces))


def _paragraph(writer: Writer, sentences: int) -> Piece:
    text = writer.paragraph(sentences)
    random = writer.random
    lead = 0
    if random.random() < 0.15:
        name = f"Priority {random.randint(1, 9)}:"
        text, lead = f"{name} {text[0].lower() + text[1:] if text[0] in 'ITAW' else text}", len(name)
    if random.random() > 0.3:
        return Piece("paragraph", text, lead=lead)
    # After a full stop or comma, as footnotes are set; not right after a figure, which they could be taken for.
    ends = [n + 1 for n, c in enumerate(text) if c in ".,;" and text[n + 1 : n + 2] in (" ", "") and n > lead]
    return Piece("paragraph", text, lead=lead, note=writer.note(), note_at=random.choice(ends))


def _list(writer: Writer) -> list[Piece]:
    random = writer.random
    kind: PieceKind = random.choice(("bullet", "bullet", "numbered"))
    opening = Piece("paragraph", writer.sentence().rstrip(".?") + ". We will provide:")
    items = [writer.item() for _ in range(random.randint(3, 5))]
    return [opening, *(Piece(kind, item + (";" if n < len(items) - 1 else ".")) for n, item in enumerate(items))]


def _extra(writer: Writer, name: str) -> list[Piece]:
    random = writer.random
    number = random.randint(2, 40)
    if name == "panel":
        place = random.choice(PLACES)
        return [
            Piece("panel", parts=(f"Case study: {place}, round {number}", writer.paragraph(2), writer.paragraph(2)))
        ]
    if name == "quote":
        return [Piece("quote", f"Our promise is {writer.item()}, and no less.")]
    if name == "figure":
        return [
            Piece(
                "figure",
                f"Figure {number}: Jobs by sector, thousands",
                parts=tuple(map(str, random.sample(range(3, 90), 5))),
            )
        ]
    return [Piece("table", table=_wide_table(writer, number) if name == "wide" else _narrow_table(writer, number))]


def _narrow_table(writer: Writer, number: int) -> Table:
    random = writer.random
    places = random.sample(PLACES, 5)
    first, second = random.choice((("2023", "2030"), ("Baseline", "Target"), ("Men (%)", "Women (%)")))
    rows = tuple(
        (place, f"{random.randint(101, 999) / 10}", f"{random.randint(1, 9)},{random.randint(100, 999)}")
        for place in places
    )
    return Table(f"Table {number}: Headline measures by district", ("District", first, second), rows)


def _wide_table(writer: Writer, number: int) -> Table:
    random = writer.random
    header = ("Ref", "Action", "Lead", "Cost (£m)", "By when")
    leads = ("Combined Authority", "Councils", "Colleges", "Bus operators", "Business board")
    rows = tuple(
        (
            f"{random.choice('ABCD')}{n}",
            writer.item().replace("; ", ", "),
            random.choice(leads),
            f"{random.randint(1, 40)}.{random.randint(0, 9)}",
            f"{random.choice(MONTHS)} {random.randint(2025, 2032)}",
        )
        for n in range(1, random.randint(9, 22))
    )
    return Table(f"Table {number}: Action plan", header, rows, wide=True)
