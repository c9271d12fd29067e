"""Sheets of what the Centre states: plans, figures of earlier reports, declared losses."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from partner.common.period import parse_period
from partner.facts.intake.kinds.declare import KEY, WITHDRAWN, Column, Kind, without_contacts
from partner.facts.intake.kinds.told_once import told_once
from partner.facts.models.statements import ReportedFigure
from partner.facts.streams import LOSSES, PLANS, REPORTED_FIGURES

_ITEM = re.compile(r"[MQA][1-9]")
_FIGURE = re.compile(r"[a-z]+(\.[a-z_]+){1,2}")
_WHERE = re.compile(r"[a-z_]+=[a-z0-9_.]+(;[a-z_]+=[a-z0-9_.]+)*")
_SOURCES = (
    ("people", "人材登録"), ("organizations", "団体登録"), ("jobs", "求人情報"), ("trainings", "研修・セミナー情報"),
    ("consultations", "キャリア相談"), ("mail_cases", "メール相談"), ("survey_answers", "アンケートの回答"), ("access", "アクセスログ"),
    ("subscriptions", "メールサービス"), ("inquiries", "問い合わせ"), ("operations", "運用・保守の記録"), ("response_times", "応答時間の測定"),
)  # fmt: skip
_MOST = 10**13
_PLACES = 6  # digits after the point that are kept


def _is_period(text: str) -> bool:
    try:
        parse_period(text)
    except ValueError:
        return False
    return True


def _plan(read: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    if not _ITEM.fullmatch(read["item"]):
        yield "unknown_code", "項目は M1〜M9 のように書いてください。", "item"
    if not _is_period(read["period"]):
        yield "bad_period", "対象の期間は 2026-10 のように書いてください。", "period"
    yield from without_contacts(read["when"], "when")
    yield from without_contacts(read["text"], "text")


PLAN = Kind(
    "plans",
    "今後の予定",
    (
        KEY,
        Column("item", "項目", "報告書の項目（M1〜M9）。", True, limit=8),
        Column("period", "報告書の期間", "どの期間の報告書に載せるか（2026-10）。", True, limit=12),
        Column("position", "順", "項目の中の順。", type="integer", least=0, most=99),
        Column("when", "時期", "11月14日（土）、11月下旬など。", True, "plain", limit=60),
        Column("text", "予定", "である調の1文。氏名や連絡先は書かない。", True, "plain", limit=400, wide=True),
        WITHDRAWN,
    ),
    PLANS,
    at="",
    check=_plan,
    fill=lambda members: members.update(position=members["position"] or 0),
    rules=("1行に1つの予定を書く。報告書では、項目ごとに順に並ぶ。",),
    covers=False,
)


def _reported(read: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    if not _FIGURE.fullmatch(read["key"]):
        yield "unknown_figure", "数値のキーは people.total のように書いてください。", "figure"
    if read["where"] and not _WHERE.fullmatch(read["where"]):
        yield "bad_where", "内訳は level=full のように書いてください。", "where"
    if not _is_period(read["period"]):
        yield "bad_period", "期間は 2026-10、2026Q2、FY2026 のように書いてください。", "period"
    if read["value"] is not None and read["value"] != round(read["value"], _PLACES):
        yield "bad_value", f"小数は{_PLACES}桁までです。", "value"
    for name in ("report", "explanation"):
        yield from without_contacts(read[name], name)


REPORTED_FIGURE = Kind(
    "reported_figures",
    "前フェーズの報告値",
    (
        KEY,
        Column("figure", "数値のキー", "people.total など（docs/figures.md）。", True, field="key", limit=60),
        Column("where", "内訳", "level=full など。合計では空。", limit=120),
        Column("period", "期間", "2026-03、2025Q4、FY2025 など。", True, limit=12),
        Column("value", "値", "報告書に印字された値。", True, "decimal", least=-_MOST, most=_MOST),
        Column("report", "報告書", "印字されていた報告書の名称。", True, "plain", limit=120, wide=True),
        Column("page", "頁", "", limit=40),
        Column(
            "explanation",
            "差の説明",
            "記録による値と違うとき、その理由。承認までに書く。",
            type="plain",
            limit=200,
            wide=True,
        ),
        WITHDRAWN,
    ),
    REPORTED_FIGURES,
    at="",
    check=_reported,
    against=told_once(ReportedFigure, "key", "where", "period", "report", column="figure"),
    rules=("前の契約の報告書に印字された値を書く。記録のない期間では、前フェーズ報告値として示す。",),
    covers=False,
)


def _loss(read: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    if read["valid_to"] <= read["valid_from"]:
        yield "ends_before_begin", "終わりが始まりより後になっていません。", "valid_to"
    yield from without_contacts(read["reason"], "reason")
    yield from without_contacts(read["source"], "source")


LOSS = Kind(
    "losses",
    "欠測の届出",
    (
        KEY,
        Column("kind", "対象", "どの記録か。", True, "choice", choices=_SOURCES),
        Column("source", "出典", "サーバーや台帳の名。", True, "plain", limit=120),
        Column("valid_from", "始まり", "", True, "moment"),
        Column("valid_to", "終わり", "この時より前が失われた。", True, "moment"),
        Column("reason", "理由", "氏名や連絡先は書かない。", True, "plain", limit=200, wide=True),
        WITHDRAWN,
    ),
    LOSSES,
    at="valid_from",
    check=_loss,
    rules=("補えない欠測を届け出る。届け出た時間は「そろった」ものとして扱い、数値に欠測の印を付ける。",),
    covers=False,
)
