"""A small PDF with known paragraphs, and the document that a reader would make of it."""

import hashlib
from pathlib import Path

import pypdfium2
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from strategybot.reading.blocks import Block, BlockRun
from strategybot.schema import Document
from tests.fakes_assistant import a_document, a_metadata

TITLE = "Designed Strategy for Skills"
PARAGRAPHS = (
    ("i", "The strategy was agreed by the Combined Authority in March 2021 after a consultation of twelve weeks."),
    ("1", "Employers named digital skills first, then management, then technical skills of all levels."),
    ("1", "The adult education budget of £63 million a year was devolved in August 2021 and is spent on courses "
          "that lead to work."),
    ("2", "Every college is to publish each year what its learners earn after one, three and five years."),
)  # fmt: skip
"""(printed page number, text): the pages are physically 1, 2, 2 and 3."""
WIDTH = 62
TOP = 700


def build_pdf(path: Path) -> Document:
    """Write the PDF and return its document, whose original is named by its hash."""
    labels = list(dict.fromkeys(label for label, _ in PARAGRAPHS))
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    for label in labels:
        canvas.setFillColorRGB(0.07, 0.26, 0.43)
        canvas.rect(0, 760, A4[0], 82, stroke=0, fill=1)
        canvas.setFillColorRGB(1, 1, 1)
        canvas.setFont("Helvetica-Bold", 22)
        canvas.drawString(60, 790, TITLE)
        canvas.setFillColorRGB(0.1, 0.1, 0.1)
        canvas.setFont("Helvetica", 13)
        y = TOP
        for text in (text for on, text in PARAGRAPHS if on == label):
            for line in _lines(text):
                canvas.drawString(60, y, line)
                y -= 18
            y -= 14
        canvas.drawString(290, 40, label)
        canvas.showPage()
    canvas.save()
    blocks = [
        Block("paragraph", text, page=labels.index(label) + 1, page_label=label, runs=runs)
        for (label, text), runs in zip(PARAGRAPHS, _find_runs(path, labels), strict=True)
    ]
    metadata = a_metadata(id="skills-strategy", title=TITLE, source_url="https://example.org/skills.pdf")
    name = hashlib.sha256(path.read_bytes()).hexdigest() + ".pdf"
    return a_document(metadata, *blocks).model_copy(update={"original": name})


def _lines(text: str) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) > WIDTH:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _find_runs(path: Path, labels: list[str]) -> list[tuple[BlockRun, ...]]:
    """Find each line of each paragraph among the characters of its page."""
    found = []
    with pypdfium2.PdfDocument(path) as pdf:
        for label, text in PARAGRAPHS:
            number = labels.index(label)
            page = pdf[number].get_textpage().get_text_range()
            at = 0
            runs = []
            for line in _lines(text):
                start = text.index(line, at)
                at = start + len(line)
                runs.append((start, at, number + 1, page.index(line)))
            found.append(tuple(runs))
    return found
