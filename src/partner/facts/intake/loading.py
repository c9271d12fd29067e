"""A load, as the procedure: open, check, plan, and only then write; all or nothing, or the good rows."""

import contextlib
import gc
import hashlib
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db.models import Q

from partner.common.locks import file_lock
from partner.common.period import DAY, Period, jst_day, midnight, parse_period
from partner.common.refusal import Fault, Refusal
from partner.facts.intake import values
from partner.facts.intake.checking import Checker, Row
from partner.facts.intake.kinds.declare import Kind
from partner.facts.intake.planning import Plan, Planner
from partner.facts.intake.reading import Opened, open_sheet
from partner.facts.intake.returning import write_returned
from partner.facts.intake.writing import Overtaken, commit, stage, unstage
from partner.facts.models.coverage import Coverage, Load
from partner.ledger import clock
from partner.master.book import Book

Say = Callable[[str], None]
_TRIES = 5
NONE = "none"


def load(
    kind: Kind, path: Path, *, by: tuple[str, str], covers: str = "", dry_run: bool = False, good_rows: bool = False,
    again: bool = False, say: Say = lambda text: None,
) -> dict[str, Any]:  # fmt: skip
    """Takes one file in, and says what it did. Raises Refusal; then nothing was changed."""
    opened = open_sheet(path, kind)
    digest = _digest(path)
    with file_lock(f"intake-{digest[:24]}", refuse=f"{opened.name}：このファイルは今、別の処理で取り込み中です。"):
        period = _complete_for(kind, covers, opened)
        earlier = _earlier(kind, digest, period)
        if earlier is not None and not again:
            say(
                f"{opened.name}：このファイルは{earlier.recorded_at:%Y-%m-%d %H:%M}に取込済みです。何も変えていません"
                "（もう一度取り込むには --again）。"
            )
            if period is not None and earlier.covers != _covers_text(period):
                say("対象期間も記録していません。この期間がそろったことを記録するには --again を付けてください。")
            return _answer(kind, opened, earlier.rows, Plan(unchanged=earlier.rows), 0, earlier.recorded_at)
        with _not_collecting():
            return _load(kind, path, opened, digest, by, covers, dry_run, good_rows, say)


