"""An incident's reports on both clocks: each says what was known when it was made."""

from datetime import date

import pytest

from partner.ledger import clock
from tests.cases import a_note, an_incident, at, corrected
from tests.reports.composed import composed, table, text_of

pytestmark = pytest.mark.both


@pytest.fixture
def noticed(ledger_db, at_clock):
    """An incident that was noticed and told at once, on Monday 5 October 2026."""
    at_clock(at("2026-10-05 12:00"))
    row = an_incident("T-1", "2026-10-05 09:00", outline="メールが2通届いた。", told_at="2026-10-05 11:00")
    a_note("T-1", "2026-10-05 10:00", "配信を止めた。")
    return row


def test_what_is_new_since_the_report_before(noticed, at_clock):
    at_clock(at("2026-10-06 17:00:01"))  # the first report was due at 17:00
    a_note("T-1", "2026-10-06 09:00", "後から分かったこと。")
    first = table(composed("incident", "incident:T-1/first"), "T3-1")
    assert [row[1:] for row in first.values()] == [("配信を止めた。", ""), ("後から分かったこと。", "")]
    interim = table(composed("incident", "incident:T-1/interim-1"), "T3-1")
    assert [row[1:] for row in interim.values()] == [("配信を止めた。", ""), ("後から分かったこと。", "新")]


def test_composed_again_at_its_cut_it_says_what_it_said(noticed, at_clock):
    before = clock.cut()
    first = text_of(composed("incident", "incident:T-1/first", before))
    at_clock(at("2026-10-20 12:00"))
    corrected(noticed, handled_at="2026-10-19 17:00", measures="設定を改めた。", cause="設定の誤りによる。")
    a_note("T-1", "2026-10-19 17:00", "終えた。")
    assert text_of(composed("incident", "incident:T-1/first", before)) == first
    assert composed("incident", "incident:T-1/full").period.last == date(2026, 10, 19)
