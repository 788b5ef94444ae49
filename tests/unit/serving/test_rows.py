"""Tables put back together from rows of text."""

from hypothesis import given
from hypothesis import strategies as st

from strategybot.reading.markdown import join_cells
from strategybot.serving.marking import Run
from strategybot.serving.rows import Cell, Table, rebuild_table


def rows(*texts: str) -> list[tuple[Run, ...]]:
    return [(Run(text),) for text in texts]


def text_of(runs: tuple[Run, ...]) -> str:
    return "".join(run.text for run in runs)


def words(table: Table) -> list[list[str]]:
    return [[text_of(cell.words) for cell in row] for row in table.rows]


def whole(row: tuple[Cell, ...]) -> str:
    return "".join(text_of((*cell.name, *cell.words, *cell.behind)) for cell in row)


def test_rows_with_the_same_names_become_a_table() -> None:
    ((table, count),) = rebuild_table(rows("Scheme: Fund; Budget: £4 million", "Scheme: Loans; Budget: £1 million"))

    assert table
    assert (count, table.names) == (2, ("Scheme", "Budget"))
    assert words(table) == [["Fund", "£4 million"], ["Loans", "£1 million"]]


def test_a_row_without_one_of_the_cells_leaves_it_empty() -> None:
    ((table, _),) = rebuild_table(rows("A: 1; B: 2; C: 3", "A: 4; C: 6", "A: 7; B: 8; C: 9"))

    assert table
    assert words(table)[1] == ["4", "", "6"]


def test_a_first_column_without_a_name_has_none_in_the_table() -> None:
    ((table, _),) = rebuild_table(rows("Leeds; 2019: 4; 2020: 5", "Bradford; 2019: 6; 2020: 7"))

    assert table
    assert table.names == ("", "2019", "2020")
    assert words(table)[0] == ["Leeds", "4", "5"]


def test_semicolons_and_colons_inside_a_cell_stay_there() -> None:
    ((table, _),) = rebuild_table(
        rows("Scheme: Fund; Open: yes; until March; note: late", "Scheme: Loans; Open: no", "Scheme: Hub; Open: no")
    )

    assert table
    assert words(table)[0] == ["Fund", "yes; until March; note: late"]


def test_tables_that_follow_each_other_stay_apart() -> None:
    found = list(rebuild_table(rows("A: 1; B: 2", "A: 3; B: 4", "Year: 2019; Firms: 5", "Year: 2020; Firms: 6")))

    assert [(table.names if table else None, count) for table, count in found] == [
        (("A", "B"), 2),
        (("Year", "Firms"), 2),
    ]


def test_rows_that_do_not_agree_stay_as_they_are_written() -> None:
    for texts in (["one; two", "three; four"], ["A: 1; B: 2"], ["A: 1; B: 2", "A: 3; C: 4", "A: 5; D: 6"],
                  ["A: 1; B: 2", "A: 3; B: 4; A: 5"], ["A: 1; B: 2", "A: 1; B: 2; A: 3", "B: 1; A: 2"]):  # fmt: skip
        assert all(table is None for table, _ in rebuild_table(rows(*texts))), texts


def test_marks_and_anchors_stay_on_their_words() -> None:
    marked = (Run("A: 1; B"), Run(": 2", ("quote",), ("p4",)))

    ((table, _),) = rebuild_table([marked, *rows("A: 3; B: 4")])

    assert table
    assert table.rows[0][1].name == (Run("B"), Run(": ", ("quote",), ("p4",)))
    assert table.rows[0][1].words == (Run("2", ("quote",)),)


CELLS = st.text(st.sampled_from("ab:; "), max_size=12).map(str.strip)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=6), st.booleans())
def test_no_character_of_a_row_is_lost(cells: list[list[str]], headed: bool) -> None:
    header = ["Scheme", "Budget", "Open", "Firms"] if headed else []
    texts = [text for row in cells if (text := join_cells(header, row))]

    at = 0
    for table, count in rebuild_table(rows(*texts)):
        if table:
            assert [whole(row) for row in table.rows] == texts[at : at + count]
            assert all(len(row) == len(table.names) for row in table.rows)
        at += count
    assert at == len(texts)
