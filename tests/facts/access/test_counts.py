"""Page views and visits: the store against the slow counter, on logs made by chance and on a real one."""

import random
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from partner.common.period import JST, midnight
from partner.facts.access import asking, lists
from partner.facts.access.agents import Verdict, judged
from partner.facts.access.rules import of
from partner.ledger import clock
from tests.facts.access import slow
from tests.facts.access.compared import is_crawler, known, must_agree, take
from tests.facts.access.logs import CUBOT, PEOPLE, by_chance, line

pytestmark = pytest.mark.usefixtures("in_november")
REAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "apache_access_real_10k.log"
MONTH_END = datetime(2026, 9, 30, 20, tzinfo=JST)
MIDNIGHT = datetime(2026, 10, 1, tzinfo=JST)
NOON = datetime(2026, 10, 5, 12, tzinfo=JST)
EVENING = datetime(2026, 9, 30, 23, 50, tzinfo=JST)


@pytest.mark.both
@pytest.mark.parametrize("seed", range(4))
def test_a_log_over_a_months_end_is_counted_as_the_slow_counter_counts_it(file, seed):
    lines = by_chance(seed, MONTH_END, visitors=200)
    counted = slow.count(lines, is_crawler)
    assert any(visit[0].at < MIDNIGHT <= visit[-1].at for visit in counted.visits()), "some go on into October"
    answer = take(file("access.log", lines))
    assert {name: answer[name] for name in counted.kinds} == counted.kinds
    assert answer["lines"] == len(lines)
    assert min(counted.kinds.values()) > 0, "each kind is in the log"
    must_agree(counted)


@pytest.mark.parametrize("seed", range(6))
def test_neither_the_order_of_files_nor_how_a_log_is_cut_matters(file, seed):
    chance = random.Random(seed)
    lines = by_chance(seed + 100, MONTH_END, visitors=40)
    borders = sorted(chance.sample(range(1, len(lines)), 4))
    pieces = [lines[begin:end] for begin, end in zip([0, *borders], [*borders, len(lines)], strict=True)]
    paths = [
        file(f"piece-{number}.{chance.choice(['log', 'log.gz'])}", piece)
        for number, piece in enumerate(pieces)
        if any(is_fitting(one) for one in piece)
    ]
    chance.shuffle(paths)
    together = chance.randint(0, len(paths))
    if together:
        take(*paths[:together])
    for path in paths[together:]:
        take(path)
    kept = [one for piece in pieces if any(is_fitting(text) for text in piece) for one in piece]
    must_agree(slow.count(kept, is_crawler))


def is_fitting(text: bytes) -> bool:
    return bool(slow.count([text], is_crawler).hours)


@pytest.mark.parametrize("seed", range(3))
def test_several_servers_whose_lines_interleave_are_one_site(file, seed):
    chance = random.Random(seed)
    lines = by_chance(seed + 200, MONTH_END, visitors=40)
    servers: dict[str, list[bytes]] = {"www1": [], "www2": [], "www3": []}
    for one in lines:
        servers[chance.choice(list(servers))].append(one)
    for source, part in servers.items():
        take(file(f"{source}.log", part), source=source)
    must_agree(slow.count(lines, is_crawler, excluded=[]))  # nothing is excluded of a foreign host's log


@pytest.mark.parametrize(("gap", "visits"), [(1799, 1), (1800, 1), (1801, 2)])
@pytest.mark.parametrize(
    "start", [NOON, EVENING, EVENING - timedelta(minutes=20), datetime(2026, 10, 5, 23, 45, tzinfo=JST)]
)
def test_a_gap_of_more_than_1800_seconds_begins_a_new_visit(file, gap, visits, start):
    take(file("a.log", [line(start), line(start + timedelta(seconds=gap), target="/about")]))
    found = known()
    assert sum(day[1] for day in found.values()) == visits
    assert found[start.date()][1] >= 1


