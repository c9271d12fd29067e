"""As known when: the moment of the data cut (提出時点), now (現在), or an instant that the address names."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest

from partner.common import calendar
from partner.common.command import instant_text, read_instant
from partner.common.period import Period
from partner.common.refusal import Refusal
from partner.ledger import clock
from partner.master.book import present
from partner.submissions import deadlines, schedule

NOW = "now"


@dataclass(frozen=True)
class Choice:
    """One side of the switch 提出時点 / 現在. `at` is None where it has not come yet; what is known now holds up to now."""

    name: str
    known_at: str
    at: datetime | None
    chosen: bool


@dataclass(frozen=True)
class Cuts:
    """The two moments that are compared, and the one that is shown."""

    due: datetime
    then: datetime | None
    now: datetime
    cut: datetime
    named: bool

    @property
    def is_now(self) -> bool:
        """Whether the page shows what is known now."""
        return self.cut == self.now and self.cut != self.then

    @property
    def known_at(self) -> str:
        """The value of `known_at` that leads to the same page; empty where it is the default."""
        if self.is_now:
            return NOW if self.then else ""
        return instant_text(self.cut) if self.named else ""

    @property
    def choices(self) -> tuple[Choice, Choice]:
        """The two sides of the switch."""
        name = "指定した時点" if self.named else "提出時点"
        known_at = instant_text(self.then) if self.named and self.then else ""
        return Choice(name, known_at, self.then, not self.is_now), Choice("現在", NOW, clock.now(), self.is_now)


def read_cuts(request: HttpRequest, period: Period, planned: datetime | None = None) -> Cuts:
    """From `known_at`: an instant, `now`, or nothing for the data cut: `planned`, else the month's (now, until it has come).

    Raises Refusal for what is no instant, lies ahead, or before the ledger's origin.
    """
    asked = request.GET.get("known_at", "").replace(" ", "+")  # a + that a mail program took for a space
    due = planned or data_cut(period)
    named = asked not in ("", NOW) and read_instant(asked) != due
    if named:
        then: datetime | None = clock.cut(read_instant(asked))
    else:
        then = clock.cut(due) if due <= clock.now() else None
        if then is None and asked not in ("", NOW):
            raise Refusal("in_the_future", "現在より後の時点は指定できません。")
    now = clock.last()
    cut = now if asked == NOW or then is None else then
    return Cuts(due, then, now, cut, named)


def data_cut(period: Period) -> datetime:
    """The moment whose knowledge the period's report holds, by the closed days that are known now.

    Of a year it lies in March, before the annual report is due; of an event before that of its own report.
    """
    closed = present().closed_days
    if period.form == "year":
        return schedule.moment("annual", "cut", deadlines.of_period("annual", period, closed).due_on, closed)
    if period.event:
        return schedule.moment("service", "cut", deadlines.of_service(period.event, period.last, closed).due_on, closed)
    return calendar.data_cut(period, closed)
