"""`./partner records KEY PERIOD`: the records behind a figure."""

from typing import Any

from django.core.management.base import CommandParser

from partner.common.command import PartnerCommand, instant_text, read_instant
from partner.facts.periods import asked_period
from partner.figures.management.commands.figures import read_where
from partner.figures.records import records
from partner.ledger import clock


class Command(PartnerCommand):
    """Lists the records that a figure counts as known at a cut; names are not among them."""

    help = "数値の元の記録 / the records behind a figure"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("key")
        parser.add_argument("period")
        parser.add_argument("--where", action="append", default=[], metavar="DIM=CODE")
        parser.add_argument("--known-at", dest="known_at")

    def run(self, **options: Any) -> dict[str, Any]:
        cut = clock.cut(read_instant(options["known_at"]) if options["known_at"] else None)
        found = records(options["key"], asked_period(options["period"], cut), cut, read_where(options["where"]))
        return {"count": found.count, "known_at": instant_text(cut), "records": list(found)}

    def show(self, result: dict[str, Any]) -> None:
        self.stdout.write(f"{result['count']:,}件　{result['known_at']} 時点")
        for record in result["records"]:
            until = record["valid_to"].date() if record["valid_to"] else "　　　　"
            self.stdout.write(
                f"{record['id']:<12} {record['valid_from'].date()} 〜 {until} {record['level']} {record['begun']}"
            )