def test_a_visit_over_a_months_end_belongs_to_the_month_of_its_first_page_view(file):
    moments = [EVENING + timedelta(minutes=minutes) for minutes in (0, 20, 40, 60, 80, 100, 130)]
    take(file("a.log", [line(at, target="/" if number == 6 else "/about") for number, at in enumerate(moments)]))
    assert known() == {date(2026, 9, 30): (1, 1, 0, 0, 1), date(2026, 10, 1): (6, 0, 0, 1, 0)}


def test_a_visitor_who_is_followed_over_two_months_ends_is_one_visit(file):
    steps = range(0, 33 * 24 * 60, 29)
    moments = [EVENING + timedelta(minutes=step) for step in steps]
    take(file("a.log", [line(at, target="/" if at == moments[-1] else "/about") for at in moments]))
    found, cut = known(), clock.cut()
    assert sum(day[0] for day in found.values()) == len(steps)
    assert {day for day, numbers in found.items() if numbers[1]} == {EVENING.date()}
    september = (midnight(EVENING.date()), MIDNIGHT, cut)
    alone = asking.counts(*september)
    assert (alone.page_views, alone.visits, alone.single_page_visits, alone.top_visits) == (1, 1, 0, 1), (
        "read to its end"
    )
    (visit,) = asking.visits(*september)
    assert (visit.first_at, visit.last_at, visit.page_views) == (moments[0], moments[-1], len(steps))
    october = (MIDNIGHT, datetime(2026, 11, 1, tzinfo=JST), cut)
    assert (asking.counts(*october).page_views, asking.counts(*october).visits) == (
        len([at for at in moments if at.month == 10]),
        0,
    )
    some_day = asking.page_views(midnight(date(2026, 10, 20)), midnight(date(2026, 10, 21)), cut)
    assert {view.visit for view in some_day} == {visit.visit}, "and from its beginning"


def test_a_visitor_is_an_address_with_an_agent(file):
    take(file("a.log", [line(NOON, agent=agent) for agent in PEOPLE] + [line(NOON, address="2001:db8::7")]))
    assert known()[NOON.date()][1] == len(PEOPLE) + 1


def test_the_telephone_named_cubot_is_a_person_and_an_empty_agent_is_not(file):
    agents = [CUBOT, "Googlebot/2.1", "SomeNewBot/1.0", "UptimeRobot/2.0", "partner-probe/1", "", "-"]
    answer = take(file("a.log", [line(NOON, agent=agent) for agent in agents]))
    assert (answer["page_views"], answer["crawler"], answer["own"]) == (1, 5, 1)
    day = (datetime(2026, 10, 5, tzinfo=JST), datetime(2026, 10, 6, tzinfo=JST))
    assert asking.aside(*day, clock.cut()) == {"crawler": 5, "own": 1, "prefetch": 0}


def test_days_are_japans_whatever_the_lines_zone(file):
    take(file("a.log", [b'192.0.2.1 - - [05/Oct/2026:16:00:00 +0000] "GET /a HTTP/1.1" 200 1 "-" "Mozilla"',
                        b'192.0.2.2 - - [06/Oct/2026:00:59:59 +1000] "GET /a HTTP/1.1" 200 1 "-" "Mozilla"']))  # fmt: skip
    assert {day.day: numbers[0] for day, numbers in known().items()} == {6: 1, 5: 1}


def test_the_common_format_has_no_agent_and_its_visitors_are_people(file):
    lines = [one.rsplit(b' "-" ', 1)[0] for one in (line(NOON), line(NOON, address="192.0.2.9", target="/a.css"))]
    answer = take(file("a.log", lines))
    assert (answer["page_views"], answer["static"], answer["malformed"], answer["crawler"]) == (1, 1, 0, 0)
    assert take(file("b.log", lines), layout="common", source="other")["page_views"] == 1


