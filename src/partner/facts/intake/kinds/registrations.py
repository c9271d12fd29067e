"""Sheets of registration events of persons and organisations."""

from collections.abc import Iterator, Mapping
from typing import Any

from partner.facts.intake.kinds.declare import HAPPENED_AT, KEY, WITHDRAWN, Column, Kind, events
from partner.facts.models.registrations import EventKind as K
from partner.facts.streams import ORGANIZATIONS, PEOPLE

_STATES_LEVEL = frozenset({K.APPLIED, K.REGISTERED, K.RETURNED, K.MOVED})
_STATES_TYPE = frozenset({K.APPLIED, K.REGISTERED, K.RETURNED, K.RETYPED})
_STATES_MEDIUM = frozenset({K.APPLIED, K.REGISTERED, K.RETURNED})
_STATES_PURPOSES = frozenset({K.APPLIED, K.REGISTERED, K.RETURNED, K.REPURPOSED})
_MERGED = frozenset({K.MERGED})
_NONE: frozenset[str] = frozenset()
_RULES = (
    "1行に1つの異動を書く。行キーは行ごとに違う番号にし、あとから内容を直すときは同じ行キーのまま書き直す（訂正になる）。",
    "行を消しても、取り込んだ記録は変わらない。取り消すには、その行の「取消」に「取消」と書く。",
    "日付だけを書くと、その日の0:00に、登録・再登録、変更、退会の順に起きたものとして数える。",
    "区分・団体種別・接触媒体・登録目的は、コードでも名称でもよい。その日に有効な値だけが使える。",
    "登録目的は「；」で区切って、いくつでも書ける。",
    "氏名・住所・メールを空にした行は、記録されている値を変えない。消すときは登録内容の消去による。",
)


def _columns(code: str, who: str) -> tuple[Column, ...]:
    types = _STATES_TYPE if code == "organization" else _NONE
    return (
        KEY,
        Column("number", "管理番号", f"{who}の番号。", True, "number", limit=40, field="subject", party=code),
        events("異動区分", "起きたこと。", tuple(K.choices)),
        HAPPENED_AT,
        Column(
            "level", "区分", "申請・登録・再登録・区分変更では必ず書く。", type="code", list=f"{code}_level",
            needed=_STATES_LEVEL, allowed=_STATES_LEVEL,
        ),
        Column(
            "organization_type", "団体種別", "団体の申請・登録・再登録・種別変更では必ず書く。人材では空にする。",
            type="code", list="organization_type", needed=types, allowed=types,
        ),
        Column(
            "medium", "接触媒体", "登録・再登録のとき。1つ。答えのないときは空。", type="code", list="contact_medium",
            allowed=_STATES_MEDIUM,
        ),
        Column(
            "purposes", "登録目的", "登録・再登録・目的変更のとき。いくつでも「；」で区切る。", type="codes",
            list="registration_purpose", limit=400, needed=frozenset({K.REPURPOSED}), allowed=_STATES_PURPOSES, wide=True,
        ),
        Column(
            "merged_into", "統合先管理番号", "統合のとき、残る方の管理番号。", type="number", limit=40, party=code,
            known=True, needed=_MERGED, allowed=_MERGED,
        ),
        WITHDRAWN,
        Column("name", "氏名または団体名", "本人の名称。記録台帳とは別に保管する。", type="plain", limit=200, wide=True),
        Column("address", "住所", "", type="plain", limit=300, wide=True),
        Column("email", "メール", "", limit=254, wide=True),
    )  # fmt: skip


def _check(read: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    if read["kind"] == K.MERGED and read["merged_into"] == read["subject"]:
        yield "merged_into_itself", "統合先が自分自身です。", "merged_into"


def _kind(kind: str, label: str, code: str, who: str, stream: Any) -> Kind:
    return Kind(kind, label, _columns(code, who), stream, event="event", check=_check, rules=_RULES)


REGISTRATIONS = (
    _kind("people", "人材登録の異動", "person", "人材", PEOPLE),
    _kind("organizations", "団体登録の異動", "organization", "団体", ORGANIZATIONS),
)
