"""The sources list: what it may say, and how its faults are told."""

from pathlib import Path

import pytest

from strategybot.errors import ConfigurationError, CorpusError
from strategybot.schema import Metadata
from strategybot.sourcing.entries import Entry, linked_entry, load_entries
from strategybot.sourcing.sync import choose_entries

ROOT = Path(__file__).parent.parent.parent.parent
GOOD = '[[source]]\nid = "fund"\ntitle = "Fund"\nurl = "https://example.org/fund"\n'


def write(folder: Path, text: str) -> Path:
    path = folder / "sources.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_list_of_the_corpus_is_read() -> None:
    entries = load_entries(ROOT / "corpus" / "sources.toml")

    assert len(entries) > 100
    assert all(entry.url for entry in entries)


def test_years_and_days_of_toml_and_single_areas_are_taken(tmp_path: Path) -> None:
    (entry,) = load_entries(write(tmp_path, GOOD + 'published = 2020\nvalid_to = 2022-09-30\narea = "Leeds"\n'))

    assert (entry.metadata.published, entry.metadata.valid_to) == ("2020", "2022-09-30")
    assert entry.metadata.area == ("Leeds",)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (GOOD + "pulbisher = 'x'\n", ["entry 1 (fund)", "field pulbisher"]),
        (GOOD + "links = '('\n", ["entry 1 (fund)", "field links", "regular expression"]),
        (GOOD + "published = 'May'\n", ["entry 1 (fund)", "field published"]),
        (GOOD + '[[source]]\ntitle = "No id"\n', ["entry 2 (No id)", "field id"]),
        (GOOD.replace("https://example.org/fund", "http://["), ["entry 1 (fund)", "field url"]),
        (GOOD + "url = 3\n", ["not valid TOML"]),
        (GOOD.replace('"https://example.org/fund"', "3"), ["entry 1 (fund)", "field url"]),
        (GOOD + GOOD, ["entry 2 (fund)", "another entry"]),
        ('source = "x"', ["[[source]]"]),
    ],
)
def test_a_fault_is_told_with_its_entry_and_field(tmp_path: Path, text: str, named: list[str]) -> None:
    with pytest.raises(CorpusError) as caught:
        load_entries(write(tmp_path, text))

    assert [words for words in named if words not in str(caught.value)] == []


def test_a_missing_list_is_told(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="cannot be opened"):
        load_entries(tmp_path / "none.toml")


def test_links_get_ids_of_their_own() -> None:
    parent = Entry(url="https://example.org/", metadata=Metadata(id="papers", title="Papers", publisher="Council"))
    taken: dict[str, str] = {}
    ids = []
    for url in (
        "https://example.org/a/Plan%20One.pdf",
        "https://example.org/b/plan-20one.pdf",
        "https://example.org/?p=4",
    ):
        child = linked_entry(parent, url, "Words", taken=taken)
        taken[child.id] = url
        ids.append(child.id)

    assert ids == ["papers-plan-20one", "papers-plan-20one-2", "papers-words"]
    assert linked_entry(parent, "https://example.org/x" * 30, "", taken={}).document_id.endswith("--original")


def test_entries_are_chosen_by_name_with_or_without_the_ending_of_originals() -> None:
    entries = [
        Entry(url="https://example.org/", metadata=Metadata(id="a", title="A")),
        Entry(metadata=Metadata(id="b", title="B")),
    ]

    assert [e.id for e in choose_entries(entries, [])] == ["a"]
    assert [e.id for e in choose_entries(entries, ["a--original"])] == ["a"]
    with pytest.raises(ConfigurationError, match="no entry c"):
        choose_entries(entries, ["c"])
    with pytest.raises(ConfigurationError, match="b has no url"):
        choose_entries(entries, ["b"])
