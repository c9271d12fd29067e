"""Makes plain data of a document for the PDF templates: text cleaned, charts drawn, links resolved."""

import re
from dataclasses import fields, is_dataclass
from datetime import UTC
from decimal import Decimal
from typing import Any

from partner.documents.annexes import original_pages
from partner.documents.blocks import Block, Columns, Document, Original, Picture, Pictures, Run, Section
from partner.documents.charts import draw, draw_cell, draw_head, draw_sparkline
from partner.documents.charts.frame import MM
from partner.documents.charts.svg import Picture as Drawing
from partner.documents.crowded import PAD, Setting, setting_of
from partner.documents.glyphs import Typesetter
from partner.documents.heights import Heights
from partner.documents.links import Anchors, outside, sections_of
from partner.documents.paper import PORTRAIT, oriented, photograph_width, room_of
from partner.documents.picture_files import PictureFiles
from partner.documents.plots import Chart, FiveSteps, StepKey
from partner.documents.replaced import note_of
from partner.documents.shape import TableShape
from partner.documents.tables import Cell, Column, Row, SummaryRow, Table
from partner.documents.words import trend_alt, words_of

AIR = 8.0  # words that follow digits need it, or the two are read as one
Data = dict[str, Any]
_UNBROKEN = re.compile("[!-~]{32}(?=[!-~]{8})")
_MAY_BREAK = "\u200b"


def prepare(document: Document) -> tuple[Data, PictureFiles]:
    """Everything the templates read, as JSON values, and its pictures."""
    preparer = _Preparer(document)
    return preparer.document(), preparer.files


