"""Loads the demonstration Centre into an empty ledger, in one transaction."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model

from partner.common.period import DAY, midnight
from partner.demo import (
    PASSWORD,
    USERS,
    consulting,
    helpdesk,
    loads,
    mailing,
    occasions,
    postings,
    predecessor,
    submitted,
    surroundings,
    system,
    visits,
)
from partner.demo.centre import Centre, ticks
from partner.demo.occasions import files, questions, targets
from partner.demo.rows import insert_identities, insert_memory
from partner.demo.story import OPENED, ORGANIZATIONS, PEOPLE
from partner.demo.taken import Taken
from partner.facts.models import Load
from partner.facts.streams import PARTIES
from partner.figures import rollups
from partner.ledger import clock, write
from partner.ledger.fields import MICROSECOND, from_microseconds, to_microseconds
from partner.ledger.models import Recorded
from partner.master.models import ContractFact

Say = Callable[[str], None]


def load(*, scale: float, seed: int, until: date, say: Say, reports: int = 0) -> dict[str, Any]:
    """Tells the Centre's story up to the day, with so many of its last reports. Raises Refusal where something is recorded already."""
    with clock.telling():
        centres = {rates.kind: Centre(rates, seed, scale) for rates in (PEOPLE, ORGANIZATIONS)}
        last = live(centres, until, say)
        counts: dict[str, Any] = {}
        for kind, centre in centres.items():
            say(f"{kind}：記録 {len(centre.memory.events):,} 件を書き込んでいます")
            party = PARTIES[kind]
            counts[kind] = insert_memory(party, centre.memory)
            counts[kind]["subjects"] = insert_identities(party, centre.identities, centre.memory)
        _close_seeded()  # first: telling of the logs moves the clock on
        last = max(last, _tell_the_rest(seed, scale, until, centres, counts, say))
        files.write(until)
        last = max(last, _surround(until, centres, scale))
        clock.told_until(from_microseconds(last))
        _users()
        say("月末の集計を作っています")
        rollups.refresh()  # before the reports, whose figures are carried from them
        if reports:
            say("提出済みの報告書を作っています")
            clock.told_until(from_microseconds(max(last, submitted.tell(until, reports))))
    return counts


def _tell_the_rest(
    seed: int, scale: float, until: date, centres: dict[str, Centre], counts: dict[str, Any], say: Say
) -> int:
    """Postings, services and the system, as the office's sheets tell them; returns the last tick."""
    people, organizations = centres["people"].memory, centres["organizations"].memory
    told: list[Taken] = [board.tell(until, n) for n, board in enumerate(postings.boards(seed, scale, organizations), 1)]
    say("アクセスログを読み込んでいます")
    visits.tell(seed, scale, until, told)
    tellers: tuple[Any, ...] = (
        consulting.Consulting(seed, scale, people), mailing.Mailing(seed, scale, people), helpdesk.Helpdesk(seed, scale),
        system.System(seed, scale),
    )  # fmt: skip
    for minute, teller in enumerate(tellers, 5):
        told += teller.tell(until, minute)
    told += occasions.tell(seed, scale, until)
    last = 0
    for taken in told:
        say(f"{taken.label}：{len(taken.rows):,}件を書き込んでいます")
        before = counts.get(taken.stream.kind, {"events": 0})
        counts[taken.stream.kind] = {"events": before["events"] + taken.write()}
        Load.objects.bulk_create(taken.loads, batch_size=2000)
        last = max([last, *(to_microseconds(load.recorded_at) for load in taken.loads)])
    return last


def live(centres: dict[str, Centre], until: date, say: Say) -> int:
    """Lives day by day and records on business days; returns the last tick."""
    recording = dict(ticks(until))
    day, last = OPENED, to_microseconds(clock.ORIGIN)
    while day <= until:
        if day.month == 1 and day.day == 1:
            say(f"{day.year}年")
        for centre in centres.values():
            centre.live(day)
        if day in recording:
            for n, centre in enumerate(centres.values()):
                tick = to_microseconds(midnight(day) + recording[day] + n * 60_000_000 * MICROSECOND)
                if centre.record(day, tick):
                    last = max(last, tick)
        day += DAY
    return last


def _surround(until: date, centres: dict[str, Centre], scale: float) -> int:
    """Contract, lists, coverage, loads and plans; returns their last tick."""
    rows: list[Recorded] = []
    for made in (
        surroundings.contract,
        surroundings.levels,
        surroundings.target,
        surroundings.coverage,
        surroundings.plans,
        system.losses,
    ):
        rows += made(until)
    rows += predecessor.reported(until)
    rows += [*targets.targets(until, scale), *questions.questions(until)]
    for kind, centre in centres.items():
        rows += loads.loads(kind, centre.memory, until)
    rows.sort(key=lambda row: row.recorded_at)
    by_model: dict[type[Recorded], list[Recorded]] = {}
    for row in rows:
        by_model.setdefault(type(row), []).append(row)
    for model, batch in by_model.items():
        model.objects.bulk_create(batch, batch_size=2000)
    return to_microseconds(rows[-1].recorded_at)


def _close_seeded() -> None:
    """The seed's empty names are believed no longer once the Centre has told its own."""
    clock.told_until(surroundings.STARTED)
    write.supersede(ContractFact.objects.filter(key__in=surroundings.TOLD_NAMES, recorded_at=clock.ORIGIN))


def _users() -> None:
    """The people who sign in."""
    model = get_user_model()
    for name, display, role in USERS:
        user, _ = model.objects.get_or_create(username=name, defaults={"display_name": display, "role": role})
        user.set_password(PASSWORD)
        user.save()
