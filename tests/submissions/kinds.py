"""A tiny Centre in which every kind of report can be made, and one report's way over the desk's pages."""

import html
import io
import re
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.core.cache import cache
from django.test import Client
from PIL import Image

from partner.accounts.models import User
from partner.common.period import JST
from partner.demo import USERS
from partner.facts import attachments
from partner.ledger import clock
from partner.submissions.expected import expected, make_ahead
from partner.submissions.standing import Standing
from tests import cases, centre, ready, surveyed

BY = ("見本 花子", "報告担当")


def opened(at_clock: Any, now: str) -> None:
    """The Centre of `ready`, with its people, at the moment."""
    cache.clear()
    ready.centre(at_clock, moment(now))
    for name, display, role in USERS:
        centre.user(name, display, role)


def moment(text: str) -> datetime:
    """2026-09-30 17:00, in Japan."""
    return datetime.fromisoformat(text).replace(tzinfo=JST)


def an_event_with_surveys() -> None:
    """A seminar in spring and one in September, of which No.6 was tabulated and No.8 collected on paper."""
    surveyed.event("E-0", "2026-05-16")
    surveyed.event("E-2", "2026-08-22", category="consultation")
    surveyed.event()
    for event, day, people in (("E-0", "2026-05-16", 12), ("E-1", "2026-09-12", 15)):
        cases.participants(event, day, "full", people + 8, people)
        cases.an_expense(f"S-{event}", "spent", day, 10_000 * people, event=event)
        surveyed.plan(number=event, begins=day, closes=day)
        surveyed.many("no6", day, (people, "q1=5 q2=4 q5=student"), event=event)
    surveyed.plan("no8")
    surveyed.many("no8", "2026-09-12", (1, "q1=5"), event="E-1")
    attachments.keep(
        about="event:E-1", role="original", number="001", title="原本001", name="001.png", chunks=[picture()], by=BY,
        survey="no8",
    )  # fmt: skip


def picture() -> bytes:
    """A small scan."""
    out = io.BytesIO()
    Image.new("L", (60, 40), 200).save(out, "PNG")
    return out.getvalue()


class Through:
    """One report on the desk, and a minute that passes with each thing done."""

    def __init__(self, at_clock: Any, kind: str, period: str) -> None:
        self.kind, self.period, self._at_clock = kind, period, at_clock
        self.work = f"/desk/reports/{kind}/{period}/work/"

    def at(self, now: str) -> None:
        """The story goes on at this moment."""
        self._now, self._minutes = moment(now), count(1)
        self._passes()
        make_ahead(clock.now())

    def _passes(self) -> None:
        now = self._now + timedelta(minutes=next(self._minutes))
        self._at_clock(now)
        clock.cut(now)

    def by(self, role: str) -> Client:
        """Someone signed in, a minute later."""
        self._passes()
        client = Client()
        client.force_login(User.objects.get(username=f"demo-{role}"))
        return client

    def page(self, role: str, path: str = "") -> str:
        """What he sees; the page opens."""
        answer = self.by(role).get(path or self.work)
        assert answer.status_code == 200, (path or self.work, answer.status_code, said_on(answer.content.decode()))
        return answer.content.decode()

    def post(self, role: str, path: str, said: str, **fields: Any) -> str:
        """What he sends, and what is said then."""
        page = self.by(role).post(path, fields, follow=True).content.decode()
        assert said in page, said_on(page)
        return page

    def act(self, role: str, name: str, said: str, **more: str) -> str:
        """A step on the working page."""
        return self.post(role, f"{self.work}do/", said, act=name, key=f"{self.period}-{name}", **more)

    def write_all(self) -> list[str]:
        """A sentence at each place that the page offers and the report owes; returns the places."""
        places = re.findall(r'<div class="writing owed" id="t-([^"]+)">', self.page("reporter"))
        for place in places:
            self.post(
                "reporter", f"{self.work}texts/{place}/", "報告書に入れました", body="人が確かめて書いた。", act="write"
            )
        return places

    def approved(self) -> list[str]:
        """Cut, written, checked by another, approved by a third."""
        self.act("reporter", "cut", "データ締切をとり")
        places = self.write_all()
        self.act("reporter", "ask_check", "点検を依頼しました")
        self.act("checker", "check", "点検済みにしました")
        self.act("manager", "approve", "承認しました")
        return places

    def submitted(self, why: str = "") -> Any:
        """Submitted, and mailed; what is late says why."""
        self.act("reporter", "submit", "として提出しました", comment=why)
        made = Standing(self.report).submission
        self.post(
            "reporter",
            f"/desk/submissions/{made.pk}/delivery/",
            "送信済み",
            method="mail",
            recipient="kantoku@example.jp",
        )
        return made

    def accepted(self, made: Any) -> str:
        """JICA receives it, looks, ticks what the page offers, and accepts."""
        path = f"/desk/review/{made.pk}/"
        self.post("jica", f"{path}do/", "受領しました", act="receive")
        page = self.page("jica", path)
        ticked = re.findall(r'name="ticked" value="([^"]+)"', page)
        self.post("jica", f"{path}do/", "確認していない項目", act="accept", ticked=ticked[1:])
        self.post("jica", f"{path}do/", "受理しました", act="accept", ticked=ticked)
        return page

    @property
    def report(self) -> Any:
        """Its row."""
        return expected(self.kind, self.period)

    def links(self) -> list[str]:
        """Every address of a figure that its printed preview leads to."""
        page = self.page("reporter", self.work.removesuffix("work/"))
        return sorted({html.unescape(one) for one in re.findall(r'href="((?:/desk/figures|/n)/[^"]+)"', page)})


def said_on(page: str) -> str:
    """What a page says in its banners, for the one who reads a failed test."""
    return "".join(re.sub(r"<[^>]+>", " ", one) for one in re.findall(r'class="banner.*?</div>', page, re.S))[:2000]
