"""FY2025 of the demonstration Centre, whole: every report the contract asks for, and every line of 別紙4 in one of them."""

import pytest

from partner.common.refusal import Refusal
from partner.documents.blocks import Block, Columns, Original, Section, Table
from partner.facts.models import SurveyResponse
from partner.facts.periods import find_period
from partner.figures.engine import Evaluation
from partner.ledger import clock
from partner.reports.prepare import prepare

YEAR = "FY2025"
MONTHS = [f"2025-{n:02}" for n in range(4, 13)] + [f"2026-{n:02}" for n in range(1, 4)]
QUARTERS = ("2025Q1", "2025Q2", "2025Q3")
EVENTS = ("event:E25-1", "event:E25-2", "event:E25-3", "event:E25-4")
INCIDENTS = (
    "incident:T25-1/first", "incident:T25-1/full", "incident:T25-2/first", "incident:T25-2/interim-1", "incident:T25-2/interim-2",
    "incident:T25-2/full", "incident:T25-3/first", "incident:T25-3/full",
)  # fmt: skip
# What 別紙4 asks for, line by line: the report, the section that answers, and words that must stand in it.
ASKED = (
    ("monthly", "M1", ("登録者数の増減", "新規", "増加数", "接触媒体", "登録目的", "国際協力人材", "簡易登録人材")),
    ("monthly", "M2", ("登録団体数の増減", "新規", "増加数", "団体種別", "国際協力団体", "簡易登録団体")),
    ("monthly", "M3", ("求人情報の掲載", "団体種別", "分野", "アクセス")),
    ("monthly", "M4", ("研修・セミナー情報の掲載", "団体種別", "分野")),
    ("monthly", "M5", ("対面相談", "Skype", "メール相談", "アンケート")),
    ("monthly", "M6", ("閲覧ページ数", "訪問者数")),
    ("monthly", "M7", ("PARTNERニュース", "PARTNERエクスプレス", "新規")),
    ("monthly", "M8", ("受付",)), ("monthly", "M9", ("稼働率", "保守作業", "応答時間")),
    ("quarterly", "Q1", ("地方からの登録を増やす", "取組")), ("quarterly", "Q2", ("業務実施状況",)), ("quarterly", "Q3", ("当期", "見込み")),
    ("quarterly", "Q4", ("月次報告項目",)), ("quarterly", "M1", ("第2四半期",)), ("quarterly", "Q5", ("3.1.2", "3.2.1(1)")),
    ("annual", "A1", ("地方からの登録を増やす", "第1四半期の取組", "第4四半期の取組")), ("annual", "A2", ("業務の実施状況",)),
    ("annual", "A3", ("実施要項1-9(1)", "実施要項1-9(2)", "実施要項1-9(3)", "目標値未設定", "未達")), ("annual", "A4", ("年度の推移",)),
    ("annual", "M1", ("4月", "3月", "令和7年度")), ("annual", "A5", ("No.1", "No.2")), ("annual", "A6", ("No.11",)),
    ("annual", "A7", ("国際協力キャリアフェア（仙台）", "中止")), ("annual", "A8", ("3.1.2",)), ("annual", "A9", ("インセンティブ指定指標",)),
    ("annual", "B1", ("第4四半期",)), ("annual", "Q1", ("第4四半期の取組",)), ("annual", "Q2", ("業務実施状況",)),
    ("annual", "K2", ("経費明細", "税率", "未払計上")), ("annual", "B2", ("別添1", "周知用ちらし")),
    ("expenses", "K1", ("確定",)), ("service", "S1", ("プログラム",)), ("service", "S2", ("申込",)), ("service", "S3", ("費用",)),
    ("service", "S4", ("No.8", "分析")), ("service", "S5", ("原本",)), ("service", "S6", ("教訓", "次回")),
    ("incident", "T1", ("検索の結果の一部が表示されない",)), ("incident", "T2", ("第一報",)), ("incident", "T3", ("経過",)),
    ("incident", "T4", ("原因", "再発防止")),
)  # fmt: skip
OF = {
    "monthly": "2026-01", "quarterly": "2025Q2", "annual": YEAR, "expenses": YEAR, "service": "event:E25-4", "incident": "incident:T25-2/full",
}  # fmt: skip


