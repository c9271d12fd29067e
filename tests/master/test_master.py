"""Master data on two clocks: from a date on, with a reason, and as it was known before."""

import json
from datetime import date, datetime

import pytest

from partner.common.period import JST, midnight
from partner.common.refusal import Refusal
from partner.ledger import clock
from partner.master import actions
from partner.master.book import Book
from partner.master.models import Code, ContractFact

pytestmark = pytest.mark.both
BY = ("仮設 恵", "管理者")
TITLE = {"key": "contract_title"}


def set_title(value, holds_from):
    actions.set_from(
        ContractFact,
        keys=TITLE,
        values={"label": "契約件名", "value": value},
        holds_from=midnight(holds_from),
        reason="契約",
        by=BY,
    )


def title(at, cut=None):
    return Book(cut or clock.cut()).contract("contract_title", midnight(at))


@pytest.mark.usefixtures("ledger_db")
class TestBothClocks:
    def test_a_change_holds_from_its_date_and_leaves_what_was_before(self):
        set_title("第一期", date(2023, 4, 1))
        set_title("第二期", date(2026, 4, 1))
        assert [title(day) for day in (date(2023, 3, 31), date(2023, 4, 1), date(2026, 3, 31), date(2026, 4, 1))] == [
            "", "第一期", "第一期", "第二期",
        ]  # fmt: skip

    def test_what_was_known_before_the_change_stays_known(self, at_clock):
        at_clock(datetime(2026, 3, 1, tzinfo=JST))
        set_title("第一期", date(2023, 4, 1))
        then = clock.cut()
        at_clock(datetime(2026, 3, 20, tzinfo=JST))
        set_title("第二期", date(2026, 4, 1))
        assert title(date(2026, 5, 1), then) == "第一期"
        assert title(date(2026, 5, 1)) == "第二期"

    def test_a_change_in_the_past_replaces_all_that_was_believed_for_later(self):
        set_title("第二期", date(2026, 4, 1))
        set_title("訂正", date(2025, 4, 1))
        assert title(date(2026, 5, 1)) == "訂正"
        believed = ContractFact.objects.believed().filter(**TITLE).order_by("valid_from")
        assert [(row.value, row.valid_to is None) for row in believed] == [("", False), ("訂正", True)]

    def test_an_ended_code_is_offered_no_more_and_its_label_stays(self):
        keys = {"list": "contact_medium", "code": "press"}
        actions.end_at(Code, keys=keys, ends_at=midnight(date(2026, 4, 1)), reason="廃止", by=BY)
        book = Book(clock.cut())
        assert "press" in [row.code for row in book.codes("contact_medium", midnight(date(2026, 3, 31)))]
        assert "press" not in [row.code for row in book.codes("contact_medium", midnight(date(2026, 4, 1)))]
        assert book.label("contact_medium", "press", midnight(date(2026, 5, 1))) == "新聞・雑誌"

    def test_ending_what_does_not_hold_is_refused(self):
        with pytest.raises(Refusal):
            actions.end_at(
                Code,
                keys={"list": "contact_medium", "code": "tv"},
                ends_at=midnight(date(2026, 4, 1)),
                reason="廃止",
                by=BY,
            )

    def test_unknown_members_are_refused_and_nothing_is_recorded(self):
        before = clock.last()
        with pytest.raises(Refusal):
            actions.set_from(
                ContractFact, keys=TITLE, values={"colour": "x"}, holds_from=clock.ORIGIN, reason="x", by=BY
            )
        assert clock.last() == before


@pytest.mark.django_db
def test_the_seed_is_recorded_at_the_origin_and_leaves_the_ledger_empty():
    assert clock.is_empty()
    assert {row.recorded_at for row in Code.objects.all()} == {clock.ORIGIN}
    book = Book(clock.ORIGIN)
    assert [row.code for row in book.codes("organization_type", clock.ORIGIN)][:3] == [
        "jica",
        "international",
        "government",
    ]
    assert len({entry.place for entry in book.catalogue("monthly", clock.ORIGIN)}) == len(
        book.catalogue("monthly", clock.ORIGIN)
    )


@pytest.mark.django_db
@pytest.mark.parametrize("report", ["quarterly", "annual"])
def test_the_longer_reports_are_made_of_the_monthly_ones_entries(report):
    """Every place once, in the order of the items; and no row of a longer report speaks of a month that it is not."""
    entries = Book(clock.ORIGIN).catalogue(report, clock.ORIGIN)
    places = [entry.place for entry in entries]
    assert len(places) == len(set(places))
    monthly = {entry.place: entry for entry in Book(clock.ORIGIN).catalogue("monthly", clock.ORIGIN)}
    assert set(monthly) <= set(places)
    grids = [entry for entry in entries if entry.form == "months"]
    assert {json.loads(entry.params)["rows_of"] for entry in grids} >= {
        "walk",
        "type_walk",
        "breakdown",
        "multiple",
        "lines",
        "split",
        "measured",
    }
    for entry in grids:
        was = json.loads(monthly[entry.place].params)
        now = json.loads(entry.params)
        assert [row["n"] for row in now.get("rows", [])] == [row["n"] for row in was.get("rows", [])], (
            "numbers are permanent"
        )
        assert not any(word in entry.params for word in ("当月", "前月末", "当該月"))
