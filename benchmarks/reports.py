"""PDF reports to read: two columns, headings, a running header and footer, made of the corpus' own sentences."""

import random
from collections.abc import Sequence
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph

MARGIN = 50.0
GUTTER = 20.0
_SEED = 90


def write_report(path: Path, sentences: Sequence[str], *, sections: int) -> int:
    """Write a PDF of full pages, a section of about 430 words after the other, and return how many pages it has.

    The same sentences and number give the same text.
    """
    source = random.Random(_SEED)
    styles = getSampleStyleSheet()
    story: list[Flowable] = []
    for number in range(1, sections + 1):
        texts = [" ".join(source.choices(sentences, k=2)) for _ in range(10)]
        story.append(Paragraph(f"{number}. Section of the report", styles["Heading2"]))
        story += [Paragraph(text, styles["BodyText"]) for text in texts]
    width = (A4[0] - 2 * MARGIN - GUTTER) / 2
    frames = [Frame(left, MARGIN, width, A4[1] - 2 * MARGIN) for left in (MARGIN, MARGIN + width + GUTTER)]
    template = PageTemplate(frames=frames, onPage=_draw_furniture)
    report = BaseDocTemplate(str(path), pagesize=A4, pageTemplates=[template], title="Report")
    report.build(story)
    return int(report.page)


def _draw_furniture(canvas: Canvas, _document: BaseDocTemplate) -> None:
    canvas.setFont("Helvetica", 8)
    canvas.drawString(MARGIN, A4[1] - 30, "Annual report on the strategy")
    canvas.drawRightString(A4[0] - MARGIN, 30, str(canvas.getPageNumber()))
