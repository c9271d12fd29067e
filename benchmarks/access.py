"""`./partner bench access`: a generated log from its lines to page views and visits, beside the log analysers that are installed.

Run as a module over an empty data folder (PARTNER_DATA). `--lines=5000000` is the log's length, `--peers=GoAccess,Webalizer` runs
these alone beside it (AWStats takes a quarter of an hour), `--ten` measures memory at ten times the length.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks import access_log
from benchmarks.access_work import REFERENCE_LINES
from benchmarks.measure import result, say

ROOT = Path(__file__).resolve().parent.parent
PEERS = {"GoAccess": (15, 8), "AWStats": (35, 18), "Webalizer": (2.5, 1.4)}  # with the accelerator, and without
AWSTATS = Path("/usr/lib/cgi-bin/awstats.pl")
EVERY = 0.2  # seconds between two looks at memory: looking costs those who are measured, on two cores


def main(arguments: list[str]) -> list[dict[str, Any]]:
    """The table, in one run over one log."""
    lines = int(next((word.partition("=")[2] for word in arguments if word.startswith("--lines=")), "5000000"))
    chosen = next((word.partition("=")[2] for word in arguments if word.startswith("--peers=")), ",".join(PEERS)).split(
        ","
    )
    with tempfile.TemporaryDirectory(prefix="partner-bench-") as name:
        folder = Path(name)
        log = generated(folder / "access.log", lines)
        ours = {wanted: counted(folder, log, wanted) for wanted in ("on", "off")}
        results = agreement(folder, ours)
        results += beside(peers(folder, log, chosen), ours)
        results += stored(folder, log, ours, lines)
        if "--ten" in arguments:
            results += ten_times(folder, lines, ours)
    return results


def generated(path: Path, lines: int, first: date = date(2026, 10, 1), days: int = 31) -> Path:
    """The log, made anew: the same bytes for the same length."""
    say(f"writing a log of {lines:,} lines")
    access_log.write(path, lines, 1, first, days)
    return path


def counted(folder: Path, log: Path, accelerator: str) -> dict[str, Any]:
    """Load and counts in a process of its own over an empty store: what it found, its seconds and its peak memory."""
    say(f"load, per day and per page (accelerator {accelerator})")
    work(folder / f"data-{accelerator}", accelerator, "ready")
    at_hand(log)
    found, seconds, peak = work(folder / f"data-{accelerator}", accelerator, "counts", log)
    return {**found, "seconds": seconds, "peak": peak}


def at_hand(log: Path) -> None:
    """Reads the log once, before whoever is measured over it: not the disk is compared, nor who came first."""
    os.sync()
    with log.open("rb") as file:
        while file.read(2**24):
            pass


def work(data: Path, accelerator: str, what: str, *arguments: object) -> tuple[dict[str, Any], float, int]:
    """Runs a task of access_work: its answer, its seconds from start to end, and the peak memory of it and its children."""
    environ = {
        **os.environ,
        "PARTNER_DATA": str(data),
        "PARTNER_ACCELERATOR": accelerator,
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }
    command = [sys.executable, "-m", "benchmarks.access_work", what, *map(str, arguments)]
    out, seconds, peak = timed(command, environ)
    return json.loads(out), seconds, peak


def timed(
    command: list[str], environ: dict[str, str] | None = None, folder: Path | None = None
) -> tuple[bytes, float, int]:
    """What it printed, its seconds, and the greatest memory (bytes) that it and its children held together."""
    peak, began = 0, time.perf_counter()
    with tempfile.TemporaryFile() as out:
        child = subprocess.Popen(command, stdout=out, env=environ, cwd=folder)
        try:
            while child.poll() is None:
                peak = max(peak, memory(child.pid))
                time.sleep(EVERY)
        finally:
            if child.poll() is None:
                child.kill()
        seconds = time.perf_counter() - began
        if child.returncode:
            raise SystemExit(f"{command[:4]} ended with {child.returncode}")
        out.seek(0)
        return out.read(), seconds, peak


def memory(pid: int) -> int:
    """Resident bytes of a process and all below it."""
    parents: dict[int, list[int]] = {}
    held: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*"):
        try:
            fields = (path / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(path.name))
        held[int(path.name)] = int(fields[21]) * os.sysconf("SC_PAGE_SIZE")
    total, left = 0, [pid]
    while left:
        one = left.pop()
        total += held.get(one, 0)
        left += parents.get(one, [])
    return total


def agreement(folder: Path, ours: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Both ways, and the slow reference on a shorter log, must say the same of every day and page. Raises SystemExit."""
    if ours["on"]["counts"] != ours["off"]["counts"]:
        raise SystemExit("with and without the accelerator the counts differ")
    say(f"the slow reference on {REFERENCE_LINES:,} lines")
    short = generated(folder / "short.log", REFERENCE_LINES)
    for accelerator in ("on", "off"):
        found, _, _ = work(folder / f"short-{accelerator}", accelerator, "reference", short)
        if found["differences"]:
            raise SystemExit(f"the reference differs: {found['differences']}")
    counts = ours["on"]["counts"]
    say(
        f"page views {counts['page_views']:,}, visits {counts['visits']:,}, {counts['days']} days, {counts['pages']:,} pages: all agree"
    )
    return []


