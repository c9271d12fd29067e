"""./partner doctor: what is there, what is missing, and how to get it."""

import os
import shutil
import sqlite3
import stat
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from partner.common.command import PartnerCommand, instant_text, read_instant, read_period
from partner.common.period import jst_day, month
from partner.common.refusal import Fault, Refusal
from partner.facts.access import compiled
from partner.figures import second
from partner.ledger import clock
from partner.ledger.models import Clock

Finding = tuple[str, str, str]  # state, what was found, how to get it
OK, MISSING, WARNING, OPTIONAL = "ok", "missing", "warning", "optional"
LABELS = {OK: "○", MISSING: "×", WARNING: "△", OPTIONAL: "－"}
GIB = 2**30


def python() -> Finding:
    """The interpreter."""
    found = sys.version.split()[0]
    return (OK, found, "") if sys.version_info >= (3, 11) else (MISSING, found, "Python 3.11 以上を入れてください。")


def database() -> Finding:
    """Whether it answers, and is of this version."""
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        return (
            MISSING,
            str(error).strip().splitlines()[0],
            "DATABASE_URL と、データベースが動いていることを確かめてください。",
        )
    version = sqlite3.sqlite_version if connection.vendor == "sqlite" else _postgres_version()
    found = f"{connection.display_name} {version}"
    if pending:
        return WARNING, f"{found}、未適用の移行 {len(pending)} 件", "次に実行するコマンドが適用します。"
    return OK, found, ""


def _postgres_version() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return str(cursor.fetchone()[0])


def fonts() -> Finding:
    """The document font lies in the checkout."""
    folder = Path(__file__).resolve().parents[3] / "documents" / "fonts"
    found = sorted(path.name for path in folder.glob("*.ttf"))
    if len(found) >= 2:
        return OK, "、".join(found), ""
    return MISSING, "、".join(found), "リポジトリに含まれています。チェックアウトし直してください。"


def chromium() -> Finding:
    """For the tests of pages only."""
    names = ("chromium", "chromium-browser", "google-chrome")
    if path := next(filter(None, map(shutil.which, names)), None):
        return OK, path, ""
    return OPTIONAL, "ありません（画面の試験にだけ使います）", "Debian では apt-get install chromium"


def accelerator() -> Finding:
    """For large access logs; without it they take about three times as long."""
    if compiled.is_usable():
        return OK, "使えます", ""
    if compiled.has_compiler():
        return OPTIONAL, "まだありません（大きいログを初めて取り込むときに作ります）", ""
    return (
        OPTIONAL,
        "ありません（なくても同じ数になります）",
        "Cコンパイラーを入れると作れます。Debian では apt-get install gcc libc6-dev",
    )


def postgresql() -> Finding:
    """For a larger Centre, and for the second pass of the tests."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    if found or shutil.which("postgres"):
        return OK, str(found[-1] if found else shutil.which("postgres")), ""
    return (
        OPTIONAL,
        "サーバーはありません（SQLite で動きます）",
        "Debian では apt-get install postgresql。DATABASE_URL で選びます。",
    )


def mail() -> Finding:
    """This version sends none."""
    return OPTIONAL, "この版はメールを送りません", ""


def disk() -> Finding:
    """Room for data."""
    free = shutil.disk_usage(settings.DATA).free
    found = f"空き {free / GIB:.1f} GiB（{settings.DATA}）"
    return (OK, found, "") if free >= 2 * GIB else (WARNING, found, "2 GiB 以上を空けてください。")


def machine_clock() -> Finding:
    """Recorded time must not run ahead of the machine's."""
    now = clock.now()
    found = instant_text(now.replace(microsecond=0))
    try:
        last = Clock.objects.values_list("last", flat=True).first()
    except DatabaseError:
        last = None
    if last and last > now + timedelta(minutes=1):
        return (
            WARNING,
            f"{found}、最後の記録は {instant_text(last)}",
            "時計が遅れています。時刻同期を確かめてください。",
        )
    return OK, found, ""


def data_folder() -> Finding:
    """Writable, and closed to others."""
    mode = stat.S_IMODE(settings.DATA.stat().st_mode)
    found = f"{settings.DATA}（{mode:03o}）"
    if not os.access(settings.DATA, os.W_OK | os.X_OK):
        return MISSING, found, "書き込めません。所有者と権限を確かめてください。"
    if mode & 0o007:
        return WARNING, found, f"ほかの利用者も読めます。chmod 700 '{settings.DATA}'"
    return OK, found, ""


CHECKS: tuple[tuple[str, str, Callable[[], Finding]], ...] = (
    ("python", "Python", python),
    ("database", "データベース", database),
    ("fonts", "帳票フォント", fonts),
    ("chromium", "Chromium", chromium),
    ("postgresql", "PostgreSQL", postgresql),
    ("accelerator", "ログの読み取りの加速", accelerator),
    ("mail", "メール", mail),
    ("disk", "ディスク", disk),
    ("clock", "時計", machine_clock),
    ("data", "データフォルダー", data_folder),
)


def _counted_twice(period: str, known_at: str | None) -> dict[str, Any]:
    """Raises Refusal where the engine and plain SQL differ: one of them is wrong."""
    asked = read_period(period) if period else month(jst_day(clock.now())).previous()
    cut = clock.cut(read_instant(known_at) if known_at else None)
    found = second.compare(asked, cut)
    wrong = [one for one in found if not one["same"]]
    if wrong:
        raise Refusal.of([
            Fault("differs", f"{one['key']}：数値は{one['value']}、別の方法では{one['second']}です。") for one in wrong
        ])  # fmt: skip
    return {"ok": True, "period": asked.key, "known_at": instant_text(cut), "figures": found}


class Command(PartnerCommand):
    """Looks, and changes nothing."""

    help = "何があり、何が足りないか / what is there, what is missing and how to get it"
    needs_database = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--figures", nargs="?", const="", metavar="PERIOD", help="headline figures counted twice")
        parser.add_argument("--known-at", dest="known_at")

    def run(self, **options: Any) -> dict[str, Any]:
        """Each check with its state: ok, missing, warning or optional; or the headline figures counted twice."""
        if options["figures"] is not None:
            return _counted_twice(options["figures"], options["known_at"])
        checks = []
        for name, label, look in CHECKS:
            state, found, how = look()
            checks.append({"name": name, "label": label, "state": state, "found": found, "how": how})
        return {"ok": not any(check["state"] == MISSING for check in checks), "checks": checks}

    def show(self, result: dict[str, Any]) -> None:
        """A line for each check."""
        if "figures" in result:
            for one in result["figures"]:
                self.stdout.write(f"{'○' if one['same'] else '×'} {one['key']}：{one['value']}　{one['second']}")
            return
        for check in result["checks"]:
            self.stdout.write(f"{LABELS[check['state']]} {check['label']}：{check['found']}")
            if check["how"]:
                self.stdout.write(f"    → {check['how']}")
        self.stdout.write("準備はできています。" if result["ok"] else "足りないものがあります。")
