"""`./partner demo load`: the demonstration Centre."""

from datetime import date, timedelta
from typing import Any

from django.core.management.base import CommandParser

from partner.common.command import PartnerCommand, instant_text
from partner.common.period import jst_day
from partner.common.refusal import Refusal
from partner.demo.load import load
from partner.ledger import clock


class Command(PartnerCommand):
    """Loads the fictional Centre into an empty ledger."""

    help = "架空のセンターを読み込む / load the demonstration Centre"

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        action = actions.add_parser("load")
        action.add_argument("--json", action="store_true")
        action.add_argument("--scale", type=float, default=1.0, help="1.0: 82,000 persons")
        action.add_argument("--seed", type=int, default=1)
        action.add_argument("--until", help="the last day, 2026-11-22; yesterday if not said")

    def run(self, **options: Any) -> dict[str, Any]:
        scale = options["scale"]
        if not 0.001 <= scale <= 20:
            raise Refusal("bad_scale", "--scale は 0.001 から 20 までの数で指定してください。")
        until = _until(options["until"])
        counts = load(scale=scale, seed=options["seed"], until=until, say=self.say, reports=2)
        return {
            "scale": str(scale),
            "until": until.isoformat(),
            "known_at": instant_text(clock.last()),
            "loaded": counts,
        }

    def show(self, result: dict[str, Any]) -> None:
        self.stdout.write(f"架空のセンターを {result['until']} まで読み込みました（規模 {result['scale']}）。")


def _until(text: str | None) -> date:
    yesterday = jst_day(clock.now()) - timedelta(days=1)
    if not text:
        return yesterday
    try:
        until = date.fromisoformat(text)
    except ValueError:
        raise Refusal("bad_day", f"日付「{text}」は読めません。2026-10-31 のように書いてください。") from None
    if not jst_day(clock.ORIGIN) <= until <= yesterday:
        raise Refusal(
            "bad_day", f"--until は {jst_day(clock.ORIGIN)} から {yesterday}（昨日）までの日で指定してください。"
        )
    return until
