"""How a survey was carried out, by its plan, and how many answered."""

from datetime import datetime

from partner.common.calendar import count_after
from partner.common.period import DAY, JST, jst_day, midnight
from partner.documents.blocks import Block, Cell, Column, Heading, KeyValues, Row, Run, Runs, Table, plain
from partner.facts.models.surveys import PlanState, SurveyPlan
from partner.figures.tabulated import Tabulation
from partner.ledger.fields import MICROSECOND
from partner.master.models import CatalogueEntry
from partner.reports import wording
from partner.reports.forms import Params, form
from partner.reports.kinds import SERVICE_BUSINESS_DAYS
from partner.reports.sheet import Sheet
from partner.reports.surveys.asked import Asked, asked
from partner.reports.surveys.cells import Pen

_RULES = (
    "回答率＝回答完了÷依頼。依頼が10件に満たない回答率は示さない（＊）。一部回答は集計に含めない。",
    "締切後に届いた回答と、計画と異なる版の調査票への回答は、集計に含め、その数を内数で示す。",
)


@form("survey")
def survey_outline(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """The plan as it was proposed, answered and agreed; and the table of the response."""
    one = asked(sheet, entry, params)
    plan = one.now.plan
    if plan is None:
        sheet.block(entry.item, f"{one.place}の実施計画が記録されていない。")
    if one.now.state == "missing":
        sheet.block(entry.item, f"{one.place}の回答がまだ取り込まれていない。")
    return [Heading(one.label), KeyValues(_plan_lines(plan)), _response_table(one, entry)]


def _plan_lines(plan: SurveyPlan | None) -> tuple[tuple[str, Runs], ...]:
    if plan is None:
        return (("実施計画", (Run("記録されていない", attention=True),)),)
    lines = [
        ("計画の版", _standing(plan)), ("対象", plain(plan.audience)), ("方法", plain(plan.method)),
        ("期間", plain(f"{_day(plan.valid_from)}から{_day(plan.valid_to - MICROSECOND)}まで")),
        ("目標回答率", plain("目標値未設定" if plan.goal is None else f"{plan.goal}％")), ("設問", plain(plan.questions)),
        ("集計・分析の方法", plain(plan.analysis)),
    ]  # fmt: skip
    return (*lines, ("前回からの変更", plain(plan.changed))) if plan.changed else tuple(lines)


def _standing(plan: SurveyPlan) -> Runs:
    """第2版 合意 提案 2026-04-01、機構の回答 2026-04-10、合意 2026-04-15."""
    days = (("提案", plan.proposed_at), ("機構の回答", plan.answered_at), ("合意", plan.agreed_at))
    said = "、".join(f"{name} {at.astimezone(JST):%Y-%m-%d}" for name, at in days if at is not None)
    agreed = plan.state == PlanState.AGREED
    state = PlanState(plan.state).label if agreed else f"{PlanState(plan.state).label}（合意していない）"
    return (Run(f"{version_words(plan.version)}　"), Run(str(state), attention=not agreed), Run(f"　{said}"))


def version_words(version: str) -> str:
    """第2版 of 2; a version with a name of its own as it stands."""
    return f"第{version}版" if version.isdecimal() else version or "版の記載のないもの"


def _day(at: datetime) -> str:
    return wording.day(jst_day(at))


def _response_table(one: Asked, entry: CatalogueEntry) -> Table:
    pens = (Pen(one.sheet, one.now, "a"), Pen(one.sheet, one.last, "last"))
    lines = [("依頼", 1, "invited"), ("回答完了", 2, "completed"), ("一部回答", 3, "partial")]
    rows = [_row(entry, pens, label, n, name) for label, n, name in lines]
    rows.append(_rate_row(one, entry, pens))
    if one.now.late or (one.last and one.last.late):
        rows.append(_row(entry, pens, "うち締切後に届いた回答", 5, "late", indent=True))
    rows += _version_rows(one, entry)
    columns = (
        Column("区分", kind="label"), Column("今回", width=24, letter="a", tint=True), Column(_last_head(one), width=42, letter="b"),
    )  # fmt: skip
    return Table(
        columns, tuple(rows), number=entry.place, title=f"{one.place} 回収の状況", unit="件（率は％）", dense=True,
        definitions=tuple(name for name in entry.definitions.split(",") if name),
        notes=(*_RULES, *_asked_notes(one.now), *closing_notes(one)),
        alt=f"{one.label}の依頼、回答完了、一部回答、回答率を今回と前回とで並べる。",
    )  # fmt: skip


def _last_head(one: Asked) -> str:
    return "前回" if one.last is None else f"前回（{one.last.period.label.split('（')[0]}）"


def _row(entry: CatalogueEntry, pens: tuple[Pen, ...], label: str, n: int, name: str, *, indent: bool = False) -> Row:
    address = f"{entry.place}.{n:02d}"
    cells = tuple(
        pen.number(address + letter, getattr(pen.tabulation, name, None), {}) for letter, pen in zip("ab", pens, strict=True)
    )  # fmt: skip
    return Row(label, cells, number=f"{n:02d}", indent=indent, strong=name == "completed")


def _rate_row(one: Asked, entry: CatalogueEntry, pens: tuple[Pen, ...]) -> Row:
    address = f"{entry.place}.04"
    cells = []
    for letter, pen in zip("ab", pens, strict=True):
        found = pen.tabulation
        if found is not None and 0 < found.invited < wording.SMALL_BASE:
            cells.append(Cell("＊", state="not_computed", number=address + letter))
        else:
            cells.append(pen.number(address + letter, found.rate if found else None, {}, "percent"))
    return Row("回答率（％）", tuple(cells), number="04")


def _version_rows(one: Asked, entry: CatalogueEntry) -> list[Row]:
    """The versions that occur, where they are several or another than the plan's."""
    versions = one.now.versions
    planned = one.now.plan.version if one.now.plan else ""
    if not versions or (len(versions) == 1 and (not planned or planned in versions)):
        return []
    rows = []
    for n, (version, count) in enumerate(versions.items(), 11):
        other = "（計画と異なる版）" if planned and version != planned else ""
        cells = (Cell(f"{count:,}", number=f"{entry.place}.{n}a"), Cell("", state="none"))
        rows.append(Row(f"うち{version_words(version)}{other}", cells, number=str(n), indent=True))
    return rows


def _asked_notes(now: Tabulation) -> tuple[str, ...]:
    """Where the number of requests comes from, and where it cannot be right."""
    if not now.invited:
        return ("依頼の数は記録されていないため、回答率は求められない。",)
    planned = ("依頼の数は、1通ごとの記録がないため、実施計画の対象数による。",) if now.is_planned else ()
    named, more = "計画の対象数" if now.is_planned else "依頼の記録", now.completed - now.invited
    over = (f"回答完了が{named}より{more:,}件多いため、回答率は100％を超える。",) if more > 0 else ()
    return (*planned, *over)


def closing_notes(one: Asked) -> tuple[str, ...]:
    """What follows from the day on which the survey closes: 速報値 until then, and when it lies after the report's due date."""
    plan, sheet = one.now.plan, one.sheet
    if plan is None or not one.period.event:
        return (
            ("速：速報値。対象期間の回答がすべて届いたとは届け出られていない。",)
            if one.now.state == "provisional"
            else ()
        )
    notes = []
    due = count_after(one.period.last, SERVICE_BUSINESS_DAYS, sheet.evaluation.book.closed_days).result
    if plan.valid_to > midnight(due + DAY):
        notes.append(
            f"締切（{_day(plan.valid_to - MICROSECOND)}）がこの報告書の提出期限（{wording.day(due)}）より後のため、"
            "データ締切までに届いた回答を集計した。その後に届いた回答は差替えの提出で示す。"
        )
    if plan.valid_to > sheet.cut:
        notes.append(f"速：速報値。締切（{_day(plan.valid_to - MICROSECOND)}）がまだ過ぎていない。")
    return tuple(notes)
