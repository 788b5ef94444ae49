"""The Word reader."""

import io
import re
import zipfile

import pytest
from docx import Document
from docx.document import Document as DocumentType
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.shared import Pt, RGBColor

from strategybot.reading.blocks import ParsedText, normalise
from strategybot.reading.word import parse_docx

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _bytes(document: DocumentType) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _seen(parsed: ParsedText) -> list[tuple[str, str]]:
    return [(block.kind, text) for block in parsed.blocks if (text := normalise(block.text))]


def _with_body(xml: str) -> bytes:
    """Return a document whose body is this XML; ``w:`` needs no declaration."""
    document = Document()
    for element in parse_xml(f"<w:body {W}>{xml}</w:body>"):
        document.element.body.insert(len(document.element.body) - 1, element)
    return _bytes(document)


def _read(xml: str) -> list[tuple[str, str]]:
    return _seen(parse_docx(_with_body(xml)))


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_headings_lists_and_paragraphs_are_told_apart_by_style() -> None:
    document = Document()
    document.add_heading("A plan", 0)
    document.add_heading("Aims", 1)
    document.add_paragraph("We will act.")
    document.add_paragraph("First", style="List Bullet")
    document.add_paragraph("Second", style="List Number")

    parsed = parse_docx(_bytes(document))

    assert _seen(parsed) == [
        ("heading", "A plan"),
        ("heading", "Aims"),
        ("paragraph", "We will act."),
        ("list-item", "First"),
        ("list-item", "Second"),
    ]
    assert parsed.metadata == {"title": "A plan"}


def test_a_style_based_on_a_heading_is_a_heading_of_its_level() -> None:
    document = Document()
    style = document.styles.add_style("Council Chapter", 1)
    style.base_style = document.styles["Heading 2"]
    document.add_paragraph("Chapter", style="Council Chapter")

    assert [(b.kind, b.level) for b in parse_docx(_bytes(document)).blocks] == [("heading", 2)]


def test_without_heading_styles_short_large_or_bold_paragraphs_are_headings() -> None:
    document = Document()
    for text, size, bold in [
        ("Warm homes", 24, True),
        ("Published: March 2021", 14, False),
        ("Why we act", 11, True),
        ("Many homes are cold, and people fall ill. " * 3, 11, False),
        ("Who may apply", 11, True),
        ("Anyone who rents.", 11, False),
    ]:
        run = document.add_paragraph().add_run(text)
        run.font.size, run.bold = Pt(size), bold

    parsed = parse_docx(_bytes(document))

    assert [(b.text, b.level) for b in parsed.blocks if b.kind == "heading"] == [
        ("Warm homes", 1),
        ("Why we act", 2),
        ("Who may apply", 2),
    ]
    assert parsed.metadata == {"title": "Warm homes", "published": "2021-03"}


def test_insertions_controls_and_links_are_read_and_deletions_are_not() -> None:
    inserted = f'<w:ins w:id="1" w:author="a">{_run("new ")}</w:ins>'
    deleted = '<w:del w:id="2" w:author="a"><w:r><w:delText>old </w:delText></w:r></w:del>'
    moved = f'<w:moveFrom w:id="3" w:author="a">{_run("gone ")}</w:moveFrom>'
    control = f"<w:sdt><w:sdtContent>{_run('chosen ')}</w:sdtContent></w:sdt>"
    link = f'<w:hyperlink w:anchor="x">{_run("linked ")}</w:hyperlink>'
    tag = f'<w:smartTag w:element="place">{_run("Leeds")}</w:smartTag>'

    assert _read(f"<w:p>{inserted}{deleted}{moved}{control}{link}{tag}</w:p>") == [
        ("paragraph", "new chosen linked Leeds")
    ]


def test_special_characters_are_written_as_people_read_them() -> None:
    words = "<w:t>long</w:t><w:noBreakHyphen/><w:t>term</w:t><w:softHyphen/><w:tab/><w:t>a</w:t><w:br/><w:t>b</w:t>"
    run = f"<w:r>{words}</w:r>"
    symbol = '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'

    assert _read(f"<w:p>{run}{symbol}</w:p>") == [("paragraph", "long-term a b✓")]


