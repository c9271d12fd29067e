"""A table in Word: repeated head, rows that do not break, every cell with its mark, state, address and bar."""

from partner.documents.blocks import Cell, Column, GroupRow, Row, Table
from partner.documents.charts import draw_cell, draw_head
from partner.documents.charts.frame import MM
from partner.documents.crowded import refitted, setting_of
from partner.documents.heads import HeadCell, head_rows
from partner.documents.paper import room_of
from partner.documents.shape import TableShape
from partner.documents.word import styles
from partner.documents.word.links import Marks
from partner.documents.word.pictures import Pictures
from partner.documents.word.widths import NUMBER, PORTRAIT, grid_of, lower_heads, widths_of
from partner.documents.word.xml import cell, dxa, paragraph, row, run, table, together

_TINT, _GROUP, _BAR = "EEF4FF", "F2F2F2", "0031D8"
_QUIET = ("not_applicable", "not_computed", "no_target", "none")
_CHANGES = ("+", "−", "±")
_FEW, _LEAST = 4, 4.5  # characters; points
_LEAST_WORDS = 6.0
_SIDES = 2.2  # mm left and right of what a cell holds


class TableWriter:
    """Writes tables of one document."""

    def __init__(self, marks: Marks, pictures: Pictures, words: dict[str, str]) -> None:
        self._marks, self._pictures, self._words = marks, pictures, words
        self._size = 0.0  # points, of the letters of a crowded table; 0 is the style's

    def write(self, drawn: Table, width: float) -> str:
        """Title, table and notes."""
        shape = TableShape(drawn)
        if shape.crowded:
            setting = setting_of(drawn, shape, width)
            drawn, self._size = refitted(drawn, setting), round(setting.size * 2 - 0.5) / 2
            shape = TableShape(drawn)
        else:
            self._size = 0.0
        widths = widths_of(drawn, shape, width)
        rows = [*self._head(shape, widths), *self._body(drawn, shape, widths)]
        if shape.short(room_of(width > PORTRAIT)[1] * MM):
            rows = together(rows)
        return "".join(
            (
                self._title(drawn, width),
                self._lead(drawn),
                table(rows, grid_of(drawn, widths), styles.TABLE, drawn.alt),
                self._notes(drawn),
            )
        )

    def _title(self, drawn: Table, width: float) -> str:
        if not (drawn.number or drawn.title):
            return ""  # a paragraph stands between any two tables
        inner = run(f"{self._words['table']}{drawn.number} ", "PCQuiet") if drawn.number else ""
        inner += run(drawn.title) + (run(f"　〔{drawn.chip}〕", "PCAttention") if drawn.chip else "")
        beside = [run(self._words["unit"] + drawn.unit, "PCQuiet")] if drawn.unit else []
        if drawn.definitions:
            links = [self._marks.inside("d", name, run(name, "PCLink")) for name in drawn.definitions]
            beside.append(
                run(self._words["definition"] + " ", "PCQuiet") + run(self._words["comma"], "PCQuiet").join(links)
            )
        stop = f'<w:tabs><w:tab w:val="right" w:pos="{dxa(width)}"/></w:tabs>'
        return paragraph(
            inner + ("<w:r><w:tab/></w:r>" + run("　", "PCQuiet").join(beside) if beside else ""), "PCTableTitle", stop
        )

    def _lead(self, drawn: Table) -> str:
        return paragraph(run(drawn.lead), "PCNote", "<w:keepNext/>") if drawn.lead else ""

    def _notes(self, drawn: Table) -> str:
        return "".join(paragraph(run(note), "PCNote") for note in drawn.notes) or paragraph("", "PCNote")

    def _head(self, shape: TableShape, widths: list[float]) -> list[str]:
        rows = head_rows(shape)
        at, found = 0, []
        spanning: list[tuple[int, HeadCell]] = []
        for n, heads in enumerate(rows):
            cells, at = [], 0
            for head in heads if n == 0 else lower_heads(rows, shape):
                span, extra = (head.columns if head else 1), 0.0
                first = at == 0
                wide = sum(widths[at : at + span]) + extra
                cells.append(self._head_cell(head, wide, span + (shape.numbered if first else 0), n, len(rows)))
                spanning.append((at, head))
                at += span
            found.append(row(cells, head=True))
        return found

    def _head_cell(self, head: HeadCell, width: float, span: int, n: int, rows: int) -> str:
        down = "" if head.rows < 2 or rows < 2 else "restart" if n == 0 else "continue"
        if down == "continue":
            return cell(paragraph("", "PCHead"), width, span=span, down=down, fill=_TINT if head.tint else "")
        column = head.column
        right = (
            '<w:jc w:val="right"/>'
            if column and column.kind == "number" and not column.bar
            else '<w:jc w:val="center"/>'
            if head.group
            else ""
        )
        if column and column.head_drawing:
            picture = draw_head(column.head_drawing, (column.width or 20) * MM - 8, 6.0)
            inner = self._pictures.take(picture.svg, picture.width, picture.alt)
        else:
            letter = ("\n" if head.stacked else " ") + head.letter
            inner = run(head.text, "PCStrong" if head.tint else "", size=self._size) + (
                run(letter, "PCState") if head.letter else ""
            )
        return cell(paragraph(inner, "PCHead", right), width, span=span, down=down, fill=_TINT if head.tint else "")

    def _body(self, drawn: Table, shape: TableShape, widths: list[float]) -> list[str]:
        found = []
        left = [0] * len(drawn.columns)  # rows that a cell above still spans
        places = shape.places
        for one in drawn.rows:
            if isinstance(one, GroupRow):
                whole = cell(
                    paragraph(run(one.label), "PCGroup", "<w:keepNext/>"), sum(widths), span=places, fill=_GROUP
                )
                found.append(row([whole]))
            else:
                found.append(self._row(drawn, shape, one, widths, left))
        return found

    def _row(self, drawn: Table, shape: TableShape, one: Row, widths: list[float], left: list[int]) -> str:
        total = one.strong and not one.outside
        cells = [self._number(one, total)] if shape.numbered else []
        cells.append(self._label(one, shape, widths[0] - NUMBER * shape.numbered, total))
        at = 1
        for n, value in enumerate(one.cells, 1):
            column = drawn.columns[n]
            down = (
                "restart" if value is not None and value.rows > 1 else "continue" if value is None and left[n] else ""
            )
            left[n] = value.rows - 1 if value is not None else max(0, left[n] - 1)
            cells.append(self._cell(value or Cell(), column, one, widths[at], down, total))
            at += 1
            if column.bar:
                cells.append(self._bar(value or Cell(), one, widths[at], total))
                at += 1
        return row(cells)

    def _number(self, one: Row, total: bool) -> str:
        return cell(
            paragraph(run(one.number, "PCQuiet", size=self._size and _LEAST_WORDS), "PCLabel"), NUMBER, top=total
        )

    def _label(self, one: Row, shape: TableShape, width: float, total: bool) -> str:
        sign = (one.sign or "　") + " " if shape.signed and (one.indent or not one.outside) else ""
        inner = self._marks.place(
            "d", one.anchor, run(sign + one.label, "PCStrong" if one.strong or one.anchor else "", size=self._size)
        )
        more = '<w:ind w:left="227"/>' if one.indent else ""
        return cell(paragraph(inner, "PCLabel", more), width, top=total)

    def _cell(self, value: Cell, column: Column, one: Row, width: float, down: str, total: bool) -> str:
        if value.drawing is not None:
            picture = draw_cell(value.drawing, width * MM - 8, 6.5)
            inner = self._pictures.take(picture.svg, picture.width, picture.alt)
        else:
            inner = self.value(value, self._is_strong(value, column, one), one.indent or column.secondary, width)
        inner = self._marks.place("c", value.number, inner) if value.number else inner
        style = "PCNumber" if column.kind == "number" else "PCWords"
        centre = '<w:jc w:val="center"/>' if column.centre else ""
        return cell(paragraph(inner, style, centre), width, down=down, fill=_TINT if column.tint else "", top=total)

    def _is_strong(self, value: Cell, column: Column, one: Row) -> bool:
        return value.strong or column.strong or (one.strong and not value.text.startswith(_CHANGES))

    def value(self, value: Cell, strong: bool = False, secondary: bool = False, width: float = 0) -> str:
        """A value with its mark, as it links to its screen. Words of a state are set smaller rather than broken in two."""
        if value.state == "missing":
            inner = run(value.text, "PCMissing", size=_fitting(value.text, width, 9.5))
        elif value.state in _QUIET or value.text == "pt":
            inner = run(value.text, "PCState", size=_fitting(value.text, width, 8))
        elif value.chip:
            inner = run(f"〔{value.text}〕", "PCAttention" if value.chip in ("missed", "attention") else "PCStrong")
        else:
            inner = run(value.text, "PCStrong" if strong else "PCQuiet" if secondary else "", size=self._size)
        return self._marks.out(value.link, inner) + (run(value.mark, "PCMark") if value.mark else "")

    def _bar(self, value: Cell, one: Row, width: float, total: bool) -> str:
        if value.bar_note:
            return cell(paragraph(run(value.bar_note, "PCQuiet"), "PCWords"), width, top=total)
        if value.bar is None or one.strong or not value.bar:
            return cell(paragraph("", "PCBar"), width, top=total)
        room = width - 2.5
        gap = dxa(room * (1 - float(value.bar)))
        more = (
            f'<w:shd w:val="clear" w:color="auto" w:fill="{_BAR}"/><w:spacing w:before="40"/><w:ind w:right="{gap}"/>'
        )
        return cell(paragraph("", "PCBar", more), width, top=total)


def _fitting(words: str, width: float, usual: float) -> float:
    """The size (points) in which a few words stand in one line of a narrow column; 0 where the usual size does, or none."""
    if not width or len(words) > _FEW:
        return 0
    size = (width - _SIDES) * MM / max(1, len(words))
    return 0 if size >= usual else max(_LEAST, round(size * 2 - 0.5) / 2)
