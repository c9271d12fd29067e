"""T1: what happened, to how many, how it became known."""

from typing import Any

from partner.common.period import jst_day
from partner.documents.blocks import Block, KeyValues, Run, Runs, Section, plain
from partner.facts.models.incidents import IncidentKind
from partner.facts.models.inquiries import OpenInquiry
from partner.master.models import CatalogueEntry
from partner.reports import wording
from partner.reports.forms import Params, form
from partner.reports.incidents.incident import Case, case_of
from partner.reports.sheet import Sheet

OPEN = Run("調査中")
MISSING = Run("未入力", bold=True, attention=True)


@form("incident_outline")
def incident_outline(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """Number, kind, severity, title, outline, how many were affected, the inquiry it came in by."""
    case = case_of(sheet)
    row = case.row
    severity = sheet.evaluation.book.label("incident_severity", row.severity, row.noticed_at)
    entries: list[tuple[str, Runs]] = [
        ("事案番号", plain(row.number)), ("報告の段階", plain(case.stage_label)), ("種別", plain(IncidentKind(row.kind).label)),
        ("重大度", plain(severity)), ("件名", plain(row.title)), ("発生日時", _occurred(case)), ("内容", _outline(case)),
        ("影響を受けた数", _affected(case)), *_inquiry(case),
    ]  # fmt: skip
    return [Section(entry.title, entry.item, params.get("source", ""), _message(case)), KeyValues(tuple(entries))]


def _message(case: Case) -> Runs:
    """T-1は、令和8年10月5日（月）9:00に知ったトラブルである。対処は10月9日に終えた。"""
    row = case.row
    said = f"{row.number}は、{wording.moment(row.noticed_at)}に知った「{row.title}」である。"
    if row.handled_at is None:
        return (Run(said), Run("対処は続いている。", bold=True))
    return (Run(said), Run(f"対処は{wording.moment(row.handled_at)}に完了した。", bold=True))


def _occurred(case: Case) -> Runs:
    return plain(wording.moment(case.row.occurred_at)) if case.row.occurred_at else unknown(case, "発生日時")


def _outline(case: Case) -> Runs:
    """What happened is known from the first report on."""
    if case.row.outline:
        return plain(case.row.outline)
    case.sheet.block("事案の概要", "内容が未入力である。")
    return (MISSING,)


def _affected(case: Case) -> Runs:
    return (
        unknown(case, "影響を受けた数")
        if case.row.affected is None
        else plain(f"{wording.count(case.row.affected)}（人又は団体）")
    )


def unknown(case: Case, what: str) -> Runs:
    """調査中 while it lasts; in the full report it is owed."""
    if not case.is_full:
        return (OPEN,)
    case.sheet.block("事案の概要", f"{what}が未入力である。")
    return (MISSING,)


def _inquiry(case: Case) -> list[tuple[str, Runs]]:
    """The inquiry that told of it: also one of long ago, in which it was found only now."""
    number = case.row.inquiry
    if not number:
        return []
    rows: Any = OpenInquiry.objects
    row = rows.known_at(case.sheet.cut).filter(subject=number).order_by("valid_from").first()
    if row is None:
        return [("問い合わせ", plain(f"受付番号 {number}（受付の記録なし）"))]
    day, noticed = jst_day(row.valid_from), jst_day(case.row.noticed_at)
    if noticed > day:
        later = f"受付から{(noticed - day).days:,}日後に、この事案であると知った。"
    else:
        later = "受け付けた日に知った。" if noticed == day else "受付の前に知っていた。"
    return [("問い合わせ", plain(f"受付番号 {number}、{wording.day(day)}受付。{later}"))]
