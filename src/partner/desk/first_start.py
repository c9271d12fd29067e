"""What `./partner run` prepares before it serves: the demonstration Centre, and the report of the last closed month."""

import hashlib
import importlib
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command

from partner.common.command import instant_text
from partner.common.period import Period, jst_day, month
from partner.common.refusal import Fault, Refusal
from partner.ledger import clock

DEMO_SCALE = "0.1"


def ask(*words: str) -> dict[str, Any]:
    """The document that a command prints. Raises its Refusal."""
    out = StringIO()
    try:
        call_command(*words, "--json", stdout=out)
    except SystemExit:
        faults = json.loads(out.getvalue())["errors"]
        raise Refusal.of([Fault(**fault) for fault in faults]) from None
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def load_demo(say: Callable[[str], None]) -> None:
    """The demonstration Centre, at a tenth of today's size, into an empty ledger."""
    if clock.is_empty():
        say("架空のセンターを読み込んでいます… / Loading the demonstration Centre …")
        ask("demo", "load", "--scale", DEMO_SCALE)


def last_closed_month() -> Period:
    """The month before this one."""
    return month(jst_day(clock.now())).previous()


def monthly_report(say: Callable[[str], None]) -> dict[str, Any]:
    """The report of the last closed month; the one made before, where nothing has changed since."""
    folder: Path = settings.DATA / "reports"
    period = last_closed_month()
    kept = folder / "last.json"
    program = _program()
    made = _kept(kept)
    known_at = instant_text(max(clock.last(), period.end))  # all that is known, once the month is over
    if made and _key(made) == (program, period.key, known_at) and _is_whole(made):
        return _shape(made)
    say(f"{period.label}の月次報告書を作っています… / Making the monthly report …")
    made = ask("report", "monthly", period.key, "--out", str(folder / period.key), "--known-at", known_at)
    kept.write_text(json.dumps({**made, "program": program}, ensure_ascii=False))
    return _shape(made)


def _key(made: dict[str, Any]) -> tuple[str, str, str]:
    return made["program"], made["period"], made["known_at"]


def _shape(made: dict[str, Any]) -> dict[str, Any]:
    return {name: made[name] for name in ("kind", "period", "known_at", "files")}


def _kept(path: Path) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = json.loads(path.read_text())
    except (OSError, ValueError):
        return None
    return found


def _is_whole(made: dict[str, Any]) -> bool:
    def is_same(file: dict[str, str]) -> bool:
        path = Path(file["path"])
        return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == file["sha256"]

    return all(map(is_same, made["files"]))


def _program() -> str:
    """Changes with any file of the program."""
    root = Path(__file__).resolve().parents[1]
    files = sorted(path for path in root.rglob("*") if path.is_file() and path.suffix != ".pyc")
    seen = [f"{path.relative_to(root)} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files]
    return hashlib.sha256("\n".join(seen).encode()).hexdigest()


def sign_ins() -> list[tuple[str, str, str]]:
    """The demonstration's user names with their passwords and roles, as far as they are in this database."""
    found = getattr(importlib.import_module("partner.demo"), "SIGN_INS", ())  # a plug: nothing here needs it
    there = set(
        get_user_model().objects.filter(username__in=[name for name, *_ in found]).values_list("username", flat=True)
    )
    return [(name, password, role) for name, password, role in found if name in there]
