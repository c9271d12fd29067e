"""A manager proposes a change of the lists, an administrator records it, and the reporter sees it in the numbers."""

from collections.abc import Callable
from typing import Any

from tests.journeys.test_every_page import faults

SignIn = Callable[[str], Any]
LEVELS = "/desk/master/person_level/"


def propose(page: Any) -> None:
    page.click("#menu >> text=定義・期限・様式")
    page.click("main a:has-text('人材の登録レベル')")
    page.click("tr:has(th:text-is('full')) a:has-text('改める')")
    page.select_option("#id_reported_as", "simple")
    page.fill("#id_begins", "2026-09")
    page.fill("#id_reason", "合意書による")
    page.click("main button[type=submit]")


def test_a_manager_proposes_and_an_administrator_records(sign_in: SignIn) -> None:
    page = sign_in("manager")
    propose(page)
    assert "提案しました。" in page.inner_text("main")
    page.click("text=人材の登録レベル：国際協力人材を改める")
    assert page.locator("button:has-text('提案を記録する')").count() == 0
    page = sign_in("admin")
    page.goto("/desk/master/")
    page.click("text=人材の登録レベル：国際協力人材を改める")
    assert "簡易登録人材" in page.inner_text("td.changed")
    assert faults(page) == []
    page.click("button:has-text('提案を見送る')")
    assert "見送る理由をコメントに書いてください。" in page.inner_text(".banner.error")
    page.fill("#comment", "確かめた")
    page.click("button:has-text('提案を記録する')")
    assert "提案を記録しました。" in page.inner_text("main")
    page = sign_in("reporter")
    page.goto("/desk/figures/people.total/2026-09/?level=simple&known_at=now")
    assert page.inner_text(".big b") == "2"
    page.click("main .switch a:has-text('提出時点')")
    assert page.inner_text(".big b") == "0"


def test_a_mistake_takes_the_focus_and_keeps_what_was_typed(sign_in: SignIn) -> None:
    page = sign_in("admin")
    page.goto(f"{LEVELS}change/?key=full")
    assert faults(page) == []
    page.fill("#id_label", "国際協力人材（改）")
    page.click("main button[type=submit]")
    page.wait_for_function("document.activeElement.id === 'faults'")
    assert page.input_value("#id_label") == "国際協力人材（改）"
    assert page.get_attribute("#id_reason", "aria-invalid") == "true"
    described = (page.get_attribute("#id_reason", "aria-describedby") or "").split()
    assert all(page.locator(f"#{one}").count() == 1 for one in described)
    assert faults(page) == []
    page.click("#faults a >> nth=0")
    page.wait_for_function("document.activeElement.id === 'id_begins'")


def test_lists_and_forms_fit_a_telephone(sign_in: SignIn) -> None:
    page = sign_in("admin")
    lists = ("person_level", "contract", "closed_days", "definitions", "catalogue")
    pages = [f"/desk/master/{name}/{more}" for name in lists for more in ("", "change/")]
    for where in ["/desk/master/", "/desk/master/proposals/", "/desk/figures/organizations.total/2026-09/", *pages]:
        for width in (390, 320):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(where)
            assert page.evaluate("document.scrollingElement.scrollWidth") <= width, (where, width)
        assert faults(page) == [], where


def test_a_file_of_records_is_downloaded(sign_in: SignIn) -> None:
    page = sign_in("reporter")
    page.goto("/desk/figures/people.total/2026-09/")
    with page.expect_download() as coming:
        page.click("text=CSV（番号と日付のみ）")
    assert coming.value.suggested_filename == "people-total-2026-09.csv"