def peers(folder: Path, log: Path, chosen: list[str]) -> dict[str, float]:
    """Seconds of each of these log analysers that is installed, by its own defaults."""
    commands: dict[str, list[str]] = {}
    if goaccess := shutil.which("goaccess"):
        options = "--no-global-config --log-format=COMBINED --ignore-crawlers --no-progress -o"
        commands["GoAccess"] = [goaccess, str(log), *options.split(), str(folder / "goaccess.json")]
    if AWSTATS.exists():
        settings = folder / "awstats.bench.conf"
        settings.write_text(
            f'LogFile="{log}"\nLogType=W\nLogFormat=1\nSiteDomain="bench"\nDNSLookup=0\nDirData="{folder}"\n'
        )
        commands["AWStats"] = [str(AWSTATS), "-config=bench", f"-configdir={folder}", "-update"]
    if webalizer := shutil.which("webalizer"):
        (folder / "webalizer").mkdir()
        commands["Webalizer"] = [webalizer, "-Q", "-F", "clf", "-o", str(folder / "webalizer"), str(log)]
    found = {}
    for name, command in commands.items():
        if name not in chosen:
            continue
        say(f"{name}")
        at_hand(log)
        found[name] = timed(command, folder=folder)[1]
    return found


def beside(others: dict[str, float], ours: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Our seconds beside theirs: the target is one over how many times as fast it is to be."""
    return [
        result(
            f"log to page views and visits, {how}",
            ours[wanted]["seconds"],
            name,
            seconds,
            round(1 / PEERS[name][place], 4),
        )
        for name, seconds in others.items()
        for place, (wanted, how) in enumerate((("on", "with accelerator"), ("off", "without accelerator")))
    ]


def stored(folder: Path, log: Path, ours: dict[str, dict[str, Any]], lines: int) -> list[dict[str, Any]]:
    """What the store costs: bytes, a day more, and a month's figures; the last two without accelerator, inside one process."""
    say("a day more, and a month's figures from the store")
    following = generated(folder / "following.log", lines // 31, date(2026, 11, 1), 1)
    at_hand(log)
    found, _, _ = work(folder / "data-off", "off", "again", log, following)
    say(
        f"the first question after a load takes {found['first_figures']:.2f} s; bytes by column: {ours['on']['columns']}"
    )
    peak = max(one["peak"] for one in ours.values())
    return [
        result("adding a day to the store", found["adding"], "parsing that day's file", found["parsing_day"], 1.2),
        result(
            "a month's figures from the store", found["figures"], "parsing that month", found["parsing_month"], 0.005
        ),
        result("the store", ours["on"]["bytes"], "the raw log", log.stat().st_size, round(1 / 60, 4), "bytes"),
        result("peak memory", peak, "600 MiB", 600 * 2**20, 1, "bytes"),
    ]


def ten_times(folder: Path, lines: int, ours: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Memory at ten times the length."""
    long = generated(folder / "long.log", lines * 10)
    found = counted(folder, long, "on") if shutil.rmtree(folder / "data-on") is None else {}
    return [
        result("peak memory at ten times the lines", found["peak"], "peak memory", ours["on"]["peak"], 1.5, "bytes"),
        result("peak memory at ten times the lines", found["peak"], "600 MiB", 600 * 2**20, 1, "bytes"),
    ]


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1:]), ensure_ascii=False) + "\n")
