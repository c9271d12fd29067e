"""The blocks of running text: headings, plans, findings, boxes, names with values."""

from partner.documents.annexes import told
from partner.documents.blocks import (
    Blockers,
    Bullets,
    Entry,
    Finding,
    Heading,
    KeyValues,
    Milestones,
    NoteBox,
    Original,
    Paragraph,
    Picture,
    Pictures,
    Plans,
    Requests,
    Run,
    Runs,
    Section,
    plain,
)
from partner.documents.charts.frame import BLUE_900, GRAY_600, ORANGE_900
from partner.documents.excel.grid import Grid
from partner.documents.excel.ink import Ink, Line, Pieces
from partner.documents.excel.looks import MEDIUM, QUIET, Look, rule
from partner.documents.excel.measure import height, width
from partner.documents.excel.pen import Pen
from partner.documents.excel.prose import broken, pieces_of, write_bullets, write_lines, write_runs, write_text

HEADING: Look = {"font_size": 14, "bold": True}
Text = (
    Heading | Paragraph | Bullets | Finding | Plans | Blockers | Milestones | Requests | KeyValues | NoteBox
    | Picture | Pictures | Original
)  # fmt: skip


def write_section(pen: Pen, section: Section, grid: Grid, room: float, first: bool) -> None:
    """The heading with its rule and its place in the source, and the message."""
    if not first:
        pen.skip(10)
        pen.keep(90)
    last = len(grid.widths()) - 1
    number = f"{section.number}　" if section.number else ""
    pieces: list[tuple[str, Look]] = [(number, {"font_color": BLUE_900}), (section.title, {})]
    texts = broken([(text, HEADING | look) for text, look in pieces], room - width(section.source, 8) - 30, 14)
    for n, part in enumerate(texts, 1):
        line = Line(last, HEADING, height=26)
        line.put(0, Ink(part))
        if n == len(texts):
            line.look = HEADING | rule("bottom", MEDIUM, BLUE_900)
            line.put(last, Ink(section.source, QUIET | {"bold": False, "align": "right", "valign": "bottom"}))
        pen.write(line)
    pen.skip(5)
    if section.message:
        look: Look = {"font_size": 11} | ({"bold": True} if section.lead else {})
        write_runs(pen, section.message, room, look)
        pen.skip(7)


def write_part(pen: Pen, block: Text, grid: Grid, room: float, words: dict[str, str]) -> None:
    """One block of text, with air below it. Of a photograph stands what it shows, of an original what it is."""
    match block:
        case Heading():
            heading(pen, block.text, room)
            return
        case Paragraph():
            write_runs(pen, block.runs, room)
        case Finding():
            write_text(pen, block.head, room, {"bold": True})
            write_runs(pen, block.runs, room)
        case NoteBox():
            title: Runs = (Run(block.title + "　", bold=True),) if block.title else ()
            write_runs(pen, title + block.runs, room, {"font_size": 9.5})
        case Bullets():
            write_bullets(pen, block.entries, room)
        case Picture():
            _photographs(pen, (block,), room, words)
        case Pictures():
            _photographs(pen, block.entries, room, words)
        case Original():
            _pairs(pen, told(block, words).entries, grid, room)
        case Requests():
            heading(pen, block.title, room, BLUE_900)
            _pairs(pen, tuple((str(n), plain(text)) for n, text in enumerate(block.entries, 1)), grid, room)
        case KeyValues():
            _pairs(pen, block.entries, grid, room)
        case Plans() | Milestones() | Blockers():
            heading(pen, block.title, room, ORANGE_900 if isinstance(block, Blockers) else None)
            _pairs(pen, tuple(map(_pair, block.entries)), grid, room)
    pen.skip(7)


def _photographs(pen: Pen, pictures: tuple[Picture, ...], room: float, words: dict[str, str]) -> None:
    """Nothing floats over the cells: a sheet with pictures in it can neither be sorted nor read by a machine."""
    for picture in pictures:
        name: Runs = (Run(f"［{words['picture']}］", bold=True),)
        write_runs(pen, (*name, Run("　".join(filter(None, (picture.caption, picture.alt))))), room)


def heading(pen: Pen, text: str, room: float, colour: str | None = None) -> None:
    """A small heading; it stays with what follows."""
    pen.keep(60)
    if not text:
        return
    look: Look = {"font_size": 11, "bold": True} | ({"font_color": colour} if colour else {})
    write_text(pen, text, room, look)
    pen.skip(3)


def _pair(entry: Entry) -> tuple[str, Runs]:
    return entry.when, plain(entry.text)


def _pairs(pen: Pen, entries: tuple[tuple[str, Runs], ...], grid: Grid, room: float) -> None:
    """When or what at the left, the text in the first column that begins beyond all of those."""
    widths = grid.widths()
    longest = min(max([width(when, 10, True) for when, _ in entries] + [20]) + 14, room * 0.4)
    column, offset = 0, 0.0
    while offset < longest and column < len(widths) - 1:
        offset += widths[column]
        column += 1
    if offset < longest:  # one wide column alone: the text goes below
        column, offset = 0, 0.0
    for when, runs in entries:
        _entry(pen, when, broken(pieces_of(runs, {}), room - offset), column, offset)


def _entry(pen: Pen, when: str, texts: list[Pieces], column: int, offset: float) -> None:
    names = broken([(when, {"bold": True})], offset or 4000)
    if not column:
        write_lines(pen, names + texts)
        return
    for n in range(max(len(names), len(texts))):
        line = Line(column, height=height(1))
        if n < len(names):
            line.put(0, Ink(names[n]))
        if n < len(texts):
            line.put(column, Ink(texts[n], {"font_color": GRAY_600} if not texts[n] else {}))
        pen.write(line)
