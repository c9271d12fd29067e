"""From a log to アクセス統計, and from a number to the visits and page views behind it, in a browser at two widths."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from partner.common.period import DAY, JST
from partner.facts.access.loading import load
from tests.facts.access.logs import line
from tests.journeys.test_every_page import faults

START = datetime(2026, 8, 1, tzinfo=JST)
LONG = "/guides/" + "long-" * 60


@pytest.fixture
def page(sign_in: Callable[[str], Any], tmp_path: Path) -> Any:
    """The report desk's page with August loaded: nothing from the 10th to the 11th, half of the 20th, a long address."""
    hours = [START + n * timedelta(hours=1) for n in range(-1, 31 * 24 + 1)]
    told = [at for at in hours if at.day not in (10, 11) and not (at.day == 20 and at.hour > 11)]
    lines = [line(at + timedelta(minutes=3), target="/" if at.hour % 3 else "/jobs/J-1") for at in told]
    lines += [line(START + 4 * DAY, target=LONG), line(START, agent="Googlebot/2.1")]
    log = tmp_path / "access.log"
    log.write_bytes(b"".join(one + b"\n" for one in lines))
    load([log], by=("試験", "試験"))
    return sign_in("reporter")


def is_fine(page: Any) -> None:
    assert faults(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 390, page.url
    page.set_viewport_size({"width": 1280, "height": 900})


def test_from_a_day_to_a_visit_to_its_page_views(page: Any) -> None:
    page.goto("/desk/access/?period=2026-08&of=site&known_at=now")
    assert "8月10日（月）00:00 〜 8月11日（火）24:00（48時間）" in page.inner_text(".banner")
    is_fine(page)
    row = page.locator("tr", has_text="8月5日（水）")
    number = row.locator("a.door").nth(1).inner_text()
    row.locator("a.door").nth(1).click()
    page.wait_for_selector("h1:has-text('訪問')")
    assert page.locator("tbody tr").count() == int(number)
    is_fine(page)
    page.locator("tbody tr").nth(0).locator("a").click()
    page.wait_for_selector("h1:has-text('1つの訪問')")
    assert "192.0.2." not in page.inner_text("body")
    is_fine(page)


LISTS = [
    "pages/?period=2026-08&known_at=now", "postings/?period=2026-08&known_at=now",
    "views/?period=2026-08&apart=crawler&known_at=now", "?period=2019-01",
]  # fmt: skip


@pytest.mark.parametrize("where", LISTS)
def test_lists_and_empty_months_hold_their_width(page: Any, where: str) -> None:
    page.goto(f"/desk/access/{where}")
    is_fine(page)
