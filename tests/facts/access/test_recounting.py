"""A renewed list changes an old month only when it is recounted on purpose; as known before, the old numbers stay."""

from datetime import date, datetime, timedelta

import pytest

from partner.common.period import DAY, JST, midnight
from partner.common.refusal import Refusal
from partner.facts.access import asking, expiring, recounting
from partner.facts.models import AccessPart
from partner.ledger import clock
from partner.master.actions import set_from
from partner.master.models import Code
from tests.facts.access.compared import BY, known, take
from tests.facts.access.logs import PEOPLE, line

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_november")]
NOON = datetime(2026, 10, 5, 12, tzinfo=JST)
FIFTH, SIXTH = date(2026, 10, 5), date(2026, 10, 6)


@pytest.fixture
def loaded(file):
    lines = [line(NOON, address=f"192.0.2.{number}", agent=agent) for number in range(4) for agent in PEOPLE]
    lines += [line(NOON + DAY, address="192.0.2.1"), line(NOON + DAY, address="198.51.100.7", agent="Googlebot/2.1")]
    take(file("a.log", lines))


def own_network(network: str, begins: date = FIFTH) -> None:
    """An administrator adds a network of the Centre's own."""
    set_from(
        Code, keys={"list": "access_own_network", "code": "office"}, values={"label": network, "label_en": "", "reported_as": "", "position": 10},
        holds_from=midnight(begins), reason="事務所の移転", by=BY,
    )  # fmt: skip


def aside(day: date, cut: datetime | None = None) -> dict[str, int]:
    return asking.aside(midnight(day), midnight(day + DAY), cut or clock.cut())


def test_a_renewed_list_changes_nothing_until_it_is_recounted(loaded):
    before, cut = known(), clock.last()
    own_network("192.0.2.1/32")
    assert known() == before
    answer = recounting.recount(FIFTH, SIXTH)
    assert [(day["before"]["own"], day["after"]["own"]) for day in answer["days"]] == [(0, len(PEOPLE)), (0, 1)]
    now = known()
    assert before[FIFTH][0] - now[FIFTH][0] == len(PEOPLE)
    assert SIXTH not in now
    assert aside(SIXTH) == {"crawler": 1, "own": 1, "prefetch": 0}
    assert known(cut=cut) == before
    assert aside(SIXTH, cut) == {"crawler": 1, "own": 0, "prefetch": 0}


def test_a_list_holds_from_its_day_also_when_recounted(loaded):
    own_network("192.0.2.0/24", begins=SIXTH)
    recounting.recount(FIFTH, SIXTH)
    assert (aside(FIFTH)["own"], aside(SIXTH)["own"]) == (0, 1)


def test_recounting_twice_or_on_trial_records_nothing(loaded):
    own_network("192.0.2.1/32")
    tick = clock.last()
    trial = recounting.recount(FIFTH, SIXTH, is_trial=True)
    assert clock.last() == tick
    assert recounting.recount(FIFTH, SIXTH)["days"] == trial["days"]
    tick, parts = clock.last(), AccessPart.objects.count()
    again = recounting.recount(FIFTH, SIXTH)
    assert [day["before"] == day["after"] for day in again["days"]] == [True, True]
    assert (clock.last(), AccessPart.objects.count()) == (tick, parts)


def test_what_has_expired_cannot_be_judged_again(loaded):
    before = known()
    own_network("192.0.2.1/32")
    for path in expiring.path_of("x").parent.glob("*.zst"):
        path.unlink()
    with pytest.raises(Refusal) as refused:
        recounting.recount(FIFTH, SIXTH)
    assert (refused.value.faults[0].code, refused.value.faults[0].file) == ("expired", "a.log")
    assert known() == before


def test_a_log_without_agents_stays_one_of_people(file):
    take(file("a.log", [line(NOON).rsplit(b' "-" ', 1)[0], line(NOON + timedelta(hours=1)).rsplit(b' "-" ', 1)[0]]))
    own_network("203.0.113.0/24")
    assert recounting.recount(FIFTH, FIFTH)["days"][0]["after"]["person"] == 2
