"""A booking typed on the screen: refused with its reasons, recorded, corrected, withdrawn; with and without a script."""

from collections.abc import Callable
from typing import Any

from partner.facts.models import Consultation, Load
from tests.journeys.test_every_page import faults

SignIn = Callable[[str], Any]
KIND = "/desk/intake/kinds/consultations/"


def is_fine(page: Any) -> None:
    """axe finds nothing, and nothing scrolls sideways on a telephone."""
    assert faults(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 390, page.url
    page.set_viewport_size({"width": 1280, "height": 900})


def test_a_booking_from_its_form_to_its_withdrawal(sign_in: SignIn) -> None:
    page = sign_in("office")
    page.goto(KIND)
    is_fine(page)
    page.click("text=1件ずつ入力する")
    is_fine(page)
    page.fill("#id_number", "S-9")
    page.fill("#id_booked_at", "2026-09-31 10:00")
    page.select_option("#id_outcome", "held")
    page.press("#id_number", "Enter")  # records, as the first button does

    page.wait_for_selector(".banner.error")
    is_fine(page)
    assert page.evaluate("document.activeElement.className") == "banner error"
    page.click(".error-list a >> text=予約日時")
    assert page.evaluate("document.activeElement.id") == "id_booked_at"
    described = page.get_attribute("#id_booked_at", "aria-describedby").split()
    assert "という日はありません" in " ".join(page.inner_text(f"#{name}") for name in described)
    assert page.input_value("#id_number") == "S-9"
    assert not Load.objects.exists()

    page.fill("#id_booked_at", "令和8年9月30日 10:00")
    page.select_option("#id_outcome", "booked")
    page.click("text=記録する >> nth=0")
    page.wait_for_selector("text=記録しました")
    is_fine(page)

    page.click("a[aria-label='S-9の行を直す']")
    assert page.input_value("#id_booked_at") == "2026-09-30 10:00"
    is_fine(page)
    page.select_option("#id_outcome", "cancelled")
    page.click("text=訂正を記録する")
    page.wait_for_selector("text=訂正しました")
    assert Consultation.objects.believed().get(number="S-9").outcome == "cancelled"

    page.click("a[aria-label='S-9の行を取り消す']")
    is_fine(page)
    assert "キャンセル" in page.inner_text(".facts")
    page.click("button:text('この行を取り消す')")
    page.wait_for_selector("text=取り消しました")
    assert not Consultation.objects.believed().filter(number="S-9").exists()
    page.click("text=取込 >> nth=0")
    page.goto("/desk/intake/loads/")
    assert page.inner_text("table").count("画面入力") == 3
