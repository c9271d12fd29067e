"""One page, one moment: what is asked twice while a page is made is asked once, and a writer reads on from what he wrote."""

from datetime import datetime

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from partner.common.period import JST
from partner.ledger import clock
from partner.master import book
from partner.master.models import ClosedDay
from tests.told import BY, told

pytestmark = [pytest.mark.django_db, pytest.mark.both]
NOW = datetime(2026, 11, 6, 9, tzinfo=JST)


def test_now_is_one_moment_inside_and_ends_with_it(at_clock):
    at_clock(NOW)
    with CaptureQueriesContext(connection) as asked, clock.reading():
        first = clock.last()
        assert clock.last() == first
        assert book.present() is book.present()
    assert len(asked) == 1
    assert book.present() is not book.present()


def test_who_records_reads_on_from_there(at_clock):
    at_clock(NOW)
    with clock.reading():
        before, known = clock.last(), book.present()
        told("A 2026-10-03 registered full")
        assert clock.last() > before
        assert book.present() is not known


def test_raising_the_clock_is_seen(at_clock):
    at_clock(NOW)
    with clock.reading():
        clock.last()
        clock.cut(NOW)
        assert clock.last() == NOW


def test_master_data_recorded_in_a_reading_are_there(at_clock):
    at_clock(NOW)
    with clock.reading():
        assert book.present().closed_days == {}
        with transaction.atomic():
            from partner.facts import record

            day = ClosedDay(day=NOW.date(), name="臨時", valid_from=NOW, reason="見本", **BY)
            record.record([day])
        assert book.present().closed_days == {NOW.date(): "臨時"}
