"""Sheets of complaints, troubles and leaks, and of what was done about them."""

from collections.abc import Iterator, Mapping
from typing import Any

from partner.facts.intake.kinds.declare import (
    EVENT_NUMBER,
    KEY,
    WITHDRAWN,
    Column,
    Kind,
    texts_without_contacts,
    without_contacts,
)
from partner.facts.intake.kinds.told_once import told_once
from partner.facts.models.incidents import Incident, YesNo
from partner.facts.models.incidents import IncidentKind as K
from partner.facts.streams import INCIDENT_NOTES, INCIDENTS

_LEAK = frozenset({K.LEAK})
_TEXTS = (
    "title", "outline", "cause", "measures", "prevention", "data_items", "secondary", "persons_told", "publication", "other",
)  # fmt: skip


def _check(read: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    if not EVENT_NUMBER.fullmatch(read["number"]):
        yield "bad_number", "事案番号は英数字と - で書いてください。", "number"
    if read["occurred_at"] is not None and read["occurred_at"] > read["noticed_at"]:
        yield "ends_before_begin", "発生が、知った日時より後です。", "occurred_at"
    for name, label in (("told_at", "機構への連絡"), ("handled_at", "対処の完了")):
        if read[name] is not None and read[name] < read["noticed_at"]:
            yield "ends_before_begin", f"{label}が、知った日時より前です。", name
    if read["handled_at"] is not None and not read["measures"]:
        yield "missing_value", "対処が終わったときは、何をしたかを書いてください。", "measures"
    for name in _TEXTS:
        yield from without_contacts(read[name], name)


def _long(name: str, label: str, help_: str = "", *, leak: bool = False) -> Column:
    return Column(name, label, help_, type="plain", limit=4000, wide=True, allowed=_LEAK if leak else None)


def _whether(name: str, label: str, help_: str) -> Column:
    return Column(name, label, help_, type="choice", choices=tuple(YesNo.choices), allowed=_LEAK)


INCIDENT = Kind(
    "incidents",
    "クレーム・トラブル",
    (
        KEY,
        Column("number", "事案番号", "センターが付けた番号（英数字と -、12字まで）。", True, "number", limit=12),
        Column("kind", "種別", "クレーム、トラブル、個人情報の漏えい等。", True, "choice", choices=tuple(K.choices)),
        Column("severity", "重大度", "", True, "code", list="incident_severity"),
        Column("title", "件名", "氏名や連絡先は書かない。", True, "plain", limit=120, wide=True),
        Column("occurred_at", "発生日時", "分からない間は空。", type="moment"),
        Column("noticed_at", "知った日時", "期限はこの日時から数える。", True, "moment"),
        Column("told_at", "機構への第一報", "", type="moment"),
        Column("handled_at", "対処完了日時", "対処が終わるまでは空。", type="moment"),
        Column("affected", "影響を受けた数", "人又は団体の数。分からない間は空。", type="integer", least=0, most=10_000_000),
        Column("inquiry", "問い合わせの受付番号", "問い合わせから分かったとき。", type="number", limit=40),
        _long("outline", "内容", "何が起きたか。"),
        _long("cause", "原因"),
        _long("measures", "対処"),
        _long("prevention", "再発防止"),
        Column("data_items", "漏えい等した情報の項目", "氏名、メールアドレスなどの項目の名だけ。", type="plain", limit=400, wide=True, allowed=_LEAK),
        Column("people", "本人の数", "分からない間は空。", type="integer", least=0, most=10_000_000, allowed=_LEAK),
        _whether("is_sensitive", "要配慮個人情報を含む", "分からない間は空。"),
        _whether("is_wrongful", "不正の目的のおそれ", "分からない間は空。"),
        _whether("is_property", "財産的被害のおそれ", "分からない間は空。"),
        _long("secondary", "二次被害又はそのおそれ", leak=True),
        _long("persons_told", "本人への対応", leak=True),
        _long("publication", "公表の状況", leak=True),
        _long("other", "その他参考となる事項"),
        WITHDRAWN,
    ),
    INCIDENTS,
    at="noticed_at",
    event="kind",
    check=_check,
    against=told_once(Incident, "number", column="number", fold=True),
    rules=(
        "1行に1つの事案を書く。分かったことが増えたら、同じ行キーのまま書き直す。",
        "氏名、連絡先、登録番号は書かない。影響は数で書く。",
        "漏えい等のときは、法令の報告事項の欄も書く。期限は「知った日時」から数える。",
    ),
)  # fmt: skip
INCIDENT_NOTE = Kind(
    "incident_notes",
    "クレーム・トラブルの経過",
    (
        KEY,
        Column("incident", "事案番号", "どの事案か。", True, "number", limit=12),
        Column("happened_at", "日時", "", True, "moment"),
        Column(
            "text", "経過", "何をしたか、何が分かったか。氏名や連絡先は書かない。", True, "plain", limit=2000, wide=True
        ),
        WITHDRAWN,
    ),
    INCIDENT_NOTES,
    at="happened_at",
    check=texts_without_contacts("text"),
    rules=("1行に1つのことを書く。",),
    covers=False,
)
