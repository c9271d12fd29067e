"""The shipped catalogue of the annual report (A1-A9, the fourth quarter, annexes), and the quality of the quarterly one.

A4 stands in seed_quarterly.py, the expenses in seed_expenses.py. Source: 別紙4, 年間業務完了報告書 1) - 9), 四半期報告書 3), 5).
"""

from typing import Any

from partner.master import seed_service
from partner.master.seed_catalogue import ANNEX
from partner.master.seed_service import entry

_Row = dict[str, Any]
_QUALITY = ["1-9(1)", "1-9(2)", "1-9(3)"]
_SYSTEM = ["3.1.2", "3.2.1(1)"]
_INCENTIVE = ["incentive"]
_DEFINED = {"indicators": "D20,D21", "track_record": "D21"}
_LABELS = {"annual": "年間業務完了報告書", "quarterly": "四半期報告書"}


def _item(number: int, title: str, *blocks: tuple[str, str, str, dict[str, Any]]) -> list[_Row]:
    """A heading, its blocks (part, form, title, parameters), and 今後の展望."""
    item, base = f"A{number}", number * 100
    source = f"{ANNEX} {_LABELS['annual']} {number}）"
    head = entry("annual", item, "", "heading", title, base, source=source, new_page=True)
    made = [
        entry("annual", item, part, form, name, base + n, **params)
        for n, (part, form, name, params) in enumerate(blocks, 1)
    ]
    return [head, *made, entry("annual", item, "P", "outlook", "今後の展望", base + 99)]


def annual() -> list[_Row]:
    """All items but A4 and the expenses."""
    surveys = [
        *_item(5, "登録団体、人材登録者アンケート結果"), *seed_service.survey_entries("annual", "A5", "no1", 1, 510),
        *seed_service.survey_entries("annual", "A5", "no2", 11, 530),
        *_item(6, "国際協力人材部満足度アンケート調査結果"), *seed_service.survey_entries("annual", "A6", "no11", 1, 610),
        *_item(7, "各種セミナー等個別サービス実施実績"), seed_service.held_entry("annual", "A7", 710),
    ]  # fmt: skip
    return [
        *_item(1, "重点課題と取組結果", ("T", "issues", "取組結果", {})),
        *_item(2, "人材センター業務報告", ("T", "narrative", "年間の業務の実施状況", {"draft": "business"})),
        *_item(3, "確保されるべき質の達成状況", ("1", "indicators", "質の指標", {"clauses": _QUALITY}),
               ("F1", "progress", "目標に対する進み", {"clauses": _QUALITY}), ("2", "track_record", "これまでの見込みの確かさ", {"clauses": _QUALITY})),
        *surveys,
        *_item(8, "PARTNERシステム運用・保守業務結果", ("T", "narrative", "実施状況", {"draft": "operations"}),
               ("1", "indicators", "性能目標と信頼性目標", {"clauses": _SYSTEM})),
        *_item(9, "インセンティブ指定指標にかかる取り組み結果", ("1", "indicators", "インセンティブ指定指標", {"clauses": _INCENTIVE}),
               ("T", "narrative", "取り組み結果", {})),
        entry("annual", "B1", "", "heading", "第4四半期の報告", 1000, source=f"{ANNEX} 四半期報告書（第4四半期は年次に含む）", new_page=True),
        entry("annual", "B1", "1", "fourth_quarter", "第4四半期", 1001),
        entry("annual", "B2", "", "heading", "関連の資料", 9000, source=f"{ANNEX} {_LABELS['annual']}（関連の資料）", new_page=True),
        entry("annual", "B2", "1", "annexes", "別添の資料", 9001),
    ]  # fmt: skip


def quarterly() -> list[_Row]:
    """Q3, and the system's targets in Q5."""
    return [
        entry("quarterly", "Q3", "1", "indicators", "質の指標", 310, "", "D20,D21", clauses=_QUALITY),
        entry("quarterly", "Q3", "F1", "progress", "目標に対する進み", 320, clauses=_QUALITY),
        entry("quarterly", "Q3", "2", "track_record", "これまでの見込みの確かさ", 330, "", "D21", clauses=_QUALITY),
        entry("quarterly", "Q5", "1", "indicators", "性能目標と信頼性目標", 520, "", "D20,D21", clauses=_SYSTEM),
    ]


def catalogue() -> list[_Row]:
    """All rows of this file."""
    return annual() + quarterly()
