"""./partner due [--on D] [--remind] [--deem]: what falls due within a month of the day."""

import argparse
from collections.abc import Mapping
from datetime import date
from typing import Any

from partner.common.calendar import is_business_day
from partner.common.command import PartnerCommand
from partner.common.period import DAY, jst_day, midnight
from partner.ledger import clock
from partner.submissions import deadlines
from partner.submissions.deadlines import Deadline
from partner.submissions.deciding import deem_all
from partner.submissions.expected import make_ahead
from partner.submissions.happening import Happening
from partner.submissions.management.commands.deadlines import as_line
from partner.submissions.reminding import remind


def a_day(text: str) -> date:
    """`2026-11-09`."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"日付「{text}」は読めません。2026-11-09 のように書いてください。") from None


def _due(on: date, extra: Mapping[date, str]) -> list[Deadline]:
    """Within 31 days, planned events' reports too."""
    happening = Happening(midnight(on), since=on)
    found = deadlines.due(on, extra) + happening.due(on, on + DAY * 31)
    return sorted(found, key=lambda one: (one.due_at, one.period))


class Command(PartnerCommand):
    """What is due."""

    help = "期限の近い報告書 / what is due"

    def add_arguments(self, parser: Any) -> None:
        """The day to look from."""
        parser.add_argument("--on", type=a_day, metavar="D", help="この日から見る（省略すると今日）")
        parser.add_argument("--deem", action="store_true", help="確認期間を過ぎた提出を、合意があれば受理とみなす")
        parser.add_argument("--remind", action="store_true", help="次に動く人への知らせを送信箱に入れる")

    def run(self, **options: Any) -> dict[str, Any]:
        """The reports due within a month of the day, the nearest first, with the days that are left."""
        now = clock.now()
        make_ahead(now)
        on = options["on"] or jst_day(now)
        extra = deadlines.closed_days()
        reports = []
        for deadline in _due(on, extra):
            days = (deadline.due_on - on).days
            business = sum(is_business_day(on + DAY * n, extra) for n in range(1, days + 1))
            reports.append({**deadline.as_dict(), "days_left": days, "business_days_left": business})
        reminded = {"reminded": remind(clock.now())} if options["remind"] else {}
        deemed = {"deemed": [one.name for one in deem_all(clock.now())]} if options["deem"] else {}
        return {"on": on.isoformat(), "reports": reports, **reminded, **deemed}

    def show(self, result: dict[str, Any]) -> None:
        """A line for each report."""
        if not result["reports"]:
            self.stdout.write(f"{result['on']} から1か月以内に期限の来る報告書はありません。")
        for report in result["reports"]:
            left = (
                f"あと{report['days_left']}日（{report['business_days_left']}営業日）"
                if report["days_left"]
                else "本日"
            )
            self.stdout.write(f"{as_line(report)}  {left}")