def test_field_results_are_read_and_their_codes_and_contents_lists_are_not() -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    def code(text: str) -> str:
        return f"<w:r><w:instrText>{text}</w:instrText></w:r>"

    first = mark("begin") + code("TOC 1-3") + mark("separate") + _run("Aims 3")
    contents = f"<w:p>{first}</w:p><w:p>{_run('Costs 4')}{mark('end')}</w:p>"
    inside = mark("begin") + code("REF a") + mark("separate") + _run("table 2") + mark("end")
    reference = f"<w:p>{_run('See ')}{inside}</w:p>"

    assert _read(contents + reference) == [("paragraph", "See table 2")]


def test_a_field_that_never_ends_does_not_swallow_the_document() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'

    assert _read(f"<w:p>{begin}</w:p><w:p>{_run('Words.')}</w:p>") == [("paragraph", "Words.")]


def test_contents_lists_typed_with_dots_are_left_out() -> None:
    lines = "".join(f"<w:p>{_run(f'Chapter {n} ........ {n}')}</w:p>" for n in range(1, 5))

    assert _read(f"<w:p>{_run('Contents')}</w:p>{lines}<w:p>{_run('We paid £1 in 2019.')}</w:p>") == [
        ("paragraph", "We paid £1 in 2019.")
    ]


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent><w:p>{_run('In a box.')}</w:p></w:txbxContent>"
    alternate = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )

    assert _read(f"<w:p>{_run('Before.')}<w:r>{alternate}</w:r></w:p>") == [
        ("paragraph", "Before."),
        ("paragraph", "In a box."),
    ]


