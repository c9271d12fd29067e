"""The sheet of mail-service subscriptions."""

from partner.facts.intake.kinds.declare import HAPPENED_AT, KEY, WITHDRAWN, Column, Kind, events
from partner.facts.models.subscriptions import SubscriptionEventKind as K
from partner.facts.streams import SUBSCRIPTIONS

SUBSCRIPTION = Kind(
    "subscriptions",
    "メールサービスの異動",
    (
        KEY,
        Column(
            "number", "管理番号", "登録者又は購読者の番号。", True, "number", limit=40, field="subject", party="person"
        ),
        Column("service", "サービス", "PARTNERニュース、PARTNERエクスプレスなど。", True, "code", list="mail_service"),
        events("異動区分", "確認（登録の確定）、停止、不達、不達解消。", tuple(K.choices)),
        HAPPENED_AT,
        WITHDRAWN,
        Column("email", "メール", "記録台帳とは別に保管する。", limit=254, wide=True),
    ),
    SUBSCRIPTIONS,
    event="event",
    rules=(
        "1行に1つの異動を書く。登録は、本人が確認した時（確認）から数え、停止の時に終わる。",
        "不達は登録のうちとして数え、内数で示す。停止の後にもう一度確認すると、新規として数える。",
    ),
)
