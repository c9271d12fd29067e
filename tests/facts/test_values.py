"""Values that cannot be read or do not fit: refused with code, row and column; and odd ones that are read all the same."""

from datetime import date, datetime
from pathlib import Path

import pytest

from partner.common.period import midnight
from partner.facts.models import Identity, PersonEvent
from partner.master import actions
from partner.master.models import Code
from tests.facts.sheets import BY, ROW, ROWS, counts, csv_file, places, refused, repacked, take, with_cell, xlsx_file

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_november")]


def moments() -> list[str]:
    return [f"{event.happened_at:%Y-%m-%d %H:%M:%S}" for event in PersonEvent.objects.order_by("ordinal")]


# ── numbers ──


def test_numbers_turned_into_decimals(a_book, a_csv):
    rows = [
        with_cell("管理番号", 1001.0),
        [2.0, "１００２.0", *with_cell("行キー", "")[2:]],
        [3, 1003, *with_cell("行キー", "")[2:]],
    ]
    assert counts(take(xlsx_file(a_book, rows))) == (3, 0, 0, 0)
    assert set(Identity.objects.values_list("number", flat=True)) == {"1001", "1002", "1003"}
    assert counts(take(csv_file(a_csv, "2 | 1002.0 | 登録 | 2026-09-01 | simple"))) == (0, 0, 1, 0)
    bad = [with_cell("管理番号", 1001.5), with_cell("行キー", 2.25), with_cell("管理番号", 1e15 + 2)]
    assert places(refused(xlsx_file(a_book, bad))) == [
        ("bad_value", 2, "管理番号"), ("bad_value", 3, "行キー"), ("bad_value", 4, "管理番号"),
    ]  # fmt: skip
    csv_file(a_csv, "k1 | 1001.5 | 登録 | 2026-09-01 | simple\nk2 | 1.00E+12 | 登録 | 2026-09-01 | simple")
    assert places(refused(a_csv)) == [("bad_value", 2, "管理番号"), ("bad_value", 3, "管理番号")]


def test_errors_of_the_spreadsheet_program(a_book, a_csv):
    assert places(refused(csv_file(a_csv, [with_cell("管理番号", "#N/A")]))) == [("bad_value", 2, "管理番号")]
    assert places(refused(xlsx_file(a_book, [with_cell("管理番号", "#REF!")]))) == [("bad_value", 2, "管理番号")]


# ── dates ──


@pytest.mark.parametrize(
    ("written_", "read"),
    [
        ("2026-09-01", "2026-09-01 00:00:00"), ("2026/9/1", "2026-09-01 00:00:00"), ("2026.9.1", "2026-09-01 00:00:00"),
        ("2026年9月1日", "2026-09-01 00:00:00"), ("令和8年9月1日", "2026-09-01 00:00:00"), ("R8.9.1", "2026-09-01 00:00:00"),
        ("r08/09/01", "2026-09-01 00:00:00"), ("令和元年5月1日", "2019-05-01 00:00:00"),
        ("平成31年4月30日", "2019-04-30 00:00:00"), ("H31.4.30", "2019-04-30 00:00:00"),
        ("昭和64年1月7日", "1989-01-07 00:00:00"), ("平成元年1月8日", "1989-01-08 00:00:00"),
        ("昭和元年12月25日", "1926-12-25 00:00:00"), ("2026-09-01 14:30", "2026-09-01 14:30:00"),
        ("2026-09-01T14:30:05", "2026-09-01 14:30:05"), ("令和8年9月1日 14時30分", "2026-09-01 14:30:00"),
        ("2024-02-29", "2024-02-29 00:00:00"), ("2026-11-20 12:00", "2026-11-20 12:00:00"),
    ],
)  # fmt: skip
def test_dates_that_are_read(a_csv, written_, read):
    take(csv_file(a_csv, [with_cell("発生日時", written_)]))
    assert moments() == [read]
    assert PersonEvent.objects.get().by_day is (" " not in written_ and "T" not in written_)


