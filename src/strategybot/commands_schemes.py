"""The commands about schemes: ``strategybot schemes …``, mounted by the command line."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from strategybot.schema import Document

schemes_app = typer.Typer(no_args_is_help=True, help="Add support schemes as data, and check them.")


@schemes_app.callback()
def schemes() -> None:
    """Add support schemes as data, and check them."""


@schemes_app.command()
def check(
    context: typer.Context,
    paths: Annotated[list[Path] | None, typer.Argument(help="Files and folders; default the corpus.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Say what is wrong with schemes, why and what to do; exit 1 if something is, 3 if a file cannot be read."""
    from strategybot.eligibility.checking import check_documents
    from strategybot.reading import find_files, load_listings, open_files
    from strategybot.rendering_schemes import render_checked

    chosen = paths or [_settings(context).corpus]
    opened = list(open_files(find_files(chosen), listed=load_listings(chosen)))
    documents = [one.document for one in opened if one.document]
    failed = {one.name: one.reason for one in opened if one.reason}
    findings = check_documents(documents, complete=paths is None)
    if as_json:
        rows = {"findings": [each.model_dump() for each in findings], "failed": failed, **_counts(documents)}
        typer.echo(json.dumps(rows, ensure_ascii=False))
    else:
        typer.echo(render_checked(documents, findings, failed))
    if failed or any(finding.level == "wrong" for finding in findings):
        raise typer.Exit(3 if failed else 1)


@schemes_app.command()
def new(
    file: Annotated[Path, typer.Argument(help="The document that describes the scheme.")],
    scheme_id: Annotated[str | None, typer.Option("--id", help="Its id; default that of the document.")] = None,
    name: Annotated[str | None, typer.Option(help="Its name; default the title of the document.")] = None,
    write: Annotated[bool, typer.Option("--write", help="Put it into the front matter or the sidecar.")] = False,
    force: Annotated[bool, typer.Option("--force", help="With --write: in place of schemes that are there.")] = False,
) -> None:
    """Propose a scheme from a document as YAML; what it proposes decides nothing until a person confirms it."""
    from strategybot.eligibility.proposing import propose
    from strategybot.eligibility.proposing_scheme import build_scheme
    from strategybot.eligibility.writing import render_scheme, render_skeleton
    from strategybot.rendering_schemes import render_proposals

    document = _only_document(file)
    proposals = propose(document)
    _require_id(scheme_id)
    scheme = build_scheme(document, proposals, scheme_id=scheme_id, name=name)
    if any(proposal.part != "purposes" for proposal in proposals):
        block = render_scheme(scheme, proposals)
        typer.echo(render_proposals(proposals), err=True)
    else:
        block = render_skeleton(scheme)
        typer.echo(f"No condition, sum or date was found in {file}; fill in the empty scheme.", err=True)
    if write:
        _write(file, block, force=force)
    else:
        typer.echo(block, nl=False)


def _require_id(scheme_id: str | None) -> None:
    from strategybot.errors import ConfigurationError
    from strategybot.reading.files import slug

    if scheme_id is not None and scheme_id != slug(scheme_id):
        message = f"--id {scheme_id!r} has more than small letters, digits and hyphens; write --id {slug(scheme_id)}"
        raise ConfigurationError(message)


def _only_document(file: Path) -> "Document":
    from strategybot.errors import ConfigurationError, CorpusError
    from strategybot.reading import load_sources, open_file
    from strategybot.reading.unpacking import INSIDE

    opened = list(open_file(file, listed=load_sources(file.parent / "sources.toml")))
    if len(opened) != 1 or INSIDE in opened[0].name:
        message = f"{file} is an archive or an e-mail with attachments; unpack it and name one of its documents"
        raise ConfigurationError(message)
    if opened[0].document is None:
        raise CorpusError(file, opened[0].reason or "it cannot be read")
    return opened[0].document


def _write(file: Path, block: str, *, force: bool) -> None:
    from strategybot.eligibility.keeping import find_home, put_schemes
    from strategybot.sourcing.state import write_whole

    place = find_home(file)
    before = place.read_bytes().decode("utf-8") if place.exists() else ""
    write_whole(place, put_schemes(before, block, place, force=force).encode("utf-8"))
    typer.echo(f"Written into {place}. Go through it, then run `strategybot schemes check {file}`.", err=True)


def _counts(documents: "list[Document]") -> dict[str, int]:
    found = [scheme for document in documents for scheme in document.metadata.schemes]
    criteria = [criterion for scheme in found for criterion in scheme.criteria]
    to_confirm = sum(criterion.proposed for criterion in criteria)
    return {"documents": len(documents), "schemes": len(found), "criteria": len(criteria), "to_confirm": to_confirm}


def _settings(context: typer.Context) -> Any:
    from strategybot.settings import load_settings

    return load_settings(context.obj)
