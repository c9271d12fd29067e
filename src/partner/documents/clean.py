"""The document with only characters the other formats print, too: the same texts in every file."""

from dataclasses import fields, is_dataclass, replace
from typing import Any

from partner.documents.blocks import Document
from partner.documents.data_sheet import DataSheet
from partner.documents.glyphs import Typesetter
from partner.documents.replaced import note_of


def cleaned(document: Document, sheets: tuple[DataSheet, ...]) -> tuple[Document, tuple[DataSheet, ...]]:
    """Both with clean texts; what had to be replaced is listed at the document's end, as in the PDF."""
    typesetter = Typesetter()
    clean: Document = _clean(document, typesetter)
    data: tuple[DataSheet, ...] = _clean(sheets, typesetter)
    note = note_of(document, typesetter)
    if note is not None:
        note = _clean(note, Typesetter())  # a label it names may hold the character itself
        clean = replace(clean, blocks=(*clean.blocks, note))
    return clean, data


def _clean(value: Any, typesetter: Typesetter) -> Any:
    if isinstance(value, str):
        return typesetter.clean(value)
    if isinstance(value, tuple):
        return tuple(_clean(item, typesetter) for item in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    old = {field.name: getattr(value, field.name) for field in fields(value)}
    new = {name: _clean(item, typesetter) for name, item in old.items()}
    changed = {name: item for name, item in new.items() if item != old[name]}
    return replace(value, **changed) if changed else value
