"""What a file would change: its rows against what is believed, subject by subject. Nothing is written here."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from partner.common.refusal import Fault
from partner.facts.intake.checking import Row
from partner.facts.intake.kinds import Kind
from partner.facts.models.identity import Identity, new_subject_key
from partner.facts.models.registrations import EventKind, RegistrationEvent, Span
from partner.facts.sequence import SequenceError
from partner.facts.spans import changes
from partner.ledger.models import Erasure

_CHUNK = 500
_CONTENT = ("kind", "happened_at", "by_day", "level", "organization_type", "medium", "purposes", "merged_into")


@dataclass(slots=True)
class Change:
    """One row's effect: the believed event that goes, the event that comes, or both (a correction)."""

    row: Row
    old: RegistrationEvent | None
    new: RegistrationEvent | None
    counted: str = "unchanged"
    is_dropped: bool = False

    def subjects(self) -> set[str]:
        """Whose spans it touches."""
        return {event.subject for event in (self.old, self.new) if event is not None}


@dataclass
class Plan:
    """All that a load will write, and what it counts."""

    new: int = 0
    corrected: int = 0
    unchanged: int = 0
    erased: int = 0
    events: list[RegistrationEvent] = field(default_factory=list)
    gone_events: list[int] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    gone_spans: list[Span] = field(default_factory=list)
    subjects: set[str] = field(default_factory=set)
    new_identities: dict[str, Identity] = field(default_factory=dict)
    changed_identities: list[Identity] = field(default_factory=list)


def chunks(items: Sequence[Any]) -> Iterator[list[Any]]:
    """Lists of a few hundred, as many as a query takes at once."""
    iterator = iter(items)
    while chunk := list(islice(iterator, _CHUNK)):
        yield chunk


