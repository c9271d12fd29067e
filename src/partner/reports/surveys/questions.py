"""Each question of a survey: how many answered, the mean, the distribution drawn, and the last time where it can be compared."""

from partner.documents.blocks import Block, Cell, Column, FiveSteps, Row, StepKey, Table
from partner.figures.tabulated import Answered
from partner.master.models import CatalogueEntry
from partner.reports import wording
from partner.reports.forms import Params, form
from partner.reports.sheet import Sheet
from partner.reports.surveys.asked import CHANGED, Asked, Question, asked
from partner.reports.surveys.cells import TOO_FEW, Pen, changed, none

_STEPS = (5, 4, 3, 2, 1)
_KEY = StepKey(("5（最もよい）", "4", "3", "2", "1（最もよくない）"))


@form("survey_questions")
def survey_questions(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """The table of all questions; free text is only counted."""
    one = asked(sheet, entry, params)
    if one.now.is_empty:
        return []  # the outline says that nobody answered
    rows = tuple(_row(one, entry, n, question) for n, question in enumerate(one.questions, 1))
    columns = (
        Column("設問", kind="label"), Column("回答数", width=14, letter="a", group="今回", tint=True),
        Column("平均", width=13, letter="b", group="今回", tint=True),
        Column("", kind="text", width=58, letter="c", group="回答の分布（件）", head_drawing=_KEY),
        Column("回答数", width=14, letter="d", group="前回"), Column("平均", width=16, letter="e", group="前回"),
        Column("差", width=15, letter="f", group="前回"),
    )  # fmt: skip
    table = Table(
        columns, rows, number=entry.place, title=f"{one.place} 設問別の結果", unit="件（平均と差は点）", dense=True,
        definitions=tuple(name for name in entry.definitions.split(",") if name), notes=_notes(one),
        alt=f"{one.label}の設問ごとに、回答数、平均、分布を示し、前回と並べる。",
    )  # fmt: skip
    return [table]


def _row(one: Asked, entry: CatalogueEntry, n: int, question: Question) -> Row:
    address, where = f"{entry.place}.{n:02d}", {"question": question.code}
    now, last = one.now.of(question.code), one.before(question.code)
    pen, before = Pen(one.sheet, one.now, "a"), Pen(one.sheet, one.last, "last")
    drawn = FiveSteps(tuple(now.scores[step] for step in _STEPS)) if now.scores else None
    if question.code in one.changed:
        compared = (changed(address + "d"), changed(address + "e"), none(address + "f"))
    else:
        compared = (
            before.number(address + "d", last.n if last else None, where),
            _mean(before, address + "e", question, last), _difference(address + "f", now, last),
        )  # fmt: skip
    cells = (
        pen.number(address + "a", now.n, where), _mean(pen, address + "b", question, now),
        Cell("", state="none", number=address + "c", drawing=drawn), *compared,
    )  # fmt: skip
    return Row(question.label, cells, number=f"{n:02d}")


def _mean(pen: Pen, address: str, question: Question, answered: Answered | None) -> Cell:
    if not question.is_scale or (pen.tabulation and answered and not answered.n and pen.tabulation.state != "missing"):
        return none(address)
    return pen.number(address, answered.mean if answered else None, {"question": question.code}, "mean")


def _difference(address: str, now: Answered, last: Answered | None) -> Cell:
    if last is None or now.mean is None or last.mean is None:
        return none(address)
    if min(now.scores.total(), last.scores.total()) < wording.SMALL_BASE:
        return Cell("＊", state="not_computed", number=address)
    return Cell(wording.signed_amount(now.mean - last.mean, "mean"), number=address)


def _notes(one: Asked) -> tuple[str, ...]:
    notes = ["平均は5段階（5が最もよい）の回答の算術平均。", TOO_FEW]
    if one.changed:
        labels = "、".join(f"「{question.label}」" for question in one.questions if question.code in one.changed)
        notes.append(f"{CHANGED}：{labels}は、前回と設問が異なるため比べない。")
    if one.gone:
        notes.append(f"{CHANGED}：前回の{'、'.join(f'「{one.label}」' for one in one.gone)}は、今回は尋ねていない。")
    return tuple(notes)
