"""The collected originals of a survey (No.8): listed by number with their digests, and annexed page by page."""

from partner.documents.blocks import Block, Cell, Column, Original, Row, Table
from partner.documents.originals import OriginalKind
from partner.facts import attachments
from partner.facts.models.attachments import Attachment
from partner.master.models import CatalogueEntry
from partner.reports.forms import Params, form
from partner.reports.sheet import Sheet
from partner.reports.surveys.asked import Asked, asked


@form("survey_originals")
def survey_originals(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """The list; as many originals as completed responses, or it blocks."""
    one = asked(sheet, entry, params)
    rows = originals(one)
    if len(rows) != one.now.completed:
        sheet.block(entry.item, f"{one.place}の原本が{len(rows)}件、回答完了が{one.now.completed}件で、数が合わない。")
    listed = [_table(one, entry, rows)] if rows or one.now.completed else []
    return [*listed, *(page for row in rows if (page := _annexed(one, entry, row)))]


def _annexed(one: Asked, entry: CatalogueEntry, row: Attachment) -> Original | None:
    """The file page by page; one that cannot be shown blocks, and stands in the list."""
    kind: OriginalKind = "pdf" if row.form == "pdf" else "png" if row.form == "png" else "jpeg"
    try:
        return Original(f"{one.place} 原本{row.number}", attachments.content(row), kind, row.digest)
    except ValueError:
        one.sheet.block(entry.item, f"原本「{row.number} {row.title}」は、ページとして開けない。")
        return None


def originals(one: Asked) -> list[Attachment]:
    """The originals of the event's survey as known when its texts are."""
    about = f"event:{one.period.event}"
    return attachments.of(about, one.sheet.texts_at, Attachment.Role.ORIGINAL, one.survey)


def _table(one: Asked, entry: CatalogueEntry, rows: list[Attachment]) -> Table:
    columns = (
        Column("番号", kind="label", width=12), Column("名称", kind="text", width=27, letter="a"),
        Column("ファイル", kind="text", width=32, letter="b"), Column("バイト", width=15, letter="c"),
        Column("SHA-256", kind="text", letter="d"),
    )  # fmt: skip
    return Table(
        columns, tuple(_row(entry, n, row) for n, row in enumerate(rows, 1)), number=entry.place, dense=True,
        title=f"{one.place} 回収したアンケートの原本", unit=f"{len(rows)}件",
        definitions=tuple(name for name in entry.definitions.split(",") if name),
        notes=("原本の数は回答完了の数と一致する。SHA-256は、ファイルが変わっていないことを確かめるための値である。",)
        if len(rows) == one.now.completed else (f"原本{len(rows)}件に対し、回答完了は{one.now.completed}件である。",),
        alt=f"{one.label}の原本{len(rows)}件の番号、名称、ファイル、大きさ、SHA-256。",
    )  # fmt: skip


def _row(entry: CatalogueEntry, n: int, row: Attachment) -> Row:
    address = f"{entry.place}.{n:02d}"
    texts = (row.title, row.file_name, f"{row.size:,}", row.digest)
    cells = tuple(Cell(text, number=address + letter) for text, letter in zip(texts, "abcd", strict=True))
    return Row(row.number, cells, number=f"{n:02d}")
