"""A load taken back: what it brought is withdrawn, what it had corrected is recorded again, its days are no longer told.

Facts that someone corrected since are left, and counted. Nothing of the past changes: a cut before the undoing gives
what was believed then.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from partner.accounts import audit
from partner.common.period import jst_day
from partner.common.refusal import Fault, Refusal
from partner.facts.intake.chunks import SIZE, chunked
from partner.facts.intake.kinds import Kind, find
from partner.facts.models.base import Span
from partner.facts.models.coverage import Coverage, Load
from partner.facts.models.identity import Identity
from partner.facts.record import believed_events, believed_spans
from partner.facts.spans import changes
from partner.facts.streams import STREAMS
from partner.facts.walking import SequenceError
from partner.ledger import clock, write
from partner.ledger.models import Erasure

Say = Callable[[str], None]
_TRIES, _MOST_FAULTS, _WORD_AFTER = 5, 1000, 20
_UNKEPT = frozenset({"id", "recorded_at", "superseded_at"})


class _Overtaken(Exception):
    """Someone recorded something that the plan rests on: it must be made anew."""


@dataclass
class _Plan:
    """What the undoing will close and record. `left` counts the facts that someone has corrected since.

    `unmentioned` are those of whom nothing is left but what was taken back.
    """

    gone: list[Any] = field(default_factory=list)
    back: list[Any] = field(default_factory=list)
    left: int = 0
    gone_spans: list[Span] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    unmentioned: set[str] = field(default_factory=set)

    def keys(self) -> set[str]:
        """The source keys it touches."""
        return {fact.source_key for fact in (*self.gone, *self.back)}

    def subjects(self) -> set[str]:
        """Whose spans it touches."""
        return {fact.subject for fact in (*self.gone, *self.back)}


def undo(load: Load, *, by: tuple[str, str], say: Say = lambda text: None) -> dict[str, Any]:
    """Takes the load back in one transaction and tick, and says what that did.

    Raises Refusal where it was taken back before, or what is left would make no sequence; then nothing was changed.
    """
    kind = find(load.kind)
    for _ in range(_TRIES):
        if not Load.objects.believed().filter(pk=load.pk).exists():
            raise Refusal("already_undone", f"取込{load.pk}はすでに取り消されています。")
        known = clock.cut()
        plan = _plan(kind, load, by, say)
        say(f"書き込んでいます：取り消し{len(plan.gone):,}件、元に戻す{len(plan.back):,}件")
        try:
            return _commit(kind, load, plan, known, by)
        except _Overtaken:
            continue
    raise Refusal("busy", "同じ登録者の記録が続けて変わっているため、取り消せませんでした。もう一度実行してください。")


# ── planned ──


def _plan(kind: Kind, load: Load, by: tuple[str, str], say: Say) -> _Plan:
    plan, told = _Plan(), kind.stream.told.objects
    brought = told.filter(load=load.pk, recorded_at=load.recorded_at)
    replaced = told.filter(superseded_at=load.recorded_at)
    keys = sorted({*brought.values_list("source_key", flat=True), *replaced.values_list("source_key", flat=True)})
    undone = {row.pk: row.recorded_at for row in Load.objects.filter(superseded_at__isnull=False)}
    for number, chunk in enumerate(chunked(keys), 1):
        histories: dict[str, list[Any]] = defaultdict(list)
        for fact in told.filter(source_key__in=chunk).order_by("pk"):
            histories[fact.source_key].append(fact)
        for key in chunk:
            _plan_one(histories[key], load, undone, by, plan)
        if number % _WORD_AFTER == 0:
            say(f"調べています：{number * SIZE:,}／{len(keys):,}件")
    if load.new and not keys:
        raise Refusal("no_number", f"取込{load.pk}の記録は取込の番号を持たないため、取り消せません。")
    if kind.stream.spans:
        _derive(kind, plan, say)
    plan.unmentioned = _unmentioned(kind, load)
    return plan


def _plan_one(
    history: list[Any], load: Load, undone: dict[int, datetime], by: tuple[str, str], plan: _Plan
) -> None:  # fmt: skip
    """What becomes of one row: withdrawn, as it was before, or left to whoever corrected it since."""
    believed = next((fact for fact in history if fact.superseded_at is None), None)
    is_brought = any(fact.load == load.pk and fact.recorded_at == load.recorded_at for fact in history)
    if believed is not None and believed.load != load.pk:
        plan.left += is_brought or believed.recorded_at > load.recorded_at
        return
    if believed is None and not _was_last_withdrawn(history, load):
        plan.left += 1
        return
    if believed is not None:
        plan.gone.append(believed)
    elif _is_shared(load):
        message = (
            "同時に取り込んだほかのファイルと一緒に行を取り消しているため、この取込だけを取り消すことはできません。"
        )
        raise Refusal("taken_together", message)
    before = _before(history, load, undone)
    if before is not None:
        plan.back.append(_again(before, load, by))


def _was_last_withdrawn(history: list[Any], load: Load) -> bool:
    """Whether that load withdrew the row, and nobody has touched it since."""
    return max(fact.superseded_at for fact in history) == load.recorded_at


def _is_shared(load: Load) -> bool:
    """Whether another file of the kind was loaded in the same transaction."""
    return Load.objects.filter(kind=load.kind, recorded_at=load.recorded_at).exclude(pk=load.pk).exists()


def _before(history: list[Any], load: Load, undone: dict[int, datetime]) -> Any:
    """What stood before the load: the fact it closed; or, if that one's own load was undone, what stood before it."""
    number, at = load.pk, load.recorded_at
    while True:
        brought = [fact.pk for fact in history if fact.load == number and fact.recorded_at == at]
        limit = min(brought, default=None)
        found = [fact for fact in history if fact.superseded_at == at and (limit is None or fact.pk < limit)]
        if not found:
            return None
        before = found[-1]
        if before.load not in undone:
            return before
        number, at = before.load, undone[before.load]


