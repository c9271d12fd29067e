"""`./partner bench intake`: 100,000 rows from csv and xlsx against one executemany of the same rows; who waits meanwhile.

Run as a module over a data folder (PARTNER_DATA). Each load runs in a process and an empty data folder of its own.
"""

import csv
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.measure import best, result, say, set_up

ROWS = 100_000
HEADERS = [
    "行キー",
    "管理番号",
    "異動区分",
    "発生日時",
    "区分",
    "接触媒体",
    "登録目的",
    "氏名または団体名",
    "住所",
    "メール",
]
RUNS = 3


def main(arguments: list[str]) -> list[dict[str, Any]]:
    """Measures loads of a csv and an xlsx file of as many rows."""
    count = int(next((word.partition("=")[2] for word in arguments if word.startswith("--rows=")), ROWS))
    with tempfile.TemporaryDirectory(prefix="partner-intake-") as name:
        folder = Path(name)
        say(f"writing {count:,} rows")
        files = write_files(folder, count)
        plain = [apart("plain", files["csv"]) for _ in range(RUNS)]
        taken = {kind: [apart("load", path) for _ in range(RUNS)] for kind, path in files.items()}
        reader = best(lambda: read_alone(files["xlsx"]), RUNS)
        waited = {kind: apart("load", path, "--writer") for kind, path in files.items()}
    executemany = min(one["seconds"] for one in plain)
    seconds = {kind: min(one["seconds"] for one in runs) for kind, runs in taken.items()}
    peak = {kind: max(one["peak"] for one in runs) for kind, runs in taken.items()}
    again = min(one["again"] for one in taken["csv"])
    wait = max(one["wait"] for one in waited.values())
    lock = max(one["lock"] for runs in taken.values() for one in runs)
    rows = f"{count:,} rows"
    return [
        result(f"{rows} of csv", seconds["csv"], "one executemany into the same indexes", executemany, 25),
        result(f"{rows} of xlsx", seconds["xlsx"], "csv + 1.5 × its reader alone", seconds["csv"] + 1.5 * reader, 1),
        result(f"the same {rows} again", again, "one executemany into the same indexes", executemany, 25),
        result("longest wait of another writer meanwhile", wait, "2 s", 2, 1),
        result("the last transaction alone", lock, "2 s", 2, 1),
        result("peak memory, csv", peak["csv"], "1 GB", 1e9, 1, unit="bytes"),
        result("peak memory, xlsx", peak["xlsx"], "1 GB", 1e9, 1, unit="bytes"),
    ]


def rows(count: int) -> list[list[str]]:
    """Registrations, and what happened to every fourth of them later."""
    chance, made, number = random.Random(100), [], 0  # noqa: S311 no secret
    while len(made) < count:
        number += 1
        day = date(2005, 4, 1) + timedelta(days=chance.randrange(7000))
        level = chance.choice(["full", "simple"])
        who = [
            f"架空 {number:06}",
            f"架空県架空市{chance.randrange(999)}丁目{chance.randrange(99)}",
            f"p{number}@example.jp",
        ]
        medium, purposes = chance.choice(["sns", "press", ""]), chance.choice(["job", "job;training", "求職；情報収集"])
        made.append([f"r{number}", f"P{number:07}", "登録", f"{day}", level, medium, purposes, *who])
        if number % 4 == 0:
            later = day + timedelta(days=chance.randrange(1, 600))
            other = {"full": "simple", "simple": "full"}[level]
            what = chance.choice([["退会", ""], ["区分変更", other]])
            made.append([f"c{number}", f"P{number:07}", what[0], f"{later}", what[1], "", "", *who])
    return made[:count]


def write_files(folder: Path, count: int) -> dict[str, Path]:
    """The same rows as csv and as xlsx, the days there as dates."""
    import xlsxwriter

    made = rows(count)
    with (folder / "rows.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([HEADERS, *made])
    with xlsxwriter.Workbook(folder / "rows.xlsx", {"constant_memory": False}) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, HEADERS)
        for number, row in enumerate(made, 1):
            for column, cell in enumerate(row):
                if column == 3:
                    sheet.write_datetime(number, column, date.fromisoformat(cell), day)
                elif cell:
                    sheet.write_string(number, column, cell)
    return {"csv": folder / "rows.csv", "xlsx": folder / "rows.xlsx"}


