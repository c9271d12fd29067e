"""Each answer to each question: how many gave it, and its share of those who answered the question."""

from partner.documents.blocks import Block, Cell, Column, GroupRow, Row, Table
from partner.figures.tabulated import Answered
from partner.ledger.fields import MICROSECOND
from partner.master.models import CatalogueEntry
from partner.reports.forms import Params, form
from partner.reports.sheet import Sheet
from partner.reports.surveys.asked import Asked, Question, asked
from partner.reports.surveys.cells import TOO_FEW, Pen, changed, share

_LAST = (
    Column("件数", width=18, letter="c", group="前回"), Column("割合%", width=20, letter="d", group="前回"),
)  # fmt: skip


@form("survey_choices")
def survey_choices(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """The table of answers, question by question; questions in free text stand in the list of remarks."""
    one = asked(sheet, entry, params)
    if one.now.is_empty:
        return []
    rows: list[Row | GroupRow] = []
    for question in one.questions:
        if not question.is_text and _answers(one, question):
            rows.append(GroupRow(f"{question.label}（回答{one.now.of(question.code).n:,}件）"))
            rows += _rows(one, entry, question, sum(isinstance(row, Row) for row in rows))
    columns = (
        Column("回答", kind="label"), Column("件数", width=18, letter="a", group="今回", tint=True),
        Column("割合%", width=18, letter="b", group="今回", tint=True, bar=40), *(_LAST if one.last else ()),
    )  # fmt: skip
    table = Table(
        columns, tuple(rows), number=entry.place, title=f"{one.place} 回答の内訳", unit="件（割合は％）", dense=True,
        definitions=tuple(name for name in entry.definitions.split(",") if name),
        notes=("割合は、その設問に答えた回答完了の数を分母とする。", TOO_FEW),
        alt=f"{one.label}の設問ごとに、回答それぞれの件数と割合を示し、前回と並べる。",
    )  # fmt: skip
    return [table] if rows else []


def _rows(one: Asked, entry: CatalogueEntry, question: Question, after: int) -> list[Row]:
    now, last = one.now.of(question.code), one.before(question.code)
    return [
        _row(one, f"{entry.place}.{after + n:02d}", f"{after + n:02d}", question, code, label, now, last)
        for n, (code, label) in enumerate(_answers(one, question), 1)
    ]


def _answers(one: Asked, question: Question) -> list[tuple[str, str]]:
    """Those of the list, and any other that was given: an answer that the list no longer holds."""
    book, at = one.sheet.evaluation.book, one.period.end - MICROSECOND
    listed = dict(question.answers)
    others = sorted(set(one.now.of(question.code).counts) - set(listed))
    return [*listed.items(), *((code, book.label("survey_answer", code, at)) for code in others)]


def _row(
    one: Asked, address: str, number: str, question: Question, code: str, label: str, now: Answered, last: Answered | None
) -> Row:  # fmt: skip
    part, where = now.counts[code], {"answer": code}
    cells = (
        Pen(one.sheet, one.now, "a").number(address + "a", part, where),
        share(address + "b", part, now.n, bar=part / now.n if now.n else None),
        *(_before(one, address, code, last) if one.last else ()),
    )
    return Row(words_of(question, label), cells, number=number)


def _before(one: Asked, address: str, code: str, last: Answered | None) -> tuple[Cell, Cell]:
    """The last time's count and share; without `last` the question was changed."""
    if last is None:
        return changed(address + "c"), changed(address + "d")
    part = last.counts[code]
    count = Pen(one.sheet, one.last, "last").number(address + "c", part, {"answer": code})
    return count, share(address + "d", part, last.n)


def words_of(question: Question, label: str) -> str:
    """An answer without the question's words, which stand above it."""
    return label.removeprefix(question.label).strip() or label
