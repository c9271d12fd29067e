"""`./partner bench report`: the figures of M1 to M9 against hand-written SQL, at scale 1 and at ten times that.

Run as a module over an empty data folder (PARTNER_DATA); `--ten` multiplies the rows and measures again.
"""

import json
import resource
import sys
from datetime import date, datetime
from typing import Any

from benchmarks.measure import best, result, say, set_up


def main(arguments: list[str]) -> list[dict[str, Any]]:
    """Loads the demonstration Centre, measures, and with `--ten` multiplies it and measures again."""
    set_up()
    from django.core.management import call_command

    from partner.common.period import JST, month
    from partner.figures import rollups
    from partner.ledger import clock

    scale = next((word.partition("=")[2] for word in arguments if word.startswith("--scale=")), "1.0")
    if clock.is_empty():
        say(f"loading the demonstration Centre at scale {scale}")
        call_command("demo", "load", "--scale", scale, "--until", "2026-11-22")
    period, other = month(date(2026, 10, 1)), datetime(2026, 11, 6, 12, tzinfo=JST)
    now = clock.cut()
    rollups.refresh(now)
    results, one = measured(period, now, other)
    if "--ten" in arguments:
        say("multiplying the rows by ten under new keys")
        multiply(10)
        ten_now = clock.cut()
        rollups.refresh(ten_now)
        say("measuring at ten times the size")
        ten = times(period, ten_now, other)
        results += [
            result(
                "M1-M9 at scale 10, closed month as known now", ten["rolled"], "the same at scale 1", one["rolled"], 5
            ),
            result("M1-M9 at scale 10, another cut", ten["other"], "the same at scale 1", one["other"], 12),
        ]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    results.append(result("peak memory", peak, "1 GB", 1e9, 1, unit="bytes"))
    return results


def compose(period: Any, cut: Any, *, exact: bool) -> Any:
    """All numbers of the monthly report's M1 to M9, without rendering."""
    from partner.figures.engine import Evaluation
    from partner.reports.prepare import prepare

    return prepare("monthly", period, cut, evaluation=Evaluation(cut, exact=exact))


def times(period: Any, now: Any, other: Any) -> dict[str, float]:
    """Seconds for a closed month as known now (rolled up), for the facts counted as now, and for another cut."""
    return {
        "rolled": best(lambda: compose(period, now, exact=False), 3),
        "exact": best(lambda: compose(period, now, exact=True), 3),
        "other": best(lambda: compose(period, other, exact=False), 3),
    }


def measured(period: Any, now: Any, other: Any) -> tuple[list[dict[str, Any]], dict[str, float]]:
    """Ours and the yardstick's, at both cuts."""
    from benchmarks.plain_month import month_tables

    sql_now, sql_other = (best(lambda cut=cut: list(month_tables(period, cut)), 3) for cut in (now, other))
    ours = times(period, now, other)
    sql = "hand-written SQL, one query per table"
    return [
        result("M1-M9 composed, closed month as known now", ours["rolled"], sql, sql_now, 3),
        result("M1-M9 composed, counted from the facts", ours["exact"], sql, sql_now, 3),
        result("M1-M9 composed, another cut", ours["other"], sql, sql_other, 3),
        result(
            "the whole report in three formats",
            whole(period, now),
            "ten times the SQL, or 5 s",
            max(10 * sql_now, 5),
            1,
        ),
    ], ours


def whole(period: Any, cut: Any) -> float:
    """Seconds from nothing to HTML, PDF and JSON."""
    import tempfile
    from pathlib import Path

    from partner.reports.render import FORMATS, write

    def made() -> None:
        with tempfile.TemporaryDirectory() as folder:
            write(compose(period, cut, exact=False), Path(folder), list(FORMATS))

    return best(made, 2)


def multiply(times_: int) -> None:
    """Records every fact again under new keys, so that the ledger is that many times as large."""
    from django.db import connection

    from partner.facts.models.base import Sourced, Span
    from partner.facts.streams import STREAMS

    with connection.cursor() as cursor:
        _without_guards(cursor)
        for stream in STREAMS.values():
            for model in stream.spans.values() or (stream.told,):  # of events only the spans are counted
                assert issubclass(model, Sourced | Span)
                _multiply(cursor, model, times_)


def _multiply(cursor: Any, model: Any, times_: int) -> None:
    columns = [field.column for field in model._meta.concrete_fields if field.column != "id"]
    table, names = model._meta.db_table, ", ".join(f'"{name}"' for name in columns)
    cursor.execute(f"SELECT MAX(id) FROM {table}")
    (last,) = cursor.fetchone()
    for n in range(1, times_):
        other = {
            "subject": f"substr('{n:x}' || subject, 1, 16)",
            "source_key": f"'{'_ghijklmnop'[n]}' || substr(source_key, 2)",
        }
        said = ", ".join(other.get(name, f'"{name}"') for name in columns)
        cursor.execute(f"INSERT INTO {table} ({names}) SELECT {said} FROM {table} WHERE id <= {last or 0}")


def _without_guards(cursor: Any) -> None:
    """A copy made for measuring only: its guards are dropped so that it can be filled."""
    cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    for (name,) in cursor.fetchall():
        cursor.execute(f'DROP TRIGGER "{name}"')


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1:]), ensure_ascii=False) + "\n")
