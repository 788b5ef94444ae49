"""The documents of the project: links that resolve, a reason for every library, decisions in one form."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "evals" / "README.md"])
DECISIONS = sorted((ROOT / "docs" / "adr").glob("*.md"))
LINK = re.compile(r"\]\(([^)#\s]+)")


def dependencies() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    return {re.split(r"[=<>~\[ ]", line)[0] for line in wanted}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_documents_resolve(document: Path) -> None:
    links = [link for link in LINK.findall(document.read_text("utf-8")) if "://" not in link]

    assert [link for link in links if not (document.parent / link).exists()] == []


def test_every_library_has_its_reason() -> None:
    rows = re.findall(r"^\| ([a-z0-9, -]+) \| .+ \|$", (ROOT / "docs" / "dependencies.md").read_text("utf-8"), re.M)

    assert {name for row in rows for name in row.split(", ")} - {"library"} == dependencies()


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_has_context_decision_and_consequences(decision: Path) -> None:
    headings = re.findall(r"^#+ .*$", decision.read_text("utf-8"), re.M)

    number = int(decision.stem.partition("-")[0])
    assert headings[0].startswith(f"# {number}. ")
    assert headings[1:] == ["## Context", "## Decision", "## Consequences"]


def test_every_decision_is_in_the_index_of_the_documents() -> None:
    index = (ROOT / "docs" / "index.md").read_text("utf-8")

    assert [path.name for path in DECISIONS if f"(adr/{path.name})" not in index] == []


def test_the_readme_says_how_to_run_and_test_and_has_room_for_the_figures() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")

    assert "make run" in readme
    assert "make test" in readme
    assert readme.count("<!-- figures -->") == readme.count("<!-- /figures -->") == 1


def test_pictures_are_small_enough_to_be_loaded_on_a_phone() -> None:
    pictures = list((ROOT / "docs").glob("*.png"))

    assert pictures
    assert max(picture.stat().st_size for picture in pictures) < 300_000
