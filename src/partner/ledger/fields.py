"""An instant in the database: microseconds since 1970 UTC as a 64-bit integer, the same on every database.

Integers compare fast, sort alike everywhere, and never meet a database's own idea of time zones.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from partner.common.period import JST

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_IN_JAPAN = EPOCH.astimezone(JST)
MICROSECOND = timedelta(microseconds=1)


def to_microseconds(at: datetime) -> int:
    """The instant as microseconds since 1970 UTC. Raises ValueError for a time without a zone."""
    if at.tzinfo is None:
        raise ValueError(f"an instant needs a time zone: {at}")
    return (at - EPOCH) // MICROSECOND


def from_microseconds(value: int) -> datetime:
    """The instant, in Japan's time."""
    if value >= 0:  # since 1970 Japan's clocks have never been moved: no zone has to be asked, which halves the time
        return _EPOCH_IN_JAPAN + timedelta(microseconds=value)
    return (EPOCH + timedelta(microseconds=value)).astimezone(JST)


class InstantField(models.Field):
    """Holds an aware datetime to the microsecond."""

    description = "an instant"

    def get_internal_type(self) -> str:
        """Stored as a 64-bit integer."""
        return "BigIntegerField"

    def from_db_value(self, value: int | None, expression: Any, connection: Any) -> datetime | None:
        """From the database."""
        return None if value is None else from_microseconds(value)

    def get_prep_value(self, value: Any) -> int | None:
        """To the database; whole microseconds pass as they are."""
        return to_microseconds(value) if isinstance(value, datetime) else value

    def to_python(self, value: Any) -> datetime | None:
        """From a form or a fixture."""
        if value is None or isinstance(value, datetime):
            return value
        if isinstance(value, int):
            return from_microseconds(value)
        try:
            return datetime.fromisoformat(value)
        except (TypeError, ValueError):
            raise ValidationError("日時として読めません。") from None
