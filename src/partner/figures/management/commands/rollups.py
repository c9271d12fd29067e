"""`./partner rollups`: counts the roll-ups anew; `--compare` counts the facts beside them and says what differs."""

from typing import Any

from django.core.management.base import CommandParser

from partner.common.command import PartnerCommand, instant_text
from partner.common.refusal import Fault, Refusal
from partner.figures import rollups
from partner.figures.counting import count_rows
from partner.ledger import clock


class Command(PartnerCommand):
    """Derived and disposable: nothing is lost if they go."""

    help = "月末の集計を作り直す・照合する / count the roll-ups anew, or compare them"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--compare", action="store_true")

    def run(self, **options: Any) -> dict[str, Any]:
        cut = clock.cut()
        if options["compare"]:
            wrong = rollups.differing(count_rows)
            if wrong:
                raise Refusal.of([Fault("rollup_differs", f"集計が記録と合いません：{name}") for name in wrong])
            return {"known_at": instant_text(cut), "differing": 0}
        return {"known_at": instant_text(cut), "rollups": rollups.refresh(cut)}
