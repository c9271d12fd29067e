"""What the tests of the portal's own page views share: moments, an agent, a page as it was served."""

from datetime import datetime, timedelta

from partner.common.period import JST
from partner.facts.access import serving

NOON = datetime(2026, 11, 20, 12, tzinfo=JST)  # the present of these tests
TEN = NOON - timedelta(hours=2)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


def page(target: bytes = b"/jobs/7", agent: bytes = FIREFOX.encode()) -> serving.Served:
    """A page that was served."""
    return serving.Served(b"192.0.2.1", target, 200, agent)
