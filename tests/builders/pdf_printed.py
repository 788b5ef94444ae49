"""A page of the web printed to PDF by Chromium, with its columns, tables, margins, headers and footers."""

import os
import re
import subprocess
import tempfile
from html import escape
from pathlib import Path
from random import Random

import pypdfium2

from tests.builders.content import make_report
from tests.builders.expectation import BuiltDocument, Expected
from tests.builders.html_pieces import FIGURE_WORDS, Marker

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
WAIT_S = 60
STAMP = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4}, \d{1,2}:\d{2}(?:\s?[AP]M)?")


def has_chromium() -> bool:
    """Return whether printed pages can be made here."""
    return Path(CHROMIUM).is_file()


def build_pdf_printed(seed: int = 0) -> BuiltDocument:
    """Return a printed page: even seeds with Chromium's own header and footer, odd seeds with those of the page.

    Raises:
        FileNotFoundError: Where Chromium is not.
    """
    random = Random(f"printed {seed}")
    report = make_report(3000 + seed, chapters=random.choice((2, 3)))
    marker = Marker(random, soft_hyphens=random.random() < 0.6)
    article = "\n".join(marker.chapter(chapter) for chapter in report.chapters) + marker.footnotes()
    own = seed % 2 == 1
    fixed = own and random.random() < 0.4
    running = f"{report.publisher}: {report.title}"
    css = _style(random, running if own and not fixed else "")
    banner = f'<div class="running">{escape(running)}</div>' if fixed else ""
    front = f"<h1>{escape(report.title)}</h1><p>{escape(report.subtitle)}</p>"
    page = (
        f'<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>{escape(report.title)}</title>'
        f'<style>{css}</style></head><body>{banner}{front}<div class="text">{article}</div></body></html>'
    )
    data, address = _print(page, own_header=own)
    first = (Expected("heading", report.title, level=1), Expected("paragraph", report.subtitle, either=True))
    return BuiltDocument(
        name=f"printed-{seed}", suffix=".pdf", data=data, expected=(*first, *marker.expected),
        furniture=_furniture(data, running, report.title, address, own=own),
        indifferent=(FIGURE_WORDS, "↩"), title=report.title,
    )  # fmt: skip


def _style(random: Random, running: str) -> str:
    columns = random.choice((1, 2, 2))
    family = random.choice(("Georgia, serif", "Arial, sans-serif", "'DejaVu Serif', serif"))
    rules = random.choice(
        ("td,th{border:1px solid #888}", "tr{border-bottom:1px solid #888}", "tr:nth-child(even) td{background:#eee}")
    )
    boxes = (
        f'@top-left{{content:"{running}";font-size:8pt}} @bottom-right{{content:"Page " counter(page);font-size:8pt}}'
        if running
        else ""
    )
    return (
        f"@page{{size:A4;margin:{random.choice((18, 22, 25))}mm;{boxes}}}"
        f"body{{font:{random.choice((10, 11))}pt/1.35 {family};margin:0}}"
        f".text{{columns:{columns};column-gap:8mm}} h2{{column-span:all;break-after:avoid}} h3,h4{{break-after:avoid}}"
        f"p{{hyphens:auto;text-align:{random.choice(('left', 'justify'))};orphans:2;widows:2}}"
        f"table{{border-collapse:collapse;font-size:8.5pt;width:100%;margin:1em 0}}"
        f"td,th{{padding:3px;text-align:left}} {rules}"
        ".panel{background:#e8f0e8;padding:8px;break-inside:avoid} blockquote{font-size:1.3em;font-style:italic}"
        f"tr{{break-inside:{random.choice(('auto', 'avoid', 'avoid', 'avoid'))}}}"
        "sup{font-size:65%} sup a{text-decoration:none;color:inherit} .footnotes{font-size:8pt} img{background:#12436d}"
        ".running{position:fixed;top:-12mm;left:0;font-size:8pt;color:#555}"
    )


def _print(page: str, *, own_header: bool) -> tuple[bytes, str]:
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "page.html"), Path(folder, "page.pdf")
        source.write_text(page, encoding="utf-8")
        options = ["--no-pdf-header-footer"] if own_header else []
        command = [
            CHROMIUM,
            *FLAGS,
            *options,
            f"--user-data-dir={folder}/profile",
            f"--print-to-pdf={target}",
            source.as_uri(),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=WAIT_S)
        return target.read_bytes(), source.as_uri()


def _furniture(data: bytes, running: str, title: str, address: str, *, own: bool) -> tuple[str, ...]:
    pdf = pypdfium2.PdfDocument(data)
    pages = len(pdf)
    stamp = STAMP.search(pdf[0].get_textpage().get_text_bounded())
    pdf.close()
    if own:
        return (running, *(f"Page {n}" for n in range(1, pages + 1)))
    stamps = (stamp.group(),) if stamp else ()
    return (title, address, *stamps, *(f"{n}/{pages}" for n in range(1, pages + 1)))
