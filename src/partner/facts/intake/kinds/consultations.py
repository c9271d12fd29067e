"""Sheets of consultations: bookings with their outcome, and cases answered by mail."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from partner.facts.intake.kinds.declare import KEY, WITHDRAWN, Column, Kind
from partner.facts.intake.kinds.told_once import told_once
from partner.facts.models.consultations import Consultation, MailCase, Outcome
from partner.facts.streams import CONSULTATIONS, MAIL_CASES
from partner.ledger import clock

_COUNSELLOR = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_HELD = frozenset({Outcome.HELD})
_NUMBER = Column("number", "相談番号", "予約又は案件の番号。", True, "number", limit=40)
_PERSON = Column(
    "person", "管理番号", "相談者が登録者のとき、その番号。", type="number", limit=40, field="subject", party="person"
)


def _check(read: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    if read["outcome"] == Outcome.NO_SHOW and read["booked_at"] > clock.now():
        yield "in_the_future", "予約日時がまだ来ていないため、欠席とは書けません。", "outcome"
    if read["counsellor"] and not _COUNSELLOR.fullmatch(read["counsellor"]):
        yield "personal_data", "相談員は氏名でなく、英数字のコードで書いてください。", "counsellor"


def _in_order(read: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for name, label in (("answered_at", "回答"), ("closed_at", "完了")):
        if read[name] is not None and read[name] < read["received_at"]:
            yield "ends_before_begin", f"{label}日時が受付日時より前です。", name


CONSULTATION = Kind(
    "consultations",
    "キャリア相談の予約と結果",
    (
        KEY,
        _NUMBER,
        _PERSON,
        Column("booked_at", "予約日時", "相談の予定の日時。未来でもよい。", True, "moment", may_be_future=True),
        Column("outcome", "結果", "予約中、実施、キャンセル、欠席。", True, "choice", choices=tuple(Outcome.choices)),
        Column("held_at", "実施日時", "実施したとき必ず書く。", type="moment", needed=_HELD, allowed=_HELD),
        Column("channel", "実施形態", "面談かオンライン。実施したとき必ず書く。", type="code", list="consultation_channel", needed=_HELD),
        Column("counsellor", "相談員", "相談員のコード。氏名は書かない。", limit=40),
        WITHDRAWN,
    ),
    CONSULTATIONS,
    at="booked_at",
    event="outcome",
    check=_check,
    against=told_once(Consultation, "number", "booked_at", column="number"),
    rules=(
        "1行に1つの予約を書く。結果が決まったら、同じ行キーのまま書き直す。",
        "実施した日に数える。キャンセルと欠席は件数に含めず、別に示す。",
        "結果の「キャンセル」は予約の結果であり、行を取り消す「取消」とは別である。",
    ),
)  # fmt: skip
MAIL_CASE = Kind(
    "mail_cases",
    "メール相談",
    (
        KEY,
        _NUMBER,
        _PERSON,
        Column("received_at", "受付日時", "最初のメールを受けた日時。", True, "moment"),
        Column("answered_at", "回答日時", "内容のある最初の回答の日時。", type="moment"),
        Column("closed_at", "完了日時", "", type="moment"),
        WITHDRAWN,
    ),
    MAIL_CASES,
    at="received_at",
    check=_in_order,
    against=told_once(MailCase, "number", column="number"),
    rules=("1行に1つの案件を書く。回答した日に1件と数える。2回目以降の回答は数えない。",),
)