class _Preparer:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._anchors = Anchors(document)
        self._type = Typesetter()
        self._words = words_of(document.language)
        self._sections = {id(section): anchor for anchor, section in sections_of(document)}
        self._turned = False
        self._width, self._height = PORTRAIT
        self.files = PictureFiles()
        self._cells: list[Data] = []
        self._led_to: set[str] = set()

    def document(self) -> Data:
        source = self._document
        data = self._fields(source, without=("blocks",))
        data["moment"] = list(source.moment.astimezone(UTC).timetuple()[:6])
        data["words"] = self._words
        data["sections"] = {anchor: self._fields(section) for anchor, section in sections_of(source)}
        data["cover_title"] = self._type.clean(source.cover.title) if source.cover else ""
        data["stretches"] = self._stretches(source.blocks)
        note = note_of(source, self._type)
        if note is not None:
            data["stretches"][-1]["blocks"].append(self._value(note))
        for cell in self._cells:
            if cell["anchor"] not in self._led_to:  # thousands of places that nothing leads to cost time and memory
                cell["anchor"] = ""
        return data

    def _stretches(self, blocks: tuple[Block, ...]) -> list[Data]:
        """The blocks, cut where the pages turn."""
        found: list[Data] = [{"turned": False, "blocks": []}]
        for self._turned, block in oriented(blocks):
            self._width, self._height = room_of(self._turned)
            for data in self._original(block) if isinstance(block, Original) else [self._value(block)]:
                turned = data.pop("turned", self._turned)
                if turned != found[-1]["turned"]:
                    found.append({"turned": turned, "blocks": []})
                found[-1]["blocks"].append(data)
        return found

    def _original(self, original: Original) -> list[Data]:
        """One block for each page; the page lies as the original does."""
        return [
            {
                "block": "OriginalPage", "turned": sheet.size[0] > sheet.size[1], "file": self.files.take(sheet.content, sheet.kind),
                "ratio": sheet.size[0] / sheet.size[1], "most": sheet.most, "label": self._value(label), "of": of,
                "alt": self._type.clean(alt), "digest": original.digest.lower(),
            }
            for sheet, label, of, alt in original_pages(original, self._words)
        ]  # fmt: skip

    def _photograph(self, picture: Picture, beside: bool = False) -> Data:
        texts = {"alt": self._type.clean(picture.alt), "caption": self._value(picture.caption)}
        width = photograph_width(picture, self._width, self._turned, beside=beside)
        return {"block": "Picture", "file": self.files.take(picture.shown, picture.kind), "width": width} | texts

    def _leading_to(self, number: str) -> str:
        target = self._anchors.target("c", number)
        self._led_to.add(target)
        return target

    def _fields(self, value: Any, without: tuple[str, ...] = ()) -> Data:
        names = [field.name for field in fields(value) if field.name not in without]
        return {"block": type(value).__name__} | {name: self._value(getattr(value, name)) for name in names}

    def _value(self, value: Any) -> Any:
        if isinstance(value, str):
            return _breakable(self._type.clean(value))
        if isinstance(value, Decimal):
            return float(value)
        if isinstance(value, tuple):
            return [self._value(item) for item in value]
        return self._part(value) if is_dataclass(value) else value

    def _part(self, value: Any) -> Data:
        match value:
            case Chart():
                return self._chart(value)
            case Table():
                return self._table(value)
            case Picture():
                return self._photograph(value)
            case Pictures():
                return {
                    "block": "Pictures",
                    "pairs": [[self._photograph(one, beside=True) for one in pair] for pair in value.pairs],
                }
            case Columns():
                return self._columns(value)
            case SummaryRow():
                return self._summary_row(value)
            case Cell():
                return self._cell(value)
            case Run():
                return self._fields(value) | {"target": self._leading_to(value.number), "link": outside(value.link)}
            case Section():
                return self._fields(value, without=("landscape",)) | {"anchor": self._sections[id(value)]}
        return self._fields(value)

    def _columns(self, columns: Columns) -> Data:
        whole, room = self._width, self._width - columns.gap
        data = self._fields(columns, without=("left", "right"))
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
        data = self._fields(row, without=("series", "labels", "trend"))
        alt = trend_alt(row.name, row.trend, self._words)
        return data | {
            "spark": self._picture(draw_sparkline(row.series, alt)),
            "target": self._leading_to(row.number),
        }

    def _picture(self, drawn: Drawing) -> Data:
        return {"svg": self._type.clean(drawn.svg), "alt": self._type.clean(drawn.alt), "width": drawn.width}

    def _table(self, table: Table) -> Data:
        shape = TableShape(table)
        setting = setting_of(table, shape, self._width)
        heights = Heights(shape, setting, self._width)
        columns = [self._column(column, shape.follows_digits(n), setting, n) for n, column in enumerate(table.columns)]
        return self._fields(table, without=("columns", "rows", "definitions", "chip")) | {
            "columns": columns,
            "rows": [self._row(row, shape) if isinstance(row, Row) else self._fields(row) for row in table.rows],
            "definitions": [{"name": d, "target": self._anchors.target("d", d)} for d in table.definitions],
            "sign": self._type.clean(table.chip),
            "numbered": shape.numbered,
            "signed": shape.signed,
            "stacked": shape.stacked,
            "places": shape.places,
            "inset": shape.inset,
            "top": shape.top,
            "short": heights.is_short(self._height * MM),
            "tall": heights.is_tall(self._height * MM),
            "size": setting.size,
            "pad": setting.pad,
        }

    def _column(self, column: Column, airy: bool, setting: Setting, n: int) -> Data:
        width, pad = setting.widths[n], setting.pad
        data = self._fields(column, without=("head_drawing",)) | {"air": pad + AIR * airy, "head": None}
        data |= {"width": width, "pad": pad, "narrow": _narrow(width, pad)}
        if column.head_drawing is not None:
            size = 5.8 if isinstance(column.head_drawing, StepKey) else 6.0
            data["head"] = self._picture(draw_head(column.head_drawing, _room(column, airy), size))
        return data

    def _row(self, row: Row, shape: TableShape) -> Data:
        anchor = self._anchors.place("d", row.anchor)
        cells = [self._placed(cell, n, shape) for n, cell in enumerate(row.cells, 1)]
        return self._fields(row, without=("cells", "anchor")) | {"anchor": anchor, "cells": cells}

    def _placed(self, cell: Cell | None, n: int, shape: TableShape) -> Data | None:
        if cell is None:
            return None
        data = self._cell(cell) | {"anchor": self._anchors.place("c", cell.number)}
        self._cells.append(data)
        if cell.drawing is not None:
            size = 7.0 if isinstance(cell.drawing, FiveSteps) else 6.5
            room = _room(shape.table.columns[n], shape.follows_digits(n))
            data["drawing"] = self._picture(draw_cell(cell.drawing, room, size))
        return data

    def _cell(self, cell: Cell) -> Data:
        """A cell outside a table carries no anchor: its address belongs to the table."""
        return self._fields(cell, without=("drawing",)) | {"anchor": "", "drawing": None, "link": outside(cell.link)}


def _narrow(width: float, pad: float) -> float:
    """The size (points) of a state's words in a narrow column, where they would else be broken in two; 0: the usual one."""
    if not width or width >= 13:
        return 0
    if pad < PAD:  # a crowded table
        return min(5.6, (width * MM - 2 * pad) / 4)
    return 4.8 if width < 11 else 5.6


def _room(column: Column, airy: bool) -> float:
    """How wide a drawing in a column is: it is never scaled, or its text would shrink."""
    return (column.width or 20) * MM - 2 * PAD - AIR * airy


def _breakable(text: str) -> str:
    """The same with places to break a long address, which else would run over the margin."""
    return _UNBROKEN.sub(lambda found: found[0] + _MAY_BREAK, text)
