"""``strategybot schemes``: a scheme proposed from a file, put where it belongs, checked and confirmed."""

import json
import zipfile
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner, Result

from strategybot.cli import app
from strategybot.errors import ConfigurationError, CorpusError
from strategybot.reading import read_document
from tests.fakes import GRANTS, write_corpus, write_document


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["schemes", *map(str, arguments)])


@pytest.fixture
def page(tmp_path: Path) -> Path:
    return write_document(tmp_path, "grants", GRANTS, title="Growth grants", kind="support-scheme")


def test_a_proposal_goes_to_stdout_and_what_it_rests_on_to_stderr(page: Path) -> None:
    before = page.read_bytes()

    done = run("new", page, "--id", "growth-grant", "--name", "Growth grant")

    (row,) = yaml.safe_load(done.stdout)["schemes"]
    assert (done.exit_code, row["id"], row["name"]) == (0, "growth-grant", "Growth grant")
    assert all(criterion["proposed"] for criterion in row["criteria"])
    assert done.stderr.splitlines()[0].split() == ["what", "value", "from", "the", "words"]
    assert any(line.startswith("closes ") and "2024-03-31" in line for line in done.stderr.splitlines())
    assert page.read_bytes() == before


def test_a_written_proposal_is_read_again_and_is_to_be_confirmed(page: Path) -> None:
    body = page.read_text("utf-8").split("---\n")[2]

    done = run("new", page, "--write")
    checked = run("check", page)

    assert (done.exit_code, done.stdout) == (0, "")
    assert page.read_text("utf-8").split("---\n")[2] == body
    assert checked.exit_code == 0
    assert "TO CONFIRM in grants: proposed, to be confirmed: criterion 1" in checked.stdout
    assert "0 wrong, 0 to look at" in checked.stdout


def test_schemes_that_are_there_are_replaced_by_force_only(page: Path) -> None:
    run("new", page, "--write", "--id", "first")

    refused = run("new", page, "--write", "--id", "second")
    forced = run("new", page, "--write", "--force", "--id", "second")

    assert isinstance(refused.exception, ConfigurationError)
    assert forced.exit_code == 0
    assert [scheme.id for scheme in read_document(page).metadata.schemes] == ["second"]


def test_the_scheme_of_a_web_page_goes_into_its_sidecar(tmp_path: Path) -> None:
    web = tmp_path / "fund.html"
    text = "<p>Only businesses with up to 100 employees can apply to the fund.</p>"
    web.write_text(f"<html><body><main><h1>Fund</h1>{text * 3}</main></body></html>")
    (tmp_path / "fund.meta.yaml").write_text("publisher: Council  # of the city\n")

    run("new", web, "--write")
    checked = run("check", tmp_path)

    document = read_document(web)
    assert (tmp_path / "fund.meta.yaml").read_text().startswith("publisher: Council  # of the city\nschemes:\n")
    assert document.metadata.publisher == "Council"
    assert [(c.fact, c.value) for c in document.metadata.schemes[0].criteria] == [("employees", 100)]
    assert checked.exit_code == 0


def test_a_document_that_says_nothing_of_a_scheme_gives_the_empty_one(tmp_path: Path) -> None:
    page = write_document(tmp_path, "rain", "# Rain\n\nIt rained in the hills all day.\n")

    done = run("new", page)

    assert "No condition, sum or date was found" in done.stderr
    assert yaml.safe_load(done.stdout)["schemes"][0]["criteria"] == []


def test_what_cannot_be_proposed_from_is_refused(tmp_path: Path, page: Path) -> None:
    packed = tmp_path / "all.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(page, "grants.md")
    empty = tmp_path / "empty.md"
    empty.write_text("")

    assert isinstance(run("new", packed).exception, ConfigurationError)
    assert isinstance(run("new", empty).exception, CorpusError)
    assert "write --id a-b" in str(run("new", page, "--id", "A b").exception)


def test_a_wrong_quote_is_shown_with_the_sentence_that_was_meant(tmp_path: Path) -> None:
    criterion = "{fact: employees, operator: at_most, value: 100, quote: Firms need at least six employees.}"
    scheme = f"[{{id: grant, name: Grant, offer: grant, criteria: [{criterion}]}}]"
    write_document(tmp_path, "grants", GRANTS, schemes=scheme)

    done = run("check", tmp_path)
    rows = json.loads(run("check", tmp_path, "--json").stdout)

    assert done.exit_code == 1
    assert done.stdout.startswith("grants\n  WRONG in grant: a quote is not in the document")
    assert "do:  use the document's words: “Firms need at least five employees.”" in done.stdout
    assert done.stdout.endswith("1 documents, 1 schemes, 1 criteria: 1 wrong, 0 to look at, 0 to be confirmed\n")
    assert [finding["level"] for finding in rows["findings"]] == ["wrong"]
    assert (rows["documents"], rows["schemes"], rows["criteria"], rows["to_confirm"]) == (1, 1, 1, 0)


def test_what_cannot_be_read_is_named_and_the_rest_is_checked(tmp_path: Path) -> None:
    write_corpus(tmp_path)
    write_document(tmp_path, "bad", "Text.", schemes="[{id: grant, name: Grant, criteria: [{fact: sme}]}]")

    done = run("check", tmp_path)

    assert done.exit_code == 3
    assert "scheme grant, offer: is missing" in done.stdout
    assert "scheme grant, criterion 1: a criterion on a fact has fact, operator and value" in done.stdout
    assert done.stdout.endswith("0 to be confirmed, 1 files cannot be read\n")


def test_without_a_path_the_corpus_is_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STRATEGYBOT_CORPUS", str(write_corpus(tmp_path)))

    assert run("check").stdout == "2 documents, 0 schemes, 0 criteria: 0 wrong, 0 to look at, 0 to be confirmed\n"
