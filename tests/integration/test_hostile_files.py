"""The hostile set through one ingest: nothing hangs, every file has its verdict, the good ones are indexed."""

import shutil
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from strategybot.index.build import IngestOptions, IngestReport, ingest
from strategybot.index.catalogue import CATALOGUE, Catalogue
from strategybot.reading.isolation import Limits
from strategybot.reading.unpacking import INSIDE
from strategybot.schema import Document
from tests.builders.hostile import hostile_files
from tests.builders.hostile_file import HostileFile
from tests.fakes import CLIMATE, FakeEmbedder, write_document

OCR = shutil.which("tesseract") is not None
LIMITS = Limits(seconds=120, megabytes=1_500)


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What is left after the hostile files, by the number of each: documents of it, and reasons against it."""

    files: Mapping[int, HostileFile]
    documents: Mapping[int, list[Document]]
    reasons: Mapping[int, list[str]]
    report: IngestReport


@pytest.fixture(scope="module")
def aftermath(tmp_path_factory: pytest.TempPathFactory) -> Aftermath:
    folder = tmp_path_factory.mktemp("hostile")
    home = tmp_path_factory.mktemp("home")
    files = {}
    for number, hostile in enumerate(hostile_files()):
        path = folder / f"{number:03d}" / hostile.name
        path.parent.mkdir()
        path.write_bytes(hostile.data)
        # Many of them have the same name but for the suffix, or none that would make an id of its own.
        path.with_name(path.stem + ".meta.yaml").write_text(f"id: hostile-{number:03d}\n", "utf-8")
        files[number] = HostileFile(hostile.name, b"", hostile.verdict, hostile.keeps, hostile.hides, hostile.remark)
    write_document(folder / "good", "climate", CLIMATE, title="Climate plan")
    report = ingest([folder], home=home, embedder=FakeEmbedder(), options=IngestOptions(limits=LIMITS))
    return _gather(files, folder, home, report)


def _gather(files: Mapping[int, HostileFile], folder: Path, home: Path, report: IngestReport) -> Aftermath:
    documents: defaultdict[int, list[Document]] = defaultdict(list)
    reasons: defaultdict[int, list[str]] = defaultdict(list)
    catalogue = Catalogue(home / CATALOGUE)
    for document_id, entry in catalogue.entries().items():
        document = catalogue.find_document(document_id)
        number = _number(entry.path, folder)
        if document and number is not None:
            documents[number].append(document)
    catalogue.close()
    for failure in report.failed:
        number = _number(failure.path, folder)
        if number is not None:
            reasons[number].append(failure.reason)
    return Aftermath(files, documents, reasons, report)


def _number(path: str, folder: Path) -> int | None:
    name = Path(path.partition(INSIDE)[0]).relative_to(folder.resolve()).parts[0]
    return int(name) if name.isdigit() else None


def test_the_good_document_among_them_is_indexed(aftermath: Aftermath) -> None:
    assert "climate" in aftermath.report.new


def test_every_file_is_read_or_has_a_reason(aftermath: Aftermath) -> None:
    silent = [f.name for n, f in aftermath.files.items() if not aftermath.documents[n] and not aftermath.reasons[n]]

    assert silent == []


def test_files_that_can_be_read_are_and_the_others_are_refused(aftermath: Aftermath) -> None:
    files = aftermath.files.items()
    unread = [(f.name, aftermath.reasons[n]) for n, f in files if f.verdict == "read" and not aftermath.documents[n]]
    refused = ("refused",) if OCR else ("refused", "needs-ocr")
    taken = [f.name for n, f in files if f.verdict in refused and aftermath.documents[n]]

    assert (unread, taken) == ([], [])


@pytest.mark.skipif(OCR, reason="tesseract is installed, and reads them")
def test_scanned_pages_are_said_to_need_ocr(aftermath: Aftermath) -> None:
    reasons = [aftermath.reasons[n] for n, f in aftermath.files.items() if f.verdict == "needs-ocr"]

    assert all("needs OCR" in " ".join(given) for given in reasons)


def test_what_people_see_is_kept_and_what_they_do_not_see_is_not(aftermath: Aftermath) -> None:
    wrong = []
    for number, hostile in aftermath.files.items():
        if not aftermath.documents[number]:
            continue
        text = "\n".join(document.text for document in aftermath.documents[number])
        wrong += [(hostile.name, "lacks", words) for words in hostile.keeps if words not in text]
        wrong += [(hostile.name, "shows", words) for words in hostile.hides if words in text]

    assert wrong == []


def test_what_should_be_remarked_is(aftermath: Aftermath) -> None:
    remarks = {
        number: {remark.kind for document in documents for remark in document.remarks}
        for number, documents in aftermath.documents.items()
    }
    wanted = [
        (n, f)
        for n, f in aftermath.files.items()
        if f.remark and aftermath.documents[n] and not (OCR and f.verdict == "needs-ocr")
    ]

    assert [(f.name, f.remark) for n, f in wanted if f.remark not in remarks[n]] == []


def test_reasons_say_what_is_wrong_in_words(aftermath: Aftermath) -> None:
    reasons = [reason for given in aftermath.reasons.values() for reason in given]

    assert all(len(reason.split()) >= 3 and "Traceback" not in reason for reason in reasons)
