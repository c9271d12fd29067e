"""How a kind of sheet is declared; reading, checking, planning and loading are the same for all."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from partner.facts.streams import Stream

Type = Literal[
    "text",  # width and case of letters made plain
    "plain",  # a name: nothing but outer spaces is touched
    "number",  # a number that names something
    "choice",  # one of the product's own codes
    "code",  # a code or label of a master list
    "codes",  # several of them, divided by ；
    "moment",  # a day, or a day and time
    "last_day",  # a day that is included: it ends at 00:00 of the next; or an exact time
    "integer",
    "decimal",
]


@dataclass(frozen=True)
class Column:
    """One column of a sheet, and the member of the fact that it fills (`field`, its own name if not said).

    `list` names the master list that holds its codes; `choices` are the product's own. `needed` and `allowed` are the
    events with which a value must, or may, stand (`allowed` None: with any). `party`: the value is the number of a
    person or organisation, kept as his subject key; `known`: one that must have been heard of. `may_be_future`: it may
    lie ahead. `least` and `most` bound a number. `under` names a column to the left whose code begins
    this one's: a question `consultation.q1` has the answers `consultation.q1.5`; what follows may be written alone.
    """

    name: str
    label: str
    help: str
    required: bool = False
    type: Type = "text"
    list: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    limit: int = 80
    field: str = ""
    needed: frozenset[str] = frozenset()
    allowed: frozenset[str] | None = None
    party: str = ""
    known: bool = False
    may_be_future: bool = False
    least: int | None = None
    most: int | None = None
    wide: bool = False
    under: str = ""

    @property
    def member(self) -> str:
        """The fact's member that holds it."""
        return self.field or self.name


Settle = Callable[[list[Any], Callable[[str, str], str]], None]  # the rows, and (party, number) → subject key or ""
Against = Callable[[list[Any]], Iterator[tuple[Any, str, str, str]]]
Check = Callable[[Mapping[str, Any]], Iterator[tuple[str, str, str]]]


def no_check(values: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Nothing more to object."""
    yield from ()


@dataclass(frozen=True)
class Kind:
    """A kind of sheet.

    `at` names the column that says when (its lists are those of that month; a sheet that is complete up to a day holds
    nothing later), `event` the one that says what happened. `check` yields (code, message, column) for what is wrong
    with one row's values. `fill` adds members that no column holds; `settle` those that follow from other facts, once
    all rows are read; `against` yields (change, code, message, column) for what cannot stand beside other facts.
    `spell` gives back, of a recorded fact, what the columns held that `fill` changed: column name → value.
    `rules` stand in the template. Without `at` a row holds from now on.
    `covers` is False where completeness for days means nothing (plans, reported figures).
    """

    kind: str
    label: str
    columns: tuple[Column, ...]
    stream: Stream
    at: str = "happened_at"
    event: str = ""
    check: Check = no_check
    fill: Callable[[dict[str, Any]], None] = lambda values: None
    spell: Callable[[Any], Mapping[str, Any]] = lambda fact: {}
    rules: tuple[str, ...] = ()
    settle: Settle | None = None
    against: Against | None = None
    covers: bool = True

    def column(self, name: str) -> Column:
        """The column of that name."""
        return self._by_name[name]

    @cached_property
    def _by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    @cached_property
    def parties(self) -> tuple[Column, ...]:
        """The columns that hold numbers of persons or organisations."""
        return tuple(column for column in self.columns if column.party)

    @cached_property
    def particulars(self) -> tuple[str, ...]:
        """The columns that go to the identity, not to the facts."""
        return tuple(column.name for column in self.columns if column.name in ("name", "address", "email"))


KEY = Column(
    "key",
    "行キー",
    "行を見分ける番号。同じキーで内容を変えると訂正になる。新しいことには新しいキーを付ける。",
    True,
    "number",
)
WITHDRAWN = Column("withdrawn", "取消", "その行を取り消すとき「取消」と書く。", type="choice", choices=(("1", "取消"),))
HAPPENED_AT = Column(
    "happened_at",
    "発生日時",
    "日付、又は日付と時刻（2026-10-01、令和8年10月1日、2026-10-01 14:30）。日付だけならその日の0:00とする。",
    True,
    "moment",
)


_GAP = r"[-() ー−‐‑–—]"
_CONTACT = re.compile(
    r"[^\s@、。()]+@[^\s@]+\.\w"  # a mail address
    rf"|(?<!\d)(?:\+81|0)(?:{_GAP}{{0,2}}\d){{9,10}}(?!\d)"  # ten or eleven digits of a telephone number
)


def without_contacts(text: str, name: str) -> Iterator[tuple[str, str, str]]:
    """A text that is kept for ever holds nobody's mail address or telephone number."""
    if _CONTACT.search(unicodedata.normalize("NFKC", text)):
        yield "personal_data", "メールアドレスか電話番号が書かれています。消してください。", name


def events(label: str, help_: str, choices: tuple[tuple[str, str], ...]) -> Column:
    """The column that says what happened."""
    return Column("event", label, help_, True, "choice", choices=choices, field="kind")


EVENT_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*")


def event_number(help_: str, *, required: bool = True) -> Column:
    """The number of one of the Centre's events."""
    return Column("event", "催し番号", help_, required, "number", limit=12)


def texts_without_contacts(*names: str) -> Check:
    """Objects to a mail address or telephone number in any of these members."""

    def check(read: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
        for name in names:
            yield from without_contacts(read[name], name)

    return check
