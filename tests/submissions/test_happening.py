"""Reports of events and incidents: expected from the facts, closed when the facts fall away, moved by nobody but people."""

import json
from datetime import date

import pytest

from partner.accounts.models import User
from partner.common.period import DAY
from partner.common.refusal import Refusal
from partner.facts import record
from partner.ledger import clock
from partner.master.models import ClosedDay
from partner.submissions.actions import take_cut
from partner.submissions.expected import expected, make_ahead, make_happening
from partner.submissions.feed import feed
from partner.submissions.happening import Happening
from partner.submissions.models import ExpectedReport, Waiver
from partner.submissions.planning import assign, change_due
from partner.submissions.proposing import proposal, proposals
from partner.submissions.reminding import remind
from partner.submissions.reviewing import ticks_of
from partner.submissions.waiving import waive
from tests import ready
from tests.happenings import an_event, an_incident, believe, moment
from tests.reports.composed import composed, text_of
from tests.submissions.desk import MANAGER, REPORTER
from tests.submissions.test_together import together

NOW = moment("2026-10-05 09:00")


@pytest.fixture
def today(db, at_clock):
    at_clock(NOW)
    clock.cut(NOW)


def rows(kind=""):
    found = ExpectedReport.objects.filter(kind__startswith=kind or "service").order_by("due_at")
    return [(row.period, f"{row.due_at:%Y-%m-%d}") for row in found]


def closed(day):
    record.record([ClosedDay(day=day, name="停電", valid_from=clock.ORIGIN, by_name="試験", by_role="admin")])


def of(now=NOW, since=None):
    return Happening(now, since=since)


def test_an_event_that_was_held_asks_for_a_report_ten_business_days_after_its_last_day(today):
    believe(
        an_event("E-1", "2026-09-11 10:00", "2026-09-13 00:00", title="見本セミナー")
    )  # ends at midnight of the 12th
    believe(an_event("E-2", "2026-11-20 10:00", "2026-11-20 12:00", state="planned"))
    believe(an_event("E-3", "2026-09-20 10:00", "2026-09-20 12:00", state="cancelled"))
    assert make_happening(NOW) == 1
    assert make_happening(NOW) == 0
    row = ExpectedReport.objects.get()
    assert (row.kind, row.period, row.label, row.slug) == ("service", "event:E-1", "見本セミナー", "service")
    assert (row.period_first, row.period_last) == (date(2026, 9, 11), date(2026, 9, 12))
    assert row.due_at == moment("2026-09-30 17:00")  # late: told after it was due
    assert row.cut_planned_at == moment("2026-09-25 17:00")
    assert row.counting[-1]["number"] == 10


def test_planned_events_are_seen_ahead_and_have_no_row(today):
    believe(an_event("E-2", "2026-11-20 10:00", "2026-11-20 12:00", state="planned"))
    (one,) = of().wanted
    assert (one.is_planned, one.deadline.due_on) == (True, date(2026, 12, 7))
    assert make_ahead(NOW) == 34  # two years of periods, and nothing else


def test_what_fell_due_before_the_last_fiscal_year_is_made_when_it_is_asked_for(today):
    believe(an_event("E-0", "2024-05-10 10:00", "2024-05-10 12:00"))
    believe(an_event("E-9", "2024-06-10 10:00", "2024-06-10 12:00"))
    assert make_happening(NOW) == 0
    assert expected("service", "event:E-0").due_at == moment("2024-05-24 17:00")
    assert rows() == [("event:E-0", "2024-05-24")]
    with pytest.raises(Refusal, match="予定されていません"):
        expected("service", "event:NONE")


def test_an_event_of_a_year_beyond_the_calendar_stops_nobody(today):
    believe(an_event("E-1", "2150-01-10 10:00", "2150-01-10 12:00", state="planned"))
    assert of().wanted == []


def test_an_incident_asks_for_one_report_after_another_while_it_lasts(today):
    believe(an_incident("T-1", "2026-09-02 15:00"))
    make_happening(NOW)
    assert rows("incident") == [
        ("incident:T-1/first", "2026-09-03"), ("incident:T-1/interim-1", "2026-09-16"),
        ("incident:T-1/interim-2", "2026-10-05"),
    ]  # fmt: skip
    assert [row.number for row in of().awaited()] == ["T-1"]
    make_happening(moment("2026-10-05 17:00"))
    assert len(rows("incident")) == 3
    make_happening(moment("2026-10-05 17:01"))  # the one before is due: the next one is made
    assert rows("incident")[-1] == ("incident:T-1/interim-3", "2026-10-20")
    assert expected("incident", "incident:T-1/interim-3").name == "クレーム・トラブル中間報告（第3回）"


