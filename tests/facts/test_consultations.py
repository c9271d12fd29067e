"""Consultations: bookings with their outcome, cases by mail, and the sheets through which they come."""

from pathlib import Path

import pytest

from partner.facts.erasure import erase
from partner.facts.intake.undoing import undo
from partner.facts.models import Consultation, Coverage, Identity, Load, MailCase
from partner.facts.streams import PEOPLE
from partner.ledger import clock
from tests.facts.sheets import BY, counts, csv_file, places, refused, take

HEADERS = ("行キー", "相談番号", "管理番号", "予約日時", "結果", "実施日時", "実施形態", "相談員")
MAIL = ("行キー", "相談番号", "管理番号", "受付日時", "回答日時", "完了日時")
HELD = "k1 | S1 | P1 | 2026-10-05 10:00 | 実施 | 2026-10-05 10:10 | 面談 | C01"
ROWS = f"""
    {HELD}
    k2 | S2 |    | 2026-10-06 10:00 | 実施 | 令和8年10月6日 10:00 | online | C02
    k3 | S3 | P3 | 2026-10-07 10:00 | キャンセル | | |
    k4 | S4 |    | 2026-10-08 10:00 | 欠席 | | オンライン（Skype等） |
    k5 | S5 |    | 2026-12-07 10:00 | 予約中 | | face_to_face |
"""


@pytest.fixture
def sheet(tmp_path, in_november):
    """Writes a table of bookings (or cases by mail) as a csv file; more columns can be named."""

    def write(rows, *more, name="a.csv", headers=HEADERS):
        return csv_file(tmp_path / name, rows, headers=(*headers, *more))

    return write


def believed():
    rows = Consultation.objects.believed().order_by("number")
    return [
        (row.number, row.outcome, row.channel, "" if not row.held_at else f"{row.held_at:%m-%d %H:%M}") for row in rows
    ]


# ── bookings ──


@pytest.mark.both
def test_every_outcome_through_the_sheet(sheet):
    assert counts(take(sheet(ROWS), "consultations", covers="2026-10")) == (5, 0, 0, 0)
    assert believed() == [
        ("S1", "held", "face_to_face", "10-05 10:10"),
        ("S2", "held", "online", "10-06 10:00"),
        ("S3", "cancelled", "", ""),
        ("S4", "no_show", "online", ""),
        ("S5", "booked", "face_to_face", ""),
    ]
    assert Coverage.objects.believed().get().kind == "consultations"
    assert set(Identity.objects.values_list("party", "number")) == {("person", "P1"), ("person", "P3")}
    persons = set(Consultation.objects.exclude(subject="").values_list("subject", flat=True))
    assert persons == set(Identity.objects.values_list("subject", flat=True))


@pytest.mark.both
def test_a_booking_becomes_what_came_of_it_and_both_are_known_at_their_time(sheet):
    booked = "k1 | S1 | P1 | 2026-11-10 10:00 | 予約中 | | |"
    assert counts(take(sheet(booked), "consultations")) == (1, 0, 0, 0)
    then = clock.last()
    held = "k1 | S1 | P1 | 2026-11-10 10:00 | 実施 | 2026-11-10 10:00 | 面談 |"
    assert counts(take(sheet(held, name="b.csv"), "consultations")) == (0, 1, 0, 0)
    assert counts(take(sheet(held, name="c.csv"), "consultations", again=True)) == (0, 0, 1, 0)
    assert believed() == [("S1", "held", "face_to_face", "11-10 10:00")]
    assert [row.outcome for row in Consultation.objects.known_at(then)] == ["booked"]
    assert Consultation.objects.count() == 2


