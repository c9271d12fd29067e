"""`./partner report KIND PERIOD --out DIR`: composes and renders a report."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from partner.common.command import PartnerCommand, instant_text, read_instant
from partner.common.refusal import Refusal
from partner.facts.periods import asked_period
from partner.ledger import clock
from partner.reports.prepare import prepare
from partner.reports.render import read_formats, write


class Command(PartnerCommand):
    """Prints the files it made, with their digests."""

    help = "報告書を作る / compose and render a report"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", help="monthly, quarterly, annual, expenses, service, incident")
        parser.add_argument("period", help="2026-10, 2026Q2, FY2026, event:E-1, incident:T-1/first")
        parser.add_argument("--out", required=True, help="folder for the files")
        parser.add_argument("--formats", default="", help="xlsx,pdf,html,csv,json")
        parser.add_argument("--known-at", dest="known_at", help="2026-11-09T17:00+09:00")

    def run(self, **options: Any) -> dict[str, Any]:
        names = read_formats(options["formats"])
        cut = clock.cut(read_instant(options["known_at"]) if options["known_at"] else None)
        period = asked_period(options["period"], cut)
        report = prepare(options["kind"], period, cut)
        try:
            files = write(report, Path(options["out"]), names)
        except OSError as error:
            raise Refusal("cannot_write", f"出力先に書き込めません：{error.strerror}", file=options["out"]) from None
        return {"kind": report.kind, "period": period.key, "known_at": instant_text(cut), "files": files}

    def show(self, result: dict[str, Any]) -> None:
        for file in result["files"]:
            self.stdout.write(file["path"])
