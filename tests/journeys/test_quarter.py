"""A quarter of the Centre: three months prepared, checked, approved, mailed and accepted; one sent back, one late by agreement;
an enquiry answered twice. By five people in a browser, over a real mail server."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from partner.common.period import JST, month
from partner.demo import USERS
from partner.facts.models.published import PublishedFigure
from partner.ledger import clock
from partner.submissions.expected import expected
from partner.submissions.models import Enquiry, Submission
from partner.submissions.standing import Standing
from tests import centre, ready
from tests.journeys.conftest import _signing_in
from tests.journeys.test_report_work import press
from tests.outbox.test_outbox import server  # noqa: F401 - a fixture
from tests.told import told

SignIn = Callable[[str], Any]


class Quarter:
    """The people of the Centre, and the time of the story."""

    def __init__(self, site: str, page: Any, at_clock: Callable[[Any], None]) -> None:
        self.page, self._at_clock = page, at_clock
        self.come = _signing_in(site, page)

    def at(self, day: int, of_month: int, hour: int) -> None:
        now = datetime(2026, of_month, day, hour, tzinfo=JST)
        self._at_clock(now)
        clock.cut(now)

    def work(self, role: str, period: str, button: str, said: str) -> None:
        page = self.come(role)
        page.goto(f"/desk/reports/monthly/{period}/work/")
        press(page, button, said)

    def prepared(self, period: str, again: str = "") -> None:
        """作成中 to 承認; texts are written after the cut."""
        self.work("reporter", period, f"データ締切をとる{again}", "データ締切をとり")
        ready.write_all("monthly", month(date.fromisoformat(f"{period}-01")), clock.last())
        self.work("reporter", period, "点検を依頼する", "点検を依頼しました")
        self.work("checker", period, "点検済みにする", "点検済みにしました")
        self.work("manager", period, "承認する", "承認しました")

    def sent(self, period: str, version: int) -> None:
        self.work("reporter", period, "提出する", f"第{version}回として提出しました")
        number = Submission.objects.get(report__period=period, version=version).pk
        self.page.goto(f"/desk/submissions/{number}/")
        self.page.click("summary:has-text('送付する')")
        self.page.fill("#recipient", "kantoku@example.jp")
        self.page.get_by_role("button", name="送付する", exact=True).click()
        self.page.wait_for_selector(".banner:has-text('送信済み')")

    def reviewed(self, period: str, version: int, comment: str = "") -> None:
        """受領, then 受理 with every item ticked; with a comment 差戻し."""
        page = self.come("jica")
        page.goto(f"/desk/review/{Submission.objects.get(report__period=period, version=version).pk}/")
        press(page, "受領する", "受領しました")
        if comment:
            page.fill("#verdict-comment", comment)
            press(page, "差し戻しを確定する", "差し戻しました")
            return
        for box in page.locator("input[name=ticked]").all():
            box.check()
        press(page, "受理する", "受理しました")


@pytest.fixture
def quarter(live_site: str, page: Any, at_clock: Callable[[Any], None]) -> Quarter:
    from django.core.cache import cache

    cache.clear()
    ready.centre(at_clock, datetime(2026, 8, 5, 9, tzinfo=JST))
    for name, display, role in USERS:
        centre.user(name, display, role)
    page.context.set_default_timeout(60_000)  # submitting makes six files
    return Quarter(live_site, page, at_clock)


def test_a_quarter(quarter: Quarter, server: Any) -> None:  # noqa: F811
    quarter.at(6, 8, 10)
    quarter.prepared("2026-07")
    quarter.sent("2026-07", 1)
    quarter.at(10, 8, 10)
    quarter.reviewed("2026-07", 1, "M6の説明を足してください。")
    quarter.at(12, 8, 10)
    quarter.prepared("2026-07", "（とり直す）")
    quarter.sent("2026-07", 2)
    quarter.reviewed("2026-07", 2)

    quarter.at(4, 9, 10)
    extended(quarter)
    quarter.at(10, 9, 10)
    quarter.prepared("2026-08")
    quarter.sent("2026-08", 1)
    quarter.reviewed("2026-08", 1)

    quarter.at(6, 10, 10)
    quarter.prepared("2026-09")
    quarter.sent("2026-09", 1)
    quarter.reviewed("2026-09", 1)
    answered_twice(quarter)

    standings = {period: Standing(expected("monthly", period)) for period in ("2026-07", "2026-08", "2026-09")}
    assert {period: one.state_label for period, one in standings.items()} == dict.fromkeys(standings, "受理")
    assert [one.version for one in standings["2026-07"].submissions] == [1, 2]
    assert standings["2026-07"].sent_at < standings["2026-07"].report.due
    assert [one.submissions[0].is_on_time for one in standings.values()] == [True, True, True]
    assert standings["2026-08"].sent_at > standings["2026-08"].report.due_at
    assert {row.period for row in PublishedFigure.objects.believed()} == set(standings)
    subjects = [mail["Subject"] for mail in server.mails]
    assert len(subjects) == 4
    assert sum("第2回" in subject for subject in subjects) == 1
    for mail in server.mails:
        assert [part.get_filename().rpartition(".")[2] for part in mail.iter_attachments()] == ["docx", "xlsx", "pdf"]


def extended(quarter: Quarter) -> None:
    """JICA agreed to four more days for August."""
    page = quarter.come("manager")
    page.goto("/desk/reports/monthly/2026-08/work/plan/")
    page.fill("#id_due_on", "2026-09-11")
    page.fill("#id_agreed_on", "2026-09-04")
    page.fill("#id_ground", "監督職員と電子メールで合意（打合簿 第1号）")
    press(page, "期限の変更を記録する", "記録しました")


def answered_twice(quarter: Quarter) -> None:
    """An enquiry, and the same a week later with what changed since."""
    page = quarter.come("reporter")
    page.goto("/desk/enquiries/new/?figure=people.new&first=2026-07&last=2026-09&unit=month&by=medium&chart=line")
    page.fill("#subject", "媒体別の新規登録")
    page.fill("#asked_by", "架空推進課")
    page.get_by_role("button", name="保存する").click()
    page.wait_for_selector(".banner:has-text('参考提出 No.1')")
    page = quarter.come("checker")
    page.goto("/desk/enquiries/1/")
    press(page, "承認する", "承認を記録しました")
    quarter.at(13, 10, 10)
    told("Z 2026-09-30 registered full medium=sns")
    page = quarter.come("reporter")
    page.goto("/desk/enquiries/1/")
    press(page, "いまの記録で集計し直す", "集計し直しました（第2回）")
    assert "SNS" in page.inner_text("section[aria-labelledby=since-h]")
    page = quarter.come("jica")
    page.goto("/desk/enquiries/1/")
    assert "第2回" not in page.inner_text("main")
    page = quarter.come("manager")
    page.goto("/desk/enquiries/1/")
    press(page, "承認する", "承認を記録しました")
    page = quarter.come("jica")
    page.goto("/desk/enquiries/1/")
    assert "第2回" in page.inner_text("main")
    assert Enquiry.objects.get().answers.count() == 2
