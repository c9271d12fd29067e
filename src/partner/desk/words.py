"""Any record in words: what its members are called, and what their codes mean."""

from datetime import datetime
from typing import Any

from partner.common.period import JST
from partner.desk.labels import how
from partner.facts.streams import STREAMS
from partner.master.book import Book

_NAMES = {
    "subject": "番号", "kind": "種別", "happened_at": "発生日時", "valid_from": "始まり", "valid_to": "終わり",
    "begun": "経緯", "ended": "終わり方", "organization": "団体", "organization_type": "団体種別", "field": "主分野",
    "main_field": "主分野", "other_fields": "その他の分野", "fields": "分野", "ends_at": "掲載の終わり", "channel": "経路・形態",
    "category": "分類", "outcome": "結果", "result": "結果", "counsellor": "相談員", "booked_at": "予約日時",
    "held_at": "実施日時", "received_at": "受付日時", "answered_at": "回答日時", "closed_at": "完了日時", "service": "サービス",
    "survey": "調査", "version": "版", "response": "回答番号", "question": "設問", "answer": "回答", "arrived_at": "回答日時",
    "state": "状態", "system": "対象", "cause": "原因", "title": "件名", "page_group": "ページの種類", "merged_into": "統合先",
    "page_views": "閲覧ページ数", "page": "ページ", "visit": "訪問", "posting": "掲載番号",
    "reason": "理由", "number": "番号", "level": "登録区分", "medium": "接触媒体", "purposes": "登録目的",
    "all_fields": "分野（延べ）", "bounced": "不達", "questions": "答えた設問", "answers": "答え", "score": "点",
}  # fmt: skip
_LISTS = {
    "organization_type": "organization_type", "field": "field", "main_field": "field", "other_fields": "field",
    "fields": "field", "all_fields": "field", "service": "mail_service", "cause": "outage_cause", "system": "system", "page_group": "page_group",
    "survey": "survey", "category": "inquiry_category", "question": "survey_question", "questions": "survey_question",
    "answer": "survey_answer", "answers": "survey_answer",
}  # fmt: skip
_NOT_TOLD = frozenset({"id", "sign", "recorded_at", "superseded_at", "valid_from", "valid_to"})
_PARTIES = ("organization", "merged_into")


def name_of(member: str) -> str:
    """What a member of a record is called."""
    return _NAMES.get(member, member)


def told(record: dict[str, Any], model: Any, book: Book, at: datetime, axes: Any = None) -> list[tuple[str, str]]:
    """The members of a record that say something, with their values in words. Persons stay masked."""
    lists = {axis.column: axis.list for axis in (axes or {}).values() if axis.list} | {}
    subjects = getattr(model, "subject_fields", ())
    said = []
    for member, value in record.items():
        if member in _NOT_TOLD or value in (None, "", [], ()):
            continue
        if member == "ended" and value == record.get("begun"):
            continue  # it happened at one moment
        if member in subjects:
            said.append((name_of(member), f"{str(value)[:4]}••"))
        else:
            said.append(
                (name_of(member), _said(member, value, model, lists.get(member) or _LISTS.get(member, ""), book, at))
            )
    return said


def choice(model: Any, member: str, code: str) -> str:
    """The label of one of the product's own codes."""
    found = dict(_choices(model, member)).get(code)
    return str(found) if found is not None else how(code)


def _said(member: str, value: Any, model: Any, name: str, book: Book, at: datetime) -> str:
    if isinstance(value, datetime):
        return f"{value.astimezone(JST):%Y-%m-%d %H:%M}"
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, list):
        return "、".join(book.label(name, one, at) if name else str(one) for one in value)
    choices = dict(_choices(model, member))
    if value in choices:
        return str(choices[value])
    return book.label(name, value, at) if name else str(value)


def _choices(model: Any, member: str) -> list[tuple[Any, Any]]:
    """The product's own codes of a member: its model's, or those of the events from which spans follow."""
    if model is None or member not in {field.name for field in model._meta.concrete_fields}:
        return []
    own = list(model._meta.get_field(member).flatchoices)
    if own or member not in ("begun", "ended"):
        return own
    told: Any = next((one.told for one in STREAMS.values() if model in one.spans.values()), None)
    return list(told._meta.get_field("kind").flatchoices) if told else []