def test_once_it_is_dealt_with_the_full_report_is_due_and_the_next_interim_one_is_not(today):
    believe(an_incident("T-1", "2026-09-02 15:00"))
    make_happening(NOW)
    believe(an_incident("T-1", "2026-09-02 15:00", "2026-10-02 18:00"))
    make_happening(NOW)
    assert rows("incident")[-1] == ("incident:T-1/full", "2026-10-07")
    waived = {row.period: row.is_waived for row in ExpectedReport.objects.all()}
    assert waived == {
        "incident:T-1/first": False, "incident:T-1/interim-1": False, "incident:T-1/interim-2": True,
        "incident:T-1/full": False,
    }  # fmt: skip
    assert of().awaited() == []


def test_the_days_agreed_for_incidents_count_on_the_desk_and_on_paper(today):
    for key, days in (("incident_tell_days", "2"), ("incident_interim_days", "5"), ("incident_full_days", "4")):
        ready.name(key, days)
    believe(an_incident("T-1", "2026-09-24 10:00", "2026-10-02 10:00"))
    make_happening(NOW)
    dues = rows("incident")
    assert dues == [
        ("incident:T-1/first", "2026-09-28"), ("incident:T-1/interim-1", "2026-10-01"), ("incident:T-1/full", "2026-10-08"),
    ]  # fmt: skip
    papers = [text_of(composed("incident", period)) for period, _ in dues]
    assert ["2営業日、中間報告が5営業日ごと、完了報告が対処の後4営業日" in paper for paper in papers] == [True] * 3
    assert "10月8日（木）17:00" in papers[-1]


def test_an_incident_told_and_dealt_with_late_shows_every_report_that_was_due(today):
    believe(an_incident("T-1", "2026-08-03 10:00", "2026-09-10 10:00"))
    make_happening(NOW)
    assert [period for period, _ in rows("incident")] == [
        "incident:T-1/first", "incident:T-1/interim-1", "incident:T-1/interim-2", "incident:T-1/full",
    ]  # fmt: skip
    assert make_happening(NOW) == 0


def test_an_incident_without_an_end_has_at_most_ninety_nine_interim_reports(today):
    believe(an_incident("T-1", "2019-04-01 10:00"))
    make_happening(NOW)
    periods = [period for period, _ in rows("incident")]
    assert not periods or periods[-1] == "incident:T-1/interim-99"  # those due before last year are not asked for
    assert make_happening(NOW) == 0


def test_a_cancelled_event_closes_its_report_with_the_ground_and_a_held_one_opens_it_again(today):
    believe(an_event("E-1", "2026-09-12 10:00", "2026-09-12 12:00"))
    make_happening(NOW)
    believe(an_event("E-1", "2026-09-12 10:00", "2026-09-12 12:00", state="cancelled", reason="台風"))
    assert make_happening(NOW) == 1
    assert make_happening(NOW) == 0
    row = Waiver.objects.get()
    assert (row.is_waived, row.ground, row.by_name, row.by_login) == (True, "催しの中止：台風", "記録による", "")
    assert expected("service", "event:E-1").is_waived
    believe(an_event("E-1", "2026-09-12 10:00", "2026-09-12 12:00"))
    make_happening(NOW)
    assert not expected("service", "event:E-1").is_waived


@pytest.mark.parametrize("name", ["E-1", "T-1"])
def test_what_was_withdrawn_is_not_asked_for_any_more(today, name):
    fact = an_event(name, "2026-09-12 10:00", "2026-09-12 12:00") if name == "E-1" else an_incident(name, "2026-10-02 10:00")  # fmt: skip
    record.record([fact])
    make_happening(NOW)
    record.withdraw(fact)
    make_happening(NOW)
    assert all(row.is_waived for row in ExpectedReport.objects.all())
    assert "取り消された" in Waiver.objects.first().ground


