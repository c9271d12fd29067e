"""Where the characters stand that the typeface lacks: the note names the place, so that the text can be mended."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from partner.documents.blocks import Document, NoteBox, Run, Section
from partner.documents.glyphs import Typesetter
from partner.documents.links import every_block
from partner.documents.tables import GroupRow, Row, Table
from partner.documents.words import words_of

_MOST = 5  # places of one character
_LONGEST = 24


def note_of(document: Document, typesetter: Typesetter) -> NoteBox | None:
    """What was replaced and where; nothing where nothing was."""
    if not typesetter.missing:
        return None
    words = words_of(document.language)
    found: dict[str, tuple[str, ...]] = dict.fromkeys(typesetter.missing, ())
    for place, text in _texts(document, words["title"], words["cover"]):
        alone = Typesetter()
        alone.clean(text)
        for code in alone.missing:
            if place not in found.get(code, ()):
                found[code] = (*found.get(code, ()), place)
    codes = words["comma"].join(code + _where(places, words["comma"]) for code, places in found.items())
    return NoteBox((Run(words["replaced_text"].format(codes=codes)),), title=words["replaced"])


def _where(places: tuple[str, ...], comma: str) -> str:
    if not places:
        return ""
    return f"（{comma.join(places[:_MOST])}{'…' if len(places) > _MOST else ''}）"


def _texts(document: Document, title: str, cover: str) -> Iterator[tuple[str, str]]:
    """Every text with the name of its place."""
    for text in (document.title, document.subject, document.author, document.header_left, document.footer_left):
        yield title, text
    yield from ((cover, text) for text in _within(document.cover))
    section = title
    for block in every_block(document.blocks):
        if isinstance(block, Section):
            section = block.number or block.title
        yield from (
            _of_table(section, block) if isinstance(block, Table) else ((section, text) for text in _within(block))
        )


def _of_table(section: str, table: Table) -> Iterator[tuple[str, str]]:
    name = f"{section} {table.number or table.title[:_LONGEST]}".strip()
    for part in (
        table.title,
        table.alt,
        table.unit,
        table.lead,
        *table.notes,
        *(column.heading for column in table.columns),
    ):
        yield name, part
    for row in table.rows:
        yield f"{name} {row.label[:_LONGEST]}", row.label
        if isinstance(row, Row) and not isinstance(row, GroupRow):
            yield from ((cell.number or name, text) for cell in row.cells if cell for text in _within(cell))


def _within(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _within(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _within(getattr(value, field.name))
