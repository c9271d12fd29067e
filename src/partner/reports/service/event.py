"""The event of a service report: only what was held is reported; its outline and its programme."""

from datetime import date, datetime
from typing import Any

from partner.common.period import JST, jst_day, midnight
from partner.common.refusal import Refusal
from partner.documents.blocks import Block, Cell, Column, KeyValues, Paragraph, Row, Table, plain
from partner.facts.models.events import CentreEvent, EventSession, EventState
from partner.facts.periods import event_of
from partner.ledger.fields import MICROSECOND
from partner.master.models import CatalogueEntry
from partner.reports import wording
from partner.reports.forms import Params, form
from partner.reports.sheet import Sheet


def held_event(sheet: Sheet) -> CentreEvent:
    """The event that the report is about. Raises Refusal where the period names none, or it was not held."""
    if not sheet.period.event:
        raise Refusal("not_an_event", "個別サービス実施報告書の期間は、event:催し番号 のように書いてください。")
    row = event_of(sheet.period.event, sheet.cut)
    if row.state == EventState.CANCELLED:
        reason = f"（理由：{row.reason}）" if row.reason else ""
        raise Refusal("event_cancelled", f"催し「{row.number}」は中止されたため、報告書を作りません{reason}。")
    if row.state != EventState.HELD:
        raise Refusal("event_not_held", f"催し「{row.number}」は、まだ実施したと記録されていません。")
    return row


def sessions_of(sheet: Sheet, number: str) -> list[Any]:
    """Its parts in their order."""
    rows: Any = EventSession.objects
    return list(rows.known_at(sheet.cut).filter(event=number).order_by("valid_from", "position", "pk"))


@form("event_outline")
def event_outline(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """What it was, when, where, for whom, and what was done."""
    row = held_event(sheet)
    days = (sheet.period.until - sheet.period.first).days
    lines = [
        ("名称", f"{row.title}（{row.number}）"), ("種類・形式", f"{_label(sheet, 'event_category', row.category)}、{_label(sheet, 'event_form', row.form)}"),
        ("日時", f"{moments(row.valid_from, row.valid_to)}{f'（{days}日間）' if days > 1 else ''}"),
        ("会場", row.place or ("オンライン" if row.form == "online" else "記録なし")), ("対象", row.audience or "記録なし"),
        ("目的", row.purpose or "記録なし"), ("内容", row.outline),
    ]  # fmt: skip
    if count := len(sessions_of(sheet, row.number)):
        lines.append(("プログラム", f"{count}件（表{entry.item}-2）"))
    for name, value in (("目的", row.purpose), ("対象", row.audience)):
        if not value:
            sheet.block(entry.item, f"催しの{name}が記録されていない。")
    return [KeyValues(tuple((name, plain(value)) for name, value in lines))]


def _label(sheet: Sheet, name: str, code: str) -> str:
    return sheet.evaluation.book.label(name, code, sheet.period.end - MICROSECOND)


def ending(start: datetime, end: datetime) -> tuple[date, str]:
    """The last day and the time on it: what ends at 00:00 ends at 24:00 of the day before."""
    if end > start and midnight(jst_day(end)) == end:
        return jst_day(end - MICROSECOND), "24:00"
    return jst_day(end), f"{end.astimezone(JST):%H:%M}"


def moments(start: datetime, end: datetime) -> str:
    """令和8年9月12日（土）13:00から17:00まで; over several days with both days."""
    first, (last, until) = jst_day(start), ending(start, end)
    if first != last:
        until = f"{wording.day(last, era=False)}{until}"
    return f"{wording.day(first)}{start.astimezone(JST):%H:%M}から{until}まで"


@form("event_programme")
def event_programme(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """The sessions: when, what, by which offices, how many were there."""
    rows = sessions_of(sheet, held_event(sheet).number)
    if not rows:
        return [Paragraph(plain("分かれたプログラムはない。"))]
    columns = (
        Column("日時", kind="label", width=46), Column("題名", kind="text", letter="a"),
        Column("担当（所属）", kind="text", width=48, letter="b"), Column("参加者", width=16, letter="c"),
    )  # fmt: skip
    table = Table(
        columns, tuple(_session(entry, n, row) for n, row in enumerate(rows, 1)), number=entry.place, title=entry.title,
        unit=entry.unit, loose=True, notes=("1人が複数のプログラムに参加できるため、参加者の計は催しの参加者数と一致しない。",),
        alt=f"プログラム{len(rows)}件の日時、題名、担当、参加者数。",
    )  # fmt: skip
    return [table]


def _session(entry: CatalogueEntry, n: int, row: Any) -> Row:
    address = f"{entry.place}.{n:02d}"
    start, (last, until) = row.valid_from.astimezone(JST), ending(row.valid_from, row.valid_to)
    until = until if last == start.date() else f"{wording.day(last, era=False)} {until}"
    people = (
        Cell("記録なし", state="not_computed")
        if row.attended is None
        else Cell(f"{row.attended:,}", number=address + "c")
    )
    cells = (Cell(row.title, number=address + "a"), Cell(row.given_by or "―", number=address + "b"), people)
    return Row(f"{wording.day(start.date(), era=False)} {start:%H:%M}–{until}", cells, number=f"{n:02d}")
