"""One row typed on the screen: checked, planned and written as a sheet of one row."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from partner.common.refusal import Refusal
from partner.facts.intake.checking import Checker, Row
from partner.facts.intake.kinds.declare import Kind
from partner.facts.intake.loading import NONE
from partner.facts.intake.planning import Plan, Planner
from partner.facts.intake.reading import Opened
from partner.facts.intake.spelling import asked
from partner.facts.intake.writing import Overtaken, commit, stage, unstage
from partner.facts.models.coverage import Load
from partner.ledger import clock
from partner.master.book import Book

FILE_NAME = "画面入力"
_TRIES = 5
_LINE = 1  # the place of the only row


@dataclass(frozen=True)
class Entered:
    """The fact now believed (None: withdrawn), and the number of the load that changed it (None: it was so before)."""

    fact: Any
    load: int | None


def recorded(kind: Kind, number: int) -> Any:
    """What is believed now of the row that this fact told. Raises Refusal where there is none, or it was withdrawn."""
    told = kind.stream.told.objects
    fact = told.filter(pk=number).first() if number < 2**62 else None
    if fact is not None and fact.superseded_at is not None:
        fact = told.believed().filter(source_key=fact.source_key).first()
    if fact is None:
        raise Refusal("unknown_row", f"「{kind.label}」のこの行はありません。取り消されたか、番号が違います。")
    return fact


def enter(kind: Kind, given: Mapping[str, Any], *, request: str, by: tuple[str, str], read: Any = None) -> Entered:
    """Records one row, or corrects the one that was `read`. Raises Refusal with the faults; then nothing was changed.

    `request` is the form's own key: sent again it gives what it recorded. Whoever corrected the row in between is not
    overwritten (code `overtaken`); a form that recorded one row records no other (`already_entered`).
    """
    for _ in range(_TRIES):
        known = clock.cut()
        row = _checked(kind, given, request, read, known)
        made = _take(kind, row, read, by, known, f"{FILE_NAME}\0{request}")
        if made is not None:
            return made
    raise _busy()


def withdraw(kind: Kind, read: Any, *, by: tuple[str, str]) -> Entered:
    """Withdraws the row that was read. Raises Refusal as `enter` does; withdrawn before, it stays so."""
    members = {name: getattr(read, name) for name in _members(kind) if hasattr(read, name)}
    for _ in range(_TRIES):
        known = clock.cut()
        numbers = {column.member: "" for column in kind.parties}
        row = Row(_LINE, read.source_key, known, members, numbers, {}, withdrawn=True, may_be_later=True)
        made = _take(kind, row, read, by, known, f"{FILE_NAME}\0{read.pk}\0取消")
        if made is not None:
            return made
    raise _busy()


def _members(kind: Kind) -> list[str]:
    return [column.member for column in asked(kind) if column.name not in kind.particulars]


def _busy() -> Refusal:
    return Refusal("busy", "同じ記録が続けて変わっているため、記録できませんでした。もう一度記録してください。")


def _checked(kind: Kind, given: Mapping[str, Any], request: str, read: Any, known: datetime) -> Row:
    """The row as read from what was typed; a correction keeps the key of the row that it corrects."""
    texts = {name: ";".join(value) if isinstance(value, list) else value for name, value in given.items()}
    cells = [f"{FILE_NAME}-{request}", *(texts.get(column.name, "") for column in asked(kind))]
    opened = Opened(FILE_NAME, [kind.column("key"), *asked(kind)], iter([(_LINE, cells)]), None)
    checker = Checker(opened, kind, Book(known))
    rows = list(checker.rows())
    if checker.faults:
        raise Refusal.of(checker.faults)
    if read is not None:
        rows[0].source_key = read.source_key
    return rows[0]


def _take(kind: Kind, row: Row, read: Any, by: tuple[str, str], known: datetime, name: str) -> Entered | None:
    """Plans and writes the row; None where someone came between, and it must be planned anew."""
    planner = Planner(kind, FILE_NAME, by, lambda text: None)
    plan = planner.plan([row])
    if planner.faults:
        raise Refusal.of(planner.faults)
    if plan.erased:
        raise Refusal("erased", "情報が消去された登録者の記録です。直すことも取り消すこともできません。")
    told = kind.stream.told.objects
    believed = told.believed().filter(source_key=row.source_key).first()
    if not _changes(plan):
        return Entered(believed, None)
    _must_be_as_read(kind, row, read, believed)
    load = _write(kind, plan, by, known, name)
    return None if load is None else Entered(told.believed().filter(source_key=row.source_key).first(), load)


def _changes(plan: Plan) -> bool:
    return bool(plan.facts or plan.gone_facts or plan.new_identities or plan.changed_identities)


def _must_be_as_read(kind: Kind, row: Row, read: Any, believed: Any) -> None:
    """A change is made to the row as its author saw it. Raises Refusal."""
    if read is None:
        if kind.stream.told.objects.filter(source_key=row.source_key).exists():
            message = "この画面の入力は、もう記録しています。内容を変えるには、記録した行を開いて直してください。"
            raise Refusal("already_entered", message)
        return
    if believed is None:
        raise Refusal("withdrawn", "この行は、開いたあとで取り消されました。必要なら新しく記録してください。")
    if believed.pk != read.pk:
        who = f"{believed.by_name}（{believed.by_role}）が{believed.recorded_at:%-m月%-d日 %H:%M}に直しました"
        raise Refusal("overtaken", f"この行は、開いたあとで{who}。いまの内容を確かめてください。")


def _write(kind: Kind, plan: Plan, by: tuple[str, str], known: datetime, name: str) -> int | None:
    """Writes the plan as a load of one row, and gives its number; None where someone came between."""
    load = Load(
        kind=kind.kind, file_name=FILE_NAME, digest=hashlib.sha256(name.encode()).hexdigest(), rows=1, new=plan.new,
        corrected=plan.corrected, unchanged=plan.unchanged, refused=0, covers=NONE, by_name=by[0], by_role=by[1],
    )  # fmt: skip
    stage(kind.stream, plan)
    try:
        commit(kind.stream, plan, load, None, known)
    except Overtaken:
        return None
    finally:
        unstage(kind.stream)
    return int(load.pk)
