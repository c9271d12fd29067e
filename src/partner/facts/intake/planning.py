"""What a file would change: its rows against what is believed, subject by subject. Nothing is written here."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from partner.common.refusal import Fault
from partner.facts.intake.checking import Row
from partner.facts.intake.chunks import SIZE, chunked
from partner.facts.intake.kinds.declare import Kind
from partner.facts.models.base import Event, Span
from partner.facts.models.coverage import Load
from partner.facts.models.identity import Identity, new_subject_key
from partner.facts.record import believed_events, believed_spans
from partner.facts.spans import changes
from partner.facts.walking import SequenceError
from partner.ledger.models import Erasure


@dataclass(slots=True)
class Change:
    """One row's effect: the believed fact that goes, the fact that comes, or both (a correction)."""

    row: Row
    old: Any
    new: Any
    counted: str = "unchanged"
    is_dropped: bool = False

    def subjects(self) -> set[str]:
        """Whose spans it touches."""
        return {fact.subject for fact in (self.old, self.new) if fact is not None}


@dataclass
class Plan:
    """All that a load will write, and what it counts. `subjects` have spans, `parties` are persons and organisations."""

    new: int = 0
    corrected: int = 0
    unchanged: int = 0
    erased: int = 0
    facts: list[Any] = field(default_factory=list)
    gone_facts: list[int] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    gone_spans: list[Span] = field(default_factory=list)
    subjects: set[str] = field(default_factory=set)
    new_identities: dict[str, Identity] = field(default_factory=dict)
    changed_identities: list[Identity] = field(default_factory=list)


