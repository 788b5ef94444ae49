"""What else council pages hold: accordions with buttons, lists in lists, merged cells, lines of an address."""

from html import escape

from tests.builders.content import Table
from tests.builders.expectation import Expected
from tests.builders.prose import Writer

UPDATED = "Page last reviewed: 3 March 2024"
SHOW_ALL = "Show all sections"


def write_extras(writer: Writer, level: int) -> tuple[str, list[Expected]]:
    """Return a part of a page under a heading of a level, and what is to be read of it."""
    parts = (_accordion, _nested, _merged, _address)
    html, expected = "", []
    for part in parts:
        if writer.random.random() < 0.6:
            more, items = part(writer, level)
            html += more
            expected += items
    return f'{html}<p class="page-meta">{UPDATED}</p>', expected


def _accordion(writer: Writer, level: int) -> tuple[str, list[Expected]]:
    html = f'<div class="accordion"><div class="accordion__controls"><button>{SHOW_ALL}</button></div>'
    unseen = '<span class="visually-hidden">, show this section</span>'
    expected = []
    for _ in range(3):
        title, text = writer.heading(), writer.paragraph(2)
        button = f'<button type="button" aria-expanded="false">{escape(title)}{unseen}</button>'
        html += (
            f'<div class="accordion__section"><h{level} class="accordion__heading">{button}</h{level}>'
            f'<div class="accordion__content" aria-hidden="false"><p>{escape(text)}</p></div></div>'
        )
        expected += [
            Expected("heading", title, level=level, also=(f"{title}, show this section",)),
            Expected("paragraph", text),
        ]
    return f"{html}</div>", expected


def _nested(writer: Writer, _level: int) -> tuple[str, list[Expected]]:
    outer, first, second, last = (writer.item() for _ in range(4))
    inner = f"<ul><li>{escape(first)}</li><li>{escape(second)}</li></ul>"
    html = f"<ul><li>{escape(outer)}{inner}</li><li>{escape(last)}</li></ul>"
    return html, [Expected("list-item", text) for text in (outer, first, second, last)]


def _merged(writer: Writer, _level: int) -> tuple[str, list[Expected]]:
    """Return a table whose first cells stand for several rows each."""
    random = writer.random
    header = ("Fund", "Year", "Amount")
    rows = [(f"Fund {name}", str(year), f"£{random.randint(10, 99)}m") for name in "AB" for year in (2025, 2026, 2027)]
    table = Table("", header, tuple(rows))
    html = "<table><tr>" + "".join(f"<th>{name}</th>" for name in header) + "</tr>"
    for n, (fund, year, amount) in enumerate(rows):
        first = f'<td rowspan="3">{fund}</td>' if n % 3 == 0 else ""
        html += f"<tr>{first}<td>{year}</td><td>{amount}</td></tr>"
    return f"{html}</table>", [Expected("table-row", table.row_text(row)) for row in rows]


def _address(writer: Writer, _level: int) -> tuple[str, list[Expected]]:
    lines = ("Policy team", "Wellbeck House", f"{writer.random.randint(2, 90)} Canal Street", "Leeds")
    return f"<p>{'<br>'.join(lines)}</p>", [Expected("paragraph", " ".join(lines), also=(", ".join(lines),))]
