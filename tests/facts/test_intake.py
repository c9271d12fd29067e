"""The rules of a load: what is new, unchanged, corrected, withdrawn; coverage; identities; what stays out."""

import json
from datetime import date, datetime

import openpyxl
import pytest

from partner.common.period import JST, month
from partner.common.refusal import Refusal
from partner.facts.models import (
    Coverage,
    Identity,
    Load,
    OrganizationRegistration,
    PersonApplication,
    PersonEvent,
    PersonRegistration,
)
from partner.figures.engine import figures
from partner.ledger import clock
from tests.facts.sheets import counts, csv_file, places, refused, take, xlsx_file

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_november")]
FIRST = """
    k1 | 1001 | 登録 | 2026-09-01 | simple
    k2 | 1002 | 登録 | 2026-09-02 | full
    k3 | 1001 | 退会 | 2026-09-20 |
"""
NAMES = ("氏名または団体名", "住所", "メール")
SEPTEMBER, OCTOBER = month(date(2026, 9, 1)), month(date(2026, 10, 1))


@pytest.fixture
def load(tmp_path):
    """Loads a table as the file of that name; returns new, corrected, unchanged, refused."""

    def one(rows, *more, name="a.csv", kind="people", **options):
        return counts(take(csv_file(tmp_path / name, rows, *more), kind, **options))

    return one


def spans(number, model=PersonRegistration):
    """The believed spans of a number: first day, last day, how begun and ended, level."""
    rows = model.objects.believed().filter(subject=Identity.objects.get(number=number).subject).order_by("id")
    return sorted(
        (f"{row.valid_from:%m-%d}", f"{row.valid_to:%m-%d}" if row.valid_to else "", row.begun, row.ended, row.level)
        for row in rows
    )


def test_new_unchanged_corrected_withdrawn(load):
    assert load(FIRST) == (3, 0, 0, 0)
    assert spans("1001") == [("09-01", "09-20", "registered", "left", "simple")]
    assert load(FIRST, name="same rows.csv", again=True) == (0, 0, 3, 0)
    tick = clock.last()
    assert load("k3 | 1001 | 退会 | 2026-09-25 |") == (0, 1, 0, 0)
    assert spans("1001") == [("09-01", "09-25", "registered", "left", "simple")]
    assert load("k3 | 1001 | 退会 | 2026-09-25 | | 取消", "取消") == (0, 1, 0, 0)
    assert spans("1001") == [("09-01", "", "registered", "", "simple")]
    assert load("k3 | 1001 | 退会 | 2026-09-25 | | 取消\n", "取消", name="b.csv", again=True) == (0, 0, 1, 0)
    assert load("k3 | 1001 | 退会 | 2026-09-28 |") == (0, 1, 0, 0)
    assert spans("1001") == [("09-01", "09-28", "registered", "left", "simple")]
    assert PersonEvent.objects.filter(ordinal=3).count() == 3  # three tellings of one row keep its place
    known = PersonRegistration.objects.known_at(tick)
    assert {row.valid_to for row in known} == {None, datetime(2026, 9, 20, tzinfo=JST)}


def test_rows_left_out_of_a_later_file_stay(load):
    load(FIRST)
    assert load("k2 | 1002 | 登録 | 2026-09-02 | full", name="b.csv") == (0, 0, 1, 0)
    assert PersonEvent.objects.believed().count() == 3


def test_the_same_file_changes_nothing_even_after_a_newer_one(load):
    load(FIRST, name="old.csv")
    load("k3 | 1001 | 退会 | 2026-09-25 |", name="new.csv")
    tick, loads = clock.last(), Load.objects.count()
    assert load(FIRST, name="renamed.csv") == (0, 0, 3, 0)
    assert (clock.last(), Load.objects.count()) == (tick, loads)
    assert load(FIRST, name="old.csv", again=True) == (0, 1, 2, 0)
    assert spans("1001") == [("09-01", "09-20", "registered", "left", "simple")]


def test_the_same_file_as_another_kind_is_another_load(load):
    rows = "k1 | 1001 | 退会 | 2026-09-01 |"
    load(FIRST)
    load(FIRST.replace("|\n", "| |\n").replace("simple", "simple|ngo").replace("full", "full|ngo"), "団体種別",
         name="o.csv", kind="organizations")  # fmt: skip
    assert load(rows, name="x.csv", kind="organizations", good_rows=True) == (0, 0, 0, 1)
    assert Identity.objects.filter(number="1001").count() == 2
    assert OrganizationRegistration.objects.believed().count() == 2


