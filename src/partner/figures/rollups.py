"""Roll-ups of the standing sets at each month's end, kept as of one tick and carried to any cut exactly.

A set at a later cut is the roll-up, plus what was recorded between the two, less what was superseded between them;
at an earlier cut the same is taken back. So a closed month costs what changed between, not what there is.
Built in one pass by a job, compared by a job.
"""

import json
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Q

from partner.common.period import Period, jst_day, month
from partner.facts.models import Subscription
from partner.facts.streams import PARTIES
from partner.figures.models import Rollup
from partner.figures.sets import Codes, Facts
from partner.ledger import clock
from partner.ledger.fields import to_microseconds

Groups = dict[Codes, int]
CARRIED = 20_000  # rows recorded, or superseded, between a roll-up's tick and a cut; beyond it the facts are counted
_BY_PERSON = (("level",), ("level", "medium"), ("level", "purposes"))
_BY_ORGANIZATION = (("level",), ("level", "organization_type"))
KEPT: dict[str, tuple[Codes, ...]] = {
    "people.in_force": _BY_PERSON,
    "people.suspended": (("level",),),
    "people.applications": (("level",),),
    "organizations.in_force": _BY_ORGANIZATION,
    "organizations.suspended": _BY_ORGANIZATION,
    "organizations.applications": _BY_ORGANIZATION,
    "subscriptions.in_force": (("service",),),
    "subscriptions.bounced": (("service",),),
}


def spans_of(name: str) -> Any:
    """The spans of which a kept set is made, at whatever instant."""
    kind, _, which = name.partition(".")
    if kind == "subscriptions":
        subscriptions: Any = Subscription.objects
        return subscriptions.filter(bounced=True) if which == "bounced" else subscriptions.all()
    party = PARTIES[kind]
    if which == "applications":
        return party.application.objects.all()
    return (
        party.registration.objects.filter(suspended=True) if which == "suspended" else party.registration.objects.all()
    )


def grouped(facts: Facts, columns: Codes, cut: datetime, count_rows: Any) -> Groups | None:
    """The set's size by raw codes, carried from a roll-up to the cut; None where there is none, or none near."""
    kept = next((names for names in KEPT.get(facts.name, ()) if set(columns) <= set(names)), None)
    if kept is None:
        return None
    row = Rollup.objects.filter(name=facts.name, at=facts.at, columns=",".join(kept)).first()
    if row is None or not _is_near(facts.rows.model, row.tick, cut):
        return None
    groups = Counter({tuple(entry[:-1]): entry[-1] for entry in json.loads(row.groups)})
    for sign, rows in _between(facts.rows, row.tick, cut):
        for codes, count in count_rows(rows, kept).items():
            groups[codes] += sign * count
    return _narrowed(groups, kept, columns)


def _is_near(model: Any, tick: datetime, cut: datetime) -> bool:
    """Whether little enough was written between the two that carrying beats counting. Read from the indexes alone."""
    since, until = sorted((tick, cut))
    recorded = model.objects.filter(recorded_at__gt=since, recorded_at__lte=until)
    superseded = model.objects.filter(superseded_at__gt=since, superseded_at__lte=until)
    return not any(rows[CARRIED : CARRIED + 1].exists() for rows in (recorded, superseded))


def _between(rows: Any, tick: datetime, cut: datetime) -> Iterator[tuple[int, Any]]:
    """What came to be believed between the tick and the cut, and what ceased to be: +1 and −1, or back −1 and +1."""
    if tick == cut:
        return
    since, until = sorted((tick, cut))
    sign = 1 if tick < cut else -1
    yield sign, rows.known_at(until).filter(recorded_at__gt=since)
    yield -sign, rows.filter(recorded_at__lte=since, superseded_at__gt=since, superseded_at__lte=until)


def _narrowed(groups: Groups, kept: Codes, columns: Codes) -> Groups:
    places = [kept.index(name) for name in columns]
    narrowed: Counter[Codes] = Counter()
    for codes, count in groups.items():
        if count:
            narrowed[tuple(codes[place] for place in places)] += count
    return dict(narrowed)


def month_ends(first: datetime, cut: datetime) -> list[datetime]:
    """The ends of all months from the one of `first` that are over at the cut."""
    ends: list[datetime] = []
    period: Period = month(jst_day(first))
    while period.end <= cut:
        ends.append(period.end)
        period = month(period.until)
    return ends


def refresh(cut: datetime | None = None) -> int:
    """Counts all roll-ups anew as of the cut (now, if not said) and returns how many there are."""
    cut, made = cut or clock.cut(), 0
    with transaction.atomic():
        Rollup.objects.all().delete()
        rows = (row for name in KEPT for row in _count(name, cut))
        while batch := list(islice(rows, 200)):  # twenty years of them at once would take a hundred megabytes
            Rollup.objects.bulk_create(batch)
            made += len(batch)
    return made


def _count(name: str, cut: datetime) -> Iterator[Rollup]:
    """One pass over the spans known at the cut: what begins and ends between two month ends, then running sums."""
    names = tuple(sorted({column for columns in KEPT[name] for column in columns}))
    spans = spans_of(name).known_at(cut)
    first = spans.order_by("valid_from").values_list("valid_from", flat=True).first()
    if first is None:
        return
    ends = month_ends(first, cut)
    changes = _changes(spans, [to_microseconds(end) for end in ends], names)
    running: Counter[Codes] = Counter()
    for number, at in enumerate(ends):
        running.update(changes[number])
        for columns in KEPT[name]:
            groups = _narrowed(running, names, columns)
            entries = json.dumps([[*codes, groups[codes]] for codes in sorted(groups)], ensure_ascii=True)
            yield Rollup(name=name, at=at, columns=",".join(columns), tick=cut, groups=entries)


def _changes(spans: Any, ends: list[int], names: Codes) -> dict[int, Counter[Codes]]:
    """For each month end: how many of each combination began before it less those that ended, since the end before."""
    changes: dict[int, Counter[Codes]] = defaultdict(Counter)
    for valid_from, valid_to, *codes in spans.values_list("valid_from", "valid_to", *names).iterator(5000):
        key = tuple(codes)
        changes[bisect_left(ends, to_microseconds(valid_from) + 1)][key] += 1
        if valid_to is not None:
            changes[bisect_left(ends, to_microseconds(valid_to) + 1)][key] -= 1
    return changes


def differing(count_rows: Any) -> list[str]:
    """The roll-ups that, counted from the facts themselves, come out otherwise: the job that compares."""
    wrong = []
    for row in Rollup.objects.order_by("name", "at", "columns"):
        in_force = Q(Q(valid_to__isnull=True) | Q(valid_to__gte=row.at), valid_from__lt=row.at)
        kept = {tuple(entry[:-1]): entry[-1] for entry in json.loads(row.groups)}
        if kept != count_rows(spans_of(row.name).filter(in_force).known_at(row.tick), tuple(row.columns.split(","))):
            wrong.append(f"{row.name} {row.at.isoformat()} {row.columns}")
    return wrong
