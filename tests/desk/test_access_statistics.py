"""アクセス統計: every number of the month, the gaps, what stands apart, and the way from a number to visits and to page views."""

import csv
import io
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from partner.common.period import DAY, JST
from partner.facts.access.loading import load
from tests.facts.access.logs import line
from tests.facts.access.slow import count

AsRole = Callable[[str], Client]
START = datetime(2026, 10, 1, tzinfo=JST)
HOUR = timedelta(hours=1)
BY = ("試験", "試験")


def lines() -> list[bytes]:
    """October with a page each two hours and a crawler each day; nothing on the 14th; some jobs on the 20th."""
    found = []
    for number in range(-2, 31 * 24 + 2):
        at = START + number * HOUR
        if at.day == 14 and at.month == 10:
            continue
        found.append(line(at, target="/" if number % 2 else "/style.css", address=f"192.0.2.{at.day}"))
    found += [
        line(START + 19 * DAY + n * timedelta(minutes=20), target="/jobs/J-0001", address="198.51.100.5")
        for n in range(6)
    ]
    found += [line(START + n * DAY, agent="Googlebot/2.1", target="/<b>&'long" + "あ" * 40) for n in range(10)]
    return found


@pytest.fixture
def reporter(as_role: AsRole, at_clock: Callable[[Any], None], tmp_path: Any) -> Client:
    client = as_role("reporter")
    at_clock(datetime(2026, 11, 10, 12, tzinfo=JST))
    path = tmp_path / "access.log"
    path.write_bytes(b"".join(one + b"\n" for one in lines()))
    load([path], by=BY)
    return client


def text(client: Client, where: str, status: int = 200) -> str:
    answer = client.get(where)
    assert answer.status_code == status
    return answer.content.decode()


