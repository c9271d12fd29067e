"""`./partner access load|collect|count|gaps`: logs and the portal's own lines in; page views and visits; hours without data."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from partner.common.command import PartnerCommand, instant_text, read_instant
from partner.common.period import DAY, midnight
from partner.facts.access import answers, asking, rules
from partner.facts.access.collecting import collect
from partner.facts.access.loading import load
from partner.facts.access.recounting import recount
from partner.ledger import clock

BY = ("コマンド操作", "システム運用")
_LABELS = (
    ("lines", "行"), ("page_views", "閲覧ページ"), ("static", "静的ファイル"), ("crawler", "クローラー"),
    ("own", "センター職員・監視"), ("not_a_page_request", "ページの要求でない行"), ("malformed", "形式に合わない行"),
)  # fmt: skip
_VERDICTS = (("person", "閲覧ページ"), ("crawler", "クローラー"), ("own", "センター職員・監視"), ("prefetch", "先読み"))


def _minutes(text: str) -> int:
    minutes = int(text)
    if not 0 < minutes * 60 <= rules.LONGEST_TIMEOUT:
        raise ValueError(text)
    return minutes


class Command(PartnerCommand):
    """Loads logs, counts what they hold, and says where they have gaps."""

    help = "アクセスログを取り込む・数える / web-server logs in; page views and visits"

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        loading = actions.add_parser("load")
        loading.add_argument("files", nargs="+", metavar="FILE")
        loading.add_argument("--source", default=rules.OWN_SOURCE, metavar="HOST")
        loading.add_argument("--format", default="", dest="layout", metavar="NAME")
        collecting = actions.add_parser("collect")
        collecting.add_argument("--all", action="store_true", dest="is_all")
        counting = actions.add_parser("count")
        counting.add_argument("--from", required=True, type=date.fromisoformat, dest="first", metavar="D")
        counting.add_argument("--to", required=True, type=date.fromisoformat, dest="last", metavar="D")
        counting.add_argument("--timeout", default=rules.TIMEOUT_SECONDS // 60, type=_minutes, metavar="MINUTES")
        counting.add_argument("--by", choices=("day", "page"), default="day")
        recounting = actions.add_parser("recount")
        for flag, name in (("--from", "first"), ("--to", "last")):
            recounting.add_argument(flag, required=True, type=date.fromisoformat, dest=name, metavar="D")
        recounting.add_argument("--dry-run", action="store_true")
        gaps = actions.add_parser("gaps")
        for action in (counting, gaps):
            action.add_argument("--known-at", default="", dest="known_at", metavar="T")
        for action in (loading, collecting, counting, recounting, gaps):
            action.add_argument("--json", action="store_true")

    def run(self, **options: Any) -> dict[str, Any]:
        action = options.pop("action")
        if action == "recount":
            return recount(options["first"], options["last"], self.say, is_trial=options["dry_run"])
        if action == "load":
            files = [Path(file) for file in options["files"]]
            return load(files, source=options["source"], layout=options["layout"], by=BY, say=self.say)
        if action == "collect":
            return collect(by=BY, is_all=options["is_all"])
        cut = clock.cut(read_instant(options["known_at"]) if options["known_at"] else None)
        if action == "gaps":
            return _gaps(cut)
        if options["last"] < options["first"]:
            raise CommandError("--to が --from より前です。")
        return _count(options["first"], options["last"], timedelta(minutes=options["timeout"]), options["by"], cut)

    def show(self, result: dict[str, Any]) -> None:
        if "files" in result:
            for file in [*result["files"], *([{"file": "合計", **result}] if len(result["files"]) > 1 else [])]:
                counts = "　".join(f"{label}{file[name]:,}" for name, label in _LABELS)
                self.stdout.write(f"{file['file']}：{counts}")
        elif "days" in result:
            for day in result["days"]:
                changed = "　".join(
                    f"{label}{day['before'][name]:,}→{day['after'][name]:,}" for name, label in _VERDICTS
                )
                self.stdout.write(f"{day['day']}：{changed}")
        elif "gone" in result:
            counts = "　".join(f"{label}{result[name]:,}" for name, label in _LABELS if name in result)
            self.stdout.write(
                f"ポータルの閲覧記録　取り込んだファイル{result['taken']:,}（残り{result['kept']:,}）：{counts}"
            )
        elif "sources" in result:
            self._show_gaps(result["sources"])
        else:
            self._show_counts(result)

    def _show_gaps(self, sources: list[dict[str, Any]]) -> None:
        for source in sources:
            self.stdout.write(f"{source['source']}：{source['from']} から {source['to']} まで")
            for gap in source["gaps"]:
                self.stdout.write(f"  データなし {gap['from']} から {gap['to']} まで（{gap['hours']}時間）")
        if not sources:
            self.stdout.write("アクセスログはまだ取り込まれていません。")

    def _show_counts(self, result: dict[str, Any]) -> None:
        if result["page_views"] is None:
            self.stdout.write("この期間のアクセスログはありません。")
            return
        self.stdout.write(f"閲覧ページ数 {result['page_views']:,}　訪問者数 {result['visits']:,}")
        for row in result["by"]:
            shown = ["データなし" if row[name] is None else f"{row[name]:,}" for name in ("page_views", "visits")]
            self.stdout.write(f"  {row.get('day', row.get('page'))}  {'　'.join(shown)}")


def _count(first: date, last: date, timeout: timedelta, by: str, cut: datetime) -> dict[str, Any]:
    start, end = midnight(first), midnight(last + DAY)
    counted = asking.counts(start, end, cut, timeout)
    is_known = bool(asking.covered(start, end, cut))
    rows = _by_page(start, end, cut, timeout) if by == "page" else _by_day(first, last, counted, cut)
    return {
        **{name: getattr(counted, name) if is_known else None for name in asking.MEASURES},
        "aside": asking.aside(start, end, cut),
        "from": first.isoformat(), "to": last.isoformat(), "timeout_minutes": timeout // timedelta(minutes=1),
        "known_at": instant_text(cut), "complete": asking.is_complete(start, end, cut), "by": rows,
    }  # fmt: skip


def _by_day(first: date, last: date, counted: answers.AccessCounts, cut: datetime) -> list[dict[str, Any]]:
    """All days of the span; a day without any log is null, never 0."""
    rows = []
    for day in (first + n * DAY for n in range((last - first) // DAY + 1)):
        found = counted.by_day.get(day, answers.Counts())
        is_known = day in counted.by_day or bool(asking.covered(midnight(day), midnight(day + DAY), cut))
        measures = {name: getattr(found, name) if is_known else None for name in asking.MEASURES}
        rows.append({"day": day.isoformat(), **measures})
    return rows


def _by_page(start: datetime, end: datetime, cut: datetime, timeout: timedelta) -> list[dict[str, Any]]:
    found = asking.by_page(start, end, cut, timeout)
    return [{"page": page, "page_views": one.page_views, "visits": one.visits} for page, one in found.items()]


def _gaps(cut: datetime) -> dict[str, Any]:
    gaps, known = asking.gaps(cut), asking.covered(clock.ORIGIN, cut + DAY, cut)
    return {
        "known_at": instant_text(cut),
        "sources": [
            {
                "source": source, "from": instant_text(hours[0][0]), "to": instant_text(hours[-1][1]),
                "gaps": [
                    {"from": instant_text(start), "to": instant_text(end), "hours": (end - start) // timedelta(hours=1)}
                    for start, end in gaps[source]
                ],
            }
            for source, hours in known.items()
        ],
    }  # fmt: skip
