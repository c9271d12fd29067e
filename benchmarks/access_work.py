"""What `bench access` does in processes of their own: `ready`, `counts LOG`, `reference LOG`, `again LOG FOLLOWING`. One JSON answer each."""

import json
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.measure import set_up

REFERENCE_LINES = 200_000
BY = ("ベンチマーク", "システム運用")


def span() -> tuple[datetime, datetime]:
    """October 2026 in Japan."""
    from partner.common.period import JST

    return datetime(2026, 10, 1, tzinfo=JST), datetime(2026, 11, 1, tzinfo=JST)


def ready() -> dict[str, Any]:
    """Makes the empty store, and the accelerator where it is wanted: what is set up once."""
    from partner.facts.access import compiled

    return {"accelerated": compiled.is_usable(is_worth_building=True)}


def counts(log: str) -> dict[str, Any]:
    """The log into an empty store; then page views and visits per day, and per page."""
    from partner.facts.access import asking, store
    from partner.facts.access.loading import load
    from partner.ledger import clock

    load([Path(log)], by=BY)
    found, pages = asking.counts(*span(), clock.cut()), asking.page_counts(*span(), clock.cut())
    held = sum(path.stat().st_size for path in store.root().rglob("*") if path.is_file())
    told = {"page_views": found.page_views, "visits": found.visits, "days": len(found.by_day), "pages": len(pages)}
    days = [[day.isoformat(), one.page_views, one.visits] for day, one in found.by_day.items()]
    return {"counts": {**told, "by_day": days, "by_page": sorted(pages.items())}, "bytes": held, "columns": columns()}


def columns() -> dict[str, int]:
    """Packed bytes of each column of the store."""
    import duckdb

    from partner.facts.access import store

    query = "SELECT path_in_schema, sum(total_compressed_size)::BIGINT AS size FROM parquet_metadata(?) GROUP BY 1 ORDER BY size DESC"
    return dict(duckdb.execute(query, [str(store.root() / "days" / "*" / "*.parquet")]).fetchall())


def reference(log: str) -> dict[str, Any]:
    """Where the store and the slow counter of the tests differ."""
    from partner.facts.access import asking, lists, rules
    from partner.facts.access.agents import Verdict, judged
    from partner.facts.access.loading import load
    from partner.ledger import clock
    from tests.facts.access import slow

    path = Path(log)
    load([path], by=BY)
    valid = rules.of(rules.OWN_SOURCE, span()[0].date(), lists.known(clock.last()))
    wide = (span()[0] - timedelta(days=31), span()[1] + timedelta(days=3))
    wide = (wide[0].replace(day=1), wide[1])
    lines = path.read_bytes().split(b"\n")[:-1]
    counted = slow.count(lines, lambda agent: judged(b"", agent.encode("latin-1"), valid) == Verdict.CRAWLER)
    days = {
        day: (one.page_views, one.visits, one.single_page_visits, one.top_page_views, one.top_visits)
        for day, one in asking.counts(*wide, clock.cut()).by_day.items()
    }
    pages: dict[str, int] = {}
    for view in counted.views:
        pages[view.page] = pages.get(view.page, 0) + 1
    differences = [str(day) for day, numbers in counted.days().items() if days.get(day) != numbers]
    differences += ["pages"] if asking.page_counts(*wide, clock.cut()) != pages else []
    return {"differences": differences + (["days"] if set(days) != set(counted.days()) else [])}


def again(log: str, following: str) -> dict[str, Any]:
    """Over a store that holds the log: the seconds of a day more, of parsing, and of a month's figures."""
    import duckdb  # noqa: F401 a process imports the engine once, not with every load

    from partner.facts.access import asking
    from partner.facts.access.loading import load
    from partner.ledger import clock

    parse(following)  # what is read and compiled once is
    parsing_day = min(timed(lambda: parse(following)) for _ in range(3))
    adding = timed(lambda: load([Path(following)], by=BY))
    cut = clock.cut()
    first_figures = timed(lambda: asking.counts(*span(), cut))
    figures = min(timed(lambda: asking.counts(*span(), cut)) for _ in range(5))
    return {
        "parsing_day": parsing_day, "adding": adding, "first_figures": first_figures, "figures": figures,
        "parsing_month": timed(lambda: parse(log)),
    }  # fmt: skip


def parse(log: str) -> None:
    """Every line of a log judged, nothing kept."""
    from partner.facts.access import anchors, lists, scanning, store
    from partner.facts.access.judging import Judging
    from partner.facts.access.reading import LogFile
    from partner.facts.access.scanned import Frame
    from partner.facts.access.visitors import Visitors
    from partner.ledger import clock

    file = LogFile(Path(log))
    judging = Judging("portal", True, Visitors(store.root() / "keys"), lists.known(clock.last()))
    for _, scanned in scanning.each(file.blocks(), "combined", Frame(0, 2**40, anchors.key()), file.expected):
        judging.rows(scanned)


def timed(work: Any) -> float:
    """Seconds."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    set_up()
    sys.stdout.write(
        json.dumps(
            {"ready": ready, "counts": counts, "reference": reference, "again": again}[sys.argv[1]](*sys.argv[2:])
        )
        + "\n"
    )