def test_table_rows_have_their_headers_and_merged_cells() -> None:
    document = Document()
    table = document.add_table(3, 3)
    for n, text in enumerate(["Area", "Year", "Grant", "North", "2019", "£1", "", "2020", "£2"]):
        table.cell(n // 3, n % 3).text = text
    table.cell(1, 0).merge(table.cell(2, 0))

    assert _seen(parse_docx(_bytes(document))) == [
        ("table-row", "Area: North; Year: 2019; Grant: £1"),
        ("table-row", "Area: North; Year: 2020; Grant: £2"),
    ]


def test_headers_of_two_rows_are_put_together() -> None:
    document = Document()
    table = document.add_table(3, 3)
    for n, text in enumerate(["Area", "Grant", "", "", "Asked", "Paid", "North", "£2", "£1"]):
        table.cell(n // 3, n % 3).text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 0).merge(table.cell(1, 0))
    for row in table.rows[:2]:
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {W}/>"))

    assert _seen(parse_docx(_bytes(document))) == [("table-row", "Area: North; Grant Asked: £2; Grant Paid: £1")]


def test_a_table_of_numbers_has_no_header_and_one_cell_is_a_paragraph() -> None:
    document = Document()
    table = document.add_table(2, 2)
    for n, cell in enumerate(["1", "2", "3", "4"]):
        table.cell(n // 2, n % 2).text = cell
    document.add_table(1, 1).cell(0, 0).text = "A note in a frame."

    assert _seen(parse_docx(_bytes(document))) == [
        ("table-row", "1; 2"),
        ("table-row", "3; 4"),
        ("paragraph", "A note in a frame."),
    ]


def test_a_footnote_follows_the_paragraph_that_refers_to_it() -> None:
    body = '<w:p><w:r><w:t>We pay.</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    notes = (
        f'<w:footnotes {W}><w:footnote w:type="separator" w:id="0"><w:p>{_run("no")}</w:p></w:footnote>'
        f'<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>{_run(" From March.")}</w:p></w:footnote></w:footnotes>'
    )
    link = '<Relationship Id="rId99" Type="http://x/relationships/footnotes" Target="footnotes.xml"/></Relationships>'
    data = _changed(
        _with_body(body + f"<w:p>{_run('Next.')}</w:p>"),
        {"word/_rels/document.xml.rels": ("</Relationships>", link)},
        {"word/footnotes.xml": notes},
    )

    assert _seen(parse_docx(data)) == [("paragraph", "We pay."), ("footnote", "From March."), ("paragraph", "Next.")]


def _changed(data: bytes, replaced: dict[str, tuple[str, str]], added: dict[str, str]) -> bytes:
    """Return the file with a text replaced in some parts and other parts added."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            old, new = replaced.get(name, ("", ""))
            text = source.read(name)
            archive.writestr(name, text.replace(old.encode(), new.encode()) if old else text)
        for name, content in added.items():
            archive.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize("how", ["vanish", "white", "tiny"])
def test_hidden_words_are_remarked_and_not_read(how: str) -> None:
    document = Document()
    paragraph = document.add_paragraph("Seen.")
    run = paragraph.add_run(" Not seen.")
    if how == "vanish":
        run.font.hidden = True
    elif how == "white":
        run.font.color.rgb = RGBColor(255, 255, 255)
    else:
        run.font.size = Pt(1)

    parsed = parse_docx(_bytes(document))

    assert _seen(parsed) == [("paragraph", "Seen.")]
    assert [(remark.kind, remark.text) for remark in parsed.remarks] == [("hidden-text", "Not seen.")]


def test_white_words_on_a_dark_cell_are_read() -> None:
    cell = (
        '<w:tc><w:tcPr><w:shd w:val="clear" w:fill="1F4E79"/></w:tcPr>'
        '<w:p><w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>{}</w:t></w:r></w:p></w:tc>'
    )
    plain = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    head = f"<w:tr>{cell.format('Area')}{cell.format('Grant')}</w:tr>"
    rows = head + f"<w:tr>{plain.format('North')}{plain.format('£1')}</w:tr>"

    assert _read(f"<w:tbl>{rows}</w:tbl>") == [("table-row", "Area: North; Grant: £1")]


def test_pages_are_counted_by_breaks() -> None:
    document = Document()
    document.add_paragraph("One.")
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("Two.")

    assert [(b.text, b.page) for b in parse_docx(_bytes(document)).blocks if b.text.strip()] == [
        ("One.", 1),
        ("Two.", 2),
    ]


def test_without_breaks_no_page_is_given() -> None:
    document = Document()
    document.add_paragraph("One.")

    assert [block.page for block in parse_docx(_bytes(document)).blocks] == [None]


def test_the_strict_form_of_the_format_is_read() -> None:
    data = _with_body(f"<w:p>{_run('Strict words.')}</w:p>")
    transitional, strict = (
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )

    assert _seen(parse_docx(_changed(data, {"word/document.xml": (transitional, strict)}, {}))) == [
        ("paragraph", "Strict words.")
    ]


def test_entities_in_a_document_are_not_resolved() -> None:
    data = _with_body(f"<w:p>{_run('Words MARK.')}</w:p>")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        head = re.match(r"<\?xml[^>]*\?>", archive.read("word/document.xml").decode())
    assert head
    declared = f'{head[0]}<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    changed = _changed(
        _changed(data, {"word/document.xml": (head[0], declared)}, {}), {"word/document.xml": ("MARK", "&x;")}, {}
    )

    assert "root:" not in str(parse_docx(changed).blocks)


def test_the_words_of_a_diagram_are_list_items() -> None:
    space = 'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
    relations = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    mark = f'<dgm:relIds {space} {relations} r:dm="rId98"/>'
    drawing = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    text = f"<dgm:pt><dgm:t><a:p {drawing}><a:r><a:t>{{}}</a:t></a:r></a:p></dgm:t></dgm:pt>"
    link = '<Relationship Id="rId98" Type="http://x/diagramData" Target="diagrams/data1.xml"/></Relationships>'
    data = _changed(
        _with_body(f"<w:p><w:r><w:drawing>{mark}</w:drawing></w:r></w:p>"),
        {"word/_rels/document.xml.rels": ("</Relationships>", link)},
        {"word/diagrams/data1.xml": f"<dgm:dataModel {space}>{text.format('Plan')}{text.format('Do')}</dgm:dataModel>"},
    )

    assert _seen(parse_docx(data)) == [("list-item", "Plan"), ("list-item", "Do")]
