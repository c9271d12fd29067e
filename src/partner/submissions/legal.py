"""The legal clocks of a leak beside the contract's reports, with the settings as agreed. The counting is `common.leaks`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from partner.common import leaks
from partner.common.calendar import NONE
from partner.common.leaks import Duty, LeakClock, Limits
from partner.common.period import DAY, jst_day
from partner.facts.models.incidents import Incident, IncidentKind
from partner.master.book import Book
from partner.submissions.agreed import agreed
from partner.submissions.happening import Happening


@dataclass(frozen=True)
class Leak:
    """What the law asks about one leak."""

    incident: Incident
    limits: Limits
    duty: Duty
    clocks: list[LeakClock]
    released_at: datetime | None  # the contractor owes the authority nothing more: JICA was told


def leak_of(incident: Incident, book: Book, extra: Mapping[date, str] = NONE) -> Leak | None:
    """Its clocks by the settings that hold when it was noticed; None for a complaint or a trouble."""
    if incident.kind != IncidentKind.LEAK:
        return None
    limits = Limits.read(lambda key: agreed(book, key, incident.noticed_at))
    found = leaks.clocks(incident, limits, extra)
    return Leak(incident, limits, leaks.duty(incident, limits), found, leaks.released_at(incident))


def leaks_of(happening: Happening, book: Book) -> list[Leak]:
    """The leaks whose clocks run: until their last day has passed a month ago."""
    numbers = [row.number for row in happening.incidents if row.kind == IncidentKind.LEAK]
    rows: Any = Incident.objects
    told = rows.believed().filter(number__in=numbers).order_by("noticed_at", "id") if numbers else []
    found = (leak_of(row, book, happening.extra) for row in told)
    since = jst_day(happening.now) - DAY * 31
    return [leak for leak in found if leak and any(one.until_on >= since for one in leak.clocks)]
