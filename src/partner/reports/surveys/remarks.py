"""Remarks in free text: those that someone looked at, by the category that he gave. The others are counted, never printed."""

from collections.abc import Iterable
from typing import Any

from partner.documents.blocks import Block, Cell, Column, GroupRow, Heading, Paragraph, Row, Table, plain
from partner.facts.models.surveys import SurveyRemark
from partner.ledger.fields import MICROSECOND
from partner.master.book import UNKNOWN
from partner.master.models import CatalogueEntry
from partner.reports.forms import Params, form
from partner.reports.sheet import Sheet
from partner.reports.surveys.asked import Asked, asked

LIST = "remark_category"
UNCODED = "未分類"


@form("survey_remarks")
def survey_remarks(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """The list, by category with counts. Remarks that nobody looked at block."""
    one = asked(sheet, entry, params)
    rows = list(remarks(one))
    if not rows and one.now.is_empty:
        return []
    waiting = sum(not row.is_checked for row in rows)
    if waiting:
        sheet.block(entry.item, f"{one.place}の自由記述{waiting}件が、個人情報の確認を受けていない。")
    checked = [row for row in rows if row.is_checked]
    if not checked:
        said = f"自由記述は、確認の済んだものがない（確認待ち{waiting}件）。" if waiting else "自由記述はない。"
        return [Heading(f"{one.place} 自由記述"), Paragraph(plain(said))]
    return [_table(one, entry, checked, waiting)]


def remarks(one: Asked) -> Iterable[Any]:
    """The survey's remarks as known at the cut: of an event its own, else those of the period."""
    rows: Any = SurveyRemark.objects.known_at(one.sheet.cut).filter(survey=one.survey)
    days = {"happened_at__gte": one.period.start, "happened_at__lt": one.period.end}
    return rows.filter(**({"event": one.period.event} if one.period.event else days)).order_by("happened_at", "pk")


def by_category(one: Asked, rows: list[Any]) -> list[tuple[str, list[Any]]]:
    """Label → its remarks, in the order of the list; those without a category last."""
    book, at = one.sheet.evaluation.book, one.period.end - MICROSECOND
    codes = sorted({row.category for row in rows}, key=lambda code: book.position(LIST, code or UNKNOWN))
    return [
        (book.label(LIST, code, at) if code else UNCODED, [row for row in rows if row.category == code])
        for code in codes
    ]


def _table(one: Asked, entry: CatalogueEntry, checked: list[Any], waiting: int) -> Table:
    rows: list[Row | GroupRow] = []
    n = 0
    for label, each in by_category(one, checked):
        rows.append(GroupRow(f"{label}（{len(each)}件）"))
        for row in each:
            n += 1
            rows.append(Row(f"{n}", (Cell(row.text, number=f"{entry.place}.{n:02d}a"),), number=f"{n:02d}"))
    notes = ["個人が分かるところは伏せ、確認の済んだものだけを載せる。分類は読んだ者による。"]
    if waiting:
        notes.append(f"このほか{waiting}件が個人情報の確認を待っている。")
    return Table(
        (Column("番号", kind="label", width=14), Column("記述", kind="text", letter="a")), tuple(rows), number=entry.place,
        title=f"{one.place} 自由記述", unit=f"{len(checked)}件", notes=tuple(notes),
        definitions=tuple(name for name in entry.definitions.split(",") if name),
        alt=f"{one.label}の自由記述{len(checked)}件を分類ごとに並べる。",
    )  # fmt: skip
