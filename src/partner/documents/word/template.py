"""Makes report.docx, the template that ships with the product: `python -m partner.documents.word.template`.

People open it in Word, change styles, cover, header and footer, and keep the placeholders.
"""

from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from partner.documents.word.archive import fixed
from partner.documents.word.styles import HEADINGS, INK, LATER, LINE, LOOKS, TABLE, Look

PLACE = Path(__file__).with_name("report.docx")
LATIN, ASIAN = "Yu Gothic", "游ゴシック"
_ALIGN = {"right": WD_ALIGN_PARAGRAPH.RIGHT, "center": WD_ALIGN_PARAGRAPH.CENTER}


def make() -> bytes:
    """The template's bytes: the same every time."""
    document: Any = Document()
    _page(document.sections[0])
    _defaults(document)
    for look in LOOKS:
        _style(document, look)
    _headings(document)
    _table_style(document)
    _cover(document)
    document.add_paragraph("{{ body }}", style="本文（報告書）")
    _running(document.sections[0])
    _fallbacks(document)
    saved = BytesIO()
    document.save(saved)
    return fixed(saved.getvalue())


def complete(document: Any) -> None:
    """Gives a template that someone changed the styles that came later."""
    there = {style.style_id for style in document.styles}
    for look in LOOKS:
        if look.id in LATER and look.id not in there:
            _style(document, look)


def _page(section: Any) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(22), Mm(20)
    section.header_distance = section.footer_distance = Mm(10)
    section.different_first_page_header_footer = True


def _faces(element: Any) -> None:
    """Japanese and Latin faces in every slot, so that no theme face takes over."""
    properties = element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for slot, face in (("ascii", LATIN), ("hAnsi", LATIN), ("eastAsia", ASIAN), ("cs", LATIN)):
        fonts.set(qn(f"w:{slot}"), face)


def _defaults(document: Any) -> None:
    normal = document.styles["Normal"]
    _faces(normal.element)
    normal.font.size = Pt(10.5)
    for lang in document.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr/w:lang"):
        for slot in ("val", "eastAsia"):
            lang.set(qn(f"w:{slot}"), "ja-JP")


def _style(document: Any, look: Look) -> None:
    kind = WD_STYLE_TYPE.CHARACTER if look.kind == "character" else WD_STYLE_TYPE.PARAGRAPH
    style = document.styles.add_style(look.name, kind)
    style.element.set(qn("w:styleId"), look.id)
    if look.size:
        style.font.size = Pt(look.size)
    if look.bold:
        style.font.bold = True
    if look.colour:
        style.font.color.rgb = RGBColor.from_string(look.colour)
    if kind == WD_STYLE_TYPE.PARAGRAPH:
        style.base_style = document.styles["Normal"]
        _spacing(style.paragraph_format, look)
        _frame(style.element.get_or_add_pPr(), look)


def _spacing(form: Any, look: Look) -> None:
    form.space_before, form.space_after = Pt(look.before), Pt(look.after)
    form.line_spacing = look.line
    form.alignment = _ALIGN.get(look.align)
    form.keep_with_next = look.keep or None
    form.left_indent = Mm(look.left) if look.left else None
    if look.hanging:
        form.left_indent, form.first_line_indent = Pt(look.hanging), Pt(-look.hanging)


def _frame(properties: Any, look: Look) -> None:
    if look.rule:
        edge = f'<w:pBdr {nsdecls("w")}><w:left w:val="single" w:sz="18" w:space="8" w:color="{look.rule}"/></w:pBdr>'
        properties.insert_element_before(parse_xml(edge), "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")
    if look.fill:
        shade = f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{look.fill}"/>'
        properties.insert_element_before(parse_xml(shade), "w:tabs", "w:spacing", "w:ind", "w:jc")


def _headings(document: Any) -> None:
    for n, (size, before, after) in enumerate(HEADINGS.values(), 1):
        style = document.styles[f"Heading {n}"]
        _faces(style.element)
        style.font.size, style.font.bold, style.font.italic = Pt(size), True, False
        style.font.color.rgb = RGBColor.from_string(INK)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.keep_with_next = True