@contextlib.contextmanager
def _not_collecting() -> Iterator[None]:
    """Python's search for cycles would walk through all rows again and again, a quarter of the time, and find none."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _load(
    kind: Kind, path: Path, opened: Opened, digest: str, by: tuple[str, str], covers: str, dry_run: bool, good_rows: bool, say: Say
) -> dict[str, Any]:  # fmt: skip
    period = _complete_for(kind, covers, opened)
    if covers not in ("", NONE) and not kind.covers:
        say(f"「{kind.label}」に対象期間はないため、指定された対象期間は記録しません。")
    for _ in range(_TRIES):
        known = clock.cut()
        checker = Checker(opened, kind, Book(known))
        rows = _checked(checker, period, say)
        planner = Planner(kind, opened.name, by, say)
        plan = planner.plan(rows)
        faults = sorted([*checker.faults, *planner.faults], key=lambda fault: fault.row or 0)
        if faults and not good_rows:
            raise Refusal.of(faults)
        refused = checker.refused | {row.line: row.cells for row in rows if row.line in planner.refused}
        if dry_run:
            return _answer(kind, opened, checker.lines, plan, len(refused), None)
        say(f"書き込んでいます：新規{plan.new:,}件、訂正{plan.corrected:,}件")
        stage(kind.stream, plan)
        complete = None if refused else period
        summary = Load(
            kind=kind.kind, file_name=opened.name[:200], digest=digest, rows=checker.lines, new=plan.new,
            corrected=plan.corrected, unchanged=plan.unchanged, refused=len(refused), covers=_covers_text(complete),
            by_name=by[0], by_role=by[1],
        )  # fmt: skip
        try:
            tick = commit(kind.stream, plan, summary, _coverage(kind, complete, opened, by), known)
        except Overtaken:
            opened = open_sheet(path, kind)
            continue
        finally:
            unstage(kind.stream)
        answer = _answer(kind, opened, checker.lines, plan, len(refused), tick)
        if refused:
            answer |= _returned(path, opened, refused, faults, period, say)
        _say_what_is_open(kind, period, refused, plan, say)
        return answer
    raise Refusal(
        "busy",
        "同じ登録者の記録が続けて変わっているため、取り込めませんでした。もう一度実行してください。",
        file=opened.name,
    )


def _earlier(kind: Kind, digest: str, period: tuple[date, date] | None) -> Load | None:
    """The load that already took this file. A file without rows says something else with each 対象期間."""
    loads = Load.objects.believed().filter(digest=digest, kind=kind.kind)
    return loads.filter(Q(rows__gt=0) | Q(covers=_covers_text(period))).order_by("id").first()


def _returned(
    path: Path, opened: Opened, refused: dict[int, list[Any]], faults: list[Fault], period: tuple[date, date] | None, say: Say
) -> dict[str, Any]:  # fmt: skip
    try:
        written = write_returned(path, opened, refused, faults, period)
        return {"refused_file": str(written).encode("utf-8", "backslashreplace").decode()}
    except OSError as error:
        say(f"差戻しファイルを書けませんでした（{error}）。差し戻した行は次のとおりです。")
        for fault in faults:
            say(str(fault))
        return {"refused_file": None}


def _say_what_is_open(
    kind: Kind, period: tuple[date, date] | None, refused: dict[int, list[Any]], plan: Plan, say: Say
) -> None:
    if plan.erased:
        say(f"消去済みの登録者の行が{plan.erased:,}行ありました。何も変えていません。")
    if not kind.covers:
        return
    if period is None:
        say("対象期間の指定がないため、どの日も「そろった」とはみなしません。数値は速報値のままです。")
    elif refused:
        say(
            "差し戻した行があるため、対象期間はまだ「そろった」とみなしません。"
            "差戻しファイルを直して取り込むと、そろいます。"
        )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _checked(checker: Checker, period: tuple[date, date] | None, say: Say) -> list[Row]:
    rows: list[Row] = []
    for row in checker.rows():
        rows.append(row)
        if len(rows) % 10_000 == 0:
            say(f"読んでいます：{len(rows):,}行")
    if checker.lines == 0 and period is None:
        raise Refusal(
            "no_rows",
            "行がありません。該当がなかったことを届け出るには --covers で期間を指定してください。"
            if checker.kind.covers
            else "行がありません。",
            file=checker.opened.name,
        )
    if period is not None:
        _must_not_contradict(checker, rows, period)
    return rows


def _must_not_contradict(checker: Checker, rows: list[Row], period: tuple[date, date]) -> None:
    """A sheet that says it is complete up to a day holds nothing of later days."""
    end = midnight(period[1] + DAY)
    for row in rows:
        if row.at >= end and not row.withdrawn and not row.may_be_later:
            message = f"対象期間（{period[1]}まで）より後の日付です。対象期間か日付を直してください。"
            label = checker.kind.column(checker.kind.at).label
            checker.faults.append(Fault("contradicts_coverage", message, checker.opened.name, row.line, label))
            checker.refused[row.line] = row.cells
    rows[:] = [row for row in rows if row.line not in checker.refused]


def _complete_for(kind: Kind, covers: str, opened: Opened) -> tuple[date, date] | None:
    """As read_covers; plans and the like are complete for no days, whatever is said. Raises Refusal."""
    return read_covers(covers, opened) if kind.covers else None


def read_covers(text: str, opened: Opened) -> tuple[date, date] | None:
    """The days a load is complete for, first and last included; None where it completes none. Raises Refusal."""
    if text == NONE:
        return None
    if text:
        first, last = _typed(text)
    elif opened.covers:
        first, last = (_day(cell, opened) for cell in opened.covers)
    else:
        return None
    if first > last:
        raise Refusal("bad_covers", "対象期間の終わりが始まりより前です。", file=opened.name)
    if last >= jst_day(clock.now()):
        raise Refusal("bad_covers", f"対象期間の最後の日（{last}）がまだ終わっていません。", file=opened.name)
    if midnight(first) < clock.ORIGIN:
        raise Refusal("bad_covers", f"対象期間は{clock.ORIGIN:%Y-%m-%d}以後にしてください。", file=opened.name)
    return first, last


def _typed(text: str) -> tuple[date, date]:
    first, mark, last = text.partition("..")
    try:
        if mark:
            return date.fromisoformat(first), date.fromisoformat(last)
        period: Period = parse_period(text)
    except ValueError:
        message = f"対象期間「{text}」は読めません。2026-10-01..2026-10-31、2026-10、none のいずれかで書いてください。"
        raise Refusal("bad_covers", message) from None
    return period.first, period.last


def _day(cell: Any, opened: Opened) -> date:
    try:
        return jst_day(values.moment(cell, opened.epoch)[0])
    except values.Unreadable as error:
        raise Refusal("bad_covers", f"「設定」シートの対象期間：{error}。", file=opened.name) from None


def _covers_text(period: tuple[date, date] | None) -> str:
    return f"{period[0]}..{period[1]}" if period else NONE


def _coverage(kind: Kind, period: tuple[date, date] | None, opened: Opened, by: tuple[str, str]) -> Coverage | None:
    if period is None:
        return None
    return Coverage(
        kind=kind.kind, valid_from=midnight(period[0]), valid_to=midnight(period[1] + DAY), source=opened.name[:120],
        by_name=by[0], by_role=by[1],
    )  # fmt: skip


def _answer(kind: Kind, opened: Opened, rows: int, plan: Plan, refused: int, tick: datetime | None) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "kind": kind.kind, "file": opened.name, "rows": rows, "new": plan.new, "corrected": plan.corrected,
        "unchanged": plan.unchanged, "refused": refused, "tick": tick,
    }  # fmt: skip
    return answer | ({"erased": plan.erased} if plan.erased else {})
