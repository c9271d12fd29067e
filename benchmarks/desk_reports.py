"""`./partner bench desk-reports`: the desk's home and a report's page against a bare signed-in page, an enquiry against its SQL.

Run as a module over an empty data folder (PARTNER_DATA), or over one that holds the demonstration Centre.
"""

import json
import sys
import time
from datetime import date
from statistics import median
from typing import Any

from benchmarks.measure import best, result, say, set_up

BARE = "/accounts/password/change/"
PAGES = {"the desk's home": "/desk/", "a report's working page": "/desk/reports/monthly/2026-10/work/"}
ROUNDS = 40
MOST_QUERIES = 12
FIGURE, BY = "jobs.posted", "field"


def main(arguments: list[str]) -> list[dict[str, Any]]:
    """Pages in turns in one process, so that what else the machine does meets all alike; then the enquiry."""
    set_up()
    from django.conf import settings
    from django.core.management import call_command

    from partner.ledger import clock

    (settings.DATA / "static").mkdir(exist_ok=True)  # WhiteNoise looks for it
    scale = next((word.partition("=")[2] for word in arguments if word.startswith("--scale=")), "1.0")
    if clock.is_empty():
        say(f"loading the demonstration Centre at scale {scale}")
        call_command("demo", "load", "--scale", scale, "--until", "2026-11-22")
    return [*pages(), *enquiry()]


def pages() -> list[dict[str, Any]]:
    """Medians, and how many queries each page takes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in()
    say(f"serving {ROUNDS} rounds")
    taken: dict[str, list[float]] = {BARE: [], **{path: [] for path in PAGES.values()}}
    for path in taken:
        must_be_served(client, path)
    for _ in range(ROUNDS):
        for path, times in taken.items():
            began = time.perf_counter()
            client.get(path)
            times.append(1000 * (time.perf_counter() - began))
    bare = median(taken[BARE])
    found = [result(name, median(taken[path]), "a bare signed-in page", bare, 3, "ms") for name, path in PAGES.items()]
    for name, path in PAGES.items():
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        found.append(result(f"queries of {name}", len(asked), "allowed", MOST_QUERIES, 1, "queries"))
    return found


def signed_in() -> Any:
    """The report desk's own user, in a client of the product's own handler."""
    from django.test import Client

    from partner.accounts.models import User

    user = User.objects.filter(role="reporter", is_active=True).first() or User.objects.create_user(
        "bench", role="reporter"
    )
    client = Client()
    client.force_login(user)
    return client


def must_be_served(client: Any, path: str) -> None:
    """Templates are read, what is composed once is composed."""
    answer = client.get(path)
    if answer.status_code != 200:
        raise SystemExit(f"{path}: {answer.status_code}")


def enquiry() -> list[dict[str, Any]]:
    """Twenty years by month and field, beside the query that someone would write by hand; both must say the same."""
    from partner.figures.engine import Evaluation
    from partner.ledger import clock
    from partner.submissions.enquiries.asked import read, spanned
    from partner.submissions.enquiries.computed import computed

    say("an enquiry over twenty years")
    cut = clock.cut()
    periods = spanned("month", "2006-11", "2026-10", date(2026, 11, 22))

    def ours() -> Any:
        evaluation = Evaluation(cut)
        return computed(read([FIGURE], periods, BY, {}, "", evaluation), evaluation)

    data, told = ours(), by_hand(cut, periods)
    for line in data["lines"]:
        if line["code"]:
            for period, cell in zip(data["periods"], line["cells"], strict=True):
                if (cell["value"] or 0) != told.get((period["key"], line["code"]), 0):
                    raise SystemExit(
                        f"{line['code']} {period['key']}: {cell['value']}, by hand {told.get((period['key'], line['code']))}"
                    )
    hand = best(lambda: by_hand(cut, periods), 5)
    return [result("an enquiry over 20 years by month and field", best(ours, 5), "its SQL", hand, 5)]


def by_hand(cut: Any, periods: list[Any]) -> dict[tuple[str, str], int]:
    """One query; the lists' renamed codes are put together as the figure does."""
    from collections import Counter

    from django.db import connection

    from partner.ledger.fields import to_microseconds
    from partner.master.book import UNKNOWN, Book

    at, start, end = (to_microseconds(one) for one in (cut, periods[0].start, periods[-1].end))
    query = f"""
    SELECT strftime('%Y-%m', valid_from / 1000000 + 32400, 'unixepoch'), field, COUNT(*) FROM facts_job_publication
    WHERE begun = 'published' AND recorded_at <= {at} AND (superseded_at IS NULL OR superseded_at > {at})
      AND valid_from >= {start} AND valid_from < {end}
    GROUP BY 1, 2
    """
    book = Book(cut)
    mapped = {period.key: book.reported("field", period.start) for period in periods}
    found: Counter[tuple[str, str]] = Counter()
    with connection.cursor() as cursor:
        for month, code, count in cursor.execute(query).fetchall():
            found[month, mapped[month].get(code, code) or UNKNOWN] += count
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1:]), ensure_ascii=False) + "\n")
