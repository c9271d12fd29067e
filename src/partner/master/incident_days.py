"""Within how many business days an incident is reported: contract facts, agreed with JICA (catalogue §5)."""

from datetime import datetime

from partner.master.book import Book

# Stage → the fact's key, and what holds until it is agreed.
_FACTS = {
    "first": ("incident_tell_days", 1),  # after the day it was noticed
    "interim": ("incident_interim_days", 10),  # each time, while it lasts
    "full": ("incident_full_days", 3),  # after the day it was dealt with
}


def incident_days(book: Book, stage: str, at: datetime) -> int:
    """Business days for `first`, `interim` or `full`, as agreed for what was noticed at the instant."""
    key, until_agreed = _FACTS[stage]
    said = book.contract(key, at)
    return int(said) if said.isdecimal() and int(said) else until_agreed
