"""Tables of any format as rows in words."""

from strategybot.reading.grids import LARGEST_GRID, Cell, fill_grid, table_blocks


def _rows(*rows: list[Cell]) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in table_blocks(fill_grid(rows))]


def test_a_cell_over_rows_stands_in_each_and_one_over_columns_is_said_once() -> None:
    header = [Cell("Area", header=True), Cell("Year", header=True), Cell("Grant", header=True)]

    assert _rows(header, [Cell("North", rows=2), Cell("2019"), Cell("£1")], [Cell("none paid", columns=2)]) == [
        ("table-row", "Area: North; Year: 2019; Grant: £1"),
        ("table-row", "Area: North; Year: none paid"),
    ]


def test_a_line_across_the_table_is_a_paragraph_above_the_header_and_a_row_of_its_own_below() -> None:
    header = [Cell("Area", header=True), Cell("Grant", header=True)]
    across = [Cell("Capital", columns=2)]

    assert _rows([Cell("Grants", columns=2)], header, across, [Cell("North"), Cell("£1")]) == [
        ("paragraph", "Grants"),
        ("table-row", "Capital"),
        ("table-row", "Area: North; Grant: £1"),
    ]


def test_a_first_row_of_short_words_is_the_header_and_one_of_numbers_is_not() -> None:
    assert _rows([Cell("Area"), Cell("Homes")], [Cell("North"), Cell("1")]) == [("table-row", "Area: North; Homes: 1")]
    assert _rows([Cell("North"), Cell("£1m")], [Cell("South"), Cell("£2m")]) == [
        ("table-row", "North; £1m"),
        ("table-row", "South; £2m"),
    ]


def test_no_table_gives_no_rows() -> None:
    assert _rows() == []


def test_spans_without_end_do_not_fill_the_memory() -> None:
    grid = fill_grid([[Cell("x", columns=10**9, rows=10**9)] * 20] * 1_000)

    assert sum(len(row) for row in grid) < 2 * LARGEST_GRID


def test_names_set_apart_beside_their_values_are_no_header() -> None:
    facts = fill_grid(
        [
            [Cell("Decision maker:", label=True), Cell("Cabinet Member")],
            [Cell("Date", label=True), Cell("4 April 2024")],
            [Cell("Outcome", label=True), Cell("")],
        ]
    )
    headed = fill_grid([[Cell("Ward", label=True), Cell("Cost", label=True)], [Cell("Abbey", label=True), Cell("£4")]])

    assert [block.text for block in table_blocks(facts)] == [
        "Decision maker: Cabinet Member",
        "Date: 4 April 2024",
        "Outcome",
    ]
    assert [block.text for block in table_blocks(headed)] == ["Ward: Abbey; Cost: £4"]


def test_a_cell_merged_downwards_beside_one_over_two_columns_shows_two_header_rows() -> None:
    grid = fill_grid(
        [
            [Cell("Service", rows=2), Cell("2023/24", columns=2)],
            [Cell("Budget"), Cell("Actual")],
            [Cell("Parks"), Cell("383"), Cell("97")],
        ]
    )

    assert [block.text for block in table_blocks(grid)] == ["Service: Parks; 2023/24 Budget: 383; 2023/24 Actual: 97"]