@pytest.mark.both
def test_a_row_is_withdrawn_by_its_own_column_not_by_its_outcome(sheet):
    take(sheet(ROWS), "consultations")
    cancelled = HELD.replace("実施 | 2026-10-05 10:10 | 面談", "キャンセル | |")
    assert counts(take(sheet(cancelled, name="b.csv"), "consultations")) == (0, 1, 0, 0)
    assert believed()[0] == ("S1", "cancelled", "", "")
    withdrawn = sheet(f"{cancelled} | 取消", "取消", name="c.csv")
    assert counts(take(withdrawn, "consultations")) == (0, 1, 0, 0)
    assert [one[0] for one in believed()] == ["S2", "S3", "S4", "S5"]
    assert places(refused(sheet(HELD.replace("実施", "取消", 1), name="d.csv"), "consultations")) == [
        ("unknown_code", 2, "結果")
    ]


@pytest.mark.both
def test_a_load_is_taken_back(sheet):
    take(sheet(HELD), "consultations", covers="2026-10")
    take(sheet(HELD.replace("面談", "online"), name="b.csv"), "consultations")
    undo(Load.objects.believed().latest("pk"), by=BY)
    assert believed() == [("S1", "held", "face_to_face", "10-05 10:10")]
    undo(Load.objects.believed().get(), by=BY)
    assert (believed(), Coverage.objects.believed().count(), Identity.objects.count()) == ([], 0, 0)


@pytest.mark.both
@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("k1 | S1 | | 2026-10-05 10:00 | 実施 | | 面談 |", ("missing_value", 2, "実施日時")),
        ("k1 | S1 | | 2026-10-05 10:00 | 実施 | 2026-10-05 | |", ("missing_value", 2, "実施形態")),
        ("k1 | S1 | | 2026-10-05 10:00 | 実施 | 2026-10-05 | email |", ("unknown_code", 2, "実施形態")),
        ("k1 | S1 | | 2026-10-05 10:00 | 欠席 | 2026-10-05 | |", ("out_of_place", 2, "実施日時")),
        ("k1 | S1 | | 2026-10-05 10:00 | キャンセル | 2026-10-05 | |", ("out_of_place", 2, "実施日時")),
        ("k1 | S1 | | 2026-10-05 10:00 | 済 | | |", ("unknown_code", 2, "結果")),
        ("k1 | S1 | | 2026-10-05 10:00 | | | |", ("missing_value", 2, "結果")),
        ("k1 | S1 | | | 予約中 | | |", ("missing_value", 2, "予約日時")),
        ("k1 |    | | 2026-10-05 10:00 | 予約中 | | |", ("missing_value", 2, "相談番号")),
        ("k1 | S1 | | 2026-11-19 10:00 | 実施 | 2026-11-20 12:00:01 | 面談 |", ("in_the_future", 2, "実施日時")),
        ("k1 | S1 | | 2026-11-20 12:00:01 | 欠席 | | |", ("in_the_future", 2, "結果")),
        ("k1 | S1 | | 2026-10-05 10:00 | 予約中 | | | 見本 花子", ("personal_data", 2, "相談員")),
        ("k1 | S1 | | 2026-13-05 10:00 | 予約中 | | |", ("bad_date", 2, "予約日時")),
    ],
)
def test_bad_rows_are_refused_with_their_place(sheet, row, expected):
    faults = refused(sheet(row), "consultations")
    assert places(faults) == [expected]
    assert "見本" not in faults[0].message
    assert Consultation.objects.count() == 0


@pytest.mark.both
def test_one_booking_under_two_keys_would_count_twice(sheet):
    again = HELD.replace("k1", "k9")
    faults = refused(sheet(f"{HELD}\n{again}"), "consultations")
    assert places(faults) == [("told_twice", 3, "相談番号")]
    assert "2行目" in faults[0].message
    take(sheet(HELD), "consultations")
    faults = refused(sheet(again, name="b.csv"), "consultations")
    assert places(faults) == [("told_twice", 2, "相談番号")]
    assert "記録されています" in faults[0].message
    another_session = again.replace("10-05 10", "10-19 10")
    assert counts(take(sheet(another_session, name="c.csv"), "consultations")) == (1, 0, 0, 0)


