"""Schemes in files that people have written: nothing else in them changes."""

from pathlib import Path

import pytest
import yaml

from strategybot.eligibility.keeping import find_home, put_schemes
from strategybot.errors import ConfigurationError, CorpusError

SIDECAR = Path("plan.meta.yaml")
PAGE = Path("plan.md")
BLOCK = "schemes:\n- id: fund\n  # a note\n  name: Fund\n"
FUND = [{"id": "fund", "name": "Fund"}]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "title: A plan  # as printed\nnote: 'x: y'\n",
        "title: A plan",
        "# a comment\n\ntitle: A plan\nschemes: []  # none yet\nnote: n\n",
        "title: A plan\nschemes:\nnote: n\n",
        "title: A plan\r\nnote: n\r\n",
        "\ufefftitle: A plan\n",
    ],
)
def test_a_sidecar_keeps_its_lines(content: str) -> None:
    put = put_schemes(content, BLOCK, SIDECAR)

    before = yaml.safe_load(content) or {}
    assert yaml.safe_load(put) == {**before, "schemes": FUND}
    lines = [line for line in content.splitlines() if not line.startswith("schemes")]
    assert [line for line in put.splitlines() if line in lines] == lines
    assert ("\r\n" in content) == ("\r\n" in put)


def test_schemes_that_are_there_stay_unless_they_may_go() -> None:
    content = "title: A\nschemes:\n- id: old\n  name: Old\n\n# about the note\nnote: n\n"

    with pytest.raises(ConfigurationError, match="--force"):
        put_schemes(content, BLOCK, SIDECAR)

    assert put_schemes(content, BLOCK, SIDECAR, force=True) == f"title: A\n{BLOCK}\n# about the note\nnote: n\n"


@pytest.mark.parametrize("content", ["{title: A}", "title: A\n...\n", "- a list\n", "title: 'open\n"])
def test_lines_that_cannot_be_added_to_are_refused(content: str) -> None:
    with pytest.raises(CorpusError):
        put_schemes(content, BLOCK, SIDECAR)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("front", ["---\ntitle: A\nnote: n\n---\n", "---\n---\n", ""])
def test_a_page_keeps_its_front_matter_and_its_text(front: str, end: str) -> None:
    body = f"{end}# Plan{end}{end}--- not a line of it{end}"
    content = front.replace("\n", end) + body

    put = put_schemes(content, BLOCK, PAGE)

    _, head, rest = put.split(f"---{end}", 2)
    assert yaml.safe_load(head) == {**(yaml.safe_load(front.strip("-\n")) or {}), "schemes": FUND}
    assert rest.endswith(body)


def test_a_quote_that_would_end_the_front_matter_is_refused() -> None:
    with pytest.raises(CorpusError, match="three hyphens"):
        put_schemes("---\ntitle: A\n---\nText", "schemes:\n- id: fund\n  name: a ---\n", PAGE)


def test_schemes_of_markdown_live_in_it_and_all_others_in_the_sidecar(tmp_path: Path) -> None:
    page, scan, sidecar = tmp_path / "plan.md", tmp_path / "plan.pdf", tmp_path / "plan.meta.yaml"

    alone = find_home(page)
    sidecar.write_text("title: A\n")
    beside = find_home(page)
    sidecar.write_text("schemes: []\n")

    assert (alone, beside, find_home(page), find_home(scan)) == (page, page, sidecar, sidecar)
