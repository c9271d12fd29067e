"""`./partner bench reports`: the annual report against a monthly one, both in five formats; survey tables against their SQL.

Run as a module over an empty data folder (PARTNER_DATA).
"""

import json
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks.documents import peak
from benchmarks.measure import best, result, say, set_up
from benchmarks.survey_tables import survey_results

FORMATS = ("docx", "xlsx", "pdf", "html", "json")
MONTH, YEAR = "2026-03", "FY2025"
RATIO, MEMORY = 6, 700e6


def main(arguments: list[str]) -> list[dict[str, Any]]:
    """Loads the demonstration Centre in a process of its own, so that its memory is no part of what is measured."""
    set_up()
    from partner.figures import rollups
    from partner.ledger import clock

    if clock.is_empty():
        scale = next((word.partition("=")[2] for word in arguments if word.startswith("--scale=")), "1.0")
        say(f"loading the demonstration Centre at scale {scale}")
        manage = Path(__file__).resolve().parents[1] / "manage.py"
        line = [sys.executable, str(manage), "demo", "load", "--scale", scale, "--until", "2026-11-22"]
        subprocess.run(line, check=True, stdout=subprocess.DEVNULL)
    cut = clock.cut()
    rollups.refresh(cut)
    say("a month")
    month = best(lambda: made("monthly", MONTH, cut), 1)
    say("a year")
    year = best(lambda: made("annual", YEAR, cut), 1)
    return [
        result("the annual report in five formats", year, "a monthly one", month, RATIO),
        result(
            "peak memory of both, with the largest of its children", with_children(), "700 MB", MEMORY, 1, unit="bytes"
        ),
        *survey_results(),
    ]


def with_children() -> float:
    """Bytes: the most that this process had, and with it the most that any process had which it started. They rarely meet,
    so both together are never less than what was needed at once.
    """
    return peak() + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024.0


def made(kind: str, text: str, cut: Any) -> None:
    """Composed and rendered, each format once."""
    from partner.common.period import parse_period
    from partner.reports.prepare import prepare
    from partner.reports.render import render

    report = prepare(kind, parse_period(text), cut)
    for name in FORMATS:
        render(report, name)


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))