def _table_style(document: Any) -> None:
    line = f'w:val="single" w:sz="4" w:space="0" w:color="{LINE}"'
    strong = f'w:val="single" w:sz="8" w:space="0" w:color="{INK}"'
    room = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in (("top", 22), ("left", 40), ("bottom", 22), ("right", 40))
    )
    name = f'w:type="table" w:customStyle="1" w:styleId="{TABLE}"><w:name w:val="報告書の表"/><w:basedOn w:val="TableNormal"/>'
    borders = f"<w:tblBorders><w:top {strong}/><w:bottom {strong}/><w:insideH {line}/></w:tblBorders>"
    first = f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders><w:bottom {strong}/></w:tcBorders></w:tcPr></w:tblStylePr>'
    looks = f"<w:tblPr>{borders}<w:tblCellMar>{room}</w:tblCellMar></w:tblPr>"
    document.styles.element.append(parse_xml(f"<w:style {nsdecls('w')} {name}{looks}{first}</w:style>"))


def _cover(document: Any) -> None:
    def line(words: str, style: str = "表紙の行") -> Any:
        return document.add_paragraph(words, style=style)

    document._body.clear_content()
    line("{{ addressee }}")
    line("{{ number_line }}").alignment = WD_ALIGN_PARAGRAPH.RIGHT
    line("{{ contract_title }}").paragraph_format.space_before = Pt(70)
    line("{{ title }}", "表紙の題")
    line("{{ period }}　{{ period_beside }}", "表紙の期間")
    facts = document.add_table(rows=3, cols=2, style="報告書の表")
    facts.autofit = False
    for column, width in zip(facts.columns, (42, 128), strict=True):
        column.width = Mm(width)
    for row, words in zip(
        facts.rows,
        (("{%tr for name, words in facts %}", ""), ("{{ name }}", "{{ words }}"), ("{%tr endfor %}", "")),
        strict=True,
    ):
        for cell, text, width in zip(row.cells, words, (42, 128), strict=True):
            cell.width = Mm(width)
            cell.paragraphs[0].text = text
            cell.paragraphs[0].style = document.styles["表の文"]
    line("{{ note }}", "表の注").paragraph_format.space_before = Pt(24)


def _running(section: Any) -> None:
    for part, words in (
        (section.header, "{{ header_left }}\t{{ header_right }}"),
        (section.footer, "{{ footer_left }}\t{{ footer_right }}　"),
    ):
        part.is_linked_to_previous = False
        line = part.paragraphs[0]
        line.style = section.part.document.styles["柱"] if hasattr(section, "part") else line.style
        line.text = words
        line.paragraph_format.tab_stops.add_tab_stop(Mm(170), alignment=2)
    _page_number(section.footer.paragraphs[0])


def _page_number(line: Any) -> None:
    for code, after in (("PAGE", "／"), ("NUMPAGES", "")):
        simple = OxmlElement("w:fldSimple")
        simple.set(qn("w:instr"), code)
        shown = OxmlElement("w:r")
        shown.append(OxmlElement("w:t"))
        shown[0].text = "1"
        simple.append(shown)
        line._p.append(simple)
        if after:
            line.add_run(after)


def _fallbacks(document: Any) -> None:
    """Where the faces are missing, the older Japanese ones of every Office."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/fontTable"):
            kind = '<w:charset w:val="80"/><w:family w:val="modern"/><w:pitch w:val="variable"/>'
            faces = "".join(
                f'<w:font w:name="{face}"><w:altName w:val="{other}"/>{kind}</w:font>'
                for face, other in ((ASIAN, "ＭＳ ゴシック"), (LATIN, "MS Gothic"))
            )
            head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
            relation.target_part._blob = f"{head}<w:fonts {nsdecls('w')}>{faces}</w:fonts>".encode()


if __name__ == "__main__":
    PLACE.write_bytes(make())
