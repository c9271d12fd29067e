"""How often the desk's pages ask the database: so often, and not more with more data."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partner.accounts.models import User
from partner.common.period import DAY
from partner.ledger import clock
from partner.submissions.commenting import say
from partner.submissions.expected import expected
from partner.submissions.models import Assignment, DueChange, Step
from tests import centre
from tests.happenings import an_event, believe
from tests.submissions.desk import CHECKER
from tests.told import told

pytestmark = pytest.mark.django_db
WORK = "/desk/reports/monthly/2026-09/work/"


@pytest.fixture
def reporter(at_clock):
    centre.open_centre(at_clock)
    client = Client()
    client.force_login(User.objects.get(username="demo-reporter"))
    return client


def asked(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_the_home_page_asks_at_most_twelve_times_while_a_report_is_being_made_however_much_is_recorded(reporter):
    before = asked(reporter, "/desk/")
    assert before <= 12
    told("\n".join(f"Q{n} 2026-09-{n + 1:02d} registered full" for n in range(9)))
    assert asked(reporter, "/desk/") <= before


def test_the_working_page_asks_at_most_twelve_times_however_much_was_said(reporter):
    before = asked(reporter, WORK)
    assert before <= 12
    for n in range(5):
        say(report=expected("monthly", "2026-09"), body=f"{n}つ目", by=CHECKER, now=clock.now(), place="M1")
    told("\n".join(f"Q{n} 2026-09-{n + 1:02d} registered full" for n in range(9)))
    assert asked(reporter, WORK) == before


def test_the_due_page_asks_as_often_for_three_reports_as_for_twenty(reporter):
    believe(an_event("first", "2026-09-20 10:00", "2026-09-20 12:00"))  # an event's report asks for its surveys
    before = asked(reporter, "/desk/due/")
    assert before <= 12
    report, now = expected("monthly", "2026-09"), clock.now()
    for n in range(20):
        report.pk, report.kind, report.period = None, "service", f"event:{n}"
        report.save(force_insert=True)
        believe(an_event(str(n), "2026-09-20 10:00", "2026-09-20 12:00"))
        DueChange.objects.create(
            report=report, kind="agreed", due_at=report.due_at + DAY, ground="見本", at=now, **CHECKER.signed
        )
        Assignment.objects.create(
            report=report, part="check", duty="owner", login="x", name=f"架空{n}", at=now, **CHECKER.signed
        )
        Step.objects.create(report=report, number=1, name="ask_check", state="checking", at=now, **CHECKER.signed)
    assert asked(reporter, "/desk/due/") == before
    page = reporter.get("/desk/due/").content.decode()
    assert all(f"架空{n}<" in page for n in range(20))
    assert page.count("10月8日（木）17:00") == 20  # the agreed day
