"""The sheet of inquiries."""

from collections.abc import Iterator, Mapping
from typing import Any

from partner.facts.intake.kinds.declare import HAPPENED_AT, KEY, WITHDRAWN, Column, Kind, events
from partner.facts.models.inquiries import InquiryEventKind as K
from partner.facts.streams import INQUIRIES

_BEGINS = frozenset({K.RECEIVED, K.REOPENED})


def _check(read: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    if read["kind"] == K.MERGED and read["merged_into"] == read["subject"]:
        yield "merged_into_itself", "統合先が自分自身です。", "merged_into"


INQUIRY = Kind(
    "inquiries",
    "問い合わせ",
    (
        KEY,
        Column("number", "受付番号", "問い合わせの番号。", True, "number", limit=40, field="subject"),
        events("異動区分", "受付、初回回答、完了、再開、統合、迷惑。", tuple(K.choices)),
        HAPPENED_AT,
        Column(
            "channel", "経路", "受付では必ず書く。", type="code", list="inquiry_channel", needed=frozenset({K.RECEIVED}),
            allowed=_BEGINS,
        ),
        Column("category", "分類", "受付のとき。", type="code", list="inquiry_category", allowed=_BEGINS),
        Column(
            "merged_into", "統合先受付番号", "統合のとき、残る方の番号。", type="number", limit=40,
            needed=frozenset({K.MERGED}), allowed=frozenset({K.MERGED}),
        ),
        WITHDRAWN,
    ),
    INQUIRIES,
    event="event",
    check=_check,
    rules=(
        "1行に1つの異動を書く。氏名や連絡先、問い合わせの本文は書かない。",
        "初回回答は、内容のある最初の回答。受け付けた旨の自動返信は含めない。",
        "統合した問い合わせは統合の時に完了したものとし、迷惑とした問い合わせは受付に数えない。",
    ),
)  # fmt: skip
