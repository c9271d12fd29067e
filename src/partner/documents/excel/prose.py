"""Running text as lines of cells: broken by width, each line in the first column, flowing over the empty ones."""

import re

from partner.documents.blocks import Run, Runs
from partner.documents.charts.frame import ORANGE_900
from partner.documents.excel.ink import Ink, Line, Pieces
from partner.documents.excel.looks import MARK, QUIET, SMALL, Look
from partner.documents.excel.measure import TEXT, height, lines, width
from partner.documents.excel.pen import Pen
from partner.documents.links import outside

_BULLET, _HANGING = "・", "　"


def pieces_of(runs: Runs, look: Look) -> list[tuple[str, Look]]:
    """Runs with their emphasis; a cell number follows its text small and grey."""
    found: list[tuple[str, Look]] = []
    for run in runs:
        bold: Look = {"bold": True} if run.bold or run.attention else {}
        attention: Look = {"font_color": ORANGE_900} if run.attention else {}
        found.append((run.text, look | bold | attention))
        if run.number:
            found.append((f" {run.number}", look | QUIET))
    return found


def broken(pieces: list[tuple[str, Look]], room: float, size: float = TEXT) -> list[Pieces]:
    """The pieces cut into lines of that room."""
    text = "".join(part for part, _ in pieces)
    bold = all(look.get("bold") for part, look in pieces if part)
    found, at = [], 0
    for line in lines(text, room * 0.97, size, bold):
        found.append(_between(pieces, at, at + len(line)))
        at += len(line)
        at += text[at : at + 1] == "\n"
    return found


def _between(pieces: list[tuple[str, Look]], start: int, end: int) -> Pieces:
    found, at = [], 0
    for text, look in pieces:
        part = text[max(start - at, 0) : max(end - at, 0)]
        at += len(text)
        if part:
            found.append((part, look))
    return tuple(found)


def write_lines(
    pen: Pen, rows: list[Pieces], *, column: int = 0, last: int = 0, look: Look | None = None, link: str = ""
) -> None:
    """One row for each line."""
    for pieces in rows:
        size = max([part.get("font_size", TEXT) for _, part in pieces] + [TEXT * 0.8])
        line = Line(max(last, column), look, height(1, size))
        line.put(column, Ink(pieces, {"font_size": size}, link))
        pen.write(line)


def write_runs(pen: Pen, runs: Runs, room: float, look: Look | None = None) -> None:
    """Running text over the whole width."""
    base = look or {}
    link = next((outside(run.link) for run in runs if outside(run.link)), "")
    size = base.get("font_size", TEXT)
    write_lines(pen, broken(pieces_of(runs, base), room, size), link=link)


def write_bullets(pen: Pen, entries: tuple[Runs, ...], room: float) -> None:
    """A list whose lines hang: each row begins behind the sign or the room for one."""
    for runs in entries:
        link = next((outside(run.link) for run in runs if outside(run.link)), "")
        parts = broken(pieces_of(runs, {}), room - width(_BULLET, TEXT))
        write_lines(pen, [((_BULLET if n == 0 else _HANGING, {}), *part) for n, part in enumerate(parts)], link=link)


def write_text(pen: Pen, text: str, room: float, look: Look | None = None) -> None:
    """A text of one look over the whole width."""
    write_runs(pen, (Run(text),), room, look)


def write_note(pen: Pen, text: str, room: float) -> None:
    """A note below a table; a mark that it explains (訂：, 欠は、) looks like the mark."""
    parts = re.split("([訂速欠前])(?=：|は、)", text)
    blue: Look = {name: MARK[name] for name in ("bold", "font_color")}
    pieces = [(part, SMALL | (blue if n % 2 else {})) for n, part in enumerate(parts)]
    write_lines(pen, broken(pieces, room, SMALL["font_size"]))