def _again(fact: Any, load: Load, by: tuple[str, str]) -> Any:
    """The same content, to be recorded once more; it keeps the number of the load that told it."""
    names = [column.attname for column in fact._meta.concrete_fields if column.attname not in _UNKEPT]
    more: dict[str, Any] = {"by_name": by[0], "by_role": by[1]}
    if "reason" in names:
        more["reason"] = f"取込{load.pk}の取消"
    return type(fact)(**{**{name: getattr(fact, name) for name in names}, **more})


def _derive(kind: Kind, plan: _Plan, say: Say) -> None:
    """The spans of every touched subject as they follow without the load. Raises Refusal."""
    gone = {fact.pk for fact in plan.gone}
    back: dict[str, list[Any]] = defaultdict(list)
    for fact in plan.back:
        back[fact.subject].append(fact)
    faults: list[Fault] = []
    subjects = sorted(plan.subjects())
    for number, chunk in enumerate(chunked(subjects), 1):
        events, spans = believed_events(kind.stream, chunk), believed_spans(kind.stream, chunk)
        for subject in chunk:
            kept = [event for event in events[subject] if event.pk not in gone]
            try:
                going, coming = changes(kind.stream, subject, [*kept, *back[subject]], spans[subject])
            except SequenceError as error:
                faults.append(_fault(kind, error))
                continue
            plan.gone_spans += going
            plan.spans += coming
        if number % _WORD_AFTER == 0:
            say(f"照合しています：{number * SIZE:,}／{len(subjects):,}件")
    if faults:
        raise Refusal.of(faults[:_MOST_FAULTS])


def _fault(kind: Kind, error: SequenceError) -> Fault:
    """Which later fact would hang in the air, without saying whose it is."""
    event, column = error.event, kind.column(kind.event) if kind.event else None
    what = dict(column.choices).get(getattr(event, column.member), "") if column else "記録"
    whence = f"取込{event.load}の" if event.load else ""
    at = jst_day(getattr(event, kind.column(kind.at).member))
    message = (
        f"この取込を取り消すと、{whence}{at}の{what}が成り立ちません（{error.reason.rstrip('。')}）。"
        "先にその記録を取り消してください。"
    )
    return Fault("no_sequence", message)


