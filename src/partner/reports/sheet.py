"""What is being composed: one period, one cut, and every cell that was printed with what it means."""

from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from partner.common.command import instant_text
from partner.common.period import Period
from partner.documents.blocks import Cell, Mark, State
from partner.facts.models.statements import ReportedFigure
from partner.facts.models.texts import ReportText
from partner.facts.texts import texts_of
from partner.figures.engine import Evaluation, Value, Where, as_json
from partner.ledger.clock import ORIGIN
from partner.reports import wording
from partner.reports.compared import Words, has_year_ago, words_of
from partner.reports.corrections import Corrections, Given, given_before, where_text
from partner.reports.kinds import Kind, kind_of
from partner.reports.standing import Issue

OWN = {"month": "a", "quarter": "d", "year": "m"}  # the column in which a report's own period stands
POINTS = {"percent": "rate", "percent3": "rate3"}  # a difference of percentages is no percentage any more


@dataclass(frozen=True)
class Printed:
    """One cell as printed: its address, what it counts, its value and text. The tidy data sheet is made of these."""

    number: str
    key: str
    where: Where
    period: str
    compared: str
    value: Any  # int, or Decimal
    state: str
    text: str


@dataclass(frozen=True)
class Blocker:
    """What stops the report: the item, why, the place of the text that is owed, if it is one, and in which section."""

    place: str
    why: str
    text: str = ""
    section: str = ""  # the item of the catalogue's entry that found it; empty: the place says it


def month_column(n: int) -> str:
    """What the n-th month of a longer period is called among the compared columns: m1."""
    return f"m{n + 1}"


