"""Sheets of the priority issues (重点課題), and of what was done for them."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from partner.facts.intake.kinds.declare import KEY, WITHDRAWN, Column, Kind, texts_without_contacts, without_contacts
from partner.facts.intake.kinds.told_once import told_once
from partner.facts.models.undertakings import IssueEffort, PriorityIssue
from partner.facts.streams import ISSUE_EFFORTS, PRIORITY_ISSUES

QUARTER = re.compile(r"\d{4}Q[1-4]")
_NUMBER = Column("number", "番号", "その年度の中の番号（1、2…）。", True, "integer", least=1, most=99)

PRIORITY_ISSUE = Kind(
    "priority_issues",
    "重点課題",
    (
        KEY,
        Column("fiscal_year", "年度", "2026 のように。", True, "integer", least=2003, most=2098),
        _NUMBER,
        Column("title", "重点課題", "", True, "plain", limit=120, wide=True),
        Column("aim", "ねらい", "何を目指すか。", True, "plain", limit=1000, wide=True),
        Column("measure", "指標", "何で測るか。", type="plain", limit=200, wide=True),
        Column("goal", "目標", "合意した値。合意していないときは空。", type="plain", limit=120),
        WITHDRAWN,
    ),
    PRIORITY_ISSUES,
    at="",
    check=texts_without_contacts("title", "aim", "measure", "goal"),
    against=told_once(PriorityIssue, "fiscal_year", "number", column="number"),
    rules=("1行に、1つの年度の1つの課題を書く。",),
    covers=False,
)


def _effort(read: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    if not QUARTER.fullmatch(read["period"]):
        yield "bad_period", "四半期は 2026Q2 のように書いてください。", "period"
    for name in ("effort", "result", "attained"):
        yield from without_contacts(read[name], name)


ISSUE_EFFORT = Kind(
    "issue_efforts",
    "重点課題の取組",
    (
        KEY,
        Column("period", "四半期", "2026Q2 のように（年度の第2四半期）。", True, limit=12),
        _NUMBER,
        Column("effort", "取組", "その四半期に行ったこと。", True, "plain", limit=2000, wide=True),
        Column("result", "結果", "", type="plain", limit=2000, wide=True),
        Column("attained", "指標の実績", "四半期末の値。", type="plain", limit=120),
        WITHDRAWN,
    ),
    ISSUE_EFFORTS,
    at="",
    check=_effort,
    against=told_once(IssueEffort, "period", "number", column="number"),
    rules=("1行に、1つの四半期の1つの課題の取組を書く。課題は「重点課題」に先に書く。",),
    covers=False,
)
