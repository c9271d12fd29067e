"""One question by another: satisfaction by position of the participant. Small cells are hidden by a setting (see survey_masks)."""

from collections import Counter
from dataclasses import dataclass

from partner.documents.blocks import Block, Cell, Column, Paragraph, Row, Table, plain
from partner.figures.tabulated import Answered
from partner.master.models import CatalogueEntry
from partner.reports import wording
from partner.reports.forms import Params, form
from partner.reports.sheet import Sheet
from partner.reports.surveys.asked import Asked, Question, asked
from partner.reports.surveys.cells import TOO_FEW, none, share
from partner.reports.surveys.choices import words_of
from partner.reports.surveys.masks import HIDDEN, RULE, Place, hidden

MASK = "mask_small_cells"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_MOST_WITH_SHARES = 6


@dataclass(frozen=True)
class _Cross:
    """What one cross table is about. `places` are the hidden cells."""

    one: Asked
    rows: Question
    columns: Question
    counts: dict[str, Counter[str]]
    places: frozenset[Place]

    def line(self, row: str) -> Answered:
        """The answers across, of those who gave one answer down (all of them for the last row)."""
        total = sum(self.counts.values(), Counter[str]())
        return Answered(self.columns.code, self.counts.get(row, Counter()) if row else total)


@form("survey_cross")
def survey_cross(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """`params`: survey, rows and columns (the ends of the questions' codes, q5 and q1). Nothing where
    either is not asked, or asks for free text."""
    one = asked(sheet, entry, params)
    found = {question.code.rpartition(".")[2]: question for question in one.questions}
    down, across = found.get(params["rows"]), found.get(params["columns"])
    if one.now.is_empty or down is None or across is None or down.is_text or across.is_text:
        return []
    told = one.now.cross(down.code, across.code)
    if sum(each.total() for each in told.values()) < wording.SMALL_BASE:
        return [
            Paragraph(
                plain(f"{one.place} クロス集計は、両方の設問への回答が{wording.SMALL_BASE}件に満たないため示さない。")
            )
        ]
    counts = {code: told.get(code, Counter()) for code, _ in down.answers}
    codes = [code for code, _ in across.answers]
    is_masked = sheet.contract(MASK) not in ("", "0")
    places = hidden(counts, codes) if is_masked else frozenset()
    return [_table(_Cross(one, down, across, counts, places), entry, is_masked)]


def _table(cross: _Cross, entry: CatalogueEntry, is_masked: bool) -> Table:
    one, named = cross.one, [(code, words_of(cross.rows, label)) for code, label in cross.rows.answers]
    rows = [_row(cross, entry, n, code, label) for n, (code, label) in enumerate((*named, ("", "計")), 1)]
    heads = [words_of(cross.columns, label) for _, label in cross.columns.answers]
    groups = [("件数", 11.0), ("割合%", 12.5)] if len(heads) <= _MOST_WITH_SHARES else [("件数", 11.0)]
    across = [(head, width, group) for group, width in groups for head in heads]
    columns = (
        Column(cross.rows.label, kind="label"), Column("回答数", width=13, letter="a", tint=True),
        *([Column("平均", width=12, letter="b")] if cross.columns.is_scale else []),
        *(Column(_short(head), width=width, group=group) for head, width, group in across),
    )  # fmt: skip
    title = f"{one.place} {cross.rows.label}別の「{cross.columns.label}」"
    return Table(
        columns, tuple(rows), number=entry.place, title=title, unit="件（割合は％）", dense=True,
        definitions=tuple(name for name in entry.definitions.split(",") if name),
        notes=("両方の設問に答えた回答完了を数える。割合は行の回答数を分母とする。", TOO_FEW, *((RULE,) if is_masked else ())),
        alt=f"{one.label}。{title}の件数と割合。",
    )  # fmt: skip


def _short(head: str) -> str:
    """5 of 5（最もよい）: the words stand in the table of all questions."""
    return head.partition("（")[0]


def _row(cross: _Cross, entry: CatalogueEntry, n: int, code: str, label: str) -> Row:
    line, address = cross.line(code), f"{entry.place}.{n:02d}"
    shut = any(row == code for row, _ in cross.places)
    codes = [column for column, _ in cross.columns.answers]
    letters = iter(_LETTERS)
    cells = [Cell(f"{line.n:,}", number=address + next(letters))]
    if cross.columns.is_scale:
        cells.append(_mean(line, address + next(letters), shut=shut))
    cells += [_count(cross, address + next(letters), code, column, line) for column in codes]
    if len(codes) <= _MOST_WITH_SHARES:
        cells += [
            none(address + next(letters)) if shut else share(address + next(letters), line.counts[column], line.n)
            for column in codes
        ]
    return Row(label, tuple(cells), number=f"{n:02d}", strong=not code)


def _count(cross: _Cross, address: str, row: str, column: str, line: Answered) -> Cell:
    if (row, column) in cross.places:
        return Cell(HIDDEN, state="not_applicable", number=address)
    return Cell(f"{line.counts[column]:,}", number=address)


def _mean(line: Answered, address: str, *, shut: bool) -> Cell:
    if shut or line.mean is None:
        return none(address)
    return Cell(wording.number(line.mean, "mean"), number=address)
