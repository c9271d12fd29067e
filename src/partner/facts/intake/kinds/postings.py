"""Sheets of postings: jobs, and trainings and seminars."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from partner.facts.intake.chunks import chunked
from partner.facts.intake.kinds.declare import HAPPENED_AT, KEY, WITHDRAWN, Column, Kind, events
from partner.facts.models.postings import PostingEventKind as K
from partner.facts.streams import JOBS, ORGANIZATIONS, TRAININGS, Stream

_PUBLIC = frozenset({K.PUBLISHED, K.MENDED, K.REOPENED})
_RULES = (
    "1行に1つの異動（公開・修正・終了・再開）を書く。行キーは行ごとに違う番号にする。",
    "掲載終了日は、その日を含む。未来の日でもよい。過ぎれば自動的に終了したものとして数える。",
    "団体種別を書かずに団体管理番号を書くと、その時の団体登録の種別とする（団体登録を先に取り込む）。",
    "主分野は1つ、その他の分野は「；」で区切る。修正・再開で空にした項目は前のまま。主分野を書くときは、その他の分野も書く。",
    "複写して新しく作った情報は、新しい番号の「公開」とする。内容の更新は「修正」であり、新規掲載に数えない。",
)


def _columns(label: str) -> tuple[Column, ...]:
    return (
        KEY,
        Column("number", f"{label}番号", "掲載情報の番号。", True, "number", limit=40, field="subject"),
        events("異動区分", "起きたこと。", tuple(K.choices)),
        HAPPENED_AT,
        Column(
            "organization", "団体管理番号", "掲載した団体の番号。", type="number", limit=40, party="organization",
            allowed=_PUBLIC,
        ),
        Column(
            "organization_type", "団体種別", "書かなければ、団体登録の種別による。", type="code",
            list="organization_type", allowed=_PUBLIC,
        ),
        Column(
            "field", "主分野", "1つ。公開のときは必ず書く。", type="code", list="field",
            needed=frozenset({K.PUBLISHED}), allowed=_PUBLIC,
        ),
        Column(
            "other_fields", "その他の分野", "いくつでも「；」で区切る。", type="codes", list="field", limit=400,
            allowed=_PUBLIC, wide=True,
        ),
        Column(
            "ends_at", "掲載終了日", "掲載の最後の日（その日を含む）。公開・再開で空なら期限なし、修正で空なら前のまま。", type="last_day", may_be_future=True,
            allowed=_PUBLIC,
        ),
        WITHDRAWN,
    )  # fmt: skip


def _check(read: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    if read["ends_at"] is not None and read["ends_at"] <= read["happened_at"]:
        yield "ends_before_begin", "掲載終了が発生日時より前です。", "ends_at"


def _publishers_types(rows: list[Any], subject_of: Callable[[str, str], str]) -> None:
    """Where the sheet does not say a publisher's type, it is that of his registration at that instant."""
    silent = [
        (row, subject)
        for row in rows
        if row.members["kind"] in _PUBLIC
        and not row.members["organization_type"]
        and (subject := subject_of("organization", row.numbers["organization"]))
    ]
    spans: dict[str, list[Any]] = defaultdict(list)
    query: Any = ORGANIZATIONS.registration.objects
    for chunk in chunked(sorted({subject for _, subject in silent})):
        for span in query.believed().filter(subject__in=chunk).order_by("valid_from", "id"):
            spans[span.subject].append(span)
    for row, subject in silent:
        at = row.at
        held = (one for one in spans[subject] if one.valid_from <= at and (one.valid_to is None or at < one.valid_to))
        row.members["organization_type"] = next((one.organization_type for one in held), "")


def _kind(stream: Stream, label: str, number: str) -> Kind:
    return Kind(
        stream.kind,
        label,
        _columns(number),
        stream,
        event="event",
        check=_check,
        rules=_RULES,
        settle=_publishers_types,
    )


POSTINGS = (_kind(JOBS, "求人情報の異動", "求人"), _kind(TRAININGS, "研修・セミナー情報の異動", "研修"))