@pytest.mark.parametrize(
    "written_",
    [
        "2026-02-29", "2026-13-01", "2026-09-31", "2026-00-10", "令和0年9月1日", "昭和64年1月8日", "平成元年1月7日",
        "平成31年5月1日", "令和元年4月30日", "昭和元年12月24日", "大正15年12月24日", "令和8年2月30日", "26-09-01", "9月1日",
        "20260901", "46266", "46266.5", "2026", "2026-09", "2026-09-01 24:00", "2026-09-01 9:60", "2026-09-01 14:30+09:00",
        "01/09/2026", "未定", "2026-09-011", "1899-12-31",
    ],
)  # fmt: skip
def test_dates_that_are_refused(a_csv, written_):
    assert places(refused(csv_file(a_csv, [with_cell("発生日時", written_)]))) == [("bad_date", 2, "発生日時")]


def test_the_future_is_refused(a_csv):
    rows = [with_cell("発生日時", "2026-11-20 12:00:01"), with_cell("発生日時", "2026-11-21")]
    assert places(refused(csv_file(a_csv, rows))) == [
        ("in_the_future", 2, "発生日時"),
        ("in_the_future", 3, "発生日時"),
    ]


@pytest.mark.parametrize("system", [1900, 1904])
def test_serials_are_read_by_the_workbooks_own_system(a_book, system):
    first = date(1899, 12, 30) if system == 1900 else date(1904, 1, 1)
    serial = (date(2026, 9, 1) - first).days
    rows = [
        with_cell("発生日時", serial),
        [*with_cell("発生日時", serial + 0.5, ROW.replace("1", "2"))],
        [*with_cell("発生日時", datetime(2026, 9, 2), ROW.replace("1", "3"))],  # noqa: DTZ001 a sheet's dates have no zone
    ]
    rows[1][2] = rows[2][2] = "登録"
    assert counts(take(xlsx_file(a_book, rows, date_1904=system == 1904))) == (3, 0, 0, 0)
    assert moments() == ["2026-09-01 00:00:00", "2026-09-01 12:00:00", "2026-09-02 00:00:00"]
    assert list(PersonEvent.objects.order_by("ordinal").values_list("by_day", flat=True)) == [True, False, True]


@pytest.mark.parametrize("cell", [0, -5, 0.25, 3_000_000, 20260901, True])
def test_numbers_that_are_no_dates(a_book, cell):
    assert places(refused(xlsx_file(a_book, [with_cell("発生日時", cell)]))) == [("bad_date", 2, "発生日時")]


def test_the_returned_sheet_keeps_the_workbooks_date_system(a_book):
    serial = (date(2026, 9, 1) - date(1904, 1, 1)).days
    xlsx_file(a_book, [[*with_cell("区分", "無い", ROW.replace("2026-09-01", "x"))]], date_1904=True)
    rows = [with_cell("発生日時", serial, ROW.replace("simple", "無い"))]
    answer = take(
        xlsx_file(a_book, [*rows, with_cell("行キー", "k2", ROW.replace("1001", "1002"))], date_1904=True),
        good_rows=True,
    )
    returned = Path(answer["refused_file"])
    repacked(
        returned,
        lambda name, data: (
            data.replace("無い".encode(), b"full").replace("理由（直して、この列を消してから取り込む）".encode(), "メール".encode())
            if name.endswith("sharedStrings.xml") else data
        ),
    )  # fmt: skip
    take(returned)
    assert moments() == ["2026-09-01 00:00:00", "2026-09-01 00:00:00"]


# ── codes and particulars ──


def test_rows_of_one_key_that_contradict_each_other(a_csv):
    rows = f"{ROWS}\nk2 | 1002 | 登録 | 2026-09-03 | full\n{ROW}"
    assert places(refused(csv_file(a_csv, rows))) == [("contradiction", 3, "行キー"), ("contradiction", 5, "行キー")]
    assert counts(take(csv_file(a_csv, f"{ROWS}\n{ROW}"))) == (3, 0, 0, 0)


