"""./partner deadlines FISCAL_YEAR: the year's reports with nominal, working and counted days."""

import argparse
import re
from datetime import date
from typing import Any

from partner.common.command import PartnerCommand
from partner.common.period import fiscal_year_label
from partner.ledger import clock
from partner.submissions import deadlines
from partner.submissions.happening import Happening


def a_fiscal_year(text: str) -> int:
    """`2026` or `FY2026`."""
    if match := re.fullmatch(r"(?:FY)?(\d{4})", text):
        return int(match[1])
    raise argparse.ArgumentTypeError(f"年度「{text}」は読めません。2026 のように書いてください。")


class Command(PartnerCommand):
    """The due dates of one fiscal year."""

    help = "年度の報告書と提出期限 / the fiscal year's reports and due dates"

    def add_arguments(self, parser: Any) -> None:
        """The fiscal year."""
        parser.add_argument("fiscal_year", type=a_fiscal_year, metavar="FISCAL_YEAR", help="2026")

    def run(self, **options: Any) -> dict[str, Any]:
        """Every report expected for the year's periods, and what its events (planned ones too) and incidents ask for."""
        year, extra = options["fiscal_year"], deadlines.closed_days()
        found = [{**one.as_dict(), "planned": False} for one in deadlines.of_fiscal_year(year, extra)]
        happening = Happening(clock.now(), since=date(year, 4, 1))
        found += [
            {**one.deadline.as_dict(), "planned": one.is_planned}
            for one in happening.wanted if one.fiscal_year == year
        ]  # fmt: skip
        return {"fiscal_year": year, "reports": sorted(found, key=lambda one: (one["due_at"], one["period"]))}

    def show(self, result: dict[str, Any]) -> None:
        """A line for each report, its count beneath."""
        self.stdout.write(f"{fiscal_year_label(result['fiscal_year'])}の提出期限")
        for report in result["reports"]:
            self.stdout.write(as_line(report))
            self.stdout.write(f"      {as_count(report['counting'])}")


def as_line(report: dict[str, Any]) -> str:
    """2026-11-09 17:00  月次報告書  令和8年10月（2026年10月）, with the nominal date where it differs."""
    notes = ["予定の催し"] if report.get("planned") else []
    if report["nominal_on"] != report["due_on"]:
        notes.append(f"名目 {report['nominal_on']}")
    if report["calendar"] == "computed":
        notes.append("祝日は計算による（官報公示前）")
    note = f"  〔{'、'.join(notes)}〕" if notes else ""
    return f"  {report['due_on']} {report['due_at'][11:16]}  {report['name']}  {report['label']}{note}"


def as_count(counting: list[dict[str, Any]]) -> str:
    """11/2(月)① 11/3(火)文化の日 … day by day."""
    parts = []
    for counted in counting:
        month, day = int(counted["day"][5:7]), int(counted["day"][8:])
        what = f"＝{counted['number']}" if counted["number"] else f"×{counted['reason']}"
        parts.append(f"{month}/{day}({counted['weekday']}){what}")
    return " ".join(parts)
