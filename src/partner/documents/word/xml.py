"""WordprocessingML as text: small pieces that are put together and read once."""

import re
from collections.abc import Iterable
from html import escape

_BREAKS = re.compile("(\n)")
_FIRST = re.compile(r'<w:p><w:pPr><w:pStyle w:val="\w+"/>(?!<w:keepNext/>)')
_SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
NAMES = " ".join(f'xmlns:{name}="{address}"' for name, address in _SPACES.items())
DXA = 1440 / 25.4  # twentieths of a point in a millimetre
EMU = 36000  # English metric units in a millimetre


def dxa(millimetres: float) -> int:
    """A length as Word writes it."""
    return round(millimetres * DXA)


def text(words: str) -> str:
    """Text with its line breaks."""
    found = []
    for piece in _BREAKS.split(words):
        if piece == "\n":
            found.append("<w:br/>")
        elif piece:
            found.append(f'<w:t xml:space="preserve">{escape(piece, quote=False)}</w:t>')
    return "".join(found)


def run(words: str, style: str = "", *, bold: bool = False, size: float = 0) -> str:
    """A run of text in a character style; `size` in points where it is not the style's."""
    if not words:
        return ""
    looks = (f'<w:rStyle w:val="{style}"/>' if style else "") + ("<w:b/>" if bold else "")
    looks += f'<w:sz w:val="{round(size * 2)}"/>' if size else ""
    return f"<w:r>{f'<w:rPr>{looks}</w:rPr>' if looks else ''}{text(words)}</w:r>"


def paragraph(inner: str, style: str = "", more: str = "") -> str:
    """A paragraph in a style; `more` are further properties, in the schema's order."""
    looks = (f'<w:pStyle w:val="{style}"/>' if style else "") + more
    return f"<w:p>{f'<w:pPr>{looks}</w:pPr>' if looks else ''}{inner}</w:p>"


def field(code: str, shown: str, *, dirty: bool = False) -> str:
    """A field with what it shows until Word counts it."""
    mark = ' w:dirty="true"' if dirty else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"{mark}/></w:r><w:r><w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{shown}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def table(rows: Iterable[str], widths: list[float], style: str, alt: str, *, fixed: bool = True) -> str:
    """A table of columns in millimetres; `alt` is read out in its place."""
    grid = "".join(f'<w:gridCol w:w="{dxa(width)}"/>' for width in widths)
    kind = '<w:tblLayout w:type="fixed"/>' if fixed else ""
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{dxa(sum(widths))}" w:type="dxa"/>{kind}'
        f'<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{escape(alt)}"/><w:tblDescription w:val="{escape(alt)}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def row(cells: Iterable[str], *, head: bool = False) -> str:
    """A row that does not break over pages; a head is repeated on each."""
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{''.join(cells)}</w:tr>"


def together(rows: list[str]) -> list[str]:
    """The same rows on one page: Word looks at the first paragraph of each."""
    return [_FIRST.sub(lambda found: found[0] + "<w:keepNext/>", one, count=1) for one in rows[:-1]] + rows[-1:]


def cell(inner: str, width: float, *, span: int = 1, fill: str = "", down: str = "", top: bool = False) -> str:
    """A cell; `inner` are its paragraphs, `down` is `restart` or `continue` where cells hang together downward."""
    looks = f'<w:tcW w:w="{dxa(width)}" w:type="dxa"/>' + (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "")
    looks += f'<w:vMerge w:val="{down}"/>' if down else ""
    looks += '<w:tcBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="1A1A1A"/></w:tcBorders>' if top else ""
    looks += f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    return f"<w:tc><w:tcPr>{looks}</w:tcPr>{inner or '<w:p/>'}</w:tc>"
