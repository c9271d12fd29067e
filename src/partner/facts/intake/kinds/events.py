"""Sheets of the Centre's own events: what was planned and held, its sessions, who came."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from partner.common.period import jst_day
from partner.facts.intake.chunks import chunked
from partner.facts.intake.kinds.declare import (
    EVENT_NUMBER,
    KEY,
    WITHDRAWN,
    Column,
    Kind,
    event_number,
    without_contacts,
)
from partner.facts.intake.kinds.told_once import told_once
from partner.facts.models.events import CentreEvent, EventParticipation, last_day
from partner.facts.models.events import EventState as S
from partner.facts.streams import EVENT_PARTICIPANTS, EVENT_SESSIONS, EVENTS
from partner.ledger import clock

_HELD = frozenset({S.HELD})
_CANCELLED = frozenset({S.CANCELLED})
_MOST = 100_000


def _check(read: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    if not EVENT_NUMBER.fullmatch(read["number"]):
        yield "bad_number", "催し番号は英数字と - で書いてください。", "number"
    if read["valid_to"] < read["valid_from"]:
        yield "ends_before_begin", "終了が開始より前です。", "valid_to"
    if read["state"] == S.HELD and read["valid_to"] > clock.now():
        yield "in_the_future", "まだ終わっていないため、実施とは書けません。", "state"
    for name in ("title", "place", "audience", "purpose", "outline", "reason"):
        yield from without_contacts(read[name], name)


EVENT = Kind(
    "events",
    "催し（個別サービス）",
    (
        KEY,
        Column("number", "催し番号", "センターが付けた番号（英数字と -、12字まで）。", True, "number", limit=12),
        Column("state", "状態", "予定、実施、中止。", True, "choice", choices=tuple(S.choices)),
        Column("title", "名称", "", True, "plain", limit=120, wide=True),
        Column("category", "種類", "", True, "code", list="event_category"),
        Column("form", "形式", "", True, "code", list="event_form"),
        Column("valid_from", "開始日時", "最初の日の始まり。未来でもよい。", True, "moment", may_be_future=True),
        Column("valid_to", "終了日時", "最後の日の終わり。日付だけのときは、その日の24:00までとする。", True, "last_day", may_be_future=True),
        Column("place", "会場", "", type="plain", limit=120, wide=True),
        Column("audience", "対象", "", type="plain", limit=200, wide=True),
        Column("purpose", "目的", "である調で書く。", type="plain", limit=2000, wide=True),
        Column("outline", "内容", "何を行ったか。氏名は書かない。", type="plain", limit=4000, wide=True, needed=_HELD),
        Column("planned_people", "計画人数", "参加者の計画。合意していないときは空。", type="integer", least=0, most=_MOST),
        Column("reason", "中止の理由", "", type="plain", limit=400, wide=True, needed=_CANCELLED, allowed=_CANCELLED),
        WITHDRAWN,
    ),
    EVENTS,
    at="valid_from",
    event="state",
    check=_check,
    against=told_once(CentreEvent, "number", column="number", fold=True),
    rules=(
        "1行に1つの催しを書く。実施したら、又は中止になったら、同じ行キーのまま書き直す。",
        "実施した催しは、最後の日の属する月に数える。実施の翌日から10営業日以内に報告書を提出する。",
        "登壇者や参加者の氏名、連絡先は書かない。",
    ),
)  # fmt: skip


def _session(read: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    if read["valid_to"] < read["valid_from"]:
        yield "ends_before_begin", "終了が開始より前です。", "valid_to"
    for name in ("title", "given_by"):
        yield from without_contacts(read[name], name)


EVENT_SESSION = Kind(
    "event_sessions",
    "催しのプログラム",
    (
        KEY,
        event_number("どの催しか。"),
        Column("position", "順", "", type="integer", least=0, most=999),
        Column("title", "題目", "", True, "plain", limit=120, wide=True),
        Column("valid_from", "開始日時", "", True, "moment", may_be_future=True),
        Column("valid_to", "終了日時", "", True, "last_day", may_be_future=True),
        Column("given_by", "担当した機関", "登壇者の所属。氏名は書かない。", type="plain", limit=200, wide=True),
        Column("attended", "参加者数", "数えたときだけ。", type="integer", least=0, most=_MOST),
        WITHDRAWN,
    ),
    EVENT_SESSIONS,
    at="valid_from",
    check=_session,
    fill=lambda members: members.update(position=members["position"] or 0),
    rules=("1行に1つのプログラムを書く。参加者数は催しの参加者数とは別に数える。",),
    covers=False,
)


def _participants(read: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    if (read["online"] or 0) > read["attended"]:
        yield "out_of_range", "オンラインの人数が参加者数より多くなっています。", "online"


_once = told_once(EventParticipation, "event", "participant", column="participant")


def _of_its_event(changes: list[Any]) -> Iterator[tuple[Any, str, str, str]]:
    """Those who came are told once, and under the event's last day where the event is known: else two months would differ."""
    yield from _once(changes)
    coming = [change for change in changes if change.new is not None]
    last_days: dict[str, date] = {}
    for chunk in chunked(sorted({change.new.event for change in coming})):
        for event in CentreEvent.objects.believed().filter(number__in=chunk):
            last_days[event.number] = last_day(event)
    for change in coming:
        last = last_days.get(change.new.event)
        if last is not None and jst_day(change.new.happened_at) != last:
            yield change, "other_day", f"この催しの最後の日は{last:%Y-%m-%d}と記録されています。", "happened_at"


EVENT_PARTICIPANT = Kind(
    "event_participants",
    "催しの参加者数",
    (
        KEY,
        event_number("どの催しか。"),
        Column("happened_at", "最終日", "催しの最後の日。", True, "moment"),
        Column("participant", "参加者の区分", "", True, "code", list="participant_kind"),
        Column("applied", "申込者数", "", True, "integer", least=0, most=_MOST),
        Column("attended", "参加者数", "オンラインの参加者を含む。", True, "integer", least=0, most=_MOST),
        Column("online", "うちオンライン", "", type="integer", least=0, most=_MOST),
        WITHDRAWN,
    ),
    EVENT_PARTICIPANTS,
    at="happened_at",
    check=_participants,
    fill=lambda members: members.update(online=members["online"] or 0),
    against=_of_its_event,
    rules=("1行に、1つの催しの1つの区分の人数を書く。個人は書かない。",),
    covers=False,
)
