"""What Word writes and python-docx does not: notes, fields, text boxes, tracked changes, content controls."""

from typing import Any
from xml.sax.saxutils import escape

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph
from lxml import etree

WORDS = "application/vnd.openxmlformats-officedocument.wordprocessingml"
DATED = 'w:id="9" w:author="Policy team" w:date="2024-02-01T09:00:00Z"'
MORE_SPACES = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def element(xml: str) -> Any:  # noqa: ANN401 - lxml elements of docx are untyped
    """Return XML as an element of python-docx, the usual namespaces declared on its first tag."""
    head, bracket, rest = xml.partition(">")
    slash = "/" if head.endswith("/") else ""
    return parse_xml(f"{head.rstrip('/')} {nsdecls('w', 'a')} {MORE_SPACES}{slash}{bracket}{rest}")


def run(text: str, properties: str = "", tag: str = "w:t") -> str:
    """Return a run as XML."""
    inside = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inside}<{tag} xml:space="preserve">{escape(text)}</{tag}></w:r>'


def field(instruction: str, result: str) -> list[Any]:
    """Return a complex field with the result that Word last worked out."""
    parts = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>',
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
        run(result),
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    )
    return [element(part) for part in parts]


def put_inside(paragraph: Paragraph, *elements: Any) -> None:  # noqa: ANN401 - lxml elements of docx are untyped
    for item in elements:
        paragraph._p.append(item)


def tracked(paragraph: Paragraph, *, inserted: str, deleted: str) -> None:
    """Add words that were inserted, and words that were deleted, while changes were tracked."""
    put_inside(
        paragraph,
        element(f"<w:del {DATED}>{run(deleted, tag='w:delText')}</w:del>"),
        element(f"<w:ins {DATED}>{run(inserted)}</w:ins>"),
    )


def moved_away(text: str) -> Any:  # noqa: ANN401 - lxml elements of docx are untyped
    """Return words that a tracked move took from here."""
    return element(f"<w:moveFrom {DATED}>{run(text)}</w:moveFrom>")


def hyperlink(document: Document, text: str, address: str) -> Any:  # noqa: ANN401 - lxml elements of docx are untyped
    target = document.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = element(f"<w:hyperlink>{run(text)}</w:hyperlink>")
    link.set(qn("r:id"), target)
    return link


def control(inside: str) -> Any:  # noqa: ANN401 - lxml elements of docx are untyped
    """Return a content control around paragraphs or runs."""
    return element(
        f'<w:sdt><w:sdtPr><w:alias w:val="Status"/><w:text/></w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>'
    )


def text_box(texts: tuple[str, ...]) -> Any:  # noqa: ANN401 - lxml elements of docx are untyped
    """Return a run with a text box: once as a drawing and once more as the fallback of old versions."""
    content = "".join(f"<w:p>{run(text)}</w:p>" for text in texts)
    return element(
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:txbx>'
        f"<w:txbxContent>{content}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor>"
        "</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"<w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def note_mark(number: int, kind: str) -> Any:  # noqa: ANN401 - lxml elements of docx are untyped
    """Return the mark of a note in a sentence; kind is "footnote" or "endnote"."""
    return element(f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:{kind}Reference w:id="{number}"/></w:r>')


def add_notes(document: Document, notes: list[str], kind: str) -> None:
    """Add the part that holds the notes, ids from 1, behind the two separators that Word always writes."""
    body = "".join(
        f'<w:{kind} w:id="{number}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:{kind}Ref/></w:r>'
        f"{run(' ' + text)}</w:p></w:{kind}>"
        for number, text in enumerate(notes, start=1)
    )
    separators = (
        f'<w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
        f'<w:{kind} w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:{kind}>'
    )
    root = element(f"<w:{kind}s>{separators}{body}</w:{kind}s>")
    blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    name, relation = PackURI(f"/word/{kind}s.xml"), f"{RELATIONSHIP_TYPE.FOOTNOTES.rsplit('/', 1)[0]}/{kind}s"
    part = Part(name, f"{WORDS}.{kind}s+xml", blob, document.part.package)
    document.part.relate_to(part, relation)


def contents(entries: list[tuple[str, int, int]], style: str) -> str:
    """Return the paragraphs of a table of contents as Word last worked them out; entries are (text, level, page)."""
    paragraphs = []
    for n, (text, level, page) in enumerate(entries):
        begin = (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \\o "1-3" \\h '
            '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        )
        properties = f'<w:pPr><w:pStyle w:val="{style}{level}"/></w:pPr>'
        words = f"{run(text)}<w:r><w:tab/></w:r>{run(str(page))}"
        paragraphs.append(
            f'<w:p>{properties}{"" if n else begin}<w:hyperlink w:anchor="_Toc{n}">{words}</w:hyperlink></w:p>'
        )
    return "".join(paragraphs) + '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
