"""The columns that all tables of a sheet share, and where each column of a table stands among them."""

from dataclasses import dataclass

from partner.documents.excel.measure import mm, width
from partner.documents.shape import TableShape
from partner.documents.tables import Cell, Row, Table

AIR = 14.0  # beside the text of a cell
STRETCH = 1.6  # a landscape sheet has room that the portrait page has not
NUMBERS, SIGNS, MARKS = mm(9), mm(6), mm(4.5)
LEAST_LABEL, MOST_LABEL, LONG_LABEL = mm(30), mm(90), mm(130)
LEAST_FILLER = 8  # what is left at the right keeps all sheets equally wide, so that all print at one scale
MOST_MARKED = 13  # beyond so many numbers, only columns with a mark keep room for it


@dataclass(slots=True)
class Slot:
    """A place for one column of the sheet's tables: its width, and whether marks have a column beside it."""

    width: float
    least: float
    numeric: bool = False
    marked: bool = False
    longest: float = 0  # what its longest text would take in one line


@dataclass(frozen=True, slots=True)
class Want:
    """What a table's column needs: `width` as on paper, `least` for its texts; numbers never take two slots."""

    width: float
    least: float
    numeric: bool
    marked: bool
    longest: float = 0


Span = tuple[int, int]


def wants(table: Table, room: float) -> list[Want]:
    """The needs of every column; those without a width share what is left of the room."""
    found = [_want(table, n) for n in range(len(table.columns))]
    open_ones = [n for n, column in enumerate(table.columns) if not column.width and column.kind != "number"]
    rest = room - sum(want.width for n, want in enumerate(found) if n not in open_ones)
    shares = sum(table.columns[n].share for n in open_ones) or 1
    for n in open_ones:
        given = max(rest * table.columns[n].share / shares, mm(24))
        found[n] = Want(given, min(found[n].least, given), False, False, found[n].longest)
    return found


def _want(table: Table, n: int) -> Want:
    column = table.columns[n]
    texts = [(row.label, row.strong) for row in table.rows if isinstance(row, Row)] if n == 0 else _texts(table, n)
    size = 8.5 if column.kind == "number" else 10
    head = width(f"{column.heading} {column.letter}" if column.group else column.heading, 10, column.tint)
    indent = 22 if n == 0 else 0
    least = max([head, *(width(text, 10, strong) + indent for text, strong in texts), width("00", size)]) + AIR
    given = column.width * mm(1000) / 1000 * STRETCH
    if column.kind != "number":
        return Want(given, min(least, given or MOST_LABEL), False, False, least)
    marked = any(cell.mark for cell in _cells(table, n))
    return Want(max(given, min(least, mm(60))), min(least, mm(60)), True, marked)


def _cells(table: Table, n: int) -> list[Cell]:
    cells = [row.cells[n - 1] for row in table.rows if isinstance(row, Row)] if n else []
    return [cell for cell in cells if cell is not None]


def _texts(table: Table, n: int) -> list[tuple[str, bool]]:
    """What a column prints, and whether it is bold, which takes more room."""
    rows = [(row, row.cells[n - 1]) for row in table.rows if isinstance(row, Row)]
    bold = table.columns[n].strong
    return [(c.text or c.bar_note, c.strong or row.strong or bold) for row, c in rows if c is not None]


class Grid:
    """The shared columns of a sheet: row numbers, signs, the label, then each slot with its mark."""

    def __init__(self, tables: list[Table], room: float) -> None:
        self.signed = any(TableShape(table).signed for table in tables)
        self._lead = [NUMBERS, SIGNS] if self.signed else [NUMBERS]
        self.slots: list[Slot] = []
        self._spans: dict[int, list[Span]] = {}
        needs = [wants(table, room - sum(self._lead)) for table in tables]
        for n in sorted(range(len(tables)), key=lambda n: -len(tables[n].columns)):
            self._spans[n] = [self._place(want) for want in self._starting(needs[n])]
        self._give_marks()
        self._filler = 0
        self._fit(room)
        rest = round(room) - sum(self.widths())
        self._filler = rest if rest > LEAST_FILLER else 0

    def spans(self, n: int) -> list[Span]:
        """First and last slot of each column of the n-th table."""
        return self._spans[n]

    def _starting(self, needs: list[Want]) -> list[Want]:
        self._at = 0
        return needs

    def _place(self, want: Want) -> Span:
        first = self._at
        if first == len(self.slots):
            self.slots.append(Slot(want.width, want.least, want.numeric))
        last = first
        if want.numeric or first == 0:
            self._widen(self.slots[first], want)
        self.slots[first].longest = max(self.slots[first].longest, want.longest)
        while not want.numeric and self._width(first, last) < want.least and first:
            last += 1
            if last == len(self.slots):
                self.slots.append(Slot(0, 0))
                missing = max(want.least, min(want.width, want.least * 1.2)) - self._width(first, last - 1)
                self.slots[last] = Slot(missing, missing)
        self._at = last + 1
        return first, last

    def _widen(self, slot: Slot, want: Want) -> None:
        slot.width, slot.least = max(slot.width, want.width), max(slot.least, want.least)
        slot.numeric, slot.marked = slot.numeric or want.numeric, slot.marked or want.marked

    def _width(self, first: int, last: int) -> float:
        return sum(slot.width + (MARKS if slot.numeric else 0) for slot in self.slots[first : last + 1])

    def _give_marks(self) -> None:
        numeric = [slot for slot in self.slots if slot.numeric]
        for slot in numeric:
            slot.marked = slot.marked or len(numeric) <= MOST_MARKED

    def _fit(self, room: float) -> None:
        """The label takes what is left, up to a length that the eye still crosses; texts take the rest."""
        if not self.slots:
            self.slots.append(Slot(MOST_LABEL, LEAST_LABEL))
        label, others = self.slots[0], self.slots[1:]
        rest = room - sum(self._lead) - sum(slot.width + MARKS * slot.marked for slot in others)
        numeric = [slot for slot in others if slot.numeric]
        if numeric:
            most = max(MOST_LABEL, label.least, min(label.longest, LONG_LABEL))
            label.width = min(label.width, max(rest, label.least, LEAST_LABEL), most)
        over = label.width - rest
        if over > 0:
            _shrink(others, over)
        texts = [slot for slot in others if not slot.numeric and slot.width > slot.least * 0.6]
        for slot in texts if over < 0 else ():
            slot.width += min(-over / len(texts), max(slot.longest * 1.08 - slot.width, 0))

    def widths(self) -> list[int]:
        """The width of every column of the sheet, in pixels."""
        found = [round(width) for width in self._lead]
        for slot in self.slots:
            found += [round(slot.width), MARKS] if slot.marked else [round(slot.width)]
        return [*found, self._filler] if self._filler else found

    def reach(self, n: int) -> int:
        """How far it is from the left edge to the end of the n-th slot."""
        return sum(self.widths()[: self.end(n) + 1])

    def column(self, n: int) -> int:
        """The column of the n-th slot."""
        return len(self._lead) + n + sum(slot.marked for slot in self.slots[:n])

    def mark(self, n: int) -> int | None:
        """The column of the n-th slot's marks."""
        return self.column(n) + 1 if self.slots[n].marked else None

    def end(self, n: int) -> int:
        """The last column of the n-th slot."""
        return self.column(n) + self.slots[n].marked


def _shrink(slots: list[Slot], over: float) -> None:
    """The widths give way down to what their texts need, each by the same share."""
    give = sum(max(slot.width - slot.least, 0) for slot in slots)
    for slot in slots:
        slot.width -= max(slot.width - slot.least, 0) * (min(1.0, over / give) if give else 0)