def test_what_an_event_needs_and_what_it_cannot_have(a_csv):
    rows = """
         | 1001 | 登録     | 2026-09-01 | simple |     |     |
        k2 |    | 登録     | 2026-09-01 | simple |     |     |
        k3 | 1003 |        | 2026-09-01 | simple |     |     |
        k4 | 1004 | 登録   |            | simple |     |     |
        k5 | 1005 | 登録   | 2026-09-01 |        |     |     |
        k6 | 1006 | 退会   | 2026-09-01 | simple |     |     |
        k7 | 1007 | 統合   | 2026-09-01 |        |     |     |
        k8 | 1008 | 登録   | 2026-09-01 | simple | ngo |     |
        k9 | 1009 | 目的変更 | 2026-09-01 |      |     |     |
        ka | 1010 | 停止   | 2026-09-01 |        |     | job |
        kb | 1011 | 追放   | 2026-09-01 |        |     |     |
        kc | 1012 | 登録   | 2026-09-01 | simple |     |     | 多分
    """
    faults = refused(csv_file(a_csv, rows, "団体種別", "登録目的", "取消"))
    assert places(faults) == [
        ("missing_value", 2, "行キー"), ("missing_value", 3, "管理番号"), ("missing_value", 4, "異動区分"),
        ("missing_value", 5, "発生日時"), ("missing_value", 6, "区分"), ("out_of_place", 7, "区分"),
        ("missing_value", 8, "統合先管理番号"), ("out_of_place", 9, "団体種別"), ("missing_value", 10, "登録目的"),
        ("out_of_place", 11, "登録目的"), ("unknown_code", 12, "異動区分"), ("unknown_code", 13, "取消"),
    ]  # fmt: skip
    csv_file(a_csv, "k1 | 1001 | 登録 | 2026-09-01 | simple |\nk2 | 1002 | 種別変更 | 2026-09-01 | |", "団体種別")
    assert places(refused(a_csv, "organizations")) == [
        ("missing_value", 2, "団体種別"),
        ("missing_value", 3, "団体種別"),
    ]


def test_nothing_to_withdraw(a_csv):
    assert places(refused(csv_file(a_csv, f"{ROW} | 取消", "取消"))) == [("nothing_to_withdraw", 2, "取消")]


def test_unknown_codes_and_codes_that_do_not_hold_on_that_day(a_csv):
    keys = {"list": "contact_medium", "code": "sns"}
    actions.end_at(Code, keys=keys, ends_at=midnight(date(2026, 9, 1)), reason="試験", by=BY)
    keys = {"list": "registration_purpose", "code": "volunteer"}
    values = {"label": "ボランティア", "label_en": "Volunteer", "position": 5, "reported_as": ""}
    actions.set_from(Code, keys=keys, values=values, holds_from=midnight(date(2026, 10, 1)), reason="試験", by=BY)
    rows = """
        k1 | 1001 | 登録 | 2026-08-31 | simple | sns  | 求職；研修・セミナー；求職
        k2 | 1002 | 登録 | 2026-09-01 | simple | SNS  |
        k3 | 1003 | 登録 | 2026-09-30 | simple |      | job;ボランティア
        k4 | 1004 | 登録 | 2026-10-01 | simple |      | job;ボランティア
        k5 | 1005 | 登録 | 2026-10-01 | 簡易   | 伝書鳩 | 散歩
    """
    path = csv_file(a_csv, rows, "接触媒体", "登録目的")
    faults = refused(path)
    assert places(faults) == [
        ("unknown_code", 3, "接触媒体"), ("unknown_code", 4, "登録目的"),
        ("unknown_code", 6, "区分"), ("unknown_code", 6, "接触媒体"), ("unknown_code", 6, "登録目的"),
    ]  # fmt: skip
    assert ["その日には" in fault.message for fault in faults] == [True, True, False, False, False]
    assert counts(take(path, good_rows=True)) == (2, 0, 0, 3)
    assert list(PersonEvent.objects.order_by("ordinal").values_list("medium", "purposes")) == [
        ("sns", ";job;training;"),
        ("", ";volunteer;job;"),
    ]


def test_many_faults_stand_in_the_order_of_the_file(a_csv):
    rows = [with_cell("発生日時", "?", ROW.replace("1", str(n))) for n in range(300)]
    faults = refused(csv_file(a_csv, rows))
    assert [fault.row for fault in faults] == list(range(2, 302))