def test_a_dry_run_changes_nothing(load):
    tick = clock.last()
    assert load(FIRST, dry_run=True) == (3, 0, 0, 0)
    assert (clock.last(), Load.objects.count(), Identity.objects.count()) == (tick, 0, 0)
    assert load(FIRST) == (3, 0, 0, 0)


def test_an_older_file_after_a_newer_one_falls_into_place(load):
    load("n1 | 1001 | 登録 | 2026-10-05 | simple | 新 住所", "住所", name="oct.csv")
    faults = load("o1 | 1001 | 申請 | 2026-09-05 | simple | 旧 住所", "住所", name="sep.csv")
    assert faults == (1, 0, 0, 0)
    assert spans("1001", PersonApplication) == [("09-05", "10-05", "applied", "approved", "simple")]
    assert Identity.objects.get().address == "新 住所"


def test_leave_before_its_registration_is_refused_and_loaded_together_taken(load, tmp_path):
    leave = "k3 | 1001 | 退会 | 2026-09-20 |"
    assert places(refused(csv_file(tmp_path / "l.csv", leave))) == [("no_sequence", 2, "異動区分")]
    assert load(f"{leave}\nk1 | 1001 | 登録 | 2026-09-01 | simple", name="both.csv") == (2, 0, 0, 0)
    assert spans("1001") == [("09-01", "09-20", "registered", "left", "simple")]


def test_leave_and_return_on_one_day_in_either_order(load):
    assert load("""
        k1 | 1001 | 登録   | 2026-09-01 | simple
        k2 | 1001 | 再登録 | 2026-09-20 | full
        k3 | 1001 | 退会   | 2026-09-20 |
        k4 | 1002 | 退会   | 2026-09-20 |
        k5 | 1002 | 登録   | 2026-09-20 | full
    """) == (5, 0, 0, 0)  # fmt: skip
    assert spans("1001") == [
        ("09-01", "09-20", "registered", "left", "simple"),
        ("09-20", "", "returned", "", "full"),
    ]
    assert spans("1002") == [("09-20", "09-20", "registered", "left", "full")]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("x | 1002 | 登録 | 2026-10-01 | full", "重なります"),
        ("x | 1001 | 登録 | 2026-10-01 | full", "再登録"),
        ("x | 1001 | 再登録 | 2026-09-10 | full", "重なります"),
        ("x | 1003 | 再登録 | 2026-09-10 | full", "登録」にしてください"),
        ("x | 1002 | 区分変更 | 2026-10-01 | full", "同じ"),
        ("x | 1002 | 再開 | 2026-10-01 |", "停止していない"),
        ("x | 1001 | 停止 | 2026-10-01 |", "退会の後"),
        ("x | 1002 | 却下 | 2026-10-01 |", "申請がありません"),
        ("x | 1001 | 退会 | 2026-09-10 |", "すでに記録されている"),
        ("k1 | 1001 | 登録 | 2026-09-21 | simple", "成り立ちません"),
        ("k1 | 1009 | 登録 | 2026-09-01 | simple", "成り立ちません"),
    ],
)
def test_rows_that_make_no_sequence(load, tmp_path, row, reason):
    load(FIRST)
    faults = refused(csv_file(tmp_path / "x.csv", row))
    assert places(faults) == [("no_sequence", 2, "異動区分")]
    assert reason in faults[0].message


def test_a_number_corrected_to_another_subject(load):
    load(FIRST)
    assert load("k3 | 1002 | 退会 | 2026-09-20 |") == (0, 1, 0, 0)
    assert spans("1001") == [("09-01", "", "registered", "", "simple")]
    assert spans("1002") == [("09-02", "09-20", "registered", "left", "full")]
    assert load("k1 | 1003 | 登録 | 2026-09-01 | simple") == (0, 1, 0, 0)
    assert spans("1001") == []
    assert spans("1003") == [("09-01", "", "registered", "", "simple")]


