"""`./partner bench documents`: a month in every format against its figures' own time, and a report ten times as long.

Run as a module over an empty data folder (PARTNER_DATA).
"""

import gc
import json
import re
import sys
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any

from benchmarks.measure import best, load_demonstration, result, say, set_up
from benchmarks.memory import held

TIMES = 10
_ITEM = re.compile(r"\b([MD])(\d{1,2})(?=[-\d]|\b)")


def main(arguments: list[str]) -> list[dict[str, Any]]:
    """Loads the demonstration Centre, composes October 2026, and times each format."""
    set_up()
    load_demonstration(arguments)
    from partner.common.period import month
    from partner.ledger import clock
    from partner.reports.prepare import prepare
    from partner.reports.render import FORMATS, render

    period, now = month(date(2026, 10, 1)), clock.cut()
    own = best(lambda: figures(period, now), 3)
    made = prepare("monthly", period, now)
    say("a month")
    with held() as month_memory:
        times = {
            name: best(lambda name=name: render(made, name), 1) for name in FORMATS
        }  # Typst would remember the first
    long = longer(made)
    say("ten times as long")
    gc.collect()  # what the month left behind is no part of the longer one's time
    gc.freeze()
    with held() as ten_memory:
        ten = {name: best(lambda name=name: render(long, name), 1) for name in FORMATS if name != "json"}
    results = [result("a month in every format", sum(times.values()), "25 x its figures, or 4 s", max(25 * own, 4), 1)]
    results += [result(f"a month as {name}", seconds, "its figures", own, 25) for name, seconds in times.items()]
    results += [
        result(f"ten times as long as {name}", seconds, "the month", times[name], 12) for name, seconds in ten.items()
    ]
    return [
        *results,
        result("memory held at once, a month in every format", month_memory.most, "500 MB", 500e6, 1, unit="bytes"),
        result("memory held at once, ten times as long", ten_memory.most, "500 MB", 500e6, 1, unit="bytes"),
    ]


def figures(period: Any, cut: Any) -> None:
    """Every declared figure of the month with all its breakdowns."""
    from partner.figures.declare import declared
    from partner.figures.engine import Evaluation

    evaluation = Evaluation(cut)
    for figure in declared():
        evaluation.figure(figure.key, period)


def longer(made: Any) -> Any:
    """The same report with all its blocks ten times, each time under other numbers."""
    document, data = made.document, made.sheets[0]
    blocks = tuple(block for n in range(TIMES) for block in renumbered(document.blocks, n))
    rows = tuple(row for n in range(TIMES) for row in renumbered(data.rows, n))
    sheets = (replace(data, rows=rows), *made.sheets[1:])
    return replace(made, document=replace(document, blocks=blocks), sheets=sheets)


def renumbered(value: Any, n: int) -> Any:
    """M1-1.07a → M31-1.07a, wherever it stands."""
    if isinstance(value, str):
        return _ITEM.sub(rf"\g<1>{n or ''}\g<2>", value)
    if isinstance(value, tuple):
        return tuple(renumbered(item, n) for item in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    return replace(value, **{field.name: renumbered(getattr(value, field.name), n) for field in fields(value)})


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))
