"""Numbers and dates of the contract that may be agreed otherwise: contract facts, with what is assumed until then."""

from datetime import datetime

from partner.common import leaks
from partner.master.book import Book

ASSUMED = {
    "client_check_days": "10",  # 検査: business days from the day after the receipt
    "deemed_acceptance": "",  # みなし承認: the date of the agreement, or nothing
    "resubmit_days": "3",  # business days after it was sent back
    "mail_size_limit_mb": "10",
    "file_name": "{kind}_{period}_第{version}回",
    "phase": "",
    "client_mail": "",
    "published_items": "M1,M2,M3,M4",  # what becomes public when a report is accepted
    **leaks.ASSUMED,
}


def agreed(book: Book, key: str, at: datetime) -> str:
    """The contract fact at the moment, else what is assumed."""
    return book.contract(key, at) or ASSUMED[key]


def number(book: Book, key: str, at: datetime) -> int:
    """The same as a whole number; what is no number counts as not agreed."""
    text = agreed(book, key, at)
    return int(text) if text.isascii() and text.isdigit() else int(ASSUMED[key])