def bare(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<svg.*?</svg>|<[^>]+>", " ", page, flags=re.DOTALL))


def test_the_month_is_what_the_slow_counter_counts(reporter: Client) -> None:
    days = {
        day: one for day, one in count(lines(), lambda agent: "Googlebot" in agent).days().items() if day.month == 10
    }
    site, top = (text(reporter, f"/desk/access/?period=2026-10&of={of}") for of in ("site", ""))
    sums = [sum(one[place] for one in days.values()) for place in range(5)]
    assert f"{sums[0]:,} PV" in bare(site).replace("</a> ", "")
    assert f"{sums[1]:,} 訪問" in bare(site)
    assert f"{sums[3]:,} PV" in bare(top)
    assert f"{sums[4]:,} 訪問" in bare(top)


def test_a_day_without_a_log_is_neither_zero_nor_joined(reporter: Client) -> None:
    page = text(reporter, "/desk/access/?period=2026-10")
    (row,) = re.findall(r'<tr class="no-data">.*?</tr>', page, re.DOTALL)
    assert "10月14日" in row
    assert "データなし" in row
    assert "0／24時間" in row
    assert "portal：10月14日（水）00:00 〜 24:00（24時間）" in page, "the gap is named with its source"
    assert page.count("データなし</text>") == 4, "on both charts, for both widths"


def test_what_does_not_count_stands_apart(reporter: Client) -> None:
    shown = bare(text(reporter, "/desk/access/?period=2026-10"))
    assert re.search(r"検索などのクローラー [^0-9]*10 ", shown)
    for minutes in (15, 30, 60):
        assert f"{minutes}分を超える" in shown


def test_a_number_opens_to_visits_and_a_visit_to_its_page_views(reporter: Client) -> None:
    page = text(reporter, "/desk/access/visits/?period=2026-10&of=site&day=2026-10-20")
    (where,) = {
        one.replace("&amp;", "&")
        for one in re.findall(r'href="(/desk/access/visits/2026[^"]+)"[^<]*2026-10-20 00:00:00', page)
    }
    shown = text(reporter, where)
    assert shown.count("/jobs/J-0001") == 6
    assert "0:20:00" in shown
    assert not [told for told in ("198.51.100", "192.0.2.", "Mozilla") if told in page + shown]
    views = text(reporter, "/desk/access/views/?period=2026-10&posting=J-0001&kind=jobs")
    assert views.count("この訪問を見る") == 6


def test_all_pages_and_postings_are_reachable(reporter: Client) -> None:
    assert "/jobs/J-0001" in text(reporter, "/desk/access/pages/?period=2026-10")
    assert "J-0001" in text(reporter, "/desk/access/postings/?period=2026-10&kind=jobs")
    assert "閲覧はありません" in text(reporter, "/desk/access/postings/?period=2026-10&kind=trainings")


def test_the_days_as_a_file(reporter: Client) -> None:
    answer = reporter.get("/desk/access/days.csv?period=2026-10")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 32
    assert rows[0][-2:] == ["1日の時間", "ログのある時間（portal）"]
    assert rows[14] == ["2026-10-14", *[""] * 8, "24", "0"]
    assert rows[1][0] == "2026-10-01"


@pytest.mark.parametrize(
    ("where", "status"),
    [
        ("/desk/access/?period=2026Q2", 400), ("/desk/access/?period=nonsense", 400), ("/desk/access/?known_at=x", 400),
        ("/desk/access/visits/?period=2026-10&day=2026-11-05", 400), ("/desk/access/visits/?period=2026-10&day=x", 400),
        ("/desk/access/postings/?kind=x", 404), ("/desk/access/visits/20261005T120000-0000000000000000/", 404),
        ("/desk/access/visits/x/", 404), ("/desk/access/?period=2004-01", 200), ("/desk/access/pages/?page=99999", 200),
        ("/desk/access/views/?page=x&posting=%00&kind=jobs&page_of=%F0%A0%AE%B7", 200),
        ("/desk/access/views/?posting=x", 404),
    ],
)  # fmt: skip
def test_odd_addresses_get_a_page_in_japanese(reporter: Client, where: str, status: int) -> None:
    assert re.search("[ぁ-ん]", text(reporter, where, status))


def opened(client: Client, page: str, pattern: str) -> tuple[int, str]:
    """The number behind which the pattern finds a link, and the page that it leads to."""
    ((where, number),) = re.findall(pattern, page)
    return int(number.replace(",", "")), text(client, where.replace("&amp;", "&"))


@pytest.mark.parametrize("of", ["", "site"])
def test_every_number_opens_to_as_many_lines(reporter: Client, of: str) -> None:
    page = text(reporter, f"/desk/access/?period=2026-10&of={of}")
    links = re.findall(r'class="door" href="([^"]+)">([\d,]+)<', page)
    assert len(links) > 100, "days, totals, pages, postings, what stands apart"
    for where, number in links[:12] + links[-12:]:
        shown = bare(text(reporter, where.replace("&amp;", "&")))
        count = int(number.replace(",", ""))
        assert count == 0 or re.search(rf"[ ／]{number}件", shown), where


def test_the_last_page_of_a_list_holds_what_is_left(reporter: Client) -> None:
    first = text(reporter, "/desk/access/views/?period=2026-10&of=site")
    (count,) = {int(one) for one in re.findall(r"／(\d+)件", first)}
    last = text(reporter, f"/desk/access/views/?period=2026-10&of=site&page={-(-count // 50)}")
    assert count > 100
    assert last.count("この訪問を見る") == (count - 1) % 50 + 1


def test_what_stands_apart_opens_with_the_lists_it_was_judged_by(reporter: Client) -> None:
    shown = text(reporter, "/desk/access/views/?period=2026-10&apart=crawler")
    assert shown.count("%3Cb%3E") == 10
    assert "Googlebot" not in shown
    assert "crawlers" in shown
    assert "数えていない閲覧はありません" in text(reporter, "/desk/access/views/?period=2026-10&apart=prefetch")
    assert text(reporter, "/desk/access/views/?period=2026-10&apart=x", 404)


def test_visits_that_touched_a_page_and_visits_of_one_page(reporter: Client) -> None:
    touched = bare(text(reporter, "/desk/access/visits/?period=2026-10&page_of=/jobs/J-0001"))
    assert "1訪問" in touched
    single = bare(text(reporter, "/desk/access/visits/?period=2026-10&single=1&day=2026-10-03"))
    assert "1ページだけの訪問 10月3日" in single


def more(folder: Any, name: str, hours: list[datetime], source: str) -> None:
    path = folder / name
    path.write_bytes(b"".join(line(at, address="203.0.113.9") + b"\n" for at in hours))
    load([path], source=source, by=BY)


def test_a_server_that_lacks_a_day_is_named_though_the_other_has_it(reporter: Client, tmp_path: Any) -> None:
    hours = [START + n * HOUR for n in range(-2, 31 * 24 + 2)]
    more(tmp_path, "web2.log", [at for at in hours if at.day != 20], "web2")
    page = text(reporter, "/desk/access/?period=2026-10")
    assert "web2：10月20日（火）00:00 〜 24:00（24時間）" in page
    assert "portal 24／24時間、web2 0／24時間" in page
    assert "portal 0／24時間、web2 24／24時間" in page
    assert page.count("一部</text>") == 8, "two days known in part, on two charts for two widths"
    assert 'class="no-data"' not in page


def test_a_server_that_falls_silent_is_missed(reporter: Client, tmp_path: Any) -> None:
    more(tmp_path, "web2.log", [START + n * HOUR for n in range(-48, 10 * 24)], "web2")
    page = text(reporter, "/desk/access/?period=2026-10")
    assert "web2：10月10日（土）23:00 〜 10月31日（土）24:00（505時間）　後のログがまだ届いていません" in page
    following = text(reporter, "/desk/access/?period=2026-11")
    assert "web2：11月1日（日）" in following


def test_a_loss_of_a_part_settles_that_part_only(reporter: Client) -> None:
    from partner.facts.models import Loss
    from partner.facts.record import record

    day = START + 13 * DAY
    record(
        [
            Loss(
                source_key="L1", kind="access", source="portal", reason="回線の障害",
                valid_from=day, valid_to=day + 6 * HOUR, by_name="試験", by_role="試験",
            )
        ]
    )  # fmt: skip
    page = text(reporter, "/desk/access/?period=2026-10")
    assert "10月14日（水）00:00 〜 06:00（6時間）　欠測の届出：回線の障害" in page
    assert "10月14日（水）06:00 〜 24:00（18時間）</li>" in page
