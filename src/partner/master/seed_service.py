"""The shipped catalogue of the report on an event (個別サービス実施報告書), and what the annual report says of surveys and events.

Data: all can be changed. Source: 別紙4, 個別サービス実施報告書: what was held and its results, No.6 and No.7 tabulated and analysed,
the collected originals of No.8.
"""

import json
from typing import Any

from partner.master.seed import ANNEX, ASSUMED

_Row = dict[str, Any]
_SOURCE = f"{ANNEX} 個別サービス実施報告書"
_SURVEY: tuple[_Row, ...] = (  # the blocks of one survey, in their order
    {"form": "survey", "title": "回収の状況", "definitions": "D32"},
    {"form": "survey_questions", "title": "設問別の結果", "definitions": "D33,D34,D37"},
    {"form": "survey_choices", "title": "回答の内訳", "definitions": "D33,D34"},
    {"form": "survey_cross", "title": "クロス集計", "definitions": "D35", "rows": "q5", "columns": "q1"},
    {"form": "survey_remarks", "title": "自由記述", "definitions": "D36"},
    {"form": "survey_analysis", "title": "分析"},
)


def entry(
    report: str, item: str, part: str, form: str, title: str, position: int, unit: str = "", defined: str = "", **params: Any
) -> _Row:  # fmt: skip
    """One block of a report; its place is the item, and its part of it."""
    return {
        "report": report, "place": f"{item}-{part}" if part else item, "item": item, "form": form, "title": title, "unit": unit,
        "definitions": defined, "position": position, "source": ANNEX,
        "params": json.dumps(params, ensure_ascii=False, sort_keys=True),
    }  # fmt: skip


def catalogue() -> list[_Row]:
    """S1-S6: what stands where in the report on an event."""

    def head(item: str, title: str, *, new_page: bool = False) -> _Row:
        return entry("service", item, "", "heading", title, int(item[1]) * 100, source=_SOURCE, new_page=new_page)

    def part(item: str, n: int, form: str, title: str, unit: str = "", defined: str = "", **params: Any) -> _Row:
        return entry("service", item, str(n), form, title, int(item[1]) * 100 + n, unit, defined, **params)

    return [
        head("S1", "開催の概要", new_page=True), part("S1", 1, "event_outline", "開催の概要"),
        part("S1", 2, "event_programme", "プログラム", "人"), part("S1", 3, "event_photos", "写真"),
        part("S1", 4, "event_materials", "配付した資料"),
        head("S2", "参加者"), part("S2", 1, "event_participants", "参加者の区分", "人", "D30"),
        head("S3", "計画と実績・費用"), part("S3", 1, "event_costs", "費目別の費用", "円", "D31"),
        part("S3", 2, "event_taxes", "税率別の費用", "円", "D31"),
        head("S4", "アンケートの集計と分析", new_page=True), part("S4", 1, "event_surveys", "アンケート", parts=_SURVEY),
        head("S5", "回収したアンケート原本", new_page=True), part("S5", 1, "event_originals", "原本", defined="D39"),
        head("S6", "教訓と次回", new_page=True), part("S6", 1, "owed_text", "教訓", place="event.lessons"),
        part("S6", 2, "owed_text", "次回に向けて", place="event.next"),
    ]  # fmt: skip


def survey_entries(report: str, item: str, survey: str, first: int, position: int) -> list[_Row]:
    """One survey among another report's items (A5, A6): six blocks at the places `first` on, from the position on."""
    found = []
    for n, part in enumerate(_SURVEY):
        params = {name: part[name] for name in ("rows", "columns") if name in part} | {"survey": survey}
        found.append(
            entry(
                report,
                item,
                str(first + n),
                part["form"],
                part["title"],
                position + n,
                "",
                part.get("definitions", ""),
                **params,
            )
        )
    return found


def held_entry(report: str, item: str, position: int) -> _Row:
    """The year's individual services (A7): a line each."""
    return entry(report, item, "1", "events_held", "個別サービスの実施", position, "人（平均は点）", "D30,D38")


def contract_facts() -> list[_Row]:
    """Rule 13's setting."""
    label = "アンケートのクロス集計で5件未満の度数を伏せる（1：伏せる、空：伏せない）"
    return [{"key": "mask_small_cells", "label": label, "value": "1", "source": ASSUMED}]


def definitions() -> list[_Row]:
    """How events and surveys are counted, as printed in 集計の定義とルール."""
    entries = [
        ("D30", "個別サービスの参加者", "催しの終わりに、参加者の区分ごとに数えた人数。オンラインの参加を含み、内数で示す。計画に対する率は参加÷計画人数である。", "申込みだけの者。2回参加した者は2と数える"),
        ("D31", "催しの費用", "その催しの番号を記した経費の記録を、段階（予算、契約・発注、支出、未払計上）ごとに合計する。単位は円で、消費税を含む。税率の異なる行は分けて記録し、税率別に示す。", "催しの番号のない経費"),
        ("D32", "アンケートの回収", "催しのアンケートは、届いた日によらずその催しの回答を数え、締切が過ぎるまで速報値とする。年間のアンケートは期間中に届いた回答を数える。回答率は回答完了÷依頼で、依頼の記録がないときは実施計画の対象数（開始日の属する期間に算入）による。締切後の回答、計画と異なる版への回答は含めて数え、内数で示す。", "一部回答（別に示す）"),
        ("D33", "設問別の割合と平均", "割合は、その回答÷その設問に答えた回答完了の数。平均は5段階（5が最もよい）の回答の算術平均である。分母が10件に満たない割合は示さない。", "一部回答、自由記述"),
        ("D34", "前回との比較", "前回は、催しでは同じ種類の直前の催し、ほかは前の期間のうち、その調査に回答のあったものである。設問、選択肢又はその文言が変わった設問、実施計画が変更を記した設問は「設問変更」とし、比べない。", "実施計画の記す変更に設問の指定がないときは、すべての設問を比べない"),
        ("D35", "クロス集計", "両方の設問に答えた回答完了を数える。5件に満たない度数と、行又は列の計からそれを求められないように選んだ度数は伏せる（秘）。秘のある行は、平均と割合も示さない。", "行の計（回答数）と列の計は伏せない"),
        ("D36", "自由記述", "個人が分からないことを人が確かめた記述だけを、読んだ者の付けた分類ごとに載せる。", "確認の済んでいない記述（数だけを示す）"),
        ("D37", "アンケートの分析", "下書きは、2つの平均の差がその標準誤差（√（s₁²÷n₁＋s₂²÷n₂））の2倍以上のときだけ違いを述べ、回答が10件に満たないときは比べない。人が書き改めたものを分析とする。", "要因の推測"),
        ("D38", "個別サービスの実施", "実施した催しを、最後の日の属する年度に数える。満足度は、その催しのアンケートの最初の設問の平均と回答数である。報告書の提出は、最初に提出した日による。", "予定の催し、中止した催し（別に示す）"),
        ("D39", "回収したアンケート原本", "No.8の原本1通を1件とし、回答完了の数と一致することを確かめる。SHA-256は、ファイルが変わっていないことを示す。", ""),
    ]  # fmt: skip
    return [
        {"number": number, "name": name, "counted": counted, "left_out": left_out, "position": n * 10, "source": ASSUMED}
        for n, (number, name, counted, left_out) in enumerate(entries, 30)
    ]  # fmt: skip
