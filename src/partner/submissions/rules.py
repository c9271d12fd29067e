"""When each report is due: dated rows with the clause they come from, in the form in which master data will hold them."""

from dataclasses import dataclass
from datetime import date, time

from partner.common.refusal import Refusal

MONTHLY = "business_day_of_next_month"
QUARTERLY = "end_of_next_month"
ANNUAL = "end_of_period"
LAST_DAY = "on_last_business_day"
AFTER = "business_days_after"
REPEATED = "every_business_days_after"
AGREED = 0  # the number is a fact of the contract: master/incident_days.py


@dataclass(frozen=True)
class Rule:
    """How a report's due date is counted, for what begins on or after `holds_from`."""

    kind: str
    counted: str
    number: int
    source: str
    holds_from: date = date(2003, 10, 1)
    holds_until: date | None = None
    due_time: time = time(17)


_ANNEX = "別紙4 国際協力人材センター事業報告内容一覧"
_SETTING = "設定値（別紙4は「発生・対処後速やかに」、機構との協議による）"
RULES = (
    Rule("monthly", MONTHLY, 5, f"{_ANNEX}・月次報告書「原則翌月5営業日以内」"),
    Rule("quarterly", QUARTERLY, 1, f"{_ANNEX}・四半期報告書「当該四半期に属する最後の月の翌月末日以内」"),
    Rule("annual", ANNUAL, 1, f"{_ANNEX}・年間業務完了報告書「当該年度末まで」"),
    Rule("expenses", LAST_DAY, 1, f"{_ANNEX}・年間業務完了報告書「経費については確定金額を当該年度末最終営業日に」"),
    Rule("service", AFTER, 10, f"{_ANNEX}・個別サービス実施報告書「実施後10営業日以内」"),
    Rule("incident/first", AFTER, AGREED, f"第一報：知った日の後の営業日。{_SETTING}"),
    Rule("incident/interim", REPEATED, AGREED, f"中間報告：継続中は一定の営業日ごと。{_SETTING}"),
    Rule("incident/full", AFTER, AGREED, f"完了報告：対処の後の営業日。{_SETTING}"),
)


def rule_for(kind: str, on: date) -> Rule:
    """The rule that holds for what begins on the day. Raises Refusal where there is none."""
    for rule in RULES:
        if rule.kind == kind and rule.holds_from <= on and (rule.holds_until is None or on < rule.holds_until):
            return rule
    raise Refusal("no_rule", f"{on} の時点で有効な「{kind}」の提出期限の定めがありません。")
