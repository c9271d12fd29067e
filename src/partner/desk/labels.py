"""Words of the desk for what the ledger holds as codes."""

from datetime import datetime
from typing import Any

from partner.common.period import Period
from partner.facts.models.postings import PostingEnded
from partner.facts.models.registrations import Begun, Ended, EventKind
from partner.figures.sets import Axis, Facts
from partner.master.book import Book
from partner.reports import wording
from partner.reports.axes import DIMENSIONS as DIMENSIONS

REMARKS = {"medium": "主なもの1つ", "purpose": "複数回答（延べ）", "all_fields": "その他の分野も数える（延べ）"}
KINDS = {"people": "人材登録者数", "organizations": "団体登録数"}
TITLES = {
    "M1": "人材登録者数", "M2": "団体登録数", "M3": "求人情報", "M4": "研修・セミナー情報", "M5": "キャリア相談",
    "M6": "アクセス", "M7": "メールサービス", "M8": "問い合わせ", "M9": "運用・保守", "Q3": "確保すべき質", "A5": "アンケート",
}  # fmt: skip
STATES = {"final": "確報", "provisional": "速報値", "missing": "未入力", "not_applicable": "該当なし"}
APPLICATION = {"applied": "申請", "approved": "登録", "refused": "却下", "lapsed": "取下げ"}
_HOW = {
    "expired": "掲載期限",
    "stopped": "停止",
    "published": "公開",
    "mended": "修正",
    "closed": "終了",
    "reopened": "再開",
    **dict(PostingEnded.choices),
    **APPLICATION,
    **dict(Begun.choices),
    **dict(Ended.choices),
    **dict(EventKind.choices),
}
LISTS = {
    "level": {"P": "person_level", "O": "organization_level"},
    "organization_type": {"P": "organization_type", "O": "organization_type"},
}


MEASURES = {
    "invited": "依頼", "partial": "一部回答", "response_rate": "回答率", "mean": "平均", "p50": "中央値", "p95": "95％値",
    "p99": "99％値", "within_target": "目標内の割合", "samples": "測定数", "bounced": "うち不達", "unknown_minutes": "監視の欠測",
    "worst_case": "欠測をすべて停止とみなす場合", "planned_minutes": "サービス予定時間", "excluded_minutes": "除外した停止",
    "down_minutes": "計画外停止",
}  # fmt: skip
_MEASURED = {"response_rate": ("percent", "％"), "within_target": ("percent", "％"), "worst_case": ("percent3", "％"),
             "mean": ("mean", "")}  # fmt: skip


def measured(name: str, value: Any) -> str:
    """A measure with its unit."""
    if value is None:
        return "—"
    minutes = ("minutes", "分") if name.endswith("_minutes") else ("count", "")
    style, unit = _MEASURED.get(name, minutes)
    return wording.number(value, style) + unit


def how(code: str) -> str:
    """How a span began or ended, or what an event was."""
    return str(_HOW.get(code, code))


def masked(subject: str, prefix: str) -> str:
    """The registrant's key as far as everybody may see it."""
    return f"{'H' if prefix.startswith('P') else 'D'}-{subject[:4]}••"


def title_of(label: str, filters: list[str]) -> str:
    """全登録者数（国際協力人材）."""
    return f"{label}（{'・'.join(filters)}）" if filters else label


def moment_of(figure_type: str, period: Period) -> str:
    """When the figure holds: 2026年10月31日 24:00（日本時間）の時点, or the days it adds up."""
    last = period.last
    if figure_type == "stock":
        return f"{last.year}年{last.month}月{last.day}日 24:00（日本時間）の時点"
    first = period.first
    return f"{first.year}年{first.month}月{first.day}日から{last.month}月{last.day}日まで"


def axis_code(axis: Axis, book: Book, code: str, at: datetime) -> str:
    """The label of one raw code, as the registrant's own level or medium."""
    return book.label(axis.list, code, at) if axis.list else dict(axis.choices).get(code, code)


def describe(record: dict[str, Any], facts: Facts, book: Book, at: datetime) -> dict[str, Any]:
    """A record with its words: levels, medium, type, purposes, how it began and ended."""
    axes = facts.axes

    def word(name: str, key: str) -> str:
        raw = record.get(key) or ""
        return axis_code(axes[name], book, raw, at) if raw else ""

    return {
        **record,
        "subject_masked": masked(record["subject"], record["id"]),
        "level_label": word("level", "level"),
        "previous_level_label": word("level", "previous_level"),
        "medium_label": word("medium", "medium"),
        "type_label": word("organization_type", "organization_type"),
        "purposes_label": "、".join(axis_code(axes["purpose"], book, code, at) for code in record.get("purposes", [])),
        "begun_label": how(record["begun"]),
        "ended_label": how(record["ended"]) if record["ended"] else "",
    }
