"""Archives, e-mails and bad files through a whole ingest: the good ones answer, each bad one has its verdict."""

import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from strategybot.cli import main
from strategybot.index.build import ingest
from strategybot.index.catalogue import CATALOGUE, Catalogue
from tests.desk import Desk
from tests.fakes import GRANTS


def pack(path: Path, **members: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return path


def paths(desk: Desk) -> dict[str, str]:
    catalogue = Catalogue(desk.home / CATALOGUE)
    try:
        return {document_id: entry.path for document_id, entry in catalogue.entries().items()}
    finally:
        catalogue.close()


def test_the_documents_of_an_archive_answer_one_by_one(fresh: Desk) -> None:
    archive = pack(
        fresh.folder / "pack.zip",
        **{"plans__skills.md": "# Skills\n\nMore apprentices.", "notes.txt": "Notes.", "logo.png": "x"},
    )

    report = fresh.ingest()

    assert {"pack-plans-skills", "pack-notes"} <= set(report.new)
    assert paths(fresh)["pack-plans-skills"] == f"{archive.resolve()}!/plans/skills.md"
    assert fresh.nearest("More apprentices.") == "pack-plans-skills"


def test_an_unchanged_archive_is_not_read_again_and_a_changed_one_is(fresh: Desk) -> None:
    pack(fresh.folder / "pack.zip", **{"a.md": "# A\n\nOne.", "b.md": "# B\n\nTwo."})
    fresh.ingest()

    assert {"pack-a", "pack-b"} <= set(fresh.ingest().unchanged)

    pack(fresh.folder / "pack.zip", **{"a.md": "# A\n\nOne and a half."})
    report = fresh.ingest()

    assert (report.changed, report.removed) == (("pack-a",), ("pack-b",))


def test_an_archive_named_alone_loses_what_is_no_longer_in_it(fresh: Desk) -> None:
    archive = pack(fresh.folder / "pack.zip", **{"a.md": "# A\n\nOne.", "b.md": "# B\n\nTwo."})
    fresh.ingest()
    pack(archive, **{"a.md": "# A\n\nOne."})

    report = ingest([archive], home=fresh.home, embedder=fresh.embedder)

    assert report.removed == ("pack-b",)


def test_names_that_lead_out_of_an_archive_are_made_harmless(fresh: Desk) -> None:
    pack(fresh.folder / "pack.zip", **{"..__..__evil.md": "# Evil\n\nOut.", "__abs.md": "# Abs\n\nRoot."})

    report = fresh.ingest()

    assert {"pack-evil", "pack-abs"} <= set(report.new)
    assert not list(fresh.home.parent.rglob("evil.md"))


def test_a_damaged_member_and_one_with_an_endless_name_cost_no_other(fresh: Desk) -> None:
    path = fresh.folder / "pack.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.md", "# A\n\nOne.")
        archive.writestr("bad.md", "# Bad\n\n" + "Words that are packed. " * 40)
        archive.writestr("🌳" * 200 + ".md", "# Tree\n\nTwo.")
        start = archive.getinfo("bad.md").header_offset + 30 + len("bad.md")
    data = bytearray(path.read_bytes())
    data[start : start + 8] = b"\xff" * 8
    path.write_bytes(data)

    report = fresh.ingest()

    assert "pack-a" in report.new
    assert len(report.new) == len(("climate", "grants", "pack-a", "the tree"))
    (failure,) = report.failed
    assert failure.path.endswith("pack.zip!/bad.md")
    assert "it cannot be unpacked" in failure.reason


def test_archives_in_archives_are_opened_twice_and_no_deeper(fresh: Desk, tmp_path: Path) -> None:
    inner = pack(tmp_path / "c.zip", **{"deep.md": "# Deep\n\nDown."})
    for name in ("b.zip", "a.zip"):
        outer = tmp_path / name
        with zipfile.ZipFile(outer, "w") as archive:
            archive.write(inner, inner.name)
            archive.writestr(f"beside-{name}.md", f"# Beside\n\nThe {name}.")
        inner = outer
    (fresh.folder / "a.zip").write_bytes(inner.read_bytes())

    report = fresh.ingest()

    assert {"a-beside-a-zip", "a-b-beside-b-zip"} <= set(report.new)
    (failure,) = report.failed
    assert failure.path.endswith("a.zip!/b.zip!/c.zip")
    assert "2 archives deep" in failure.reason


def test_an_e_mail_and_its_attachments_are_documents(fresh: Desk) -> None:
    message = EmailMessage()
    message["Subject"] = "Answer to the consultation"
    message["Date"] = "Tue, 03 Mar 2026 10:00:00 +0000"
    message.set_content("We support the plan for buses.\n\nIt should come sooner.")
    message.add_attachment("# Our evidence\n\nBuses are late.", filename="evidence.md", subtype="markdown")
    (fresh.folder / "letter.eml").write_bytes(bytes(message))

    report = fresh.ingest()

    assert {"letter", "letter-evidence"} <= set(report.new)


def test_a_bad_file_is_named_with_its_reason_and_the_rest_goes_on(fresh: Desk) -> None:
    for name, data in {"a.pdf": b"", "b.pdf": b"<html>404</html>", "c.doc": b"x", "d.docx": b"PK\x03\x04half"}.items():
        (fresh.folder / name).write_bytes(data)

    report = fresh.ingest()

    assert report.new == ("climate", "grants")
    assert {Path(f.path).name: f.reason.split(";")[0] for f in report.failed} == {
        "a.pdf": "it is empty",
        "b.pdf": "it is named .pdf but looks like a web page",
        "c.doc": ".doc is not read",
        "d.docx": "it is named .docx but is not one, or is damaged",
    }
    assert fresh.nearest(GRANTS) == "grants"


def test_a_copy_of_the_original_is_kept_under_its_hash(fresh: Desk) -> None:
    page = fresh.folder / "page.html"
    page.write_text("<html><body><main><h1>Fund</h1><p>It pays £5.</p></main></body></html>", "utf-8")
    fresh.ingest()

    document = fresh.snapshot().find_document("page")

    assert document is not None
    assert document.original is not None
    assert (fresh.home / "originals" / document.original).read_bytes() == page.read_bytes()


def test_read_shows_every_document_of_an_archive(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    archive = pack(tmp_path / "pack.zip", **{"a.md": "# A\n\nOne.", "b.pdf": "no pdf"})

    with pytest.raises(SystemExit) as stopped:
        main("read", str(archive))

    assert stopped.value.code == 3
    out, err = capsys.readouterr()
    assert "# A\n\nOne." in out
    assert "pack.zip!/b.pdf: it is named .pdf" in err
