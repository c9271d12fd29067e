"""T2: occurred, noticed, told, dealt with, reported: each gap measured, against its limit."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from partner.common.calendar import NONE, is_business_day
from partner.common.period import DAY, jst_day
from partner.documents.blocks import Block, Cell, Column, Row, Section, Table, plain
from partner.master.models import CatalogueEntry
from partner.reports import wording
from partner.reports.forms import Params, form
from partner.reports.incidents.incident import Case, case_of
from partner.reports.sheet import Sheet

_COLUMNS = (
    Column("段階", kind="label", width=40), Column("日時", kind="text", width=41), Column("経過時間", width=15, letter="a"),
    Column("営業日", width=13, letter="b"), Column("期限", kind="text"), Column("結果", kind="text", width=20, centre=True),
)  # fmt: skip
_NONE = Cell("―", state="not_applicable")


@form("incident_times")
def incident_times(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """One row a step; hours and business days are counted from when it was noticed, of a full report from its handling."""
    case = case_of(sheet)
    row, place = case.row, entry.place
    steps: list[tuple[str, datetime | None, datetime | None, datetime, str]] = [
        ("機構への第一報", row.told_at, case.due("first"), row.noticed_at, "未連絡"),
        ("対処の完了", row.handled_at, None, row.noticed_at, "対処中"),
        *((name, None, due, row.noticed_at, "") for name, due in case.before),
        (f"{case.stage_label}（本書）", sheet.issue.submitted_at if sheet.issue else None,
         case.due(case.stage, case.number), _counted_from(case), "提出前"),
    ]  # fmt: skip
    rows = [_occurred(case), _noticed(case, f"{place}.02")]
    rows += [_step(case, f"{place}.{n:02d}", n, *step) for n, step in enumerate(steps, 3)]
    table = Table(
        _COLUMNS, tuple(rows), number=place, title="時刻と期限", unit="時間、日", definitions=tuple(entry.definitions.split(",")),
        alt=f"事案{row.number}の発生から報告までの日時、間隔と期限", loose=True, notes=(_rule(case),),
    )  # fmt: skip
    return [Section(entry.title, entry.item, message=plain(_message(case)), new_page=False), table]


def _message(case: Case) -> str:
    told, due = case.row.told_at, case.due("first")
    if told is None:
        return "機構への第一報は、まだ記録されていない。"
    gap = _hours(case.row.noticed_at, told)
    return f"機構への第一報は、知ってから{gap}時間後であり、期限{'内' if told <= due else 'を過ぎたもの'}である。"


def _rule(case: Case) -> str:
    tell, interim, full = (case.days(stage) for stage in ("first", "interim", "full"))
    return (
        f"期限は、第一報が知った日の後{tell}営業日、中間報告が{interim}営業日ごと、完了報告が対処の後{full}営業日の、いずれも17:00である。"
        "経過時間と営業日は、知った日時から（知ったは発生から、完了報告は対処の完了から）数え、営業日は翌日を1とする。"
    )


def _counted_from(case: Case) -> datetime:
    return case.row.handled_at if case.is_full and case.row.handled_at else case.row.noticed_at


def _occurred(case: Case) -> Row:
    at = case.row.occurred_at
    when = _at(at) if at else Cell("調査中", state="not_computed")
    return Row("発生", (when, _NONE, _NONE, _NONE, _NONE), number="01")


def _noticed(case: Case, address: str) -> Row:
    """How long it went unnoticed."""
    since, at = case.row.occurred_at, case.row.noticed_at
    gaps = _gaps(case, address, since, at) if since else (_NONE, _NONE)
    return Row("知った", (_at(at), *gaps, _NONE, _NONE), number="02")


def _step(
    case: Case, address: str, n: int, label: str, at: datetime | None, due: datetime | None, since: datetime, none: str
) -> Row:
    """What was not done yet is judged by the cut."""
    until = Cell(_limit(case, due)) if due else _NONE
    number = f"{n:02d}"
    if at is None:
        when = Cell(none or "提出の記録による", state="not_computed")
        late = bool(none and due and case.sheet.cut > due)
        result = Cell("期限経過", chip="missed") if late else Cell("期限前", chip="expected") if none and due else _NONE
        return Row(label, (when, _NONE, _NONE, until, result), number=number)
    met = _NONE if due is None else Cell("期限内", chip="met") if at <= due else Cell("期限後", chip="missed")
    return Row(label, (_at(at), *_gaps(case, address, since, at), until, met), number=number)


def _gaps(case: Case, address: str, since: datetime, at: datetime) -> tuple[Cell, Cell]:
    days = _business_days(since, at, case.sheet.evaluation.book.closed_days)
    return Cell(_hours(since, at), number=address + "a"), Cell(f"{days:,}", number=address + "b")


def _limit(case: Case, due: datetime) -> str:
    """10月6日（火）17:00; with the era where it is another year than that in which it was noticed."""
    day = jst_day(due)
    return f"{wording.day(day, era=day.year != jst_day(case.row.noticed_at).year)}{due:%H:%M}"


def _at(at: datetime) -> Cell:
    return Cell(wording.moment(at.replace(second=0, microsecond=0)))


def _hours(start: datetime, end: datetime) -> str:
    hours = Decimal(int((end - start).total_seconds())) / 3600
    return f"{hours.quantize(Decimal('0.1'), ROUND_HALF_UP):,}"


def _business_days(start: datetime, end: datetime, extra: Mapping[date, str] = NONE) -> int:
    """How many business days lie after the first's day, up to the last's."""
    day, last, found = jst_day(start), jst_day(end), 0
    while day < last:
        day += DAY
        found += is_business_day(day, extra)
    return found
