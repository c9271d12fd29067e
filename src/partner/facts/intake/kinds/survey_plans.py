"""The sheet of the surveys' plans."""

from collections.abc import Iterator, Mapping
from typing import Any

from partner.facts.intake.kinds.declare import KEY, WITHDRAWN, Column, Kind, event_number, without_contacts
from partner.facts.intake.kinds.told_once import told_once
from partner.facts.models.surveys import PlanState as S
from partner.facts.models.surveys import SurveyPlan
from partner.facts.streams import SURVEY_PLANS

_ANSWERED = frozenset({S.ANSWERED, S.AGREED})
_AGREED = frozenset({S.AGREED})


def _plan(read: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    if read["valid_to"] <= read["valid_from"]:
        yield "ends_before_begin", "締切が開始より前です。", "valid_to"
    for name, label, before in (("answered_at", "回答", "proposed_at"), ("agreed_at", "合意", "answered_at")):
        if read[name] is not None and read[before] is not None and read[name] < read[before]:
            yield "ends_before_begin", f"{label}の日が、その前の段階の日より前です。", name
    if read["goal"] is not None and read["goal"] != round(read["goal"], 1):
        yield "bad_value", "目標回答率の小数は1桁までです。", "goal"
    for name in ("audience", "method", "questions", "analysis", "changed"):
        yield from without_contacts(read[name], name)


SURVEY_PLAN = Kind(
    "survey_plans",
    "アンケートの実施計画",
    (
        KEY,
        Column("survey", "調査", "どの調査か。", True, "code", list="survey"),
        event_number("催しについての調査（No.6〜8）のとき、その催し。", required=False),
        Column("version", "版", "計画と調査票の版。", True, limit=20),
        Column("state", "状態", "提案、回答あり、合意。", True, "choice", choices=tuple(S.choices)),
        Column("valid_from", "開始日", "回答を受け付け始める日。", True, "moment", may_be_future=True),
        Column("valid_to", "締切日", "この日を含む。", True, "last_day", may_be_future=True),
        Column("audience", "対象", "誰に尋ねるか。", True, "plain", limit=200, wide=True),
        Column("invited", "対象数", "依頼を1通ずつ記録しない調査では、依頼の数。", type="integer", least=0, most=1_000_000),
        Column("method", "方法", "Web、会場での配付など。", True, "plain", limit=200, wide=True),
        Column("questions", "設問", "設問の一覧。", True, "plain", limit=4000, wide=True),
        Column("analysis", "集計・分析の方法", "", True, "plain", limit=2000, wide=True),
        Column("goal", "目標回答率（％）", "合意していないときは空。", type="decimal", least=0, most=100),
        Column("changed", "前回からの変更", "設問を変えたとき、何を変えたか。", type="plain", limit=1000, wide=True),
        Column("proposed_at", "提案日", "", True, "moment"),
        Column("answered_at", "機構の回答日", "", type="moment", needed=_ANSWERED, allowed=_ANSWERED),
        Column("agreed_at", "合意日", "", type="moment", needed=_AGREED, allowed=_AGREED),
        WITHDRAWN,
    ),
    SURVEY_PLANS,
    at="proposed_at",
    event="state",
    check=_plan,
    against=told_once(SurveyPlan, "survey", "event", "version", column="version"),
    rules=(
        "1行に、1つの調査の1つの版の計画を書く。回答と合意があったら、同じ行キーのまま書き直す。",
        "集計の結果には、計画の版を示す。設問を変えたら新しい版とする。",
    ),
    covers=False,
)  # fmt: skip
