"""The portal's own lines into the store: spool files to which nothing is added any more go once their rows are committed.

Whatever is interrupted is done again by the next: of a file that was loaded nothing is taken twice.
"""

import fcntl
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from partner.common.locks import file_lock
from partner.common.refusal import Fault, Refusal
from partner.facts.access import serving
from partner.facts.access.loading import load
from partner.ledger import clock

COUNTED = ("lines", "page_views", "crawler", "own", "malformed")
_IDENTIFYING = timedelta(days=90)  # no line stays longer, not even of a file that is refused each time
_LOCK = "collect"


def collect(*, by: tuple[str, str], is_all: bool = False) -> dict[str, Any]:
    """Takes in the lines of hours that are over and of processes that have ended; with `is_all` whatever is there.

    Answers what was taken, how many files have gone and how many stay. Raises Refusal naming the files that were refused,
    after all others were taken. Two at once wait for each other.
    """
    with file_lock(_LOCK):
        now = clock.now()
        files = [path for path in _spooled() if is_all or _is_over(path, now) or _is_left(path)]
        sizes = {path: path.stat().st_size for path in files}
        whole = [path for path in files if _has_a_line(path)]
        answer, faults = _loaded(whole, by)
        kept = {fault.file for fault in faults}
        gone = [path for path in files if path.name not in kept and _is_dropped(path, sizes[path])]
        _sweep(now)
    if faults:
        raise Refusal.of(faults)
    return {**answer, "taken": len(whole), "gone": len(gone), "kept": len(_spooled())}


def _loaded(files: Sequence[Path], by: tuple[str, str]) -> tuple[dict[str, int], list[Fault]]:
    """Loads all together; where one is refused, one by one, so that it does not hold up the others."""
    if not files:
        return dict.fromkeys(COUNTED, 0), []
    try:
        return _counts([load(files, source=serving.SOURCE, layout=serving.LAYOUT, by=by)]), []
    except Refusal as refusal:
        if refusal.faults[0].file is None:  # the disk, not a file
            raise
        if len(files) == 1:
            return _counts([]), [_of_file(fault, files[0]) for fault in refusal.faults]
    answers, faults = zip(*(_loaded([path], by) for path in files), strict=True)
    return _counts(answers), [fault for some in faults for fault in some]


def _counts(answers: Iterable[dict[str, Any]]) -> dict[str, int]:
    totals: Counter[str] = Counter()
    for answer in answers:
        totals.update({name: answer[name] for name in COUNTED})
    return {name: totals[name] for name in COUNTED}


def _of_file(fault: Fault, path: Path) -> Fault:
    return Fault(fault.code, fault.message, path.name, fault.row, fault.column)


def _spooled() -> list[Path]:
    """All spool files, the earliest hours first."""
    return sorted(path for path in serving.folder().glob("*.log") if serving.hour_of(path) is not None)


def _is_over(path: Path, now: datetime) -> bool:
    hour = serving.hour_of(path)
    return hour is not None and hour + serving.HOUR <= now


def _has_a_line(path: Path) -> bool:
    with path.open("rb") as file:
        return file.readline().endswith(b"\n")


def _is_left(path: Path) -> bool:
    """Whether its process has ended or moved on: until then it holds the lock, from before the file could be seen."""
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def _is_dropped(path: Path, size: int) -> bool:
    """Removes the file, unless its process may still write to it or has since it was read."""
    is_done = _is_left(path) and path.stat().st_size == size
    if is_done:
        path.unlink()
    return is_done


def _sweep(now: datetime) -> None:
    """Removes what processes that died at once left without a line, and what identifies people for too long."""
    for pattern, longest in (("*.new", 2 * serving.HOUR), ("*.log", _IDENTIFYING)):
        for path in serving.folder().glob(pattern):
            hour = serving.hour_of(path)
            if hour is not None and hour + longest <= now:
                path.unlink(missing_ok=True)
