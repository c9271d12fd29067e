"""The sheet of the contract's expenses."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from partner.common.period import fiscal_year_of, jst_day
from partner.facts.intake.kinds.declare import KEY, WITHDRAWN, Column, Kind, event_number, without_contacts
from partner.facts.intake.kinds.told_once import told_once
from partner.facts.models.expenses import Expense
from partner.facts.models.expenses import ExpenseStage as S
from partner.facts.streams import EXPENSES

_MOST = 10**11
_NEEDS_EVIDENCE = frozenset({S.ACCRUED, S.FINAL})


def _check(read: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    net, tax, rate = read["net"], read["tax"], read["rate"]
    if net < 0 and not read["reason"]:
        yield "below_zero", "負の金額は返金・値引きのときだけです。その理由を書いてください。", "reason"
    if net < 0 and read["stage"] == S.BUDGET:
        yield "below_zero", "予算に負の金額は書けません。", "net"
    if (net < 0) != (tax < 0) and net and tax:
        yield "bad_value", "税抜と消費税の正負が合いません。", "tax"
    if abs(Decimal(tax) - Decimal(net) * rate / 100) >= 1:
        yield "bad_tax", f"消費税が、税抜の{rate}％と1円以上違います。税率ごとに行を分けてください。", "tax"
    if fiscal_year_of(jst_day(read["valid_from"])) != read["fiscal_year"] and read["stage"] == S.SPENT:
        yield (
            "other_year",
            "支出の日が、その年度の中にありません。年度の後に払うものは「未払計上」としてください。",
            "valid_from",
        )
    if rate != round(rate, 1):
        yield "bad_value", "税率の小数は1桁までです。", "rate"
    for name in ("title", "reason", "evidence"):
        yield from without_contacts(read[name], name)


EXPENSE = Kind(
    "expenses",
    "経費",
    (
        KEY,
        Column("number", "伝票番号", "", True, "number", limit=40),
        Column("fiscal_year", "年度", "2026 のように。", True, "integer", least=2003, most=2098),
        Column("stage", "段階", "予算、契約・発注、支出、未払計上、確定。", True, "choice", choices=tuple(S.choices)),
        Column("item", "費目", "", True, "code", list="expense_item"),
        Column("valid_from", "日付", "予算では年度の初日。", True, "moment"),
        Column("net", "税抜額（円）", "", True, "integer", least=-_MOST, most=_MOST),
        Column("rate", "税率（％）", "10、8、0 など。", True, "decimal", least=0, most=99),
        Column("tax", "消費税額（円）", "", True, "integer", least=-_MOST, most=_MOST),
        event_number("催しの費用のとき、その催し。", required=False),
        Column("title", "摘要", "氏名は書かない。", True, "plain", limit=200, wide=True),
        Column("evidence", "証憑", "請求書、契約書などの番号。未払計上と確定では必ず書く。", type="plain", limit=120, needed=_NEEDS_EVIDENCE),
        Column("reason", "負の金額の理由", "返金、値引きなど。", type="plain", limit=200, wide=True),
        WITHDRAWN,
    ),
    EXPENSES,
    at="valid_from",
    event="stage",
    check=_check,
    against=told_once(Expense, "number", "stage", "item", "rate", "title", column="number"),
    rules=(
        "1行に1つの金額を、税抜と消費税に分けて書く。税率が2つある伝票は2行に分ける。同じ伝票の別の内訳は摘要で分ける。",
        "段階ごとに別々に合計する。予算、契約・発注、支出、確定は足し合わせない。",
        "年度の後に払うものは「未払計上」とし、証憑を付ける。額が決まったら「確定」の行を書く。",
    ),
)  # fmt: skip
