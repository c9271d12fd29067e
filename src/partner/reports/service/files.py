"""The materials of an event: what was handed out, by number, with the digest of each file."""

from partner.documents.blocks import Block, Cell, Column, Paragraph, Row, Table, plain
from partner.facts import attachments
from partner.facts.models.attachments import Attachment
from partner.master.models import CatalogueEntry
from partner.reports.forms import Params, form
from partner.reports.service.event import held_event
from partner.reports.sheet import Sheet


def files_of(sheet: Sheet, role: str) -> list[Attachment]:
    """The event's files of one kind, as known when its texts are."""
    return attachments.of(f"event:{held_event(sheet).number}", sheet.texts_at, role)


@form("event_materials")
def event_materials(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """The list of materials."""
    rows = files_of(sheet, Attachment.Role.MATERIAL)
    if not rows:
        return [Paragraph(plain("配付した資料の登録はない。"))]
    columns = (
        Column("番号", kind="label", width=18), Column("名称", kind="text", letter="a"),
        Column("ファイル", kind="text", width=44, letter="b"), Column("バイト", width=20, letter="c"),
        Column("SHA-256（先頭16字）", kind="text", width=38, letter="d"),
    )  # fmt: skip
    table = Table(
        columns, tuple(_row(entry, n, row) for n, row in enumerate(rows, 1)), number=entry.place, title=entry.title,
        unit=f"{len(rows)}件", loose=True, alt=f"資料{len(rows)}件の番号、名称、ファイル、大きさ。",
    )  # fmt: skip
    return [table]


def _row(entry: CatalogueEntry, n: int, row: Attachment) -> Row:
    texts = (row.title, row.file_name, f"{row.size:,}", row.digest[:16])
    address = f"{entry.place}.{n:02d}"
    cells = tuple(Cell(text, number=address + letter) for text, letter in zip(texts, "abcd", strict=True))
    return Row(row.number, cells, number=f"{n:02d}")
