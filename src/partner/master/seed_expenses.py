"""The shipped catalogue of the expenses: 経費確定金額, a paper of its own, and 経費明細 in the annual report. Data."""

import json
from typing import Any

from partner.master.seed import ANNEX, ASSUMED

_SOURCE = f"{ANNEX} 年間業務完了報告書（経費）"
_Block = tuple[str, str, str, str, str, dict[str, Any]]
_STATEMENT: tuple[_Block, ...] = (
    ("K2", "K2-1", "expense_statement", "経費明細", "D43,D46", {"source": _SOURCE}),
    ("K2", "K2-2", "expense_rates", "税率別の内訳", "D44", {}),
    ("K2", "K2-3", "expense_accruals", "未払計上と証憑", "D45", {}),
    ("K2", "K2-4", "expense_after", "決算後の差額", "D45", {}),
)
_FINAL: _Block = ("K1", "K1", "expense_final", "経費確定金額", "D46", {"source": _SOURCE})
_LAST = 8000  # in the annual report after its items


def catalogue() -> list[dict[str, Any]]:
    """What stands where in the paper of the final amount, and in the annual report's section of expenses."""
    first, *others = _STATEMENT
    goes_on: _Block = (*first[:5], {**first[5], "new_page": False})
    return [*_rows("expenses", (_FINAL, goes_on, *others), 0), *_rows("annual", _STATEMENT, _LAST)]


def _rows(report: str, blocks: tuple[_Block, ...], after: int) -> list[dict[str, Any]]:
    return [
        {
            "report": report, "place": place, "item": item, "form": form, "title": title, "unit": "円", "definitions": defined,
            "position": after + n * 10, "source": ANNEX, "params": json.dumps(params, ensure_ascii=False, sort_keys=True),
        }
        for n, (item, place, form, title, defined, params) in enumerate(blocks, 1)
    ]  # fmt: skip


def contract_facts() -> list[dict[str, Any]]:
    """Whether ▲ stands for minus in the statement; whether the number of an evidence does without its file."""
    entries = [
        ("expense_triangle", "経費明細の負の数の表し方（▲、空なら−）", ""),
        ("expense_evidence", "未払計上の証憑（空なら添付を要する、「番号」なら番号だけでよい）", ""),
    ]
    return [{"key": key, "label": label, "value": value, "source": ASSUMED} for key, label, value in entries]


def definitions() -> list[dict[str, Any]]:
    """How the expenses are counted, as printed in 集計の定義とルール."""
    entries = [
        ("D43", "経費", "年度は伝票に書かれた年度による。支出は年度の中に支払った額、未払計上は年度に属し年度の後に支払う額、確定は同じ伝票番号の未払計上の額が決まったものである。見込は、支出、確定、及び確定していない未払計上の計である。年度の途中の期間では、その期間の日付の額を数える。", "契約・発注（参考）、理由のない負の金額"),
        ("D44", "消費税", "税抜と消費税は伝票の行ごとの額を合計する。税率の異なるものは行を分け、税率ごとに示す。円未満は伝票の端数処理による。", "合計から計算し直した税額"),
        ("D45", "未払計上と差額", "未払計上には証憑を付ける。差額は、確定した額から計上した額を引いたものであり、理由を示す。", "確定していない未払計上"),
        ("D46", "経費確定金額", "年度の最終営業日の時点の、支出、確定、及び確定していない未払計上の計である。その日に提出し、前には提出しない。", "翌年度に属する支出"),
    ]  # fmt: skip
    return [
        {"number": number, "name": name, "counted": counted, "left_out": left_out, "position": n * 10, "source": ASSUMED}
        for n, (number, name, counted, left_out) in enumerate(entries, 43)
    ]  # fmt: skip
