"""The Excel and CSV readers."""

import io
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import WINDOWS_EPOCH

from strategybot.reading.blocks import ParsedText
from strategybot.reading.sheet_formats import show_number
from strategybot.reading.sheets import parse_csv, parse_xlsx


def _bytes(book: Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _seen(parsed: ParsedText) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in parsed.blocks]


def _book(*rows: tuple[object, ...]) -> Workbook:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return book


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (1234.5, "General", "1234.5"),
        (3.0, "General", "3"),
        (1234567, "#,##0", "1,234,567"),
        (0.456, "0%", "46%"),
        (0.4567, "0.0%", "45.7%"),
        (1200, '"£"#,##0.00', "£1,200.00"),
        (1200, "[$£-809]#,##0", "£1,200"),
        (-1200, "£#,##0;(£#,##0)", "(£1,200)"),
        (-0.4, "0", "0"),
        (2_500_000, '#,##0.0,,"m"', "2.5m"),
        (0, '0;-0;"-"', "-"),
        (43767, "dd/mm/yyyy", "29 October 2019"),
        (43767, "mmm yyyy", "October 2019"),
        (43767.5, "dd/mm/yyyy hh:mm", "29 October 2019 12:00"),
        (0.25, "hh:mm", "06:00"),
        (1.5, "[h]:mm", "36:00"),
        (12.5, "# ?/?", "12.5"),
    ],
)
def test_numbers_are_written_as_shown(value: float, code: str, shown: str) -> None:
    assert show_number(value, code, WINDOWS_EPOCH) == shown


def test_a_table_below_title_lines_has_its_headers() -> None:
    book = _book(("Grants paid",), ("In pounds",), ("Area", "2019", "2020"), ("North", 1, 2), ("South", 3, 4))

    parsed = parse_xlsx(_bytes(book))

    assert (
        _seen(parsed)
        == [
            ("heading", "Sheet"),
            ("paragraph", "Grants paid"),
            ("paragraph", "In pounds"),
            ("table-row", "Area: North; 2019: 1; 2020: 2"),
            ("table-row", "Area: South; 2019: 3; 2020: 4"),
        ][1:]
    )
    assert parsed.metadata["title"] == "Grants paid"


def test_several_tables_on_a_sheet_each_have_their_headers() -> None:
    book = _book(
        ("Area", "Homes", None, "Year", "Cost"),
        ("North", 1, None, "2019", 5),
        ("South", 2, None, "2020", 6),
        (),
        ("Measure", "Who leads"),
        ("Insulation", "The council"),
        ("Heat pumps", "Housing associations"),
    )

    assert [text for _, text in _seen(parse_xlsx(_bytes(book)))] == [
        "Area: North; Homes: 1",
        "Area: South; Homes: 2",
        "Year: 2019; Cost: 5",
        "Year: 2020; Cost: 6",
        "Measure: Insulation; Who leads: The council",
        "Measure: Heat pumps; Who leads: Housing associations",
    ]


def test_rows_below_an_empty_one_keep_the_headers() -> None:
    book = _book(("Area", "Homes", "Cost"), ("North", 1, 5), (), ("Total", None, 5))

    assert [text for _, text in _seen(parse_xlsx(_bytes(book)))] == [
        "Area: North; Homes: 1; Cost: 5",
        "Area: Total; Cost: 5",
    ]


def test_merged_headers_and_cells_are_filled() -> None:
    book = _book(("Area", "Grant", None), (None, "Asked", "Paid"), ("North", 2, 1), (None, 4, 3))
    for merged in ("A1:A2", "B1:C1", "A3:A4"):
        book.active.merge_cells(merged)

    assert [text for _, text in _seen(parse_xlsx(_bytes(book)))] == [
        "Area: North; Grant Asked: 2; Grant Paid: 1",
        "Area: North; Grant Asked: 4; Grant Paid: 3",
    ]


def test_facts_side_by_side_have_no_header() -> None:
    book = _book(("Publisher:", "The council"), ("Contact:", "The desk"))

    assert [text for _, text in _seen(parse_xlsx(_bytes(book)))] == ["Publisher:; The council", "Contact:; The desk"]


