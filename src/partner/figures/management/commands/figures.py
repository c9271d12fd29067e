"""`./partner figures PERIOD`: figures as JSON."""

from typing import Any

from django.core.management.base import CommandParser

from partner.common.command import PartnerCommand, instant_text, read_instant
from partner.common.refusal import Refusal
from partner.facts.periods import asked_period
from partner.figures.documentation import markdown
from partner.figures.engine import figures
from partner.ledger import clock


def read_where(pairs: list[str]) -> dict[str, str]:
    """`DIM=CODE` as people type it. Raises Refusal."""
    where = {}
    for pair in pairs:
        name, mark, code = pair.partition("=")
        if not (mark and name and code):
            raise Refusal("bad_where", f"絞り込み「{pair}」は読めません。level=full のように書いてください。")
        where[name] = code
    return where


class Command(PartnerCommand):
    """Prints the figures of a period as known at a cut."""

    help = "期間の数値 / the figures of a period"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("period", nargs="?", help="2026-10, 2026Q2, FY2026")
        parser.add_argument("--key", action="append", default=[], help="people.total")
        parser.add_argument("--where", action="append", default=[], metavar="DIM=CODE")
        parser.add_argument("--known-at", dest="known_at", help="2026-11-09T17:00+09:00")
        parser.add_argument("--docs", action="store_true", help="docs/figures.md on stdout")

    def run(self, **options: Any) -> dict[str, Any]:
        if options["docs"]:
            return {"markdown": markdown()}
        if not options["period"]:
            raise Refusal("no_period", "期間を指定してください。例：./partner figures 2026-10")
        cut = clock.cut(read_instant(options["known_at"]) if options["known_at"] else None)
        period = asked_period(options["period"], cut)
        return {
            "period": {
                "key": period.key, "from": period.first.isoformat(), "to": period.last.isoformat(), "label": period.label,
            },
            "known_at": instant_text(cut),
            "figures": figures(period, cut, options["key"] or None, read_where(options["where"])),
        }  # fmt: skip

    def show(self, result: dict[str, Any]) -> None:
        if "markdown" in result:
            self.stdout.write(result["markdown"], ending="")
            return
        self.stdout.write(f"{result['period']['label']}　{result['known_at']} 時点")
        for key, figure in result["figures"].items():
            value = "未入力" if figure["value"] is None else f"{figure['value']:,}{figure['unit']}"
            note = {"provisional": "（速報値）"}.get(figure["state"], "")
            self.stdout.write(f"{figure['item']}  {key:<28} {figure['label']}　{value}{note}")
