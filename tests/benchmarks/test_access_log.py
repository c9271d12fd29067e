"""The generated log: the same bytes everywhere, and in it what makes counting hard."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from hashlib import sha256
from itertools import pairwise

import pytest

from benchmarks.access_log import AGENTS, CRAWLERS, made, write
from partner.facts.access.agents import Verdict, judged
from partner.facts.access.lists import Lists
from partner.facts.access.rules import of
from tests.facts.access import slow

OCTOBER = date(2026, 10, 1)
LINES = 40_000
CRAWLER = {agent.decode("latin-1") for _, agent in CRAWLERS}


@pytest.fixture(scope="module")
def lines():
    return b"".join(made(LINES, 1, OCTOBER, 31)).split(b"\n")[:-1]


@pytest.fixture(scope="module")
def counted(lines):
    return slow.count(lines, CRAWLER.__contains__)


def digest(*arguments) -> str:
    return sha256(b"".join(made(*arguments))).hexdigest()


def test_the_same_arguments_give_the_same_bytes_on_any_machine(tmp_path):
    known = "57171d432c6e3e8c1b5c2a5fe637ba014ea0ab43aad49e46f2460ea0f71734e2"
    assert digest(2000, 1, OCTOBER, 31) == known
    write(tmp_path / "a.log", 2000)
    assert sha256((tmp_path / "a.log").read_bytes()).hexdigest() == known


def test_other_arguments_give_other_bytes():
    found = {digest(2000, 1, OCTOBER, 31), digest(2000, 2, OCTOBER, 31), digest(2000, 1, date(2026, 11, 2), 1)}
    assert len(found) == 3


@pytest.mark.parametrize("count", [0, 1, 17, 999, 12_345])
def test_it_has_exactly_so_many_lines(count):
    assert b"".join(made(count, 3, OCTOBER, 2)).count(b"\n") == count


def test_it_is_made_in_small_pieces():
    pieces = [len(piece) for piece in made(LINES, 1, OCTOBER, 31)]
    assert max(pieces) * 100 < sum(pieces)


def test_its_proportions_are_those_of_the_specification(lines, counted):
    shares = {name: count / LINES for name, count in counted.kinds.items()}
    assert shares["static"] == pytest.approx(0.53, abs=0.015)
    assert shares["page_views"] == pytest.approx(0.36, abs=0.015)
    assert shares["crawler"] == pytest.approx(0.072, abs=0.005)
    assert counted.kinds["malformed"] == LINES // 1000
    assert sum(b"\\" in line for line in lines) / LINES == pytest.approx(0.026, abs=0.006)
    assert sum(map(len, lines)) / LINES == pytest.approx(238, abs=6)
    visitors = {view.visitor for view in counted.views}
    assert len(visitors) / LINES == pytest.approx(0.0213, abs=0.002)
    assert len(counted.visits()) / LINES == pytest.approx(0.094, abs=0.006)


def test_thinking_times_lie_on_both_sides_of_the_border_of_a_visit(counted):
    moments = defaultdict(list)
    for view in counted.views:
        moments[view.visitor].append(view.at)
    gaps = Counter(
        (later - before).total_seconds() for found in map(sorted, moments.values()) for before, later in pairwise(found)
    )
    assert min(gaps[seconds] for seconds in (1799, 1800, 1801)) >= 20
    assert gaps[1802] < 10


def test_visits_go_over_midnight_and_over_the_months_end(counted):
    assert any(visit[0].at.date() < visit[-1].at.date() for visit in counted.visits())
    last_day = b"".join(made(8000, 1, date(2026, 10, 31), 2)).split(b"\n")[:-1]
    visits = slow.count(last_day, CRAWLER.__contains__).visits()
    assert any(visit[0].at.month == 10 and visit[-1].at.month == 11 for visit in visits)


def test_lines_are_up_to_three_seconds_out_of_order(lines):
    moments = [slow.moment(found[3]) for line in lines if (found := slow.split(line.decode("latin-1")))]
    known = [at for at in moments if at is not None]
    latest, late = known[0], timedelta()
    for at in known:
        latest = max(latest, at)
        late = max(late, latest - at)
    assert late == timedelta(seconds=3)


def test_visitors_share_addresses_and_some_come_by_ipv6(counted):
    agents = defaultdict(set)
    for view in counted.views:
        agents[view.visitor[0]].add(view.visitor[1])
    assert sum(len(found) > 5 for found in agents.values()) >= 10
    assert 0.05 < sum(":" in address for address in agents) / len(agents) < 0.2


def test_equal_lines_raw_bytes_and_percent_encodings_occur(lines):
    repeated = [line for line, count in Counter(lines).items() if count > 1 and b"GET" in line]
    assert len(repeated) > 10
    assert any(not _is_utf8(line) for line in lines if line.endswith(b'"'))
    assert any(b"%2D" in line for line in lines)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def test_its_agents_are_judged_as_they_are_meant(counted):
    rules = of("portal", OCTOBER, Lists())
    assert {judged(b"", agent, rules) for agent in AGENTS} == {Verdict.PERSON}
    assert {judged(b"", agent, rules) for _, agent in CRAWLERS} == {Verdict.CRAWLER}
    assert any("CUBOT" in view.visitor[1] for view in counted.views)