def test_a_manager_decides_otherwise_and_the_records_do_not_undo_it(today):
    believe(an_event("E-1", "2026-09-12 10:00", "2026-09-12 12:00"))
    make_happening(NOW)
    report = expected("service", "event:E-1")
    with pytest.raises(Refusal, match="業務責任者"):
        waive(report=report, is_waived=True, ground="合意", by=REPORTER, now=NOW)
    with pytest.raises(Refusal, match="理由"):
        waive(report=report, is_waived=True, ground=" ", by=MANAGER, now=NOW)
    assert waive(report=report, is_waived=True, ground="監督職員と合意", by=MANAGER, now=NOW)
    assert waive(report=report, is_waived=True, ground="監督職員と合意", by=MANAGER, now=NOW) is None  # a second click
    assert make_happening(NOW) == 0
    assert expected("service", "event:E-1").is_waived
    with pytest.raises(Refusal, match="必ず提出"):
        waive(report=expected("monthly", "2026-09"), is_waived=True, ground="x", by=MANAGER, now=NOW)


def test_a_corrected_day_proposes_another_due_date_and_moves_nothing(today):
    believe(an_event("E-1", "2026-09-28 10:00", "2026-09-28 12:00"))
    make_happening(NOW)
    believe(an_event("E-1", "2026-09-30 10:00", "2026-09-30 12:00"))
    assert make_happening(NOW) == 0
    report = expected("service", "event:E-1")
    assert report.due == moment("2026-10-13 17:00")
    found = proposal(report, NOW)
    assert (found.due_at, found.kind) == (moment("2026-10-15 17:00"), "agreed")
    assert proposals([report], of())[report.pk].due_at == found.due_at
    change_due(
        report=report, kind=found.kind, due_at=found.due_at, ground="合意", agreed_on=NOW.date(), by=MANAGER, now=NOW
    )
    assert proposal(expected("service", "event:E-1"), NOW) is None


def test_a_day_closed_since_proposes_too(today):
    row = expected("monthly", "2026-10")
    assert proposal(row, NOW) is None
    closed(date(2026, 11, 9))
    found = proposal(row, NOW)
    assert (found.due_at, found.kind) == (moment("2026-11-10 17:00"), "calendar")


def test_an_extension_is_no_reason_to_propose_the_old_date(today):
    row = expected("monthly", "2026-10")
    change_due(
        report=row, kind="extended", due_at=moment("2026-11-12 17:00"), ground="合意", agreed_on=NOW.date(), by=MANAGER, now=NOW
    )  # fmt: skip
    assert proposal(expected("monthly", "2026-10"), NOW) is None


@pytest.mark.both
def test_two_at_once_make_and_close_each_report_once(ledger_db, at_clock):
    at_clock(NOW)
    clock.cut(NOW)
    believe(an_event("E-1", "2026-09-12 10:00", "2026-09-12 12:00"))
    believe(an_incident("T-1", "2026-09-30 10:00"))
    assert sorted(together(*[lambda: make_happening(NOW)] * 3)) == [0, 0, 3]
    assert ExpectedReport.objects.count() == 3
    believe(an_event("E-1", "2026-09-12 10:00", "2026-09-12 12:00", state="cancelled"))
    assert sorted(together(*[lambda: make_happening(NOW)] * 3)) == [0, 0, 1]
    assert Waiver.objects.count() == 1


@pytest.mark.both
def test_the_commands_list_events_and_incidents_of_the_year(ledger_db, at_clock):
    at_clock(NOW)
    clock.cut(NOW)
    believe(an_event("E-1", "2026-09-12 10:00", "2026-09-12 12:00"))
    believe(an_event("E-2", "2027-03-25 10:00", "2027-03-25 12:00", state="planned"))
    believe(an_incident("T-1", "2026-10-30 10:00", "2026-12-28 10:00"))
    reports = json.loads(ledger_db.command("deadlines", "2026", "--json").stdout)["reports"]
    found = {one["period"]: (one["kind"], one["due_on"], one["planned"]) for one in reports}
    assert found["event:E-1"] == ("service", "2026-09-30", False)
    assert found["event:E-2"] == ("service", "2027-04-08", True)
    assert found["incident:T-1/interim-2"] == ("incident/interim", "2026-12-01", False)
    assert found["incident:T-1/full"] == ("incident/full", "2027-01-06", False)
    assert [one["due_at"] for one in reports] == sorted(one["due_at"] for one in reports)
    due = json.loads(ledger_db.command("due", "--on", "2026-12-28", "--json").stdout)["reports"]
    assert {"incident:T-1/full"} < {one["period"] for one in due}
    assert ExpectedReport.objects.filter(kind="service").count() == 1


