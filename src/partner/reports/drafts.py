"""Drafts of accounts from the records: one finding a subject, each with its number and the way to its records.

A draft says only what was counted. What nobody recorded it does not mention; reasons are left to people.
"""

from collections.abc import Callable

from partner.documents.blocks import Finding, Run, Runs
from partner.figures.declare import find
from partner.reports import changes, wording
from partner.reports.compared import has_year_ago
from partner.reports.sheet import Sheet

Draft = Callable[[Sheet], list[Finding]]
_DRAFTS: dict[str, Draft] = {}
# what the finding is called, key, what the sentence speaks of
_BUSINESS = (
    ("人材登録", "people.new", "人材の新規登録"), ("団体登録", "organizations.new", "団体の新規登録"),
    ("求人情報", "jobs.posted", "求人情報の新規掲載"), ("研修・セミナー情報", "trainings.posted", "研修・セミナー情報の新規掲載"),
    ("キャリア相談", "consultations.total", "キャリア相談の実施"), ("メールサービス", "subscriptions.new", "メールサービスの新規登録"),
    ("問い合わせ", "inquiries.received", "問い合わせの受付"), ("ポータルの利用", "access.top.page_views", "トップページの閲覧"),
)  # fmt: skip
_OPERATIONS = (
    ("稼働", "operations.availability", "稼働率"), ("停止", "operations.outages", "計画外停止"),
    ("リリース", "operations.releases", "リリース"), ("保守作業", "operations.maintenance", "保守作業"),
    ("セキュリティ", "operations.security_events", "セキュリティ事象"),
)  # fmt: skip


def draft(name: str) -> Callable[[Draft], Draft]:
    """Declares the function below it as the draft of that name."""

    def declare(made: Draft) -> Draft:
        _DRAFTS[name] = made
        return made

    return declare


def draft_of(sheet: Sheet, name: str) -> list[Finding]:
    """The draft of that name; nothing where there is none."""
    return _DRAFTS[name](sheet) if name in _DRAFTS else []


@draft("business")
def business(sheet: Sheet) -> list[Finding]:
    """The Centre's work: what was done of each service, then what changed most."""
    told = [one for row in _BUSINESS if (one := _told(sheet, *row))]
    return told + changes.findings_of(sheet, [key for _, key, _ in _BUSINESS])


@draft("operations")
def operations(sheet: Sheet) -> list[Finding]:
    """Operation and maintenance."""
    return [one for row in _OPERATIONS if (one := _told(sheet, *row))]


def _told(sheet: Sheet, head: str, key: str, what: str) -> Finding | None:
    """第2四半期の求人情報の新規掲載は812件で、前期を8件、前年同期を32件上回った。"""
    sentence = compared(sheet, key, what)
    if sentence is None:
        return None
    number = changes.cell_of(sheet, key)
    records = Run("元の記録", link=sheet.link(key, sheet.period, {}))
    return Finding(head, (*sentence, *([Run(number=number)] if number else []), Run("　"), records))


def compared(sheet: Sheet, key: str, what: str) -> Runs | None:
    """One sentence on a figure against the periods before; None where it has no number."""
    figure, evaluation = find(key), sheet.evaluation
    style = wording.style_of(figure.unit)
    now = evaluation.value(key, sheet.period)
    if now.value is None:
        return None
    bases = [(sheet.words.last, sheet.previous)]
    bases += [(sheet.words.ago, sheet.year_ago)] if has_year_ago(sheet.period) else []
    points = "ポイント" if style == "percent3" else figure.unit
    said = [
        wording.against(name, now.value, base.value, points, style)
        for name, period in bases
        if (base := evaluation.value(key, period)).value is not None
    ]
    text = f"{sheet.period.column}の{what}は{wording.number(now.value, style)}{figure.unit}"
    return (Run(f"{text}で、{wording.sentence(said)}" if said else f"{text}である。"),)