class Sheet:
    """Collects the cells of a report, and computes their values once."""

    def __init__(
        self, period: Period, evaluation: Evaluation, link_base: str, *, kind: str = "monthly", texts_at: datetime | None = None
    ) -> None:  # fmt: skip
        self.kind = kind
        self.period = period
        self.evaluation = evaluation
        self.link_base = link_base
        self.texts_at = texts_at or evaluation.cut  # texts are written after the data cut
        self.corrections = Corrections(self._given())
        self.places: dict[str, tuple[str, str]] = {}  # place of a text → what it is called, its draft
        self.homes: dict[str, str] = {}  # place of a text, number of a table → the item in whose section it stands
        self.printed: list[Printed] = []
        self.computed: set[str] = set()  # cells that follow from several figures, so that none is theirs
        self.blockers: list[Blocker] = []
        self.issue: Issue | None = None
        self.headlines: dict[str, str] = {}  # item → the key of its headline
        self.headline_cells: dict[str, str] = {}  # the key of a headline → where it is printed

    def _given(self) -> Given:
        """What earlier reports had printed of the periods that stand beside, and the months' reports of its months."""
        before = {"b": self.previous} | ({"e": self.year_ago} if has_year_ago(self.period) else {})
        given = given_before(self.kind, before, self.cut, self.texts_at)
        if self.period.form in ("quarter", "year"):
            months = {month_column(n): one for n, one in enumerate(self.period.months())}
            given |= given_before("monthly", months, self.cut, self.texts_at)
        return given

    @property
    def report(self) -> Kind:
        """The kind of the report."""
        return kind_of(self.kind)

    @cached_property
    def words(self) -> Words:
        """How one speaks of its period and those before."""
        return words_of(self.period)

    @property
    def own(self) -> str:
        """The letter of the column in which the period itself stands."""
        return OWN.get(self.period.form, "a")

    @property
    def cut(self) -> datetime:
        """The cut as of which everything is counted."""
        return self.evaluation.cut

    @cached_property
    def previous(self) -> Period:
        """The period before."""
        return self.period.previous()

    @cached_property
    def year_ago(self) -> Period:
        """The same period a year earlier."""
        return self.period.year_before()

    @cached_property
    def to_date(self) -> Period:
        """The fiscal year up to the period's end."""
        return self.period.fiscal_year_to_date()

    @cached_property
    def texts(self) -> dict[str, ReportText]:
        """What people wrote, by place."""
        return texts_of(self.kind, self.period.key, self.texts_at)

    def contract(self, key: str) -> str:
        """A contract fact as of the period's last moment."""
        return self.evaluation.book.contract(key, self.at)

    @property
    def at(self) -> datetime:
        """The moment whose lists, names and catalogue the report prints; of the first year, which the Centre began within, its first."""
        return max(self.period.start, ORIGIN)

    def link(self, key: str, period: Period, where: Where) -> str:
        """The screen that opens the number, with the same cut; on paper the page that tells anyone how it is counted."""
        query = urlencode({**where, "known_at": instant_text(self.cut)})
        place = f"{self.link_base}/n" if self.link_base else "/desk/figures"
        return f"{place}/{key}/{period.key}/?{query}"

    def cell(
        self, number: str, value: Value, key: str, period: Period, where: Where | None = None, *, compared: str = "",
        change: bool = False, style: str = "count", **more: Any,
    ) -> Cell:  # fmt: skip
        """A counted number: `compared` says which column of the comparison it is; `change` prints it with a sign."""
        where = where or {}
        if value.value is None:
            return self._absent(number, value, key, period, where, compared, style)
        text = (wording.signed_amount if change else wording.number)(value.value, style)
        self.printed.append(Printed(number, key, where, period.key, compared, value.value, value.state, text))
        link = "" if ".." in period.key else self.link(key, period, where)
        mark = self.corrections.mark(number, key, where, compared, value.value, text) or self._mark(value, key, period)
        return Cell(text, number=number, link=link, mark=mark, **more)

    def _mark(self, value: Value, key: str, period: Period) -> Mark:
        """速 while it may change; 欠 where hours were lost for good."""
        if value.state == "provisional":
            return "速"
        return "欠" if self.evaluation.judge(key, period).losses else ""

    def _absent(
        self, number: str, value: Value, key: str, period: Period, where: Where, compared: str, style: str
    ) -> Cell:
        """What is due is 未入力 and blocks; a comparison without records says so and does not; nothing to divide by."""
        state: State
        if period.start >= self.cut:
            text, state = "―", "not_applicable"  # 未到来
        elif value.state == "not_applicable":
            text, state = "該当なし", "not_applicable"
        elif value.state == "no_target":
            text, state = "目標値未設定", "no_target"
        elif value.state == "too_few":
            text, state = "＊", "not_computed"
        elif (reported := self.reported.get((key, where_text(where), period.key))) is not None:
            return self._reported(number, reported, key, period, where, compared, style)
        elif period == self.period:
            text, state = "未入力", "missing"
        else:
            text, state = "記録なし", "not_computed"
        self.printed.append(Printed(number, key, where, period.key, compared, None, value.state, text))
        return Cell(text, state=state, number=number)

    def _reported(
        self, number: str, row: ReportedFigure, key: str, period: Period, where: Where, compared: str, style: str
    ) -> Cell:
        """前フェーズ報告値: what the predecessor's report had printed, where no records exist."""
        text = wording.number(row.value, style)
        self.printed.append(Printed(number, key, where, period.key, compared, row.value, "reported", text))
        return Cell(text, number=number, mark="前")

    @cached_property
    def reported(self) -> dict[tuple[str, str, str], ReportedFigure]:
        """Figures of the predecessor's reports as known at the cut, by key, filter and period."""
        rows: Any = ReportedFigure.objects
        return {(row.key, row.where, row.period): row for row in rows.known_at(self.cut).order_by("id")}

    def plain(self, text: str, state: State = "final", number: str = "", **more: Any) -> Cell:
        """A cell that was computed from others, or holds words."""
        return Cell(text, state=state, number=number, **more)

    def difference(
        self, number: str, value: Value, base: Value, key: str, where: Where, compared: str, style: str = "count"
    ) -> Cell:
        """The change from a base, signed; of percentages in points."""
        if value.value is None or base.value is None:
            return Cell("未算出", state="not_computed", number=number)
        change = wording.amount(value.value, style) - wording.amount(base.value, style)
        text = wording.signed_amount(change, "count" if style == "count" else POINTS.get(style, style))
        exact = int(change) if style == "count" else change
        self.printed.append(Printed(number, key, where, self.period.key, compared, exact, value.state, text))
        return Cell(text, number=number)

    def rate(self, number: str, value: Value, base: Value) -> Cell:
        """The change in per cent of the base."""
        if value.value is None or base.value is None:
            return Cell("未算出", state="not_computed", number=number)
        text = wording.rate(value.value - base.value, base.value)
        return Cell(text, number=number) if text else Cell("該当なし", state="not_applicable", number=number)

    def block(self, place: str, why: str, text: str = "") -> None:
        """Something without which the report cannot be submitted; `text`: where a person has to write."""
        self.blockers.append(Blocker(place, why, text))

    def cells_as_dicts(self) -> list[dict[str, Any]]:
        """All printed cells in the order of printing."""
        return [{**asdict(cell), "value": as_json(cell.value)} for cell in self.printed]
