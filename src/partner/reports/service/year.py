"""The year's individual services: a line each, only those that were held."""

from datetime import datetime
from typing import Any

from partner.common.period import jst_day
from partner.documents.blocks import Block, Cell, Column, Paragraph, Row, Table, plain
from partner.facts.models.events import CentreEvent, EventState
from partner.facts.models.texts import GivenFigure
from partner.facts.periods import find_period
from partner.figures.sets.events import Events
from partner.figures.tabulated import Answered, tabulate
from partner.ledger.fields import MICROSECOND
from partner.master.models import CatalogueEntry
from partner.reports import wording
from partner.reports.forms import Params, form
from partner.reports.service.people import KEY
from partner.reports.service.surveys import SURVEYS
from partner.reports.sheet import Sheet
from partner.reports.surveys.asked import KEY as ANSWERS

_HELD = "events.held"


@form("events_held")
def events_held(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """The table; where none was held 該当なし with what is known of those that were planned."""
    rows = sorted(Events().held(sheet.period).known_at(sheet.cut), key=lambda row: (row.valid_to, row.number))
    others = _not_held(sheet)
    if not rows:
        return [Paragraph(plain(f"該当なし。{sheet.period.label}に実施した個別サービスはない。{''.join(others)}"))]
    columns = (
        Column("実施日", kind="label", width=27), Column("名称", kind="text", letter="a"), Column("参加", width=12, letter="b"),
        Column("計画", width=12, letter="c"), Column("計画比%", width=15, letter="d"),
        Column("満足度（n）", width=20, letter="e"), Column("報告書の提出", kind="text", width=25, letter="f"),
    )  # fmt: skip
    table = Table(
        columns, tuple(_row(sheet, entry, n, row) for n, row in enumerate(rows, 1)), number=entry.place, title=entry.title,
        unit=entry.unit, notes=(*params.get("notes", ()), *others), dense=True,
        definitions=tuple(name for name in entry.definitions.split(",") if name),
        alt=f"{sheet.period.label}に実施した個別サービス{len(rows)}件の実施日、名称、参加者、満足度、報告書の提出日。",
    )  # fmt: skip
    return [table]


def _not_held(sheet: Sheet) -> tuple[str, ...]:
    """What was cancelled and why; what was planned and is not told of as held."""
    rows: Any = CentreEvent.objects.known_at(sheet.cut)
    days = {"valid_to__gt": sheet.period.start, "valid_to__lte": sheet.period.end}
    others = rows.filter(**days).exclude(state=EventState.HELD).order_by("valid_to", "number")
    said = [
        f"{row.number}「{row.title}」は中止した（{row.reason}）。"
        for row in others
        if row.state == EventState.CANCELLED
    ]
    waiting = sum(row.state == EventState.PLANNED for row in others)
    return (*said, *([f"このほか予定の催しが{waiting}件ある。"] if waiting else []))


def _row(sheet: Sheet, entry: CatalogueEntry, n: int, row: Any) -> Row:
    address, where = f"{entry.place}.{n:02d}", {"event": row.number}
    came = sheet.evaluation.value(KEY, sheet.period, where)
    link = sheet.link(_HELD, sheet.period, where)
    cells = (
        Cell(row.title, number=address + "a", link=link),
        sheet.cell(address + "b", came, KEY, sheet.period, where, compared="a"), *_plan(address, came.value, row.planned_people),
        _satisfaction(sheet, address + "e", row.number), _given(sheet, address + "f", row.number),
    )  # fmt: skip
    return Row(_days(row.valid_from, row.valid_to), cells, number=f"{n:02d}")


def _plan(address: str, came: int | None, planned: int | None) -> tuple[Cell, Cell]:
    if planned is None:
        unset = Cell("未設定", state="no_target", number=address + "c")
        return unset, Cell("未算出", state="not_computed", number=address + "d")
    plan = Cell(f"{planned:,}", number=address + "c")
    if came is None or not planned:
        return plan, Cell("未算出", state="not_computed", number=address + "d")
    return plan, Cell(str(wording.share(came, planned)), number=address + "d")


def _satisfaction(sheet: Sheet, address: str, number: str) -> Cell:
    """The first of the surveys that was answered: its first question."""
    period = find_period(f"event:{number}", sheet.cut)
    for survey in SURVEYS:
        answered: Answered = tabulate(sheet.evaluation, survey, period).of(f"{survey}.q1")
        if answered.mean is not None:
            link = sheet.link(ANSWERS, period, {"survey": survey, "question": answered.question})
            return Cell(f"{answered.mean}（{answered.n:,}）", number=address, link=link)
    return Cell("記録なし", state="not_computed", number=address)


def _given(sheet: Sheet, address: str, number: str) -> Cell:
    """When its report was handed over, first and last; a report leaves its numbers on the ledger."""
    rows: Any = GivenFigure.objects.known_at(sheet.texts_at)
    days = rows.filter(report="service", period=f"event:{number}").values_list("submission", "recorded_at")
    first: dict[int, datetime] = {}
    for submission, at in days.order_by("-recorded_at"):
        first[submission] = at
    if not first:
        return Cell("提出の記録なし", state="not_computed", number=address)
    said = wording.day(jst_day(first[min(first)]), era=False)
    return Cell(said if len(first) == 1 else f"{said}（第{max(first)}回まで）", number=address)


def _days(start: datetime, end: datetime) -> str:
    first, last = jst_day(start), jst_day(max(start, end - MICROSECOND))
    if first == last:
        return wording.day(first, era=False)
    until = f"{last.day}日" if first.month == last.month else f"{last.month}月{last.day}日"
    return f"{first.month}月{first.day}日–{until}"