@pytest.fixture(scope="module")
def composed(loaded):
    """The reports by kind and period, each composed once with what is known now."""
    made, evaluation = {}, Evaluation(clock.last())

    def compose(kind, text):
        if (kind, text) not in made:
            cut = evaluation.cut
            made[kind, text] = prepare(kind, find_period(text, cut), cut, evaluation=evaluation)
        return made[kind, text]

    return compose


def sections(report):
    """Section → everything that stands in it, as one text."""
    found, at = {}, ""
    for block in report.document.blocks:
        if isinstance(block, Section):
            at = block.number or block.title
            found[at] = [block.title]
        elif at:
            found[at].append(repr(block))
    return {name: " ".join(said) for name, said in found.items()}


@pytest.mark.parametrize(("kind", "section", "words"), ASKED)
def test_every_line_of_the_annex_is_answered(composed, kind, section, words):
    found = sections(composed(kind, OF[kind]))
    assert section in found
    assert [word for word in words if word not in found[section]] == []


@pytest.mark.parametrize("period", MONTHS)
def test_each_month_is_composed(composed, period):
    assert composed("monthly", period).data["headlines"]["M1"]["state"] == "final"


@pytest.mark.parametrize("period", QUARTERS)
def test_each_quarter_is_composed(composed, period):
    report = composed("quarterly", period)
    owed = {one["why"] for one in report.data["blockers"] if not one["text"]}
    assert owed == set() or all("訪問" in why or "記録" in why or "届け出" in why for why in owed)


@pytest.mark.parametrize("period", EVENTS)
def test_each_event_has_its_report(composed, period):
    assert composed("service", period).document.title


@pytest.mark.parametrize("period", INCIDENTS)
def test_each_incident_has_its_reports(composed, period):
    assert composed("incident", period).document.title


def test_a_cancelled_event_and_one_that_is_only_planned_have_none(composed):
    for number in ("E25-5", "E26-5"):
        with pytest.raises(Refusal):
            composed("service", f"event:{number}")


def test_the_originals_are_as_many_as_the_responses(composed):
    responses = SurveyResponse.objects.believed().filter(event="E25-4", begun="completed").count()
    report = composed("service", "event:E25-4")
    assert sum(isinstance(block, Original) for block in report.document.blocks) == responses > 0
    assert not [one for one in report.data["blockers"] if "原本" in one["why"]]


def tables(blocks: tuple[Block, ...]):
    for block in blocks:
        if isinstance(block, Table):
            yield block
        elif isinstance(block, Columns):
            yield from tables((*block.left, *block.right))


def test_no_cell_number_stands_twice_in_the_annual_report(composed):
    seen, twice = set(), set()
    for table in tables(composed("annual", YEAR).document.blocks):
        for row in getattr(table, "rows", ()):
            for cell in getattr(row, "cells", ()):
                if cell is not None and cell.number:
                    (twice if cell.number in seen else seen).add(cell.number)
    assert twice == set()


def test_the_month_and_the_year_say_the_same_of_march(composed):
    month = {one["number"]: one for one in composed("monthly", "2026-03").data["cells"] if one["compared"] == "a"}
    year = {one["number"]: one for one in composed("annual", YEAR).data["cells"] if one["compared"] == "m12"}
    same = {f"{number.rstrip('abcdefghijklmnopqrstuvwxyz')}": one for number, one in month.items() if number}
    checked = 0
    for number, one in year.items():
        beside = same.get(number.rstrip("abcdefghijklmnopqrstuvwxyz"))
        if beside and beside["where"] == one["where"] and beside["key"] == one["key"]:
            assert one["value"] == beside["value"], number
            checked += 1
    assert checked > 60