def read_alone(path: Path) -> int:
    """openpyxl's own reading of the sheet, nothing else."""
    import openpyxl

    sheet = openpyxl.load_workbook(path, read_only=True).worksheets[0]
    return sum(1 for _ in sheet.iter_rows(values_only=True))


# ── in a process of its own ──


def apart(what: str, path: Path, *more: str) -> dict[str, float]:
    """Runs one measurement in a process and an empty data folder of its own."""
    with tempfile.TemporaryDirectory(prefix="partner-intake-", dir=path.parent) as folder:
        env = {**os.environ, "PARTNER_DATA": folder}
        env.pop("DATABASE_URL", None)
        line = [sys.executable, "-m", "benchmarks.intake", f"--{what}", str(path), *more]
        done = subprocess.run(line, env=env, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    say(f"{what} {path.suffix}: {found}")
    return found


def load_once(path: Path, *, with_writer: bool) -> dict[str, float]:
    """Loads the file and, without another writer, the same rows again."""
    set_up()
    from partner.facts.intake import loading
    from partner.facts.intake.kinds import find

    locks: list[float] = []
    commit = loading.commit

    def timed(*arguments: Any) -> Any:
        start = time.perf_counter()
        try:
            return commit(*arguments)
        finally:
            locks.append(time.perf_counter() - start)

    loading.commit = timed
    by = ("測定", "システム運用")
    line = [sys.executable, "-m", "benchmarks.intake", "--writing"]
    pipe = subprocess.PIPE
    writer = subprocess.Popen(line, stdin=pipe, stdout=pipe, text=True) if with_writer else None
    if writer is not None and writer.stdout is not None:
        writer.stdout.readline()
    seconds = best(lambda: loading.load(find("people"), path, by=by), 1)
    found = {
        "seconds": seconds,
        "lock": max(locks),
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024.0,
    }
    if writer is not None:
        said, _ = writer.communicate("")
        found["wait"] = float(said)
    else:
        found["again"] = best(lambda: loading.load(find("people"), path, by=by, again=True), 1)
    return found


def write_meanwhile() -> float:
    """Takes ticks, one after the other, until its standard input ends; the longest time that one took."""
    set_up()
    import threading

    from django.db import transaction

    from partner.ledger import clock

    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    longest = 0.0
    while not ended.wait(0.01):
        start = time.perf_counter()
        with transaction.atomic():
            clock.tick()
        longest = max(longest, time.perf_counter() - start)
    return longest


def executemany_once(path: Path) -> dict[str, float]:
    """The yardstick: the same rows, already read, into a table with the same columns and indexes."""
    set_up()
    from django.db import connection, transaction

    from partner.facts.intake.kinds import find
    from partner.facts.intake.loading import Checker, open_sheet
    from partner.facts.models import PersonEvent
    from partner.ledger import clock
    from partner.ledger.fields import to_microseconds
    from partner.master.book import Book

    cut = clock.cut()
    now = to_microseconds(cut)
    values = [
        (now, None, f"{n:016x}", row.kind, to_microseconds(row.happened_at), row.by_day, row.level, row.organization_type,
         row.medium, row.purposes, "", row.source_key, n, 1, "", "測定", "システム運用")
        for n, row in enumerate(Checker(open_sheet(path, find("people")), find("people"), Book(cut)).rows())
    ]  # fmt: skip
    names = [str(field.column) for field in PersonEvent._meta.concrete_fields if not field.primary_key]
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE tbl_name = 'facts_person_event' AND sql IS NOT NULL")
        for (sql,) in cursor.fetchall():
            if "TRIGGER" not in sql:
                plain = sql.replace("facts_person_event", "plain_event").replace(' INDEX "', ' INDEX "plain_')
                cursor.execute(plain.replace('"personevent', '"plain_personevent'))
    statement = f"INSERT INTO plain_event ({', '.join(names)}) VALUES ({', '.join(['%s'] * len(names))})"

    def write() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(statement, values)

    return {"seconds": best(write, 1)}


def one(arguments: list[str]) -> Any:
    """What a process of its own was asked for."""
    what, *rest = arguments
    if what == "--writing":
        return write_meanwhile()
    if what == "--plain":
        return executemany_once(Path(rest[0]))
    return load_once(Path(rest[0]), with_writer="--writer" in rest)


if __name__ == "__main__":
    asked = sys.argv[1:]
    is_part = bool(asked) and asked[0] in ("--load", "--plain", "--writing")
    sys.stdout.write(json.dumps(one(asked) if is_part else main(asked), ensure_ascii=False) + "\n")