def test_a_closed_day_of_the_office_counts_for_events_too(today):
    closed(date(2026, 9, 15))
    believe(an_event("E-1", "2026-09-12 10:00", "2026-09-12 12:00"))
    make_happening(NOW)
    assert rows() == [("event:E-1", "2026-10-01")]


def test_a_cut_is_taken_once_an_event_is_over_and_while_an_incident_lasts(today, at_clock):
    believe(an_event("E-1", "2026-10-05 08:00", "2026-10-05 08:30"))
    believe(an_incident("T-1", "2026-10-02 10:00"))
    make_happening(NOW)
    with pytest.raises(Refusal, match="まだ終わっていません"):
        take_cut(report=expected("service", "event:E-1"), by=REPORTER, now=NOW)
    report = expected("incident", "incident:T-1/interim-1")
    assert take_cut(report=report, by=REPORTER, now=NOW)
    at_clock(NOW + DAY)
    assert take_cut(report=expected("service", "event:E-1"), by=REPORTER, now=NOW + DAY)
    waive(report=report, is_waived=True, ground="合意", by=MANAGER, now=NOW)
    with pytest.raises(Refusal, match="不要とされています"):
        take_cut(report=report, by=REPORTER, now=NOW)


def test_an_event_moved_back_may_be_due_before_the_day_it_was_made_for(today):
    believe(an_event("E-1", "2026-10-30 10:00", "2026-10-30 12:00"))
    make_happening(NOW)
    believe(an_event("E-1", "2026-10-02 10:00", "2026-10-02 12:00"))
    report = expected("service", "event:E-1")
    change_due(
        report=report, kind="agreed", due_at=proposal(report, NOW).due_at, ground="訂正", agreed_on=NOW.date(), by=MANAGER, now=NOW
    )  # fmt: skip
    assert expected("service", "event:E-1").due == moment("2026-10-19 17:00")


def test_reminders_and_the_calendar_feed_hold_them(today):
    believe(an_incident("T-1", "2026-10-02 10:00", title="見本の苦情"))
    believe(an_event("E-1", "2026-09-12 10:00", "2026-09-12 12:00", title="見本セミナー"))
    make_happening(NOW)
    user = User.objects.create(username="r", display_name="見本 花子", role="reporter", email="r@example.jp")
    report = expected("incident", "incident:T-1/first")
    assign(report=report, part="make", duty="owner", user=user, by=MANAGER, now=NOW)
    assert remind(NOW) == 1  # due today: the event's has no owner with an address
    waive(report=expected("service", "event:E-1"), is_waived=True, ground="合意", by=MANAGER, now=NOW)
    text = feed(NOW).decode().replace("\r\n ", "")
    assert "/desk/reports/incident/incident:T-1/first/work/" in text
    assert "クレーム・トラブル第一報 見本の苦情" in text
    assert "見本セミナー" not in text


def test_commands_read_the_periods_of_events_and_incidents(ledger_db, at_clock, tmp_path):
    at_clock(NOW)
    clock.cut(NOW)
    believe(an_event("E-1", "2026-09-12 10:00", "2026-09-12 12:00"))
    found = json.loads(ledger_db.command("figures", "event:E-1", "--key", "events.held", "--json").stdout)
    assert (found["period"]["from"], found["period"]["to"]) == ("2026-09-12", "2026-09-12")
    for kind, period, code in (("service", "event:NONE", "unknown_event"), ("incident", "incident:T-1", "bad_period")):
        answer = ledger_db.command("report", kind, period, "--out", tmp_path, "--json")
        assert (answer.returncode, json.loads(answer.stdout)["errors"][0]["code"]) == (1, code)


def test_every_numbered_section_is_ticked_in_the_reports_order():
    sections = [["A2", "計画"], ["M1", "人材登録者数"], ["A1", "重点課題"]]
    assert ticks_of({"headlines": {}, "sections": sections}) == ["A2", "M1", "A1"]
    assert ticks_of({"headlines": {"M1": {}}, "sections": sections}) == ["A2", "M1", "A1"]
    assert ticks_of({"headlines": {"M1": {}}}) == ["M1"]  # sealed before sections were written down
