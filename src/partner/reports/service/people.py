"""Who came to an event, by what they are; against the plan, and beside the event of that category before."""

from partner.common.period import Period
from partner.documents.blocks import Block, Cell, Column, Paragraph, Row, Run, Table
from partner.figures.engine import Value, Where
from partner.master.models import CatalogueEntry
from partner.reports import wording
from partner.reports.forms import Params, form
from partner.reports.notes import notes_of
from partner.reports.service.before import earlier_events
from partner.reports.service.event import held_event
from partner.reports.sheet import Sheet

KEY = "events.participants"
_PLANNED, _RATE = 91, 92  # rows after those of the list


@form("event_participants")
def event_participants(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """The table; what nobody counted blocks."""
    planned = held_event(sheet).planned_people
    last = next(earlier_events(sheet.period.event, sheet.cut), None)
    total = sheet.evaluation.value(KEY, sheet.period)
    if total.value is None:
        sheet.block(entry.item, "参加者の数がまだ記録されていない。")
    codes = [(row["code"], row["label"]) for row in sheet.evaluation.rows(KEY, sheet.period, ("participant",))]
    rows = [_row(sheet, entry, n, label, {"participant": code}, last) for n, (code, label) in enumerate(codes, 1)]
    rows += [_row(sheet, entry, len(codes) + 1, "計", {}, last), *_against_plan(entry, total, planned)]
    beside = f"前回（{last.label.split('（')[0]}）" if last else "前回"
    columns = (
        Column("参加者の区分", kind="label"), Column("申込", width=20, letter="a", tint=True),
        Column("参加", width=20, letter="b", tint=True), Column("うちオンライン", width=26, letter="c", tint=True),
        Column("申込", width=20, letter="d", group=beside), Column("参加", width=22, letter="e", group=beside),
    )  # fmt: skip
    table = Table(
        columns, tuple(rows), number=entry.place, title=entry.title, unit=entry.unit, dense=True,
        definitions=tuple(name for name in entry.definitions.split(",") if name),
        notes=(*params.get("notes", ()), *notes_of(sheet, [KEY])),
        alt="参加者の区分ごとに、申込、参加、うちオンラインの人数を示し、前回と並べる。",
    )  # fmt: skip
    return [_message(total, planned, sheet, last), table]


def _message(total: Value, planned: int | None, sheet: Sheet, last: Period | None) -> Paragraph:
    """参加者は93人で、計画100人の93.0％である。前回を20人上回った。"""
    if total.value is None:
        return Paragraph((Run("参加者の数は、まだ記録されていない。", attention=True),))
    runs = [Run("参加者は"), Run(f"{total.value:,}人", bold=True)]
    runs.append(
        Run(f"で、計画{planned:,}人の{wording.share(total.value, planned)}％である。" if planned else "である。")
    )
    before = sheet.evaluation.value(KEY, last).value if last else None
    if before is not None:
        runs.append(Run(wording.sentence([wording.against("前回", total.value, before, "人")])))
    return Paragraph(tuple(runs))


def _row(sheet: Sheet, entry: CatalogueEntry, n: int, label: str, where: Where, last: Period | None) -> Row:
    address = f"{entry.place}.{n:02d}"
    cells = [
        _cell(sheet, address + letter, sheet.period, where, measure, "a")
        for letter, measure in (("a", "applied"), ("b", ""), ("c", "online"))
    ]
    for letter, measure in (("d", "applied"), ("e", "")):
        if last is None:
            cells.append(Cell("記録なし", state="not_computed", number=address + letter))
        else:
            cells.append(_cell(sheet, address + letter, last, where, measure, "last"))
    return Row(label, tuple(cells), number=f"{n:02d}", strong=not where)


def _cell(sheet: Sheet, address: str, period: Period, where: Where, measure: str, compared: str) -> Cell:
    value, total = (sheet.evaluation.value(KEY, period, of) for of in (where, {}))
    if value.value is None and total.value is not None:  # the others were counted: of this kind nobody came
        value = Value(0, total.state, dict.fromkeys(total.measures, 0))
    one = Value(value.measures.get(measure), value.state) if measure else value
    return sheet.cell(address, one, KEY, period, where, compared=compared)


def _against_plan(entry: CatalogueEntry, total: Value, planned: int | None) -> list[Row]:
    """計画人数 and 計画比; a plan that was never agreed says so."""
    address, empty = entry.place, Cell("", state="none")
    if planned is None:
        unset = Cell("目標値未設定", state="no_target", number=f"{address}.{_PLANNED}b")
        return [Row("計画人数", (empty, unset, empty, empty, empty), number=str(_PLANNED), outside=True)]
    plan = Cell(f"{planned:,}", number=f"{address}.{_PLANNED}b")
    if total.value is None or not planned:
        rate = Cell("未算出", state="not_computed", number=f"{address}.{_RATE}b")
    else:
        rate = Cell(str(wording.share(total.value, planned)), number=f"{address}.{_RATE}b")
    lines = (("計画人数", _PLANNED, plan), ("計画に対する参加（％）", _RATE, rate))
    return [Row(label, (empty, cell, empty, empty, empty), number=str(n), outside=True) for label, n, cell in lines]
