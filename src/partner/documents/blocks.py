"""The parts a document is made of: frozen values whose texts are already formatted. Renderers only place them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from partner.documents.originals import Original
from partner.documents.pictures import Picture, Pictures
from partner.documents.plots import (
    Bar,
    BarChart,
    CellDrawing,
    Chart,
    ColumnBar,
    ColumnChart,
    FiveSteps,
    FlowChart,
    FlowPoint,
    HeadDrawing,
    LineChart,
    LinePanel,
    Number,
    ProgressChart,
    Scale,
    Series,
    Spread,
    StepKey,
    WalkChart,
    WalkStep,
)
from partner.documents.tables import (
    BusinessDays,
    Cell,
    Chip,
    Column,
    GroupRow,
    Kind,
    Legend,
    LegendEntry,
    Mark,
    Row,
    RulerDay,
    State,
    Summary,
    SummaryRow,
    Table,
    comparison_columns,
    year_columns,
)


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of running text. `number` is a cell number, set small and grey after the text, a link inside the file."""

    text: str = ""
    bold: bool = False
    attention: bool = False
    number: str = ""
    link: str = ""


Runs = tuple[Run, ...]


def plain(text: str) -> Runs:
    """Text without emphasis as runs."""
    return (Run(text),)


@dataclass(frozen=True, slots=True)
class Section:
    """Begins a section. `number` (M1) is empty for 要約, 目次, 集計の定義. `message` is its result, two lines at most.

    `remark` (訂正を含む) stands in the 目次, from which `listed` leaves the section out. `lead` sets the message bold.
    `landscape` turns the pages from here to the next section, for tables of many columns.
    """

    title: str
    number: str = ""
    source: str = ""
    message: Runs = ()
    new_page: bool = True
    listed: bool = True
    remark: str = ""
    lead: bool = False
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Contents:
    """The listed sections with their pages (in HTML: links)."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A small heading inside a section."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    runs: Runs


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list whose lines hang behind 「・」; each entry is running text without the sign."""

    entries: tuple[Runs, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What changed (bold), and why, with the cell number it rests on."""

    head: str
    runs: Runs


@dataclass(frozen=True, slots=True)
class Columns:
    """Two short blocks side by side; `left_share` of the width goes left."""

    left: tuple[Block, ...]
    right: tuple[Block, ...]
    gap: float = 8
    left_share: float = 0.5

    def __post_init__(self) -> None:
        """The pages of an original are whole pages."""
        if any(isinstance(block, Original) for block in self.left + self.right):
            raise ValueError("an original cannot stand in columns")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list: when (or what), and the sentence."""

    when: str
    text: str


@dataclass(frozen=True, slots=True)
class Plans:
    """今後の予定: a blue rule at the left."""

    entries: tuple[Entry, ...]
    title: str = "今後の予定"


@dataclass(frozen=True, slots=True)
class Blockers:
    """提出を妨げている事項: an orange rule at the left; only in drafts."""

    entries: tuple[Entry, ...]
    title: str = "提出を妨げている事項"


@dataclass(frozen=True, slots=True)
class Milestones:
    """The next dates of the summary, side by side, at most five."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Requests:
    """What the reader must decide: a blue box, numbered."""

    entries: tuple[str, ...]
    title: str = "ご確認いただきたい事項"


@dataclass(frozen=True, slots=True)
class KeyValues:
    """Names and their values, one a line with hairlines between."""

    entries: tuple[tuple[str, Runs], ...]


@dataclass(frozen=True, slots=True)
class NoteBox:
    """A grey box for a rule, a formula or how to check the document."""

    runs: Runs
    title: str = ""


Block = (
    Section
    | Contents
    | Heading
    | Paragraph
    | Bullets
    | Finding
    | Table
    | Summary
    | Columns
    | Plans
    | Blockers
    | Milestones
    | Requests
    | KeyValues
    | NoteBox
    | Legend
    | BusinessDays
    | FlowChart
    | LineChart
    | WalkChart
    | BarChart
    | ColumnChart
    | ProgressChart
    | Picture
    | Pictures
    | Original
)


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page. `period` is the large one (令和8年10月分), `period_beside` the western year beside it."""

    addressee: tuple[str, ...]
    document_number: str
    date_text: str
    contract_title: str
    title: str
    period: str
    period_beside: str
    facts: tuple[tuple[str, tuple[str, ...]], ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. `moment` (aware) is the only time that enters the file. A draft says so on every page.

    `footer_right` is free (架空のデータ); `cover` may be missing for a short sheet. `author` stands in the file's data.
    """

    title: str
    subject: str
    moment: datetime
    blocks: tuple[Block, ...]
    cover: Cover | None = None
    language: str = "ja"
    author: str = ""
    header_left: str = ""
    header_right: str = ""
    footer_left: str = ""
    footer_right: str = ""
    draft: bool = False

    def __post_init__(self) -> None:
        """A naive moment would make the bytes depend on the machine's time zone."""
        if self.moment.tzinfo is None:
            raise ValueError("moment must be aware")


__all__ = [
    "Bar",
    "BarChart",
    "Block",
    "Blockers",
    "Bullets",
    "BusinessDays",
    "Cell",
    "CellDrawing",
    "Chart",
    "Chip",
    "Column",
    "ColumnBar",
    "ColumnChart",
    "Columns",
    "Contents",
    "Cover",
    "Document",
    "Entry",
    "Finding",
    "FiveSteps",
    "FlowChart",
    "FlowPoint",
    "GroupRow",
    "HeadDrawing",
    "Heading",
    "KeyValues",
    "Kind",
    "Legend",
    "LegendEntry",
    "LineChart",
    "LinePanel",
    "Mark",
    "Milestones",
    "NoteBox",
    "Number",
    "Original",
    "Paragraph",
    "Picture",
    "Pictures",
    "Plans",
    "ProgressChart",
    "Requests",
    "Row",
    "RulerDay",
    "Run",
    "Runs",
    "Scale",
    "Section",
    "Series",
    "Spread",
    "State",
    "StepKey",
    "Summary",
    "SummaryRow",
    "Table",
    "WalkChart",
    "WalkStep",
    "comparison_columns",
    "plain",
    "year_columns",
]
