"""What people come for, told as stories in a real browser."""

from collections.abc import Callable
from typing import Any

from tests import centre

FIGURE = "/desk/figures/people.total/2026-09/?level=full"
SignIn = Callable[[str], Any]


def test_the_reporter_opens_the_report_and_a_number_down_to_its_records(sign_in: SignIn) -> None:
    page = sign_in("reporter")
    page.click("text=9月分の報告書を開く")
    assert "令和8年9月" in page.inner_text("h1")
    page.click("main a[href*='people.total'] >> nth=0")
    page.goto(FIGURE)
    assert "国際協力人材" in page.inner_text("h1")
    main = page.inner_text("main")
    assert "提出時点" in main
    assert "現在" in main
    assert page.inner_text(".big b") == "4"  # A, B, C and D, as known at noon of the 6th
    page.click("main .switch a:has-text('現在')")
    assert page.inner_text(".big b") == "2"  # C had left on the 28th, D came on the 1st of October
    assert "−2" in page.inner_text(".known")
    text = page.inner_text("body")
    assert "非表示" in text
    assert not any(name in text for name in centre.NAMES.values())


def test_the_office_sees_names_and_the_administrator_sees_that_it_looked(sign_in: SignIn) -> None:
    page = sign_in("office")
    page.goto(FIGURE)
    assert centre.NAMES["A"] in page.inner_text("main")
    page.click("main table a[href*='/desk/records/PR-'] >> nth=0")
    assert any(name in page.inner_text("main") for name in centre.NAMES.values())
    page = sign_in("admin")
    page.click("#menu >> text=監査記録")
    text = page.inner_text("main table")
    assert "氏名・連絡先の閲覧（一覧）" in text
    assert "氏名・連絡先の閲覧（記録）" in text
    assert "例示 太郎" in text
    assert not any(name in text for name in centre.NAMES.values())


def test_what_the_address_says_can_be_sent_to_someone_else(sign_in: SignIn) -> None:
    page = sign_in("reporter")
    page.goto(f"{FIGURE}&known_at=now")
    address, shown = page.url, page.inner_text(".big")
    page = sign_in("jica")
    page.goto(address)
    assert page.inner_text(".big") == shown


def test_all_by_keyboard(site: str, page: Any) -> None:
    def is_at(selector: str) -> bool:
        return page.evaluate("(it) => document.activeElement.matches(it)", selector)

    def tab_to(selector: str, most: int = 60) -> None:
        for _ in range(most):
            page.keyboard.press("Tab")
            if is_at(selector):
                return
        raise AssertionError(f"{selector} is not reached by Tab")

    page.goto("/accounts/login/")
    page.keyboard.press("Tab")
    assert is_at(".skip")
    tab_to("#id_login")
    page.keyboard.type("demo-reporter")
    tab_to("#id_password")
    page.keyboard.type(centre.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    tab_to("main a[href*='/desk/reports/monthly/2026-09/']")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert outline == "4px"
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/reports/monthly/2026-09/**")
    page.goto("/desk/")
    tab_to(".me summary")
    page.keyboard.press("Enter")
    tab_to(".me-panel a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/accounts/2fa/")


def test_a_wrong_form_says_what_is_wrong_and_takes_the_focus(sign_in: SignIn) -> None:
    page = sign_in("admin")
    page.goto("/desk/users/add/")
    page.fill("#id_username", "悪い 名前")
    page.fill("#id_display_name", "見本 新")
    page.click("main button:has-text('利用者を加える')")
    page.wait_for_selector(".banner:focus")
    assert page.get_attribute("#id_username", "aria-invalid") == "true"
    described = page.get_attribute("#id_username", "aria-describedby") or ""
    assert all(page.locator(f"#{one}").count() == 1 for one in described.split())
    assert page.input_value("#id_display_name") == "見本 新"
    page.click(".error-list a")
    page.wait_for_selector("#id_username:focus")


def test_an_opened_menu_on_a_telephone(sign_in: SignIn) -> None:
    page = sign_in("manager")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/desk/")
    assert not page.is_visible("#menu")
    page.click(".menu-button")
    assert page.is_visible("#menu >> text=定義・期限・様式")
    page.click("#menu >> text=メニューを閉じる")
    assert not page.is_visible("#menu")