def test_merged_needs_a_known_number_and_ends_one_registration(load, tmp_path):
    load(FIRST)
    path = csv_file(tmp_path / "m.csv", "m1 | 1002 | 統合 | 2026-10-01 | | 1777", "統合先管理番号")
    assert places(refused(path)) == [("unknown_number", 2, "統合先管理番号")]
    csv_file(path, "m1 | 1002 | 統合 | 2026-10-01 | | 1002", "統合先管理番号")
    assert places(refused(path)) == [("merged_into_itself", 2, "統合先管理番号")]
    assert load("m1 | 1002 | 統合 | 2026-10-01 | | １００１", "統合先管理番号") == (1, 0, 0, 0)
    assert spans("1002") == [("09-02", "10-01", "registered", "merged", "full")]
    assert PersonEvent.objects.get(kind="merged").merged_into == Identity.objects.get(number="1001").subject
    both = "m2 | 1005 | 統合 | 2026-10-02 | | 1006\nm3 | 1005 | 登録 | 2026-09-01 | full |\nm4 | 1006 | 登録 | 2026-09-01 | full |"
    assert load(both, "統合先管理番号") == (3, 0, 0, 0)
    assert PersonEvent.objects.get(happened_at__gt=datetime(2026, 10, 1, 1, tzinfo=JST)).merged_into == (
        Identity.objects.get(number="1006").subject
    )


def test_merged_into_a_number_whose_rows_are_refused_is_refused_too(load):
    rows = """
        m1 | 1005 | 登録 | 2026-09-01 | full |
        m2 | 1005 | 統合 | 2026-10-02 |      | 1006
        m3 | 1006 | 退会 | 2026-09-01 |      |
        m4 | 1007 | 登録 | 2026-09-01 | full |
    """
    assert load(rows, "統合先管理番号", good_rows=True) == (2, 0, 0, 2)
    assert spans("1005") == [("09-01", "", "registered", "", "full")]
    assert not Identity.objects.filter(number="1006").exists()


def test_identities_hold_what_the_latest_event_says(load):
    rows = """
        k1 | 1001 | 登録     | 2026-09-01 | simple | 旧姓 花子 | 旧住所 | old@example.jp
        k2 | 1001 | 区分変更 | 2026-09-05 | full   | 新姓 花子 | 新住所 |
        k3 | 1001 | 停止     | 2026-09-03 |        | 別姓 花子 |        |
    """
    load(rows, *NAMES)

    def named():
        return Identity.objects.values_list("name", "address", "email").get()

    assert named() == ("新姓 花子", "新住所", "old@example.jp")
    assert load("k4 | 1001 | 再開 | 2026-09-04 | | 古い 名前 | 古い住所 | x@example.jp", *NAMES) == (1, 0, 0, 0)
    assert named() == ("新姓 花子", "新住所", "old@example.jp")
    assert load("k2 | 1001 | 区分変更 | 2026-09-05 | full | 新姓 はな子 | |", *NAMES, name="b.csv") == (0, 1, 0, 0)
    assert named() == ("新姓 はな子", "新住所", "old@example.jp")
    load("k5 | 1001 | 停止 | 2026-09-06 | | | 新々住所 | new@example.jp", *NAMES)
    assert named() == ("新姓 はな子", "新々住所", "new@example.jp")
    load("k5 | 1001 | 停止 | 2026-09-04 | | 戻り 花子 | |", *NAMES)  # no longer the latest
    assert named() == ("新姓 はな子", "新々住所", "new@example.jp")


def test_a_corrected_row_that_was_the_latest_and_still_is_gives_its_name(load):
    load("k1 | 1001 | 登録 | 2026-09-10 | simple | 誤 記", NAMES[0])
    assert load("k1 | 1001 | 登録 | 2026-09-05 | simple | 正 記", NAMES[0]) == (0, 1, 0, 0)
    assert Identity.objects.get().name == "正 記"


