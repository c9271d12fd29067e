"""A month's report from the first look to JICA's acceptance, in a browser."""

from collections.abc import Callable
from typing import Any

import pytest

from partner.submissions.models import Step, Submission
from tests.journeys.test_every_page import AXE, RUN

SignIn = Callable[[str], Any]
WORK = "/desk/reports/monthly/2026-10/work/"


def write_all(page: Any) -> None:
    """A sentence at each place that is owed."""
    while page.locator(".writing.owed").count():
        owed = page.locator(".writing.owed").first
        place = owed.get_attribute("id")
        owed.locator("textarea").fill("人が確かめて書いた文である。")
        owed.get_by_role("button", name="報告書に入れる").click()
        page.wait_for_selector(f"[id='{place}']:not(.owed)")


def press(page: Any, name: str, said: str) -> None:
    page.get_by_role("button", name=name, exact=True).last.click()
    page.wait_for_selector(f".banner:has-text('{said}')")


def test_prepared_checked_approved_submitted_sent_back_and_accepted(sign_in_ready: SignIn) -> None:
    page = sign_in_ready("reporter")
    page.context.set_default_timeout(60_000)  # submitting makes six files
    page.goto(WORK)
    assert "作成中" in page.inner_text(".report-facts")
    press(page, "データ締切をとる", "データ締切をとり")
    write_all(page)
    press(page, "点検を依頼する", "点検を依頼しました")
    page = sign_in_ready("checker")
    page.goto(WORK)
    press(page, "点検済みにする", "点検済みにしました")
    page = sign_in_ready("manager")
    page.goto(WORK)
    press(page, "承認する", "承認しました")
    page = sign_in_ready("reporter")
    page.goto(WORK)
    press(page, "提出する", "第1回として提出しました")
    page = sign_in_ready("jica")
    page.wait_for_selector("h1:has-text('確認待ちの報告書')")
    page.click("table a")
    press(page, "受領する", "受領しました")
    page.evaluate(AXE)
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(RUN)["violations"] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    press(page, "差し戻しを確定する", "確定していません")
    page.fill("#verdict-comment", "M6の説明を足してください。")
    press(page, "差し戻しを確定する", "差し戻しました")
    assert [step.name for step in Step.objects.order_by("number")] == [
        "ask_check", "check", "approve", "submit", "receive", "send_back"
    ]  # fmt: skip
    assert Submission.objects.count() == 1


@pytest.mark.parametrize("width", [1280, 390])
def test_what_is_typed_is_kept(sign_in_ready: SignIn, width: int) -> None:
    page = sign_in_ready("reporter")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(WORK)
    page.locator("[id='t-summary.changes'] textarea").fill("途中まで書いた文")
    page.wait_for_selector("[role=status]:has-text('自動保存しました')")
    page.goto(WORK)
    assert page.locator("[id='t-summary.changes'] textarea").input_value() == "途中まで書いた文"
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_words_typed_after_the_session_ended_come_back(sign_in_ready: SignIn) -> None:
    page = sign_in_ready("reporter")
    page.goto(WORK)
    page.context.clear_cookies()
    page.locator("[id='t-summary.changes'] textarea").fill("セッションの切れた後の文")
    page.wait_for_selector("[role=status]:has-text('保存できていません')")
    page = sign_in_ready("reporter")
    page.goto(WORK)
    page.wait_for_selector("[role=status]:has-text('自動保存しました')")
    assert page.locator("[id='t-summary.changes'] textarea").input_value() == "セッションの切れた後の文"