class Planner:
    """Plans one load. `faults` gathers what makes no sequence; `refused` the rows it concerns."""

    def __init__(self, kind: Kind, file: str, by: tuple[str, str], say: Callable[[str], None]) -> None:
        self.kind, self.party, self.file, self.by, self.say = kind, kind.party, file, by, say
        self.faults: list[Fault] = []
        self.refused: set[int] = set()
        self._subjects: dict[str, str] = {}
        self._made: dict[str, str] = {}
        self._ordinal = 0

    def plan(self, rows: list[Row]) -> Plan:
        """The plan for these rows; rows that cannot be are left out of it and stand in `refused`."""
        plan = Plan()
        rows = self._without_doubles(rows)
        self._find_subjects(rows)
        changes_ = self._compare(rows, plan)
        self._derive(changes_, plan)
        while self._drop_lost_targets(changes_):
            self._derive(changes_, plan)
        self._settle(changes_, plan)
        return plan

    def _fault(self, code: str, message: str, line: int, name: str = "") -> None:
        label = self.kind.column(name).label if name else None
        self.faults.append(Fault(code, message, self.file, line, label))
        self.refused.add(line)

    def _without_doubles(self, rows: list[Row]) -> list[Row]:
        """Equal rows of one key count once; rows of one key that contradict each other are refused."""
        first: dict[str, Row] = {}
        kept: list[Row] = []
        for row in rows:
            other = first.setdefault(row.source_key, row)
            if other is row:
                kept.append(row)
            elif _said(other) != _said(row):
                message = f"行キーが{other.line}行目と同じですが、内容が違います。"
                self._fault("contradiction", message, row.line, "key")
                if other.line not in self.refused:
                    self._fault(
                        "contradiction", f"行キーが{row.line}行目と同じですが、内容が違います。", other.line, "key"
                    )
        return [row for row in kept if row.line not in self.refused]

    def _find_subjects(self, rows: list[Row]) -> None:
        numbers = sorted({row.number for row in rows} | {row.merged_number for row in rows if row.merged_number})
        known = Identity.objects.filter(party=self.party.code)
        for chunk in chunks(numbers):
            self._subjects.update(known.filter(number__in=chunk).values_list("number", "subject"))

    def _compare(self, rows: list[Row], plan: Plan) -> list[Change]:
        """Each row against the event of its key; rows of someone erased are left alone."""
        last = self.party.event.objects.order_by("-ordinal").values_list("ordinal", flat=True).first()
        self._ordinal = last or 0
        histories = self._histories(rows)
        erased = self._erased(histories)
        alive = [row for row in rows if not (history := histories[row.source_key]) or history[-1].subject not in erased]
        plan.erased = len(rows) - len(alive)
        plan.unchanged += plan.erased
        own = {row.number for row in alive if not row.withdrawn}
        made = (self._change(row, histories[row.source_key], erased, own, plan) for row in alive)
        return [change for change in made if change is not None]

    def _histories(self, rows: list[Row]) -> dict[str, list[RegistrationEvent]]:
        found: dict[str, list[RegistrationEvent]] = defaultdict(list)
        for chunk in chunks(rows):
            keys = [row.source_key for row in chunk]
            for event in self.party.event.objects.filter(source_key__in=keys).order_by("id"):
                found[event.source_key].append(event)
        return found

    @staticmethod
    def _erased(histories: dict[str, list[RegistrationEvent]]) -> set[str]:
        """The keys among these under which erased subjects' facts stand now."""
        events = (event for events in histories.values() for event in events)
        keys = sorted({key for event in events for key in (event.subject, event.merged_into) if key})
        found: set[str] = set()
        for chunk in chunks(keys):
            found.update(Erasure.objects.filter(new_key__in=chunk).values_list("new_key", flat=True))
        return found

    def _change(
        self, row: Row, history: list[RegistrationEvent], erased: set[str], own: set[str], plan: Plan
    ) -> Change | None:
        old = next((event for event in history if event.superseded_at is None), None)
        if row.withdrawn:
            return self._withdrawal(row, history, old, plan)
        merged_into = ""
        if row.merged_number:
            merged_into = self._merged_into(row, history, erased, own)
            if not merged_into:
                self._fault("unknown_number", "統合先の管理番号が見つかりません。", row.line, "merged_into")
                return None
        new = self._event(row, history, merged_into)
        if (
            old is not None
            and old.subject == new.subject
            and all(getattr(old, name) == getattr(new, name) for name in _CONTENT)
        ):
            plan.unchanged += 1
            return Change(row, old, old)
        counted = "corrected" if history else "new"
        setattr(plan, counted, getattr(plan, counted) + 1)
        return Change(row, old, new, counted)

    def _merged_into(self, row: Row, history: list[RegistrationEvent], erased: set[str], own: set[str]) -> str:
        """The key of the registration that goes on; empty where there is none. Someone erased keeps his new key."""
        if row.merged_number in self._subjects or row.merged_number in own:
            return self._subject(row.merged_number)
        return history[-1].merged_into if history and history[-1].merged_into in erased else ""

    def _withdrawal(
        self, row: Row, history: list[RegistrationEvent], old: RegistrationEvent | None, plan: Plan
    ) -> Change | None:
        if not history:
            self._fault("nothing_to_withdraw", "取り消す行がまだ取り込まれていません。", row.line, "withdrawn")
            return None
        if old is None:
            plan.unchanged += 1
            return None
        plan.corrected += 1
        return Change(row, old, None, "corrected")

    def _subject(self, number: str) -> str:
        if number not in self._subjects:
            self._subjects[number] = self._made[number] = new_subject_key()
        return self._subjects[number]

    def _event(self, row: Row, history: list[RegistrationEvent], merged_into: str) -> RegistrationEvent:
        self._ordinal += 0 if history else 1
        return self.party.event(
            subject=self._subject(row.number), kind=row.kind, happened_at=row.happened_at, by_day=row.by_day,
            level=row.level, organization_type=row.organization_type, medium=row.medium, purposes=row.purposes,
            merged_into=merged_into, source_key=row.source_key,
            ordinal=history[0].ordinal if history else self._ordinal, by_name=self.by[0], by_role=self.by[1],
        )  # fmt: skip

    # ── subject by subject ──

    def _derive(self, changes_: list[Change], plan: Plan) -> None:
        """Derives every touched subject; a row dropped in one subject is dropped in the other it touches too."""
        touching: dict[str, list[Change]] = defaultdict(list)
        for change in changes_:
            for subject in change.subjects() if change.new is not change.old else ():
                touching[subject].append(change)
        waiting = sorted(touching)
        results: dict[str, tuple[list[Span], list[Span]]] = {}
        done = 0
        while waiting:
            again: set[str] = set()
            for chunk in chunks(waiting):
                believed = self._believed(chunk)
                for subject in chunk:
                    results[subject] = self._derive_one(subject, touching[subject], believed, again)
                done += len(chunk)
                if done % 10_000 < _CHUNK:
                    self.say(f"照合しています：{done:,}／{len(touching):,}件")
            waiting = sorted(subject for subject in again if subject in touching)
        plan.gone_spans = [span for gone, _ in results.values() for span in gone]
        plan.spans = [span for _, new in results.values() for span in new]
        plan.subjects = set(touching)

    def _drop_lost_targets(self, changes_: list[Change]) -> bool:
        """Drops rows merged into a number whose own rows were all refused; whether there were any."""
        coming = {change.new.subject for change in changes_ if change.new is not None and not change.is_dropped}
        lost = set(self._made.values()) - coming
        found = [
            change
            for change in changes_
            if not change.is_dropped and change.new is not None and change.new.merged_into in lost
        ]
        for change in found:
            change.is_dropped = True
            self._fault("unknown_number", "統合先の管理番号が見つかりません。", change.row.line, "merged_into")
        return bool(found)

    def _believed(self, subjects: list[str]) -> tuple[dict[str, list[Any]], ...]:
        found = []
        for model in (self.party.event, self.party.registration, self.party.application):
            rows: dict[str, list[Any]] = defaultdict(list)
            query: Any = model.objects
            for row in query.believed().filter(subject__in=subjects):
                rows[row.subject].append(row)
            found.append(rows)
        return tuple(found)

    def _derive_one(
        self, subject: str, touching: list[Change], believed: tuple[dict[str, list[Any]], ...], again: set[str]
    ) -> tuple[list[Span], list[Span]]:
        """The subject's spans with all changes that hold; each that does not is dropped and named."""
        events, registrations, applications = (found.get(subject, []) for found in believed)
        by_event = {id(change.new): change for change in touching if change.new is not None and change.old is None}

        def is_left_out(event: RegistrationEvent, reason: str) -> bool:
            """A new row that cannot happen is refused and the others go on: a file may hold thousands for one number."""
            change = by_event.get(id(event))
            if change is None:
                return False
            change.is_dropped = True
            self._fault("no_sequence", reason, change.row.line, "event")
            return True

        while True:
            active = [change for change in touching if not change.is_dropped]
            gone = {change.old.pk for change in active if change.old is not None}
            coming = [change.new for change in active if change.new is not None and change.new.subject == subject]
            kept = [event for event in events if event.pk not in gone]
            try:
                return changes(self.party, subject, kept + coming, registrations, applications, is_left_out)
            except SequenceError as error:
                active = [change for change in active if not change.is_dropped]
                blamed, message = self._blame(error, active, subject)
                blamed.is_dropped = True
                again |= blamed.subjects() - {subject}
                self._fault("no_sequence", message, blamed.row.line, "event")

    @staticmethod
    def _blame(error: SequenceError, active: list[Change], subject: str) -> tuple[Change, str]:
        """The row that makes the sequence fail: the failing event's own, else the last one before it."""
        own = next((change for change in active if change.new is error.event and change.new is not change.old), None)
        if own is not None:
            return own, error.reason
        at: datetime = error.event.happened_at
        doing = [change for change in active if change.new is not change.old]
        before = [change for change in doing if change.row.happened_at <= at]
        blamed = max(before or doing, key=lambda change: (change.row.happened_at, change.row.line))
        label = EventKind(error.event.kind).label
        return blamed, f"この行を入れると、すでに記録されている{at:%Y-%m-%d}の{label}が成り立ちません（{error.reason}）"

    # ── what is written ──

    def _settle(self, changes_: list[Change], plan: Plan) -> None:
        for change in changes_:
            if change.is_dropped:
                setattr(plan, change.counted, getattr(plan, change.counted) - 1)
            elif change.new is not change.old:
                if change.old is not None:
                    plan.gone_events.append(change.old.pk)
                if change.new is not None:
                    plan.events.append(change.new)
                    plan.subjects |= {change.new.merged_into} - {""}
        self._identities([change for change in changes_ if not change.is_dropped], plan)

    def _identities(self, changes_: list[Change], plan: Plan) -> None:
        """Names of new subjects, and of known ones whose latest event says something else."""
        latest: dict[str, Change] = {}
        for change in changes_:
            if change.new is not None:
                key = change.new.subject
                if key not in latest or _order(latest[key].new) <= _order(change.new):
                    latest[key] = change
        known: dict[str, Identity] = {}
        for chunk in chunks(sorted(latest)):
            known.update({one.subject: one for one in Identity.objects.filter(subject__in=chunk)})
        newest = self._newest(known, set(plan.gone_events))
        for subject, change in latest.items():
            row, event = change.row, change.new
            if subject not in known:
                plan.new_identities[subject] = Identity(
                    subject=subject,
                    party=self.party.code,
                    number=row.number,
                    name=row.name,
                    address=row.address,
                    email=row.email,
                )
            elif event is not None and _order(event) >= newest.get(subject, _order(event)):
                self._rename(known[subject], change, plan)
        self._name_from_other_rows(changes_, plan)
        plan.subjects |= {identity.subject for identity in plan.changed_identities}

    def _newest(self, subjects: dict[str, Identity], gone: set[int]) -> dict[str, tuple[datetime, int]]:
        found: dict[str, tuple[datetime, int]] = {}
        query: Any = self.party.event.objects
        for chunk in chunks(sorted(subjects)):
            for event in query.believed().filter(subject__in=chunk):
                if event.pk in gone:
                    continue
                found[event.subject] = max(found.get(event.subject, _order(event)), _order(event))
        return found

    @staticmethod
    def _rename(identity: Identity, change: Change, plan: Plan) -> None:
        said = {name: getattr(change.row, name) for name in ("name", "address", "email")}
        differing = {name: value for name, value in said.items() if value and value != getattr(identity, name)}
        if not differing:
            return
        for name, value in differing.items():
            setattr(identity, name, value)
        plan.changed_identities.append(identity)
        if change.new is change.old:
            plan.unchanged -= 1
            plan.corrected += 1

    @staticmethod
    def _name_from_other_rows(changes_: list[Change], plan: Plan) -> None:
        """A new subject's particulars that his latest row leaves out come from his earlier rows."""
        for change in sorted(changes_, key=lambda change: -change.row.line):
            identity = plan.new_identities.get(change.new.subject) if change.new is not None else None
            if identity is not None:
                for name in ("name", "address", "email"):
                    if not getattr(identity, name):
                        setattr(identity, name, getattr(change.row, name))


def _said(row: Row) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in Row.__slots__ if name not in ("line", "cells"))


def _order(event: RegistrationEvent | None) -> tuple[datetime, int]:
    assert event is not None
    return event.happened_at, event.ordinal
