"""The people of the desk, and October's report with an hour that passes with each thing done."""

from datetime import timedelta

import pytest

from partner.accounts.roles import Role
from partner.common.refusal import Refusal
from partner.ledger import clock
from partner.submissions.actions import Actor, move, take_cut
from partner.submissions.checking import pass_on
from partner.submissions.expected import expected
from partner.submissions.models import Submission
from partner.submissions.sealing import submit
from partner.submissions.standing import Standing
from tests import ready


def actor(role: str, name: str = "") -> Actor:
    return Actor(
        name or f"demo-{role}",
        {"reporter": "見本 花子", "checker": "架空 健太", "manager": "想定 望月"}.get(role, role),
        role,
        Role(role).label,
    )


REPORTER, CHECKER, MANAGER, JICA = (actor(role) for role in ("reporter", "checker", "manager", "jica"))


class Desk:
    """October's report, and an hour that passes with each thing done."""

    def __init__(self, at_clock, hours=0):
        self.report = expected("monthly", ready.OCTOBER.key)
        self.submission = Submission.objects.last()
        self.hours, self._at_clock = hours, at_clock
        at_clock(ready.AT + timedelta(hours=hours))

    def now(self):
        self.hours += 1
        now = ready.AT + timedelta(hours=self.hours)
        self._at_clock(now)
        clock.cut(now)
        return now

    def cut(self, by=REPORTER):
        return take_cut(report=self.report, by=by, now=self.now())

    def on(self, name, by, comment=""):
        return pass_on(report=self.report, name=name, by=by, now=self.now(), comment=comment)

    def move(self, name, by, comment=""):
        return move(report=self.report, name=name, by=by, now=self.now(), comment=comment)

    def submit(self, by=REPORTER, key="k1", comment="", now=None):
        return submit(report=self.report, by=by, now=now or self.now(), request_key=key, comment=comment)

    def approved(self):
        self.cut()
        self.on("ask_check", REPORTER)
        self.on("check", CHECKER, "確かめた。")
        self.on("approve", MANAGER)

    @property
    def state(self):
        return Standing(self.report).state


_WAY = ("written", "approved", "submitted", "received")


def make(at_clock, name):
    """Brings October's report as far as that; the hours it took."""
    ready.monthly(at_clock)
    desk = Desk(at_clock)
    acts = (desk.approved, desk.submit, lambda: desk.move("receive", REPORTER))
    for act in acts[: _WAY.index(name)]:
        act()
    return desk.hours


def refused(code, call, *args, **more):
    with pytest.raises(Refusal) as caught:
        call(*args, **more)
    assert code in [fault.code for fault in caught.value.faults], caught.value.faults
    return caught.value
