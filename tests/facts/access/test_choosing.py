"""A web server's log and the pages that the site wrote down itself tell of the same visits: in any hour only one of them counts."""

from datetime import date, datetime, timedelta

import pytest

from partner.common.period import DAY, JST, midnight
from partner.facts.access import asking, rules
from partner.facts.access.rules import OWN_PAGES, OWN_SOURCE, Dated
from partner.ledger import clock
from tests.facts.access.compared import known, take
from tests.facts.access.logs import line

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_november")]
FIFTH = date(2026, 10, 5)
NOON = datetime(2026, 10, 5, 12, tzinfo=JST)
HOUR = timedelta(hours=1)


def both(file) -> None:
    """The server's log of 12:00 to 13:59, the site's own pages of 13:00 to 15:59, one view each quarter of an hour."""
    server = [line(NOON + n * HOUR / 4, target="/jobs/J-1") for n in range(8)]
    own = [line(NOON + HOUR + n * HOUR / 4, target="/jobs/J-1") for n in range(12)]
    take(file("access.log", [*server, line(NOON + 2 * HOUR - timedelta(seconds=1), target="/a.css")]))
    take(file("own.log", own), source=OWN_PAGES)


def test_in_an_hour_that_the_preferred_source_covers_the_other_does_not_count(file):
    both(file)
    day = (midnight(FIFTH), midnight(FIFTH + DAY), clock.cut())
    assert known()[FIFTH][:2] == (16, 1), "eight by the server, eight of the site's own twelve"
    assert [one.page_views for one in asking.by_page(*day).values()] == [16]
    assert sum(number for _, number in asking.posting_views(*day, "jobs")["J-1"]) == 16
    listed = asking.page_views(*day)
    assert [view.source for view in listed] == [OWN_SOURCE] * 8 + [OWN_PAGES] * 8
    assert len({view.number for view in listed}) == 16


def test_the_setting_may_prefer_the_other_from_its_day(file, monkeypatch):
    both(file)
    monkeypatch.setattr(rules, "PREFERRED", (Dated(rules.ALWAYS, (OWN_PAGES, OWN_SOURCE)),))
    assert [view.source for view in asking.page_views(midnight(FIFTH), midnight(FIFTH + DAY), clock.cut())] == [
        OWN_SOURCE
    ] * 4 + [OWN_PAGES] * 12
    later = (Dated(rules.ALWAYS, (OWN_SOURCE, OWN_PAGES)), Dated(date(2026, 10, 6), (OWN_PAGES, OWN_SOURCE)))
    monkeypatch.setattr(rules, "PREFERRED", later)
    assert known()[FIFTH][0] == 16


def test_as_known_before_the_second_source_came_the_first_one_alone_counts(file):
    take(file("own.log", [line(NOON), line(NOON + HOUR)]), source=OWN_PAGES)
    cut = clock.last()
    take(file("access.log", [line(NOON + timedelta(minutes=5))]))
    assert known(cut=cut)[FIFTH][0] == 2
    assert known()[FIFTH][0] == 2, "one of each: noon's own page is overridden"
    assert asking.page_views(midnight(FIFTH), midnight(FIFTH + DAY), clock.cut())[0].source == OWN_SOURCE