def _unmentioned(kind: Kind, load: Load) -> set[str]:
    """Whoever came with this load and stands in no fact but of loads that were undone: there is no ground to keep him."""
    told = kind.stream.told
    undone = Q(load=load.pk) | Q(load__in=Load.objects.filter(superseded_at__isnull=False).values("pk"))
    found: set[str] = set()
    for own in told.subject_fields:
        came = told.objects.filter(load=load.pk).exclude(**{own: ""}).values(own)
        lost = set(came.values_list(own, flat=True))
        for model in _mentioning() if lost else ():
            for name in model.subject_fields:
                others = model.objects.filter(**{f"{name}__in": came}).filter(Q(load=None) | ~undone)
                lost -= set(others.values_list(name, flat=True))
        found |= lost
    return found


def _mentioning() -> list[Any]:
    """The kinds of facts that mention persons or organisations."""
    return sorted(
        {stream.told for stream in STREAMS.values() if stream.told.subject_fields}, key=lambda one: one.__name__
    )


# ── written ──


def _commit(kind: Kind, load: Load, plan: _Plan, known: datetime, by: tuple[str, str]) -> dict[str, Any]:
    with transaction.atomic():
        tick = clock.tick()
        _must_not_be_overtaken(kind, load, plan, known)
        write.supersede(kind.stream.told.objects.filter(load=load.pk))  # those of plan.gone: all of it that is believed
        _close(plan.gone_spans)
        write.record([*plan.back, *plan.spans])
        coverage = Coverage.objects.believed().filter(load=load.pk)
        days = coverage.count()
        write.supersede(coverage)
        write.supersede(Load.objects.filter(pk=load.pk))
        forgotten = sum(
            Identity.objects.filter(subject__in=chunk).delete()[0] for chunk in chunked(sorted(plan.unmentioned))
        )
        detail = f"取込{load.pk}　{kind.label}　取り消し{len(plan.gone):,}件　元に戻した{len(plan.back):,}件"
        audit.record(by, "unloaded", detail=detail)
    return {
        "load": load.pk, "withdrawn": len(plan.gone), "restored": len(plan.back), "left": plan.left, "coverage": days,
        "forgotten": forgotten, "tick": tick,
    }  # fmt: skip


def _must_not_be_overtaken(kind: Kind, load: Load, plan: _Plan, known: datetime) -> None:
    since = Q(recorded_at__gt=known) | Q(superseded_at__gt=known)
    keys, subjects = plan.keys(), plan.subjects() if kind.stream.spans else set()
    for fact in kind.stream.told.objects.filter(since):
        if fact.source_key in keys or getattr(fact, "subject", "") in subjects:
            raise _Overtaken
    erased = set(Erasure.objects.filter(tick__gt=known).values_list("old_key", flat=True))
    if erased & {key for fact in (*plan.gone, *plan.back) for key in _mentioned(fact)}:
        raise _Overtaken
    for model in _mentioning():
        for fact in model.objects.filter(recorded_at__gt=known) if plan.unmentioned else ():
            if plan.unmentioned.intersection(_mentioned(fact)):
                raise _Overtaken
    if not Load.objects.believed().filter(pk=load.pk).exists():
        raise _Overtaken


def _mentioned(fact: Any) -> list[str]:
    """The persons and organisations that the fact mentions."""
    return [key for name in type(fact).subject_fields if (key := getattr(fact, name))]


def _close(spans: Sequence[Span]) -> None:
    by_model: dict[Any, list[int]] = defaultdict(list)
    for row in spans:
        by_model[type(row)].append(row.pk)
    for model, keys in by_model.items():
        for chunk in chunked(keys):
            write.supersede(model.objects.filter(pk__in=chunk))
