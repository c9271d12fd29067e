"""Where a number on paper leads: how it is counted for anyone, value and records by role."""

from django.test import Client

from partner.ledger import clock
from tests import centre

WHERE = "/n/people.total/2026-09/?level=full&known_at=2026-10-06T12%3A00%3A00%2B09%3A00"


def test_anyone_reads_the_definition_and_no_number(db, at_clock):
    centre.open_centre(at_clock)
    before = clock.last()
    page = Client().get(WHERE)
    text = page.content.decode()
    assert page.status_code == 200
    assert "月末24:00に有効な登録の数" in text
    assert "国際協力人材" in text
    assert "件の記録" not in text
    assert clock.last() == before  # nobody from outside moves the ledger's clock
    assert Client().get(WHERE.replace("2026-10-06", "2099-10-06")).status_code == 200
    assert clock.last() == before


def test_who_may_see_it_is_led_to_the_number(as_role):
    answer = as_role("jica").get(WHERE)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/desk/figures/people.total/2026-09/?level=full")


def test_what_does_not_exist_says_so(db):
    for where in ("/n/people.nothing/2026-09/", "/n/people.total/2026-99/", "/n/people.total/2026-09/?colour=red"):
        assert Client().get(where).status_code in (400, 404)


def test_paper_leads_there(as_role):
    text = as_role("checker").get("/desk/reports/monthly/2026-09/file.html").content.decode()
    assert "/n/people.total/2026-09/?" in text
    assert "/desk/figures/" not in text
