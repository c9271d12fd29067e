"""Every page of the desk: no fault that axe knows, no page that scrolls sideways, nothing that needs a script."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from partner.facts.models import PersonRegistration
from tests import centre

AXE = (Path(__file__).parents[1] / "assets" / "axe.min.js").read_text()
RUN = "() => axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'], resultTypes: ['violations']})"
ASKED = "figure=people.new&first=2026-04&last=2026-09&unit=month&by=medium&chart=line"
FIGURE = "/desk/figures/people.total/2026-09/?level=full"

# as whom each page is looked at
PAGES = {
    "reporter": [
        "/desk/", "/desk/reports/", "/desk/reports/monthly/2026-09/", "/desk/figures/", FIGURE, f"{FIGURE}&known_at=now",
        "/desk/sources/", "/desk/sources/people/2026-09/", "/desk/sources/jobs/2026-11/", "/desk/intake/", "/desk/intake/kinds/people/",
        "/desk/intake/loads/", "/desk/references/", "/desk/references/add/", "/desk/files/", "/desk/files/?of=report",
        "/desk/files/report:FY2026/", "/desk/search/?q=people", "/desk/search/?q=zzz", "/desk/users/", "/nowhere/",
        "/desk/figures/people.total/2099-01/", "/desk/reports/monthly/2026-10/", "/desk/reports/monthly/2026-09/work/",
        "/desk/reports/monthly/2026-09/work/plan/", "/desk/reports/monthly/2026-09/work/steps/",
        "/desk/reports/monthly/2026-09/work/history/summary.changes/", "/desk/due/", "/desk/submissions/", "/desk/outbox/",
        "/desk/enquiries/", "/desk/enquiries/new/", f"/desk/enquiries/new/?{ASKED}", "/desk/enquiries/new/?first=x",
        "/desk/agreements/", "/desk/agreements/A01/", "/desk/agreements/add/", "/desk/minutes/add/", "/desk/amendments/add/",
        "/accounts/2fa/", "/accounts/2fa/webauthn/",
        "/accounts/password/change/", "/accounts/reauthenticate/", "/accounts/logout/",
    ],
    "jica": ["/desk/enquiries/", "/desk/agreements/A01/", "/desk/review/", "/desk/submissions/", "/desk/due/", "/desk/references/"],
    "office": [FIGURE, "/desk/records/PR-{record}/"],
    "manager": [
        "/desk/reports/monthly/2026-09/work/plan/", "/desk/master/", "/desk/master/person_level/",
        "/desk/master/person_level/change/?key=full", "/desk/master/proposals/",
    ],
    "admin": ["/desk/audit/", "/desk/audit/?by=x", "/desk/users/", "/desk/users/add/", "/desk/users/1/"],
}  # fmt: skip
OUTSIDE = ["/accounts/login/", "/accounts/password/reset/", "/accounts/signup/"]


def addresses(role: str) -> list[str]:
    record = PersonRegistration.objects.believed().order_by("pk").first()
    assert record
    return [where.replace("{record}", str(record.pk)) for where in PAGES[role]]


def faults(page: Any) -> list[str]:
    """What axe finds, in a line each."""
    page.evaluate(AXE)
    found = page.evaluate(RUN)
    return [f"{one['id']}: {node['html'][:160]}" for one in found["violations"] for node in one["nodes"][:3]]


def tell(wrong: dict[str, list[str]]) -> str:
    """Each page with its faults."""
    return "\n".join(f"{where}  {one}" for where, found in wrong.items() for one in found)


@pytest.mark.parametrize("role", PAGES)
def test_axe_finds_nothing(sign_in: Callable[[str], Any], role: str) -> None:
    page = sign_in(role)
    wrong = {}
    for where in addresses(role):
        page.goto(where)
        wrong[where] = faults(page)
    assert not any(wrong.values()), tell(wrong)


def test_axe_finds_nothing_outside(site: str, page: Any) -> None:
    wrong = {}
    for where in OUTSIDE:
        page.goto(where)
        wrong[where] = faults(page)
    page.goto("/accounts/login/")
    page.click("text=ログインする")
    wrong["errors"] = faults(page)
    assert not any(wrong.values()), tell(wrong)


@pytest.mark.parametrize("role", PAGES)
def test_no_page_scrolls_sideways(sign_in: Callable[[str], Any], role: str) -> None:
    page = sign_in(role)
    wide = []
    for where in addresses(role):
        page.goto(where)
        for width in (390, 320):
            page.set_viewport_size({"width": width, "height": 800})
            if (found := page.evaluate("document.scrollingElement.scrollWidth")) > width:
                wide.append(f"{where}  {found} at {width}")
    assert wide == []


def test_at_twice_the_size_nothing_scrolls_sideways(sign_in: Callable[[str], Any]) -> None:
    page = sign_in("reporter")
    page.set_viewport_size({"width": 640, "height": 400})  # 1280 px at 200 %
    for where in addresses("reporter"):
        page.goto(where)
        assert page.evaluate("document.scrollingElement.scrollWidth") <= 640, where


def test_targets_are_large_enough_for_fingers(sign_in: Callable[[str], Any]) -> None:
    page = sign_in("reporter")
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/desk/")
    small = page.evaluate(
        """() => [...document.querySelectorAll('.button, .menu-button, .me summary, .pages a, .switch a, .tabs a')]
            .map((one) => [one.textContent.trim(), one.getBoundingClientRect()])
            .filter(([, box]) => box.height && box.height < 44).map(([words, box]) => words + ' ' + box.height)"""
    )
    assert small == []


def test_all_of_it_works_without_script(browser: Any, site: str) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto("/accounts/login/")
    page.fill("#id_login", "demo-reporter")
    page.fill("#id_password", centre.PASSWORD)
    page.press("#id_password", "Enter")
    page.click(".menu-button")
    page.click("#menu >> text=数値一覧")
    page.click("main a:has-text('全登録者数') >> nth=0")
    page.click("main .switch a:has-text('現在')")
    assert "known_at=now" in page.url
    page.click(".me summary")
    page.click(".me-panel >> text=ログアウト")
    assert "/accounts/login/" in page.url
    context.close()
