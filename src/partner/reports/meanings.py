"""What a figure means, in the words of the Centre: one sentence, and the definitions (master data) that speak of it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from partner.figures.declare import Declared
from partner.master.book import Book

REGISTRATIONS = ("people", "organizations")
DEFINED = {"total": "D1", "change": "D1", "suspended": "D1", "pending": "D6"}
FLOWS = "D2"
ATTAINMENT = ["D20", "D21"]
DEFINED_BY = {"medium": "D3", "purpose": "D4", "organization_type": "D5"}
_MEANINGS = {
    "total": "期間の最後の日の24時に有効な{noun}の数。{unit}を1と数える。停止中の{noun}を含む。",
    "new": "期間内に始まった{noun}の数。再登録を含む。",
    "left": "期間内に退会、抹消、統合で終わった{noun}の数。",
    "moved_in": "期間内に、ほかの集計欄からこの欄へ移った{noun}の数。同じ欄の中のレベル変更は数えない。",
    "moved_out": "期間内に、この集計欄からほかの欄へ移った{noun}の数。同じ欄の中のレベル変更は数えない。",
    "retyped_in": "期間内に、ほかの団体種別からこの種別へ変わった{noun}の数。",
    "retyped_out": "期間内に、この団体種別からほかの種別へ変わった{noun}の数。",
    "change": "期間の終わりに有効な{noun}の数から、始まりに有効だった数を引いた差。",
    "reclassified": "レベルの集計欄が変わったことによる、期首の{noun}の増減。",
    "pending": "期間の最後の日の24時に、登録にも却下にもなっていない申請の数。どの合計にも入れない。",
    "suspended": "期間の最後の日の24時に有効な{noun}のうち、利用停止中のものの数。合計に入っている。",
}


def meaning(figure: Declared) -> str:
    """What is counted, in one sentence; of others than registrations the definitions say it."""
    if figure.kind not in REGISTRATIONS:
        return ""
    people = figure.kind == "people"
    noun, unit = ("登録", "1人") if people else ("団体の登録", "1団体")
    return _MEANINGS[figure.key.partition(".")[2]].format(noun=noun, unit=unit)


def definitions(figure: Declared, dimensions: Iterable[str], book: Book, at: datetime) -> list[Any]:
    """The definitions in master data that speak of a figure, and of these of its dimensions."""
    registered = [DEFINED.get(figure.key.partition(".")[2], FLOWS)]
    numbers = registered if figure.kind in REGISTRATIONS else _printed_with(figure, book, at)
    numbers += ATTAINMENT if figure.derived else []
    numbers += [DEFINED_BY[name] for name in dimensions if name in DEFINED_BY]
    return [row for row in book.definitions(at) if row.number in numbers]


def _printed_with(figure: Declared, book: Book, at: datetime) -> list[str]:
    """The definitions of the tables that print this figure."""
    named = [entry.definitions for entry in book.catalogue("monthly", at) if f'"{figure.key}"' in (entry.params or "")]
    return [number for each in named for number in each.split(",") if number]
