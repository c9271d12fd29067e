"""関連の資料 of the annual report: numbered annexes, listed with their digests and shown page by page."""

from partner.common.period import fiscal_year_of
from partner.documents.blocks import Block, Cell, Column, Original, Paragraph, Row, Table, plain
from partner.documents.originals import OriginalKind
from partner.facts import attachments
from partner.facts.models.attachments import Attachment
from partner.master.models import CatalogueEntry
from partner.reports.forms import Params, form
from partner.reports.sheet import Sheet

_KINDS: dict[str, OriginalKind] = {"pdf": "pdf", "png": "png", "jpeg": "jpeg"}


@form("annexes")
def annexes(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """別添1, 別添2 …: the files kept for the year's report, as known when its texts are."""
    rows = attachments.of(f"report:FY{fiscal_year_of(sheet.period.first)}", sheet.texts_at)
    if not rows:
        return [Paragraph(plain("添付する資料はない。"))]
    return [_table(entry, rows), *(page for n, row in enumerate(rows, 1) if (page := _shown(sheet, entry, n, row)))]


def _table(entry: CatalogueEntry, rows: list[Attachment]) -> Table:
    columns = (
        Column("番号", kind="label", width=18), Column("名称", kind="text", letter="a"), Column("ファイル", kind="text", width=38, letter="b"),
        Column("バイト", width=20, letter="c"), Column("SHA-256（先頭16字）", kind="text", width=40, letter="d"),
    )  # fmt: skip
    return Table(
        columns, tuple(_row(entry, n, row) for n, row in enumerate(rows, 1)), number=entry.place, title=entry.title,
        unit=f"{len(rows)}件", loose=True, alt=f"別添の資料{len(rows)}件の番号、名称、ファイル、大きさ、SHA-256。",
    )  # fmt: skip


def _row(entry: CatalogueEntry, n: int, row: Attachment) -> Row:
    texts = (row.title, row.file_name, f"{row.size:,}", row.digest[:16])
    cells = tuple(
        Cell(text, number=f"{entry.place}.{n:02d}{letter}") for text, letter in zip(texts, "abcd", strict=True)
    )
    return Row(f"別添{n}", cells, number=f"{n:02d}")


def _shown(sheet: Sheet, entry: CatalogueEntry, n: int, row: Attachment) -> Original | None:
    """The file page by page; one that cannot be shown blocks, and stands in the list."""
    try:
        return Original(f"別添{n} {row.title}", attachments.content(row), _KINDS[row.form], row.digest)
    except ValueError:
        sheet.block(entry.item, f"別添{n}「{row.title}」は、ページとして開けない。")
        return None
