"""Makes plain data of a document for the PDF templates: text cleaned, charts drawn, links resolved."""

from dataclasses import fields, is_dataclass
from datetime import UTC
from decimal import Decimal
from typing import Any

from partner.documents.blocks import Columns, Document, NoteBox, Run, Section
from partner.documents.charts import draw, draw_cell, draw_head, draw_sparkline
from partner.documents.charts.frame import MM
from partner.documents.glyphs import Typesetter
from partner.documents.links import Anchors, every_cell, sections_of
from partner.documents.plots import Chart, FiveSteps, StepKey
from partner.documents.tables import Cell, Column, Row, SummaryRow, Table
from partner.documents.words import words_of

TEXT_WIDTH = 170.0
PAD = 3.2
Data = dict[str, Any]


def prepare(document: Document) -> Data:
    """Everything the templates read, as JSON values."""
    return _Preparer(document).document()


def row_inset(table: Table) -> float:
    """Air above and below a row: chips and drawings need more than numbers."""
    if table.loose or any(cell.chip or cell.drawing for cell in every_cell(table)):
        return 5.2
    return 2.7 if table.dense else PAD


class _Preparer:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._anchors = Anchors(document)
        self._type = Typesetter()
        self._words = words_of(document.language)
        self._sections = {id(section): anchor for anchor, section in sections_of(document)}
        self._width = TEXT_WIDTH

    def document(self) -> Data:
        source = self._document
        data = self._fields(source)
        data["moment"] = list(source.moment.astimezone(UTC).timetuple()[:6])
        data["words"] = self._words
        data["sections"] = {anchor: self._fields(section) for anchor, section in sections_of(source)}
        data["cover_title"] = self._type.clean(source.cover.title) if source.cover else ""
        if self._type.missing:
            data["blocks"].append(self._value(self._replacements()))
        return data

    def _replacements(self) -> NoteBox:
        text = self._words["replaced_text"].format(codes="、".join(self._type.missing))
        return NoteBox((Run(text),), title=self._words["replaced"])

    def _fields(self, value: Any) -> Data:
        data = {field.name: self._value(getattr(value, field.name)) for field in fields(value)}
        return {"block": type(value).__name__, **data}

    def _value(self, value: Any) -> Any:
        if isinstance(value, str):
            return self._type.clean(value)
        if isinstance(value, Decimal):
            return float(value)
        if isinstance(value, tuple):
            return [self._value(item) for item in value]
        if isinstance(value, Chart):
            return self._chart(value)
        if is_dataclass(value):
            return self._special(value)
        return value

    def _special(self, value: Any) -> Data:
        match value:
            case Table():
                return self._table(value)
            case Columns():
                return self._columns(value)
            case SummaryRow():
                return self._summary_row(value)
            case Cell():
                return self._cell(value)
            case Run():
                data = self._fields(value)
                return data | {"target": self._anchors.target("c", value.number), "link": outside(value.link)}
            case Section():
                return self._fields(value) | {"anchor": self._sections[id(value)]}
        return self._fields(value)

    def _columns(self, columns: Columns) -> Data:
        whole, room = self._width, self._width - columns.gap
        data = self._fields(Columns((), (), columns.gap, columns.left_share))
        for side, share in (("left", columns.left_share), ("right", 1 - columns.left_share)):
            self._width = room * share
            data[side] = self._value(getattr(columns, side))
        self._width = whole
        return data

    def _chart(self, chart: Chart) -> Data:
        svg = draw(chart, "paper", self._width * MM)
        texts = {name: self._type.clean(getattr(chart, name)) for name in ("number", "title", "unit", "alt")}
        return {"block": "chart", "svg": self._type.clean(svg), **texts}

    def _summary_row(self, row: SummaryRow) -> Data:
        data = self._fields(row)
        alt = self._words["trend"].format(name=row.name)
        data["spark"] = {"svg": self._type.clean(draw_sparkline(row.series, alt)), "alt": self._type.clean(alt)}
        data["series"] = []
        # The headline repeats a table's cell: the anchor stays with the table.
        data["value"]["anchor"] = ""
        return data | {"target": self._anchors.target("c", row.number)}

    def _cell(self, cell: Cell, width: float = 20) -> Data:
        data = self._fields(cell) | {"anchor": "", "link": outside(cell.link)}
        if cell.drawing is not None:
            size = 7.0 if isinstance(cell.drawing, FiveSteps) else 6.5
            data["drawing"] = self._picture(draw_cell(cell.drawing, width * MM - 2 * PAD, size))
        return data

    def _picture(self, svg: str) -> Data:
        svg = self._type.clean(svg)
        return {"svg": svg, "alt": svg.split("<title>")[1].split("</title>")[0]}

    def _table(self, table: Table) -> Data:
        data = self._fields(Table((), (), table.alt, table.number, table.title, table.unit, notes=table.notes))
        rows = [row for row in table.rows if isinstance(row, Row)]
        numbered = any(row.number for row in rows)
        data |= {
            "columns": [self._column(n, table) for n in range(len(table.columns))],
            "rows": [self._row(row, table) if isinstance(row, Row) else self._fields(row) for row in table.rows],
            "definitions": [{"name": d, "target": self._anchors.target("d", d)} for d in table.definitions],
            "numbered": numbered,
            "signed": any(row.sign for row in rows),
            "stacked": table.stacked or any(column.group for column in table.columns),
            "places": len(table.columns) + sum(column.bar > 0 for column in table.columns) + numbered,
            "inset": row_inset(table),
            "dense": table.dense,
            "sign": self._type.clean(table.chip),
            "lead": self._type.clean(table.lead),
        }
        return data

    def _column(self, n: int, table: Table) -> Data:
        column, before = table.columns[n], table.columns[max(0, n - 1)]
        data = self._fields(column)
        # Words that follow digits need air, or the two are read as one.
        data["air"] = PAD + (8 if column.kind == "text" and before.kind == "number" and n else 0)
        if column.head_drawing is not None:
            size = 5.8 if isinstance(column.head_drawing, StepKey) else 6.0
            data["head_svg"] = self._picture(draw_head(column.head_drawing, column.width * MM - 2 * PAD, size))
        data["head_drawing"] = None
        return data

    def _row(self, row: Row, table: Table) -> Data:
        data = self._fields(Row(row.label, (), row.number, row.sign, row.indent, row.strong, row.outside))
        data["anchor"] = self._anchors.place("d", row.anchor)
        data["cells"] = [self._placed(c, col) for c, col in zip(row.cells, table.columns[1:], strict=True)]
        return data

    def _placed(self, cell: Cell | None, column: Column) -> Data | None:
        if cell is None:
            return None
        return self._cell(cell, column.width or 20) | {"anchor": self._anchors.place("c", cell.number)}


def outside(link: str) -> str:
    """A link that still works in a file that has left the house: a whole address, or none."""
    return link if link.startswith(("https://", "http://")) else ""