class Planner:
    """Plans one load. `faults` gathers what makes no sequence; `refused` the rows it concerns."""

    def __init__(self, kind: Kind, file: str, by: tuple[str, str], say: Callable[[str], None]) -> None:
        self.kind, self.stream, self.file, self.by, self.say = kind, kind.stream, file, by, say
        self.faults: list[Fault] = []
        self.refused: set[int] = set()
        self._is_sequence = issubclass(self.stream.told, Event)
        self._parties = kind.parties
        self._known = tuple(column for column in kind.parties if column.known)
        self._owner = next(iter(self.stream.told.subject_fields), "")  # the person or organisation a fact belongs to
        self._subjects: dict[tuple[str, str], str] = {}
        self._made: dict[str, tuple[str, str]] = {}
        self._undone = frozenset(Load.objects.filter(superseded_at__isnull=False).values_list("pk", flat=True))
        self._ordinal = 0

    def plan(self, rows: list[Row]) -> Plan:
        """The plan for these rows; rows that cannot be are left out of it and stand in `refused`."""
        plan = Plan()
        rows = self._without_doubles(rows)
        self._find_subjects(rows)
        if self.kind.settle is not None:
            self.kind.settle(rows, lambda party, number: self._subjects.get((party, number), ""))
        changes_ = self._compare(rows, plan)
        if self.kind.against is not None:
            self._drop_clashing(changes_)
        if self.stream.spans:
            self._derive(changes_, plan)
            while self._drop_lost_targets(changes_):
                self._derive(changes_, plan)
        self._settle(changes_, plan)
        return plan

    def _drop_clashing(self, changes_: list[Change]) -> None:
        """Drops what cannot stand beside other facts of the file or the ledger."""
        assert self.kind.against is not None
        for change, code, message, name in self.kind.against([one for one in changes_ if one.new is not one.old]):
            change.is_dropped = True
            self._fault(code, message, change.row.line, name)

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
        for party in {column.party for column in self._parties}:
            members = [column.member for column in self._parties if column.party == party]
            numbers = sorted({row.numbers[name] for row in rows for name in members} - {""})
            known = Identity.objects.filter(party=party)
            for chunk in chunked(numbers):
                found = known.filter(number__in=chunk).values_list("number", "subject")
                self._subjects.update({(party, number): subject for number, subject in found})

    def _compare(self, rows: list[Row], plan: Plan) -> list[Change]:
        """Each row against the fact of its key; rows of someone erased are left alone."""
        if self._is_sequence:
            query: Any = self.stream.told.objects
            last = query.order_by("-ordinal").values_list("ordinal", flat=True).first()
            self._ordinal = last or 0
        histories = self._histories(rows)
        erased = self._erased(histories) if self._owner else set()
        alive = [row for row in rows if not self._is_of(erased, histories[row.source_key])]
        plan.erased = len(rows) - len(alive)
        plan.unchanged += plan.erased
        own = {row.numbers.get("subject", "") for row in alive if not row.withdrawn}
        made = (self._change(row, histories[row.source_key], erased, own, plan) for row in alive)
        return [change for change in made if change is not None]

    def _is_of(self, erased: set[str], history: list[Any]) -> bool:
        return bool(erased and history and getattr(history[-1], self._owner) in erased)

    def _histories(self, rows: list[Row]) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = defaultdict(list)
        for chunk in chunked(rows):
            keys = [row.source_key for row in chunk]
            for fact in self.stream.told.objects.filter(source_key__in=keys).order_by("id"):
                found[fact.source_key].append(fact)
        return found

    def _erased(self, histories: dict[str, list[Any]]) -> set[str]:
        """The keys among these under which erased subjects' facts stand now."""
        members = self.stream.told.subject_fields
        facts = (fact for history in histories.values() for fact in history)
        keys = sorted({key for fact in facts for name in members if (key := getattr(fact, name))})
        found: set[str] = set()
        for chunk in chunked(keys):
            found.update(Erasure.objects.filter(new_key__in=chunk).values_list("new_key", flat=True))
        return found

    def _change(self, row: Row, history: list[Any], erased: set[str], own: set[str], plan: Plan) -> Change | None:
        old = next((fact for fact in history if fact.superseded_at is None), None)
        if row.withdrawn:
            return self._withdrawal(row, history, old, plan)
        if any(not self._is_known(column, row, history, erased, own) for column in self._known):
            return None
        members = row.members | self._keys(row, history, erased)
        if old is not None and all(getattr(old, name) == value for name, value in members.items()):
            plan.unchanged += 1
            return Change(row, old, old)
        is_known = any(fact.load not in self._undone for fact in history)  # what was taken back is told anew
        counted = "corrected" if is_known else "new"
        setattr(plan, counted, getattr(plan, counted) + 1)
        return Change(row, old, self._fact(row, members, history), counted)

    def _is_known(self, column: Any, row: Row, history: list[Any], erased: set[str], own: set[str]) -> bool:
        """Whether someone was heard of whom the row only mentions; a fault where not."""
        number = row.numbers[column.member]
        if not number or (column.party, number) in self._subjects or number in own:
            return True
        if history and getattr(history[-1], column.member) in erased:
            return True
        self._fault("unknown_number", f"{column.label}が見つかりません。", row.line, column.name)
        return False

    def _keys(self, row: Row, history: list[Any], erased: set[str]) -> dict[str, str]:
        """The subject keys of the numbers in the row. Someone erased keeps the new key that stands in his facts."""
        keys = {}
        for column in self._parties:
            name, number = column.member, row.numbers[column.member]
            kept = getattr(history[-1], name) if history else ""
            is_erased = kept in erased and (column.party, number) not in self._subjects
            keys[name] = "" if not number else kept if is_erased else self._subject(column.party, number)
        return keys

    def _withdrawal(self, row: Row, history: list[Any], old: Any, plan: Plan) -> Change | None:
        if not history:
            self._fault("nothing_to_withdraw", "取り消す行がまだ取り込まれていません。", row.line, "withdrawn")
            return None
        if old is None:
            plan.unchanged += 1
            return None
        plan.corrected += 1
        return Change(row, old, None, "corrected")

    def _subject(self, party: str, number: str) -> str:
        if (party, number) not in self._subjects:
            key = self._subjects[party, number] = new_subject_key()
            self._made[key] = party, number
        return self._subjects[party, number]

    def _fact(self, row: Row, members: dict[str, Any], history: list[Any]) -> Any:
        fact = self.stream.told(**members, source_key=row.source_key, by_name=self.by[0], by_role=self.by[1])
        if isinstance(fact, Event):
            self._ordinal += 0 if history else 1
            fact.ordinal = history[0].ordinal if history else self._ordinal
        return fact

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
            for chunk in chunked(waiting):
                events, spans = believed_events(self.stream, chunk), believed_spans(self.stream, chunk)
                for subject in chunk:
                    results[subject] = self._derive_one(
                        subject, touching[subject], events[subject], spans[subject], again
                    )
                done += len(chunk)
                if done % 10_000 < SIZE:
                    self.say(f"照合しています：{done:,}／{len(touching):,}件")
            waiting = sorted(subject for subject in again if subject in touching)
        plan.gone_spans = [span for gone, _ in results.values() for span in gone]
        plan.spans = [span for _, new in results.values() for span in new]
        plan.subjects = set(touching)

    def _drop_lost_targets(self, changes_: list[Change]) -> bool:
        """Drops rows that mention a number whose own rows were all refused; whether there were any."""
        if not self._known:
            return False
        coming = {change.new.subject for change in changes_ if change.new is not None and not change.is_dropped}
        lost, found = self._made.keys() - coming, False
        for change in changes_:
            for column in self._known if change.new is not None and not change.is_dropped else ():
                if getattr(change.new, column.member) in lost:
                    change.is_dropped = found = True
                    self._fault("unknown_number", f"{column.label}が見つかりません。", change.row.line, column.name)
        return found

    def _derive_one(
        self, subject: str, touching: list[Change], events: list[Any], spans: list[Span], again: set[str]
    ) -> tuple[list[Span], list[Span]]:
        """The subject's spans with all changes that hold; each that does not is dropped and named."""
        by_event = {id(change.new): change for change in touching if change.new is not None and change.old is None}

        def is_left_out(event: Any, reason: str) -> bool:
            """A new row that cannot happen is refused and the others go on: a file may hold thousands for one number."""
            change = by_event.get(id(event))
            if change is None:
                return False
            change.is_dropped = True
            self._fault("no_sequence", reason, change.row.line, self.kind.event)
            return True

        while True:
            active = [change for change in touching if not change.is_dropped]
            gone = {change.old.pk for change in active if change.old is not None}
            coming = [change.new for change in active if change.new is not None and change.new.subject == subject]
            kept = [event for event in events if event.pk not in gone]
            try:
                return changes(self.stream, subject, kept + coming, spans, is_left_out)
            except SequenceError as error:
                active = [change for change in active if not change.is_dropped]
                blamed, message = self._blame(error, active, subject)
                blamed.is_dropped = True
                again |= blamed.subjects() - {subject}
                self._fault("no_sequence", message, blamed.row.line, self.kind.event)

    def _blame(self, error: SequenceError, active: list[Change], subject: str) -> tuple[Change, str]:
        """The row that makes the sequence fail: the failing event's own, else the last one before it."""
        own = next((change for change in active if change.new is error.event and change.new is not change.old), None)
        if own is not None:
            return own, error.reason
        at: datetime = error.event.happened_at
        doing = [change for change in active if change.new is not change.old]
        before = [change for change in doing if change.row.at <= at]
        blamed = max(before or doing, key=lambda change: (change.row.at, change.row.line))
        label = dict(self.kind.column(self.kind.event).choices)[error.event.kind]
        return blamed, f"この行を入れると、すでに記録されている{at:%Y-%m-%d}の{label}が成り立ちません（{error.reason}）"

    # ── what is written ──

    def _settle(self, changes_: list[Change], plan: Plan) -> None:
        for change in changes_:
            if change.is_dropped:
                setattr(plan, change.counted, getattr(plan, change.counted) - 1)
            elif change.new is not change.old:
                if change.old is not None:
                    plan.gone_facts.append(change.old.pk)
                if change.new is not None:
                    plan.facts.append(change.new)
                    plan.subjects |= {getattr(change.new, column.member) for column in self._parties} - {""}
        kept = [change for change in changes_ if not change.is_dropped]
        if self.kind.particulars:
            self._identities(kept, plan)
        for fact in plan.facts:  # someone mentioned for the first time: no more than his number is known
            for key in (getattr(fact, column.member) for column in self._parties):
                if key in self._made and key not in plan.new_identities:
                    party, number = self._made[key]
                    plan.new_identities[key] = Identity(subject=key, party=party, number=number)

    def _identities(self, changes_: list[Change], plan: Plan) -> None:
        """Names of new subjects, and of known ones whose latest event says something else."""
        latest: dict[str, Change] = {}
        for change in changes_:
            if change.new is not None:
                key = change.new.subject
                if key not in latest or _order(latest[key].new) <= _order(change.new):
                    latest[key] = change
        known: dict[str, Identity] = {}
        for chunk in chunked(sorted(latest)):
            known.update({one.subject: one for one in Identity.objects.filter(subject__in=chunk)})
        newest = self._newest(known, set(plan.gone_facts))
        for subject, change in latest.items():
            if subject not in known:
                plan.new_identities[subject] = Identity(
                    subject=subject, party=self.stream.party, number=change.row.numbers["subject"], **change.row.said
                )
            elif change.new is not None and _order(change.new) >= newest.get(subject, _order(change.new)):
                self._rename(known[subject], change, plan)
        self._name_from_other_rows(changes_, plan)
        plan.subjects |= {identity.subject for identity in plan.changed_identities}

    def _newest(self, subjects: dict[str, Identity], gone: set[int]) -> dict[str, tuple[datetime, int]]:
        found: dict[str, tuple[datetime, int]] = {}
        for chunk in chunked(sorted(subjects)):
            for subject, events in believed_events(self.stream, chunk).items():
                orders = [_order(event) for event in events if event.pk not in gone]
                if orders:
                    found[subject] = max(orders)
        return found

    @staticmethod
    def _rename(identity: Identity, change: Change, plan: Plan) -> None:
        said = change.row.said
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
            for name, value in change.row.said.items() if identity is not None else ():
                if not getattr(identity, name):
                    setattr(identity, name, value)


def _said(row: Row) -> tuple[Any, ...]:
    return row.members, row.numbers, row.said, row.withdrawn


def _order(event: Any) -> tuple[datetime, int]:
    return event.happened_at, event.ordinal
