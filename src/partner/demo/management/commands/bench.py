"""`./partner bench NAME|all`: a benchmark with its yardstick in the same run."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser

from partner.common.command import PartnerCommand
from partner.common.refusal import Refusal

FOLDER = Path(settings.BASE_DIR) / "benchmarks"
NOT_BENCHMARKS = {
    "__init__", "measure", "memory", "access_log", "access_work", "plain_month", "plain_sql", "survey_tables",
}  # fmt: skip


def names() -> list[str]:
    """The benchmarks there are."""
    return sorted(path.stem.replace("_", "-") for path in FOLDER.glob("*.py") if path.stem not in NOT_BENCHMARKS)


class Command(PartnerCommand):
    """Runs each benchmark in a process and a data folder of its own."""

    help = "性能を測る / a benchmark with its yardstick"
    needs_database = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="all, or one of: " + ", ".join(names()))
        parser.add_argument("--ten", action="store_true", help="also at ten times the size")
        parser.add_argument("--lines", type=int, help="of the log that `access` makes (5,000,000)")

    def run(self, **options: Any) -> dict[str, Any]:
        asked, known = options["name"], names()
        if asked != "all" and asked not in known:
            raise Refusal("unknown_benchmark", f"測定「{asked}」はありません。使えるもの：all、{'、'.join(known)}")
        chosen = known if asked == "all" else [asked]
        arguments = ["--ten"] if options["ten"] else []
        arguments += [f"--lines={options['lines']}"] if options["lines"] else []
        return {"name": asked, "results": [one for name in chosen for one in self._measure(name, arguments)]}

    def _measure(self, name: str, arguments: list[str]) -> list[dict[str, Any]]:
        self.say(f"{name} を測っています")
        with tempfile.TemporaryDirectory(prefix="partner-bench-") as folder:
            paths = os.pathsep.join([str(settings.BASE_DIR), str(Path(settings.BASE_DIR) / "src")])
            env = {**os.environ, "PARTNER_DATA": folder, "PYTHONPATH": paths}
            env.pop("DATABASE_URL", None)
            done = subprocess.run(  # noqa: S603  (our own module, by our own interpreter)
                [sys.executable, "-m", f"benchmarks.{name.replace('-', '_')}", *arguments],
                env=env,
                stdout=subprocess.PIPE,
                text=True,
                check=False,
            )
        if done.returncode:
            raise Refusal("benchmark_failed", f"測定「{name}」が途中で終わりました（{done.returncode}）。")
        found: list[dict[str, Any]] = json.loads(done.stdout.strip().splitlines()[-1])
        return found

    def show(self, result: dict[str, Any]) -> None:
        for one in result["results"]:
            mark = {True: "○", False: "×", None: "―"}[one["met"]]
            self.stdout.write(
                f"{mark} {one['what']}：{one['value']}{one['unit']}　{one['yardstick']} {one['yardstick_value']}"
            )
            self.stdout.write(f"   比 {one['ratio']}（目標 {one['target']}）")