def test_good_rows_load_and_the_others_come_back(load, tmp_path, ledger_db):
    rows = """
        k1 | 1001 | 登録 | 2026-09-01 | simple
        k2 | 1002 | 登録 | 2026-02-30 | full
        k3 | 1003 | 退会 | 2026-09-02 |
        k4 | 1004 | 登録 | 2026-09-03 | 無い
    """
    path = csv_file(tmp_path / "九月.csv", rows)
    answer = take(path, good_rows=True, covers="2026-09")
    assert counts(answer) == (1, 0, 0, 3)
    assert list(PersonEvent.objects.values_list("kind", flat=True)) == ["registered"]
    assert Load.objects.get().covers == "none"
    assert not Coverage.objects.exists()  # rows are missing: the month is not complete
    returned = tmp_path / "九月_差戻し.xlsx"
    assert answer["refused_file"] == str(returned)
    book = openpyxl.load_workbook(returned)
    head, *back = book["差戻し"].iter_rows(values_only=True)
    assert head[:5] == ("行キー", "管理番号", "異動区分", "発生日時", "区分")
    assert [row[:5] for row in back] == [
        ("k2", "1002", "登録", "2026-02-30", "full"),
        ("k3", "1003", "退会", "2026-09-02", ""),
        ("k4", "1004", "登録", "2026-09-03", "無い"),
    ]
    assert [row[5].split("：")[0] for row in back] == ["3行目", "4行目", "5行目"]
    assert "2026-02-30" in back[0][5]
    assert "登録がありません" in back[1][5]
    assert "コード一覧" in back[2][5]
    sheet = book["差戻し"]  # mended as it asks, it completes the month
    for place, cell in (("D2", "2026-09-03"), ("C3", "登録"), ("E3", "full"), ("E4", "full")):
        sheet[place] = cell
    sheet.delete_cols(6)
    book.save(returned)
    assert counts(take(returned)) == (3, 0, 0, 0)
    assert Coverage.objects.get().valid_to == SEPTEMBER.end


def test_good_rows_without_bad_rows_make_no_file(load, tmp_path):
    answer = take(csv_file(tmp_path / "a.csv", FIRST), good_rows=True)
    assert counts(answer) == (3, 0, 0, 0)
    assert "refused_file" not in answer


# ── coverage ──


@pytest.mark.parametrize(
    ("covers", "first", "last"),
    [
        ("2026-09-01..2026-09-30", "2026-09-01", "2026-10-01"),
        ("2026-09", "2026-09-01", "2026-10-01"),
        ("2026Q2", "2026-07-01", "2026-10-01"),
        ("FY2025", "2025-04-01", "2026-04-01"),
        ("2026-09-30..2026-09-30", "2026-09-30", "2026-10-01"),
    ],
)
def test_forms_of_covers(load, covers, first, last):
    load("k1 | 1001 | 登録 | 2025-09-01 | simple", covers=covers)
    row = Coverage.objects.get()
    assert (f"{row.valid_from:%Y-%m-%d}", f"{row.valid_to:%Y-%m-%d}") == (first, last)
    assert (row.kind, row.load, row.loss) == ("people", Load.objects.get().pk, False)


@pytest.mark.parametrize("covers", ["", "none"])
def test_without_covers_no_day_is_complete(load, covers):
    load(FIRST, covers=covers)
    assert not Coverage.objects.exists()
    assert Load.objects.get().covers == "none"


@pytest.mark.parametrize(
    "covers",
    ["2026-09-31..2026-10-01", "2026-10-01..2026-09-01", "9月", "2026-11", "2026-11-20..2026-11-20", "1999-01", "..", "2026-9"],
)  # fmt: skip
def test_bad_covers(tmp_path, covers):
    assert places(refused(csv_file(tmp_path / "a.csv", FIRST), covers=covers)) == [("bad_covers", None, None)]


def test_the_period_in_the_sheet_and_the_option_above_it(tmp_path):
    period = (datetime(2026, 9, 1), "令和8年9月30日")  # noqa: DTZ001 a sheet's dates have no zone
    path = xlsx_file(tmp_path / "a.xlsx", FIRST, period=period)
    take(path)
    assert (Coverage.objects.get().valid_from, Coverage.objects.get().valid_to) == (SEPTEMBER.start, SEPTEMBER.end)
    take(path, again=True, covers="none")
    assert Coverage.objects.count() == 1
    take(path, again=True, covers="2026Q2")
    assert Coverage.objects.count() == 2
    path = xlsx_file(tmp_path / "b.xlsx", FIRST, period=("2026-09-01", "末日"))
    assert places(refused(path)) == [("bad_covers", None, None)]


def test_nothing_to_report_is_a_report(load, tmp_path):
    assert places(refused(csv_file(tmp_path / "none.csv", []))) == [("no_rows", None, None)]
    assert figures(OCTOBER, clock.cut())["people.new"] | {"by": {}} == figures(OCTOBER, clock.cut())["people.new"] | {
        "by": {}, "value": None, "state": "missing",
    }  # fmt: skip
    assert load([], name="none.csv", covers="2026-10") == (0, 0, 0, 0)
    after = figures(OCTOBER, clock.cut())["people.new"]
    assert (after["value"], after["state"]) == (0, "final")
    load([], name="none.csv", covers="2026-10")
    assert Load.objects.count() == 1
    load([], name="none.csv", covers="2026-09")  # the same empty file, for another month
    assert Coverage.objects.count() == 2