def test_sheets_are_headings_and_pages() -> None:
    book = _book(("Area", "Homes"), ("North", 1))
    book.active.title = "Homes"
    other = book.create_sheet("Dates")
    other.append(("Opens", date(2019, 10, 29)))

    blocks = parse_xlsx(_bytes(book)).blocks

    assert [(b.kind, b.text, b.level, b.page) for b in blocks] == [
        ("heading", "Homes", 2, 1),
        ("table-row", "Area: North; Homes: 1", 0, 1),
        ("heading", "Dates", 2, 2),
        ("table-row", "Opens; 29 October 2019", 0, 2),
    ]


def test_hidden_rows_columns_and_sheets_are_remarked_and_not_read() -> None:
    book = _book(("Area", "Secret", "Homes"), ("North", "a", 1), ("Hidden", "b", 2))
    book.active.column_dimensions["B"].hidden = True
    book.active.row_dimensions[3].hidden = True
    other = book.create_sheet("Workings")
    other.append(("Not shown",))
    other.sheet_state = "hidden"

    parsed = parse_xlsx(_bytes(book))

    assert "North" in str(parsed.blocks)
    assert not any(word in str(parsed.blocks) for word in ("Secret", "Hidden", "Not shown"))
    assert [(r.kind, r.text, r.page) for r in parsed.remarks] == [
        ("hidden-text", "Hidden rows or columns of Sheet: Secret; a; Hidden; b; 2", 1),
        ("hidden-text", "Hidden sheet Workings: Not shown", 2),
    ]


def test_formulas_without_results_are_remarked() -> None:
    parsed = parse_xlsx(_bytes(_book(("Total", "=1+1"))))

    assert [remark.kind for remark in parsed.remarks] == ["left-out"]
    assert "1 formulas of Sheet without a stored result" in parsed.remarks[0].text


def test_cells_beyond_the_limit_are_counted_and_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("strategybot.reading.sheet_cells.LARGEST_CELLS", 4)
    parsed = parse_xlsx(_bytes(_book(("a", "b"), ("c", "d"), ("e", "f"))))

    assert parsed.remarks[-1].text.startswith("2 cells after the first")
    assert "e" not in {text for _, text in _seen(parsed)}


def test_entities_in_a_sheet_are_not_resolved() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_bytes(_book(("Words", "MARK"))))) as source, zipfile.ZipFile(target, "w") as out:
        for name in source.namelist():
            text = source.read(name)
            if name.endswith("sharedStrings.xml"):
                declared = b'<!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
                text = declared + text.replace(b"MARK", b"&x;")
            out.writestr(name, text)

    assert "root:" not in str(parse_xlsx(target.getvalue()))


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_the_separator_is_found(sign: str) -> None:
    text = "\n".join(sign.join(row) for row in [("Area", "Homes"), ("North", "1"), ("South", "2")])

    assert [text for _, text in _seen(parse_csv(text))] == ["Area: North; Homes: 1", "Area: South; Homes: 2"]


def test_quoted_line_breaks_title_lines_and_ragged_rows_are_read() -> None:
    text = 'Grants paid\n\nArea,Grant,Note\n"North\nand East","£1,000",late\nSouth,2\nWest,3,a,b\n'

    parsed = parse_csv(text)

    assert _seen(parsed) == [
        ("paragraph", "Grants paid"),
        ("table-row", "Area: North and East; Grant: £1,000; Note: late"),
        ("table-row", "Area: South; Grant: 2"),
        ("table-row", "Area: West; Grant: 3; Note: a; b"),
    ]
    assert parsed.metadata == {"title": "Grants paid"}


def test_values_without_a_header_are_rows_of_their_own() -> None:
    assert _seen(parse_csv("1,2\n3,4\n")) == [("table-row", "1; 2"), ("table-row", "3; 4")]


def test_a_quotation_mark_that_never_closes_is_told() -> None:
    with pytest.raises(ValueError, match="it cannot be read as a table"):
        parse_csv('a,"' + "b" * 1_100_000)


def test_an_empty_file_has_no_blocks() -> None:
    assert parse_csv("\n\n").blocks == ()


def test_a_row_with_too_many_cells_is_no_header() -> None:
    parsed = parse_csv("Scheme,District\nA,Leeds,more,and more\nB\nC,Bradford\n")

    assert [text for _, text in _seen(parsed)] == [
        "Scheme: A; District: Leeds; more; and more",
        "Scheme: B",
        "Scheme: C; District: Bradford",
    ]