def test_page_views_and_visits_open_to_single_lines_that_add_up(file):
    lines = by_chance(7, MONTH_END, visitors=300)
    take(file("a.log", lines))
    counted, cut = slow.count(lines, is_crawler), clock.cut()
    span = (datetime(2026, 10, 1, tzinfo=JST), datetime(2026, 10, 2, tzinfo=JST))
    found = asking.counts(*span, cut)
    views = asking.page_views(*span, cut, 0, 10_000)
    assert len(views) == found.page_views
    assert views == [*asking.page_views(*span, cut, 0, 10), *asking.page_views(*span, cut, 10, 10_000)]
    assert len(asking.page_views(*span, cut, 0, 10_000, top=True)) == found.top_page_views
    assert {one.page for one in asking.page_views(*span, cut, 0, 10_000, page="/jobs/J-0001")} == {"/jobs/J-0001"}
    assert not [told for told in ("192.0.2", "2001:db8", "Mozilla", "Firefox") if told in repr(views)]
    visits = asking.visits(*span, cut, 0, 10_000)
    assert len(visits) == found.visits
    assert len(asking.visits(*span, cut, 0, 10_000, top=True)) == found.top_visits
    assert len(asking.visits(*span, cut, 0, 10_000, single=True)) == found.single_page_visits
    sizes = sorted(len(visit) for visit in counted.visits() if span[0] <= visit[0].at < span[1])
    assert sorted(visit.page_views for visit in visits) == sizes
    begun_before = {one.visit for one in views} - {one.visit for one in visits}
    assert begun_before, "the log has visits that began in September"
    earlier = asking.visits(MONTH_END, span[0], cut, 0, 10_000)
    assert begun_before <= {one.visit for one in earlier}, "a visit bears one name, whatever span is asked for"


def test_page_views_of_postings_are_given_with_their_instants(file):
    lines = [
        line(NOON, target="/jobs/J-0001"), line(NOON, target="/jobs/J-0001?x"), line(NOON + timedelta(1), target="/jobs/J-0001/"),
        line(NOON, target="/jobs/a%20b"), line(NOON, target="/jobs/J-0001/print"), line(NOON, target="/jobs"),
        line(NOON, target="/trainings/T-9"), line(NOON, target="/jobs/J-0001", agent="Googlebot/2.1"),
    ]  # fmt: skip
    take(file("a.log", lines))
    at = int(NOON.timestamp()) * 1_000_000
    span = (NOON, NOON + timedelta(days=2), clock.cut())
    assert asking.posting_views(*span, "jobs") == {
        "J-0001": [(at, 2), (at + 86400 * 1_000_000, 1)], "a b": [(at, 1)],
    }  # fmt: skip
    assert asking.posting_views(*span, "trainings") == {"T-9": [(at, 1)]}
    assert asking.posting_views(NOON, NOON, clock.cut(), "jobs") == {}
    assert len(asking.page_views(*span, prefix="jobs", posting="J-0001")) == 3
    assert [view.posting for view in asking.page_views(*span, prefix="jobs", posting="a b")] == ["a b"]


def test_the_real_log_is_counted_as_the_slow_counter_counts_it(file):
    if not REAL.exists():
        pytest.skip(f"the real log is not here: {REAL.name}")
    lines = REAL.read_bytes().split(b"\n")[:-1]
    rules = of("portal", date(2015, 5, 17), lists.known(clock.cut()))
    counted = slow.count(lines, lambda agent: judged(b"", agent.encode("latin-1"), rules) == Verdict.CRAWLER)
    answer = take(REAL)
    assert {name: answer[name] for name in counted.kinds} == counted.kinds
    assert (answer["lines"], answer["malformed"], len(lines) - len(set(lines))) == (10_000, 1, 19)
    span = (datetime(2015, 5, 1, tzinfo=JST), datetime(2015, 6, 1, tzinfo=JST))
    for minutes in (15, 30, 60):
        found = asking.counts(*span, clock.cut(), timedelta(minutes=minutes))
        shown = {
            day: (one.page_views, one.visits, one.single_page_visits, one.top_page_views, one.top_visits)
            for day, one in found.by_day.items()
        }
        assert shown == counted.days(minutes)
    pieces = [file(f"{number}.log", lines[number * 2500 : number * 2500 + 2500]) for number in range(4)]
    assert take(*pieces[::-1], source="cut.example.jp")["page_views"] == answer["page_views"]
