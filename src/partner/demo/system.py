"""Operation of the system: service, planned stops, outages, works, backups, a probe that failed; response times."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from partner.common.period import DAY, midnight
from partner.demo import story
from partner.demo.stretches import Stretch, chance, hour_of, stretches
from partner.demo.surroundings import at
from partner.demo.taken import Taken
from partner.demo.visits import LOST
from partner.facts.models import Loss
from partner.facts.streams import OPERATIONS, RESPONSE_TIMES
from partner.ledger.fields import to_microseconds

Fact = dict[str, Any]
MEASURED_FROM = date(2024, 4, 1)
PROBE_FAILED = (date(2026, 10, 14), 3)  # from midnight on, so many hours
SEARCH_FAILED = date(2026, 10, 21)
_MINUTE = 60 * 1_000_000
_CAUSES, _CAUSE_WEIGHTS = ("software", "hardware", "operation", "network", "disaster"), (40, 15, 20, 20, 5)
_GROUPS = (("top", 1.0), ("search", 2.4), ("posting", 1.3), ("member", 1.8))


class System:
    """The system's life. One system; its minutes are told to the minute."""

    def __init__(self, seed: int, scale: float) -> None:
        self.seed, self.scale = seed, scale
        self.operations = Taken(OPERATIONS, "運用・保守記録")
        self.times = Taken(RESPONSE_TIMES, "応答時間")

    def tell(self, until: date, minute: int) -> list[Taken]:
        """Everything up to the day."""
        for stretch in stretches(until, minute):
            self.operations.take(stretch, [fact for day in stretch.days() for fact in self._day(day)])
            self.times.take(stretch, self._times(stretch))
        return [self.operations, self.times]

    def _day(self, day: date) -> Iterator[Fact]:
        rng = chance(self.seed, 1.0, "system", day)  # a small Centre's system stops as often
        start = to_microseconds(midnight(day))
        if day == story.OPENED:
            yield _fact("service", start, None)
        yield _fact(
            "backup",
            start + 60 * _MINUTE,
            start + 85 * _MINUTE,
            category="regular",
            result="ok" if rng.random() < 0.995 else "failed",
        )
        if day.weekday() == 6 and 15 <= day.day <= 21:  # the third Sunday
            begins = start + 120 * _MINUTE
            ends = begins + rng.choice((120, 180, 240)) * _MINUTE
            yield _fact("planned_stop", begins, ends, cause="maintenance", title="定期保守")
            yield _fact("maintenance", begins, ends, category="regular", result="ok", title="定期保守")
            yield _fact("patch", begins, ends, category="regular", result="ok", title="基本ソフトの更新")
        yield from self._chances(rng, day, start)

    def _chances(self, rng: random.Random, day: date, start: int) -> Iterator[Fact]:
        young = 2.0 if story.year_of(day) < 2 else 1.0
        if rng.random() < 0.035 * young and day != PROBE_FAILED[0]:
            begins = start + rng.randrange(6 * 60, 23 * 60) * _MINUTE
            cause = rng.choices(_CAUSES, _CAUSE_WEIGHTS)[0]
            yield _fact("outage", begins, begins + rng.randint(4, 95) * _MINUTE, cause=cause, title="応答の停止")
        if rng.random() < 0.03:
            at = hour_of(rng, day)
            yield _fact("release", at, at + 20 * _MINUTE, category="regular", result="ok", title="機能の改善")
        if rng.random() < 0.004:
            at = hour_of(rng, day)
            yield _fact(
                "security_event", at, at + 60 * _MINUTE, category="extra", result="ok", title="不審な接続の遮断"
            )
        if rng.random() < 0.012:
            at = hour_of(rng, day)
            yield _fact("maintenance", at, at + 45 * _MINUTE, category="extra", result="ok", title="設定の変更")
        if day == SEARCH_FAILED:
            begins = start + 10 * 60 * _MINUTE + 17 * _MINUTE
            yield _fact("outage", begins, begins + 42 * _MINUTE, cause="software", title="検索の応答停止")
        if day == PROBE_FAILED[0]:
            yield _fact("unknown", start, start + PROBE_FAILED[1] * 60 * _MINUTE, title="監視の停止")

    def _times(self, stretch: Stretch) -> Iterator[Fact]:
        """A day's distribution for each group of pages."""
        for day in stretch.days():
            if day < MEASURED_FROM:
                continue
            rng = chance(self.seed, self.scale, "times", day)
            for group, slow in _GROUPS:
                yield {
                    "page_group": group, "valid_from": to_microseconds(midnight(day)), "failed": 0,
                    "counts": ",".join(str(count) for count in _distribution(rng, slow)),
                }  # fmt: skip


def _fact(kind: str, begins: int, ends: int | None, **more: Any) -> Fact:
    return {"kind": kind, "system": "current", "valid_from": begins, "valid_to": ends, **more}


def _distribution(rng: random.Random, slow: float) -> list[int]:
    """How many of a day's samples fell into each bucket: most are fast, a few very slow."""
    shares = (0.10, 0.24, 0.30, 0.16, 0.10, 0.045, 0.025, 0.014, 0.007, 0.005, 0.003, 0.001, 0.0004)
    total = int(rng.gauss(900, 120))
    shift = 1 if slow > 2 else 0
    moved = (0.0,) * shift + shares[: len(shares) - shift]
    return [max(0, round(total * share * rng.uniform(0.8, 1.2))) for share in moved]


def losses(until: date) -> Iterator[Loss]:
    """The hours in which the probe did not look, and those of which the log was lost; declared a day later."""
    entries = (
        ("response_times", PROBE_FAILED[0], 0, PROBE_FAILED[1], "監視", "監視サーバーの更新中に停止した"),
        ("access", *LOST, "portal", "ログを書くディスクがいっぱいになった"),
    )
    for n, (kind, day, first, last, source, reason) in enumerate(entries, 1):
        if day + DAY <= until:
            start = midnight(day)
            row = Loss(
                kind=kind, valid_from=start + timedelta(hours=first), valid_to=start + timedelta(hours=last), source=source,
                reason=reason, source_key=f"{'0' * 31}{n}", by_name="仮定 監", by_role="システム運用",
            )  # fmt: skip
            row.recorded_at = at(day + DAY, 14, n)
            yield row
