"""Finishes the tags of a PDF: row heads and table summaries, which Typst cannot yet be asked for; and packs the file.

Typst checks its own output for PDF/A-2a and PDF/UA-1. What is added here both standards allow, and the file shrinks to a
third, because the structure tree is packed into object streams.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, String


@dataclass(frozen=True, slots=True)
class TableTag:
    """What one table says of itself: its sentence, and in which place of a row its name stands."""

    summary: str
    head_at: int


def finish_tags(pdf: bytes, tables: list[TableTag]) -> bytes:
    """The same pages, with every table summed up and every row named by its head."""
    with pikepdf.open(BytesIO(pdf)) as file:
        found = list(_tables(file.Root.StructTreeRoot))
        if len(found) != len(tables):
            raise ValueError(f"{len(tables)} tables were given, the file has {len(found)}")
        for element, table in zip(found, tables, strict=True):
            _tag(element, table)
        packed = BytesIO()
        file.save(packed, object_stream_mode=ObjectStreamMode.generate, deterministic_id=True)
    return packed.getvalue()


def _tag(element: Object, table: TableTag) -> None:
    _add(element, Dictionary(O=Name.Table, Summary=String(table.summary)))
    for row in (row for part in _children(element) if str(part.S) == "/TBody" for row in _children(part)):
        cells = _children(row)
        head = cells[min(table.head_at, len(cells) - 1)]
        head.S = Name.TH
        _add(head, Dictionary(O=Name.Table, Scope=Name.Row))


def _add(element: Object, attributes: Dictionary) -> None:
    """Puts attributes beside those that are there: one owner may have several dictionaries."""
    given = element.get(Name.A)
    before = list(given.as_list()) if isinstance(given, Array) else [] if given is None else [given]
    element.A = Array([attributes, *before])


def _children(element: Object) -> list[Object]:
    kids = element.get(Name.K)
    listed = kids.as_list() if isinstance(kids, Array) else [] if kids is None else [kids]
    return [kid for kid in listed if isinstance(kid, Dictionary) and Name.S in kid]


def _tables(root: Object) -> Iterator[Object]:
    """In reading order. No table stands in another, so their many cells are not looked into."""
    for child in _children(root):
        if str(child.S) == "/Table":
            yield child
        else:
            yield from _tables(child)
