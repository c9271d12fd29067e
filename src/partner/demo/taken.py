"""What the office's sheets bring to one stream of facts: rows with both ticks, spans derived as the ledger derives them."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields
from types import SimpleNamespace
from typing import Any

from partner.demo.rows import BY, insert
from partner.demo.stretches import Stretch
from partner.facts.models import Load
from partner.facts.models.base import Event
from partner.facts.streams import Stream
from partner.facts.walking import leaves_none_out
from partner.ledger.fields import to_microseconds


@dataclass(slots=True)
class _Kept:
    span: Any
    recorded_at: int
    superseded_at: int | None = None


class Taken:
    """The rows of one stream. `label` names its sheets; `first` numbers its rows apart from another's of the stream."""

    def __init__(self, stream: Stream, label: str, first: int = 0) -> None:
        self.stream, self.label = stream, label
        self.rows: list[dict[str, Any]] = []
        self.loads: list[Load] = []
        self._events: dict[str, list[Any]] = defaultdict(list)
        self._spans: dict[str, list[_Kept]] = defaultdict(list)
        self._believed: dict[str, list[_Kept]] = defaultdict(list)
        self._named: dict[str, dict[str, Any]] = {}
        self._ordinal = first
        self._columns = _defaults(stream.told)

    def take(self, stretch: Stretch, facts: Iterable[dict[str, Any]]) -> None:
        """One sheet: its facts come to be believed at the stretch's tick. Instants are microseconds.

        A fact with `name` can be found again; one that `corrects` a name takes the place of what it named.
        """
        tick, touched, before, corrected = to_microseconds(stretch.told), dict[str, None](), len(self.rows), 0
        for fact in facts:
            name, old = fact.get("name", ""), self._named.pop(fact.get("corrects", ""), None)
            row = self._row({key: value for key, value in fact.items() if key not in ("name", "corrects")}, tick, old)
            if old is not None:
                corrected += 1
                self._forget(old, tick)
            if issubclass(self.stream.told, Event):
                self._events[fact["subject"]].append(SimpleNamespace(**row))
                touched[fact["subject"]] = None
            if name:
                self._named[name] = row
            self.rows.append(row)
        for subject in touched:
            self._derive(subject, tick)
        self._loaded(stretch, len(self.rows) - before, corrected)

    def _row(self, fact: dict[str, Any], tick: int, old: dict[str, Any] | None) -> dict[str, Any]:
        """A row with its key and place: those of the row that it corrects."""
        row = {**self._columns, **fact, "recorded_at": tick, "by_name": BY[0], "by_role": BY[1]}
        if issubclass(self.stream.told, Event):
            row["by_day"] = fact.get("by_day", False)
        if old is not None:
            return row | {name: old[name] for name in ("source_key", "ordinal") if name in old}
        self._ordinal += 1
        row["source_key"] = hashlib.sha256(f"{self.stream.kind}:{self._ordinal}".encode()).hexdigest()[:32]
        return row | ({"ordinal": self._ordinal} if "ordinal" in row else {})

    def _forget(self, old: dict[str, Any], tick: int) -> None:
        """What the row said is believed no longer."""
        old["superseded_at"] = tick
        events = self._events.get(old.get("subject", ""), [])
        events[:] = [event for event in events if event.source_key != old["source_key"]]

    def _derive(self, subject: str, tick: int) -> None:
        if self.stream.derive is None:
            return
        coming = self.stream.derive(self._events[subject], leaves_none_out)
        staying: list[_Kept] = []
        for kept in self._believed[subject]:
            if kept.span in coming:
                coming.remove(kept.span)
                staying.append(kept)
            else:
                kept.superseded_at = tick
        new = [_Kept(span, tick) for span in coming]
        self._spans[subject] += new
        self._believed[subject] = staying + new

    def _loaded(self, stretch: Stretch, rows: int, corrected: int) -> None:
        name = f"{self.label}_{stretch.first:%Y-%m-%d}.xlsx"
        load = Load(
            kind=self.stream.kind, file_name=name, digest=hashlib.sha256(f"{self.stream.kind}{name}".encode()).hexdigest(),
            rows=rows, new=rows - corrected, corrected=corrected, unchanged=0, refused=0,
            covers=f"{stretch.first}..{stretch.until}", by_name=BY[0], by_role=BY[1],
        )  # fmt: skip
        load.recorded_at = stretch.told
        self.loads.append(load)

    def write(self) -> int:
        """Inserts all rows and returns how many facts were told."""
        columns = tuple(self._columns)
        table = self.stream.told._meta.db_table
        insert(table, columns, (tuple(row[name] for name in columns) for row in self.rows))
        for kind, model in self.stream.spans.items():
            names = tuple(field.name for field in fields(kind))
            kept = ((subject, one) for subject, spans in self._spans.items() for one in spans if type(one.span) is kind)
            insert(
                model._meta.db_table, ("subject", *names, "recorded_at", "superseded_at"),
                ((subject, *(getattr(one.span, name) for name in names), one.recorded_at, one.superseded_at) for subject, one in kept),
            )  # fmt: skip
        return len(self.rows)


def _defaults(model: Any) -> dict[str, Any]:
    """Each column with what stands in it where a fact says nothing."""
    fields_ = (field for field in model._meta.concrete_fields if field.column not in ("id", "load"))
    return {field.column: None if field.null else field.get_default() for field in fields_}