@pytest.mark.both
def test_two_bookings_change_their_numbers_in_one_file(sheet):
    first, second = HELD, "k2 | S2 | | 2026-10-05 10:00 | 欠席 | | |"
    take(sheet(f"{first}\n{second}"), "consultations")
    swapped = f"{first.replace('S1', 'S2')}\n{second.replace('S2', 'S1')}"
    assert counts(take(sheet(swapped, name="b.csv"), "consultations")) == (0, 2, 0, 0)
    assert [one[:2] for one in believed()] == [("S1", "no_show"), ("S2", "held")]


@pytest.mark.both
def test_good_rows_go_in_and_the_others_come_back(sheet):
    rows = f"{HELD}\nk2 | S2 | | 2026-10-05 10:00 | 実施 | | 面談 |"
    answer = take(sheet(rows), "consultations", covers="2026-10", good_rows=True)
    assert counts(answer) == (1, 0, 0, 1)
    assert Coverage.objects.count() == 0
    assert Path(answer["refused_file"]).is_file()


@pytest.mark.both
def test_whoever_is_erased_leaves_his_consultations_without_a_name(sheet):
    take(sheet(HELD), "consultations")
    old = Identity.objects.get().subject
    erase(PEOPLE, "P1", by=BY, reason="本人の求め")
    row = Consultation.objects.get()
    assert row.subject not in ("", old)
    assert Identity.objects.count() == 0
    assert take(sheet(HELD, name="b.csv"), "consultations", again=True)["erased"] == 1
    assert Identity.objects.count() == 0


# ── by mail ──


def cases():
    rows = MailCase.objects.believed().order_by("number")
    return [(row.number, *(at and f"{at:%m-%d %H:%M}" for at in (row.answered_at, row.closed_at))) for row in rows]


@pytest.mark.both
def test_a_case_by_mail_from_its_arrival_to_its_end(sheet):
    first = "m1 | M1 | P1 | 2026-09-30 23:59 | | |"
    assert counts(take(sheet(first, headers=MAIL), "mail_cases", covers="2026-09")) == (1, 0, 0, 0)
    assert cases() == [("M1", None, None)]
    then = clock.last()
    whole = "m1 | M1 | P1 | 2026-09-30 23:59 | 2026-10-01 00:00:00 | 2026-10-09"
    assert counts(take(sheet(whole, headers=MAIL, name="b.csv"), "mail_cases")) == (0, 1, 0, 0)
    assert cases() == [("M1", "10-01 00:00", "10-09 00:00")]
    assert MailCase.objects.known_at(then).get().answered_at is None
    withdrawn = sheet(f"{whole} | 取消", "取消", headers=MAIL, name="c.csv")
    assert counts(take(withdrawn, "mail_cases")) == (0, 1, 0, 0)
    assert cases() == []


@pytest.mark.both
@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("m1 | M1 | | 2026-10-05 10:00 | 2026-10-05 09:59 |", ("ends_before_begin", 2, "回答日時")),
        ("m1 | M1 | | 2026-10-05 10:00 | | 2026-10-04", ("ends_before_begin", 2, "完了日時")),
        ("m1 | M1 | | 2026-10-05 10:00 | 2026-11-21 |", ("in_the_future", 2, "回答日時")),
        ("m1 | M1 | | | 2026-10-05 |", ("missing_value", 2, "受付日時")),
        ("m1 | M1 | | 2026-10-05 | |\nm2 | M1 | | 2026-10-06 | |", ("told_twice", 3, "相談番号")),
    ],
)
def test_bad_cases_are_refused_with_their_place(sheet, rows, expected):
    assert places(refused(sheet(rows, headers=MAIL), "mail_cases")) == [expected]


@pytest.mark.both
def test_a_month_without_any_is_reported_as_such(sheet):
    for kind, headers in (("consultations", HEADERS), ("mail_cases", MAIL)):
        assert counts(take(sheet([], headers=headers, name=f"{kind}.csv"), kind, covers="2026-10")) == (0, 0, 0, 0)
    assert set(Coverage.objects.believed().values_list("kind", flat=True)) == {"consultations", "mail_cases"}
