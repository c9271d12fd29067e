"""What is being composed: one period, one cut, and every cell that was printed with what it means."""

from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from partner.common.command import instant_text
from partner.common.period import Period
from partner.documents.blocks import Cell, Mark, State
from partner.figures.engine import Evaluation, Value, Where
from partner.reports import wording

_MARKS: dict[str, Mark] = {"provisional": "速"}


@dataclass(frozen=True)
class Printed:
    """One cell as printed: its address, what it counts, its value and text. The tidy data sheet is made of these."""

    number: str
    key: str
    where: Where
    period: str
    compared: str
    value: int | None
    state: str
    text: str


class Sheet:
    """Collects the cells of a report, and computes their values once."""

    def __init__(self, period: Period, evaluation: Evaluation, link_base: str) -> None:
        self.period = period
        self.evaluation = evaluation
        self.link_base = link_base
        self.printed: list[Printed] = []
        self.blockers: list[tuple[str, str]] = []

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

    def contract(self, key: str) -> str:
        """A contract fact as of the period's last moment."""
        return self.evaluation.book.contract(key, self.at)

    @property
    def at(self) -> datetime:
        """The moment whose lists, names and catalogue the report prints."""
        return self.period.start

    def link(self, key: str, period: Period, where: Where) -> str:
        """The screen that opens the number, with the same cut."""
        query = urlencode({**where, "known_at": instant_text(self.cut)})
        return f"{self.link_base}/desk/figures/{key}/{period.key}/?{query}"

    def cell(
        self, number: str, value: Value, key: str, period: Period, where: Where | None = None, *, compared: str = "",
        change: bool = False, **more: Any,
    ) -> Cell:  # fmt: skip
        """A counted number: `compared` says which column of the comparison it is; `change` prints it with a sign."""
        where = where or {}
        if value.value is None:
            return self._missing(number, value, key, period, where, compared)
        text = wording.signed(value.value) if change else wording.count(value.value)
        self.printed.append(Printed(number, key, where, period.key, compared, value.value, value.state, text))
        link = "" if ".." in period.key else self.link(key, period, where)
        return Cell(text, number=number, link=link, mark=_MARKS.get(value.state, ""), **more)

    def _missing(self, number: str, value: Value, key: str, period: Period, where: Where, compared: str) -> Cell:
        """What is due is 未入力 and blocks; a comparison without records says so and does not."""
        is_due = period == self.period
        text, state = ("未入力", "missing") if is_due else ("記録なし", "not_computed")
        self.printed.append(Printed(number, key, where, period.key, compared, None, value.state, text))
        return Cell(text, state=state, number=number)  # type: ignore[arg-type]

    def plain(self, text: str, state: State = "final", number: str = "", **more: Any) -> Cell:
        """A cell that was computed from others, or holds words."""
        return Cell(text, state=state, number=number, **more)

    def difference(self, number: str, value: Value, base: Value, key: str, where: Where, compared: str) -> Cell:
        """The change from a base, signed."""
        if value.value is None or base.value is None:
            return Cell("未算出", state="not_computed", number=number)
        change = value.value - base.value
        text = wording.signed(change)
        self.printed.append(Printed(number, key, where, self.period.key, compared, change, value.state, text))
        return Cell(text, number=number)

    def rate(self, number: str, value: Value, base: Value) -> Cell:
        """The change in per cent of the base."""
        if value.value is None or base.value is None:
            return Cell("未算出", state="not_computed", number=number)
        text = wording.rate(value.value - base.value, base.value)
        return Cell(text, number=number) if text else Cell("該当なし", state="not_applicable", number=number)

    def block(self, place: str, why: str) -> None:
        """Something without which the report cannot be submitted."""
        self.blockers.append((place, why))

    def cells_as_dicts(self) -> list[dict[str, Any]]:
        """All printed cells in the order of printing."""
        return [asdict(cell) for cell in self.printed]
