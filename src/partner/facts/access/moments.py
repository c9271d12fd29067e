"""Moments as logs write them: `01/Oct/2026:09:00:00 +0900`."""

from datetime import UTC, date, datetime
from functools import lru_cache

from partner.ledger.fields import EPOCH

MOMENT = rb"(\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d):(\d\d) ([+-]\d{4})"
JST_OFFSET = 9 * 3600
_NAMES = (b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, 1)}


def of_log(minute: bytes, second: bytes, zone: bytes) -> int | None:
    """The second since 1970 UTC; None where there is no such time, as on the 31st of February."""
    began, seconds = minute_began(minute, zone), int(second)
    return None if began is None or seconds > 59 else began + seconds


@lru_cache(maxsize=10_000)
def minute_began(minute: bytes, zone: bytes) -> int | None:
    """The second since 1970 UTC at which the minute began in that zone."""
    day, hour, of_hour = minute.split(b":")
    number, name, year = day.split(b"/")
    hours, minutes = int(zone[1:3]), int(zone[3:])
    if name not in _MONTHS or hours > 23 or minutes > 59:
        return None
    try:
        began = datetime(int(year), _MONTHS[name], int(number), int(hour), int(of_hour), tzinfo=UTC)
    except ValueError:  # 31/Feb, 24:00
        return None
    offset = (hours * 60 + minutes) * 60
    return int(began.timestamp()) - (offset if zone[:1] == b"+" else -offset)


def jst_date(second: int) -> date:
    """The day in Japan."""
    return _date((second + JST_OFFSET) // 86400)


@lru_cache(maxsize=10_000)
def _date(day: int) -> date:
    return date.fromordinal(EPOCH.toordinal() + day)
