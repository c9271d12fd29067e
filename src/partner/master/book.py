"""All master data as known at one cut: loaded once, asked many times."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast

from partner.ledger import clock
from partner.master.models import CatalogueEntry, ClosedDay, Code, ContractFact, Dated, Definition, Indicator, Target

T = TypeVar("T", bound=Dated)
UNKNOWN = "unknown"
UNKNOWN_LABEL = "未回答"


class _Short(NamedTuple):
    what: str
    name: str
    said: str
    valid_from: datetime
    valid_to: datetime | None
    id: int


def holds(row: "Dated | _Short", at: datetime) -> bool:
    """Whether the row holds at the instant."""
    return row.valid_from <= at and (row.valid_to is None or at < row.valid_to)


class Book:
    """Answers from the master data known at `cut`."""

    def __init__(self, cut: datetime) -> None:
        self.cut = cut

    def _known(self, model: type[T]) -> list[T]:
        rows: list[T] = list(model.objects.known_at(self.cut).order_by("valid_from", "id"))  # type: ignore[arg-type]
        return rows

    @cached_property
    def _codes(self) -> dict[str, list[Code]]:
        lists: dict[str, list[Code]] = defaultdict(list)
        for row in self._known(Code):
            lists[row.list].append(row)
        for rows in lists.values():
            rows.sort(key=lambda row: (row.position, row.code))
        return lists

    def codes(self, name: str, at: datetime) -> list[Code]:
        """The codes of a list that hold at the instant, in their printed order."""
        return [row for row in self._codes.get(name, []) if holds(row, at)]

    def has(self, name: str, code: str) -> bool:
        """Whether the list has, or ever had, the code."""
        return any(row.code == code for row in self._codes.get(name, []))

    def label(self, name: str, code: str, at: datetime) -> str:
        """The code's label at the instant, else its latest, else the code itself."""
        if code == UNKNOWN:
            return UNKNOWN_LABEL
        rows = [row for row in self._codes.get(name, []) if row.code == code]
        return next((row.label for row in rows if holds(row, at)), rows[-1].label if rows else code)

    def reported(self, name: str, at: datetime) -> dict[str, str]:
        """Each code of the list → the code under which reports count it at the instant.

        A code that holds no more keeps its latest mapping from before the instant.
        """
        mapping: dict[str, str] = {}
        for row in sorted(self._codes.get(name, []), key=lambda row: row.valid_from):
            if row.valid_from <= at:
                mapping[row.code] = row.reported_as or row.code
        return mapping

    def position(self, name: str, code: str) -> tuple[int, str]:
        """Sorts codes of a list as they are printed; `unknown` comes last."""
        if code == UNKNOWN:
            return (10**9, code)
        return next(((row.position, code) for row in self._codes.get(name, []) if row.code == code), (10**8, code))

    @cached_property
    def _of_every_page(self) -> list[_Short]:
        """Contract facts, and closed days by their date: few rows that nearly every page needs, asked together."""
        wanted = ((ContractFact, F("key"), F("value")), (ClosedDay, Cast("day", CharField()), F("name")))
        facts, days = (
            model.objects.known_at(self.cut).annotate(what=Value(model.__name__), name_=name, said=said)  # type: ignore[attr-defined]
            .order_by().values_list("what", "name_", "said", "valid_from", "valid_to", "id")
            for model, name, said in wanted
        )  # fmt: skip
        return [_Short(*row) for row in facts.union(days, all=True).order_by("valid_from", "id")]

    def contract(self, key: str, at: datetime) -> str:
        """A contract fact's value at the instant; empty where none is recorded."""
        facts = (row for row in self._of_every_page if row.what == "ContractFact" and row.name == key)
        return next((row.said for row in facts if holds(row, at)), "")

    @cached_property
    def closed_days(self) -> dict[date, str]:
        """Days closed beyond the calendar's own, with their names."""
        return {date.fromisoformat(row.name): row.said for row in self._of_every_page if row.what == "ClosedDay"}

    @cached_property
    def _catalogue(self) -> list[CatalogueEntry]:
        return self._known(CatalogueEntry)

    def catalogue(self, report: str, at: datetime) -> list[CatalogueEntry]:
        """The report's blocks in their order, as agreed for the instant."""
        return _in_order(row for row in self._catalogue if row.report == report and holds(row, at))

    def redefined(self, start: datetime, until: datetime, numbers: set[str]) -> list[str]:
        """Which of these definitions were changed to hold from a moment between the two, in their order."""
        rows = sorted(self._known(Definition), key=lambda row: (row.valid_from, row.position))
        seen: set[str] = set()
        changed = []
        for row in rows:
            if row.number in numbers and row.number in seen and start <= row.valid_from < until:
                changed.append(row.number)
            seen.add(row.number)
        return list(dict.fromkeys(changed))

    def named_definitions(self, at: datetime) -> set[str]:
        """The definitions to which the blocks of any report refer."""
        rows = (row for row in self._catalogue if row.definitions and holds(row, at))
        return {number for row in rows for number in row.definitions.split(",")}

    def definitions(self, at: datetime) -> list[Definition]:
        """The definitions that hold at the instant, in their order."""
        return _in_order(row for row in self._known(Definition) if holds(row, at))

    @cached_property
    def _indicators(self) -> list[Indicator]:
        return self._known(Indicator)

    def indicators(self, at: datetime) -> list[Indicator]:
        """The indicators that hold at the instant, in their order."""
        return _in_order(row for row in self._indicators if holds(row, at))

    @cached_property
    def _targets(self) -> list[Target]:
        return self._known(Target)

    def targets(self, indicator: str, fiscal_year: int, system: str = "") -> list[Target]:
        """What was agreed or proposed for the indicator and year, in the order of the dates from which it holds.

        A target for any system stands where the system has none of its own.
        """
        rows = [row for row in self._targets if (row.indicator, row.fiscal_year) == (indicator, fiscal_year)]
        own = [row for row in rows if system and row.system == system]
        return own or [row for row in rows if not row.system]


def _in_order(rows: Iterable[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: (row.position, row.pk))


def present() -> Book:
    """Master data as known now; asked once until something is recorded."""
    return clock.remembered("book", lambda: Book(clock.last()))