def test_rows_after_the_covered_days_contradict_it(load, tmp_path):
    path = csv_file(
        tmp_path / "a.csv", FIRST + "k4 | 1004 | 登録 | 2026-10-01 | full\nk5 | 1005 | 登録 | 2026-10-01 | full"
    )
    assert places(refused(path, covers="2026-09")) == [
        ("contradicts_coverage", 5, "発生日時"),
        ("contradicts_coverage", 6, "発生日時"),
    ]
    assert counts(take(path, covers="2026-09", good_rows=True)) == (3, 0, 0, 2)


# ── the command ──


def test_the_command_prints_counts_and_refusals(tmp_path, ledger_db):
    path = csv_file(tmp_path / "a.csv", FIRST)
    answer = ledger_db.command("intake", "load", "people", path, "--covers", "2026-09", "--json")
    assert answer.returncode == 0, answer.stderr
    printed = json.loads(answer.stdout)
    assert set(printed) == {"kind", "file", "rows", "new", "corrected", "unchanged", "refused", "tick"}
    assert (printed["kind"], printed["file"], printed["rows"], printed["new"]) == ("people", "a.csv", 3, 3)
    csv_file(path, "k9 | 1009 | 登録 | 2026-13-01 | full")
    answer = ledger_db.command("intake", "load", "people", path, "--json")
    assert answer.returncode == 1
    (error,) = json.loads(answer.stdout)["errors"]
    assert (error["code"], error["file"], error["row"], error["column"]) == ("bad_date", "a.csv", 2, "発生日時")
    assert ledger_db.command("intake", "load", "people").returncode == 2
    answer = ledger_db.command("intake", "load", "horses", path, "--json")
    assert (answer.returncode, json.loads(answer.stdout)["errors"][0]["code"]) == (1, "unknown_kind")


def test_an_empty_template_is_taken_and_says_the_codes(tmp_path, ledger_db):
    path = tmp_path / "t.xlsx"
    assert ledger_db.command("intake", "template", "organizations", "--out", path).returncode == 0
    with pytest.raises(Refusal) as caught:
        take(path, "organizations")
    assert places(caught.value.faults) == [("no_rows", None, None)]
    assert counts(take(path, "organizations", covers="2026-10")) == (0, 0, 0, 0)
    kinds = json.loads(ledger_db.command("intake", "kinds", "--json").stdout)["kinds"]
    columns = {column["name"]: column for column in kinds[0]["columns"]}
    assert columns["level"]["codes"][0] == {"code": "full", "label": "国際協力人材"}
    assert [name for name, column in columns.items() if column["required"]] == ["key", "number", "event", "happened_at"]


def test_several_files_are_taken_together_or_not_at_all_and_a_load_can_be_taken_back(ledger_db, tmp_path):
    first = csv_file(tmp_path / "1.csv", "k1 | 1001 | 登録 | 2026-09-01 | simple")
    second = csv_file(tmp_path / "2.csv", "k2 | 1001 | 退会 | 2026-09-20 |")
    wrong = csv_file(tmp_path / "3.csv", "k3 | 1002 | 退会 | 2026-09-20 |")
    before = clock.last()
    assert ledger_db.command("intake", "load", "people", first, second, wrong).returncode == 1
    assert (clock.last(), PersonEvent.objects.count(), Load.objects.count()) == (before, 0, 0)
    assert ledger_db.command("intake", "load", "people", first, second).returncode == 0
    assert PersonEvent.objects.believed().count() == 2
    number = Load.objects.order_by("-pk").values_list("pk", flat=True)[0]
    answer = json.loads(ledger_db.command("intake", "undo", str(number), "--json").stdout)
    assert (answer["load"], answer["withdrawn"]) == (number, 1)
    assert [event.kind for event in PersonEvent.objects.believed()] == ["registered"]
    assert ledger_db.command("intake", "undo", str(number)).returncode == 1
    assert ledger_db.command("intake", "undo", "99999").returncode == 1
