"""A report on an event by four people in a browser, mailed over a real mail server, to its acceptance; handsome on both widths."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from partner.common.period import JST
from partner.ledger import clock
from partner.submissions.expected import expected, make_ahead
from partner.submissions.models import Submission
from partner.submissions.standing import Standing
from tests.journeys.conftest import _signing_in
from tests.journeys.test_every_page import faults
from tests.journeys.test_report_work import press, write_all
from tests.outbox.test_outbox import server  # noqa: F401 - a fixture
from tests.submissions.kinds import an_event_with_surveys, opened

WORK = "/desk/reports/service/event:E-1/work/"
WIDTHS = (1280, 390)


def looked_at(page: Any) -> None:
    """axe finds nothing, and nothing lies beside the screen."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert faults(page) == [], (page.url, width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (page.url, width)
    page.set_viewport_size({"width": 1280, "height": 900})


@pytest.fixture
def come(live_site: str, page: Any, at_clock: Callable[[Any], None]) -> Callable[[str], Any]:
    """Someone signs in, half an hour later."""
    opened(at_clock, "2026-09-25 09:00")
    an_event_with_surveys()
    page.context.set_default_timeout(60_000)  # submitting makes six files
    signed_in, now = _signing_in(live_site, page), datetime(2026, 9, 25, 9, 30, tzinfo=JST)

    def came(role: str) -> Any:
        nonlocal now
        now += timedelta(minutes=30)
        at_clock(now)
        clock.cut(now)
        make_ahead(now)
        return signed_in(role)

    return came


def test_a_service_report_through_the_browser(come: Callable[[str], Any], server: Any) -> None:  # noqa: F811
    page = come("reporter")
    page.goto("/desk/reports/?year=2026")
    looked_at(page)
    page.goto(WORK)
    press(page, "データ締切をとる", "データ締切をとり")
    looked_at(page)
    assert page.locator("#s-S6 .writing").count() == 2
    write_all(page)
    press(page, "点検を依頼する", "点検を依頼しました")
    for role, button, said in (
        ("checker", "点検済みにする", "点検済みにしました"), ("manager", "承認する", "承認しました"),
        ("reporter", "提出する", "第1回として提出しました"),
    ):  # fmt: skip
        page = come(role)
        page.goto(WORK)
        press(page, button, said)
    number = Submission.objects.get().pk
    page.goto(f"/desk/submissions/{number}/")
    page.click("summary:has-text('送付する')")
    page.fill("#recipient", "kantoku@example.jp")
    page.get_by_role("button", name="送付する", exact=True).click()
    page.wait_for_selector(".banner:has-text('送信済み')")
    looked_at(page)
    page = come("jica")
    page.goto(f"/desk/review/{number}/")
    press(page, "受領する", "受領しました")
    looked_at(page)
    for box in page.locator("input[name=ticked]").all():
        box.check()
    press(page, "受理する", "受理しました")
    assert Standing(expected("service", "event:E-1")).state_label == "受理"
    (mail,) = server.mails
    assert [part.get_filename().rpartition(".")[2] for part in mail.iter_attachments()] == ["docx", "xlsx", "pdf"]
