"""The first page: the count to the next due date, and what stops the report."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from partner.accounts.models import User
from partner.common.period import JST, month
from partner.desk.agenda import Agenda
from partner.reports.prepare import prepare
from tests import centre


@pytest.fixture
def site(db: None, at_clock: Callable[[Any], None]) -> None:
    from django.core.cache import cache

    cache.clear()
    centre.open_centre(at_clock)


def at(day: int, month_number: int = 10, hour: int = 9) -> Agenda:
    return Agenda(datetime(2026, month_number, day, hour, tzinfo=JST))


@pytest.mark.parametrize(
    ("agenda", "left", "words"),
    [
        (at(5), 2, "10月の第3営業日"),  # due on Wednesday the 7th; today is left out
        (at(7), 0, "10月の第5営業日"),
        (at(4), 3, "休業日"),
        (at(3, 11), 4, "文化の日（休業日）"),  # 9 November; the 3rd is a holiday
    ],
)
def test_business_days_left(site: None, agenda: Agenda, left: int, words: str) -> None:
    assert agenda.next is not None
    assert agenda.left(agenda.next.due_on) == left
    assert agenda.today_words == words


def test_the_ruler_numbers_business_days_alone(site: None) -> None:
    days = at(5).ruler()
    assert [one["number"] for one in days] == [1, 2, None, None, 3, 4, 5]
    assert [one["what"] for one in days][2:4] == ["休", "休"]
    assert [one["day"].day for one in days if one["is_past"]] == [1, 2, 3, 4]
    assert [one["day"].day for one in days if one["is_today"]] == [5]
    assert days[-1]["is_due"]
    assert days[-1]["day"] == date(2026, 10, 7)


def test_what_stops_is_what_the_report_says(site: None) -> None:
    agenda = Agenda(centre.NOW)
    made = prepare("monthly", month(date(2026, 9, 1)), agenda.latest[0]["cut"])
    expected = {(one["place"], one["why"]) for one in made.data["blockers"]}
    assert {(place, block["why"]) for block in agenda.blocks for place in block["places"]} == expected


def test_closed_days_of_the_office_move_the_count(site: None) -> None:
    from partner.common.period import midnight
    from partner.ledger import clock
    from partner.master.actions import set_from
    from partner.master.models import ClosedDay

    set_from(
        ClosedDay, keys={"day": date(2026, 11, 5)}, values={"name": "創立記念日"}, holds_from=midnight(date(2026, 10, 21)),
        reason="見本", by=centre.ADMIN,
    )  # fmt: skip
    agenda = Agenda(clock.now())
    assert agenda.next is not None
    assert agenda.next.due_on == date(2026, 11, 10)
    assert "創立記念日" in [one["what"] for one in agenda.ruler()]


def test_an_empty_centre_has_a_first_page(db: None) -> None:
    client = Client()
    client.force_login(User.objects.create(username="first", role="admin"))
    page = client.get("/desk/").content.decode()
    assert "まだ届いていません" in page
    assert "契約件名が未入力である" in page
