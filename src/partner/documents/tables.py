"""Tables as data: cells that know their state, columns that know their width, rows that are the formula."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from partner.documents.plots import CellDrawing, HeadDrawing, Number

# none: an empty place, not a value (a heading row, a bar column in a total row).
State = Literal["final", "provisional", "missing", "not_computed", "not_applicable", "no_target", "none"]
Mark = Literal["", "速", "訂", "欠", "前"]
# met 達成, expected 達成見込み, attention 要注意, missed 未達, unset 目標値未設定; provisional frames 速報値.
Chip = Literal["", "met", "expected", "attention", "missed", "unset", "provisional"]
Kind = Literal["label", "number", "text"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a table, its text ready to print.

    `number` (M1-1.07a) is its address: an anchor in HTML and PDF. `link` is the screen that opens it. `bar` is 0..1
    of the longest bar; `bar_note` stands in the bar's place (1人当たり 2.42). `chip` frames the text as a target state.
    `rows` spans rows downward, only in the 正誤表: the rows below then give no cell for that column (None).
    """

    text: str = ""
    state: State = "final"
    mark: Mark = ""
    number: str = ""
    link: str = ""
    bar: Number | None = None
    bar_note: str = ""
    chip: Chip = ""
    strong: bool = False
    drawing: CellDrawing | None = None
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `width` is millimetres; 0 shares what is left, in proportion to `share`.

    `group` spans equal neighbours above the heading. `bar` adds a place of so many millimetres for bars after the
    number. Only the current period may be tinted. `strong` sets the body cells bold, `secondary` grey.
    """

    heading: str = ""
    kind: Kind = "number"
    width: float = 0
    share: float = 1
    letter: str = ""
    group: str = ""
    tint: bool = False
    bar: float = 0
    strong: bool = False
    secondary: bool = False
    centre: bool = False
    head_drawing: HeadDrawing | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A body row. In a walk table every label stands after a sign or the room for one; `outside` rows give that room up
    and begin at the edge: 稼働率 below its ledger, not 増加数 or うち再登録 inside the walk.

    `cells` holds one entry a column after the label column; None where a cell above spans down. `anchor` (D1) is
    the name by which titles link to the row.
    """

    label: str
    cells: tuple[Cell | None, ...]
    number: str = ""
    sign: Literal["", "＋", "−", "＝"] = ""
    indent: bool = False
    strong: bool = False
    outside: bool = False
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A grey row that names the rows below it (合計, 国際協力人材)."""

    label: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table. The first column is of kind `label`; its texts stand in the rows.

    Without number and title it has no title line. Head: two rows where a group or `stacked` asks for it, else letters
    stand beside the headings. `chip` and `lead` belong to a provisional table: 速報値 in a frame, and what is awaited.
    `loose` gives rows more air (lists of few rows), `dense` less (breakdowns of many). A mark before ： in `notes` is
    set as a mark (訂：訂正一覧 No.1).
    """

    columns: tuple[Column, ...]
    rows: tuple[Row | GroupRow, ...]
    alt: str
    number: str = ""
    title: str = ""
    unit: str = ""
    definitions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    chip: str = ""
    lead: str = ""
    stacked: bool = False
    dense: bool = False
    loose: bool = False

    def __post_init__(self) -> None:
        """A row one cell short would move every number one column to the left."""
        for row in self.rows:
            if isinstance(row, Row) and len(row.cells) != len(self.columns) - 1:
                expected = len(self.columns) - 1
                raise ValueError(f"table {self.number}: row {row.label!r} has {len(row.cells)} cells, not {expected}")


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One item of page 2. `series` is the thirteen months of the sparkline, oldest first, None for a gap; or what
    `trend` (5四半期の推移) and `labels` say.
    """

    item: str
    name: str
    value: Cell
    unit: str
    month_change: str
    month_rate: str
    year_change: str
    year_rate: str
    series: tuple[Number | None, ...]
    number: str
    trend: str = ""
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """Page 2: one line an item, the headline figure large, a sparkline on its own scale.

    `heads`: of the change on the period before, on the same of last year, of the trend; None: those of a month.
    """

    period: str
    rows: tuple[SummaryRow, ...]
    note: str
    alt: str
    heads: tuple[str, str, str] | None = None


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One printed form and what it means."""

    cell: Cell
    meaning: str


@dataclass(frozen=True, slots=True)
class Legend:
    """値の状態: the printed forms as they look in tables, with their meaning."""

    entries: tuple[LegendEntry, ...]
    title: str = ""
    alt: str = "値の状態の表示と意味"


@dataclass(frozen=True, slots=True)
class RulerDay:
    """One day: `count` is its business-day number, empty for a day off (除く). `due` marks the day of the deadline."""

    label: str
    count: str = ""
    remarks: tuple[str, ...] = ()
    due: bool = False


@dataclass(frozen=True, slots=True)
class BusinessDays:
    """提出期限の数え方: the days up to the deadline, counted."""

    month: str
    days: tuple[RulerDay, ...]
    alt: str


def comparison_columns(label: str, now: str, last: str, year_ago: str, total: str = "年度累計") -> tuple[Column, ...]:
    """The standard eight columns a-h, in the widths of the paper, after the label column."""
    month, year = "前月比", "前年同月比"
    return (
        Column(label, kind="label"),
        Column(now, width=16, letter="a", tint=True),
        Column(last, width=16, letter="b"),
        Column("増減", width=13.5, letter="c", group=month),
        Column("率%", width=13, letter="d", group=month),
        Column(year_ago, width=16, letter="e"),
        Column("増減", width=14, letter="f", group=year),
        Column("率%", width=13, letter="g", group=year),
        Column(total, width=17.5, letter="h"),
    )


def year_columns(
    label: str, months: tuple[str, ...], year: str = "年度計", last: str = "前年度計"
) -> tuple[Column, ...]:
    """The columns of an annual table on a landscape page: months, the year, the one before, change and rate."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    compared = "前年度比"
    return (
        Column(label, kind="label"),
        *(Column(month, width=12.2, letter=letters[n]) for n, month in enumerate(months)),
        Column(year, width=14.5, letter=letters[len(months)], tint=True),
        Column(last, width=14.5, letter=letters[len(months) + 1]),
        Column("増減", width=12.8, letter=letters[len(months) + 2], group=compared),
        Column("率%", width=11.5, letter=letters[len(months) + 3], group=compared),
    )
