"""表紙: what the report is, its facts, and the sheets with links."""

from partner.documents.blocks import Cover, Section
from partner.documents.charts.frame import BLUE_900, GRAY_700
from partner.documents.excel.book import Book
from partner.documents.excel.ink import Ink, Line
from partner.documents.excel.looks import HAIR, MEDIUM, Look, rule
from partner.documents.excel.measure import lines, mm
from partner.documents.excel.pen import Pen
from partner.documents.excel.prose import broken
from partner.documents.links import sections_of

WIDTHS = (mm(6), mm(46), mm(150), mm(18), mm(22), mm(94))
ROOM, FACTS = sum(WIDTHS) - WIDTHS[0] - 10, WIDTHS[2] - 10
NAME, VALUE, ITEM, TITLE = 1, 2, 4, 5


def write_cover(book: Book, cover: Cover, pen: Pen, sheets: dict[str, str]) -> None:
    """The cover on the first sheet; `sheets` gives each listed section (by number or title) its sheet."""
    for n, width in enumerate(WIDTHS):
        pen.sheet.set_column_pixels(n, n, width)
    for n, text in enumerate(cover.addressee):
        line = Line(TITLE, height=18)
        line.put(NAME, Ink(text, {"font_size": 11}))
        beside = (cover.document_number, cover.date_text)
        line.put(TITLE, Ink(beside[n] if n < len(beside) else None, {"align": "right", "font_color": GRAY_700}))
        pen.write(line)
    for text in (cover.document_number, cover.date_text)[len(cover.addressee) :]:
        pen.write(_right(text))
    pen.skip(34)
    _title(pen, cover)
    _facts(book, pen, cover, sheets)
    if cover.note:
        pen.skip(12)
        _write(pen, cover.note, {"font_size": 9, "font_color": GRAY_700}, 16)
    pen.sheet.print_area(0, 0, pen.row - 1, TITLE)
    pen.sheet.fit_to_pages(1, 1)
    if not book.document.draft:
        pen.sheet.set_header("")
    pen.sheet.set_footer("")


def _right(text: str) -> Line:
    line = Line(TITLE, height=18)
    line.put(TITLE, Ink(text, {"align": "right", "font_color": GRAY_700}))
    return line


def _write(pen: Pen, text: str, look: Look, tall: float) -> None:
    """A text over the whole width, in as many lines as it needs."""
    for piece in lines(text, ROOM, look["font_size"], bool(look.get("bold"))):
        line = Line(TITLE, height=tall)
        line.put(NAME, Ink(piece, look))
        pen.write(line)


def _title(pen: Pen, cover: Cover) -> None:
    _write(pen, cover.contract_title, {"font_size": 12, "font_color": GRAY_700}, 22)
    _write(pen, cover.title, {"font_size": 30, "bold": True}, 50)
    large: Look = {"font_size": 18, "bold": True, "font_color": BLUE_900}
    beside: Look = {"font_size": 11, "font_color": GRAY_700}
    for pieces in broken([(cover.period, large), (f"　{cover.period_beside}", beside)], ROOM, 18):
        line = Line(TITLE, height=30)
        line.put(NAME, Ink(pieces, {"font_size": 18}))
        pen.write(line)
    pen.skip(26)


def _facts(book: Book, pen: Pen, cover: Cover, sheets: dict[str, str]) -> None:
    """Facts at the left, the sheets at the right, line by line."""
    facts = [pair for name, texts in cover.facts for pair in _fact(name, texts)]
    listed = [section for _, section in sections_of(book.document) if section.listed]
    contents = [(s.number, s.title + (f"（{s.remark}）" if s.remark else ""), s.number or s.title) for s in listed]
    contents += [("", name, name) for name in sheets if name not in {s.number or s.title for s in _sections(book)}]
    for n in range(max(len(facts), len(contents))):
        line, top = Line(TITLE, height=21), rule("top", MEDIUM, BLUE_900) if n == 0 else {}
        if n < len(facts):
            name, value, ends = facts[n]
            hair = (HAIR if ends else {}) | top
            line.put(NAME, Ink(name, {"font_color": GRAY_700} | hair))
            line.put(VALUE, Ink(value, hair))
        if n < len(contents):
            number, title, key = contents[n]
            _entry(line, (number, title, sheets.get(key, "")), HAIR | top)
        pen.write(line)


def _sections(book: Book) -> list[Section]:
    return [section for _, section in sections_of(book.document)]


def _fact(name: str, texts: tuple[str, ...]) -> list[tuple[str, str, bool]]:
    parts = [part for text in texts for part in lines(text, FACTS)]
    return [(name if n == 0 else "", part, n == len(parts) - 1) for n, part in enumerate(parts)]


def _entry(line: Line, entry: tuple[str, str, str], hair: Look) -> None:
    number, title, sheet = entry
    link = "internal:'" + sheet.replace("'", "''") + "'!A1" if sheet else ""
    blue: Look = {"font_color": BLUE_900} if link else {}
    line.put(ITEM, Ink(number, {"bold": True, "font_color": BLUE_900} | hair, link if number else ""))
    line.put(TITLE, Ink(title, blue | hair, link))
