"""`./partner bench reports`: the annual report against a monthly one, both in five formats; survey tables against their SQL.

Run as a module over an empty data folder (PARTNER_DATA).
"""

import json
import sys
from typing import Any

from benchmarks.measure import best, load_demonstration, result, say, set_up
from benchmarks.memory import held
from benchmarks.survey_tables import survey_results

FORMATS = ("docx", "xlsx", "pdf", "html", "json")
MONTH, YEAR = "2026-03", "FY2025"
RATIO, MEMORY = 6, 700e6


def main(arguments: list[str]) -> list[dict[str, Any]]:
    """The annual report, then the tables of surveys."""
    set_up()
    load_demonstration(arguments)
    return [*a_year(), *survey_results()]


def a_year() -> list[dict[str, Any]]:
    """A month and a year, as known now."""
    from partner.ledger import clock

    cut = clock.cut()
    with held() as memory:
        say("a month")
        month = best(lambda: made("monthly", MONTH, cut), 1)
        say("a year")
        year = best(lambda: made("annual", YEAR, cut), 1)
    return [
        result("the annual report in five formats", year, "a monthly one", month, RATIO),
        result("memory held at once, with Typst's process", memory.most, "700 MB", MEMORY, 1, unit="bytes"),
    ]


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
