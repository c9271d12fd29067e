"""Sheets of the system's operation and of response times: what they bring, and what is refused."""

from pathlib import Path
from typing import Any

import pytest

from partner.facts.models import Coverage, Operation, ResponseTime
from tests.facts.sheets import counts, csv_file, places, refused, take

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_november")]
HEADS = ["行キー", "種別", "対象", "開始日時", "終了日時", "原因", "区分", "結果", "件名"]
OUTAGE = "o1 | 障害停止 | current | 2026-10-10 10:00 | 2026-10-10 11:30 | software | | | 検索の停止"
TIMES = ["行キー", "ページの種類", "測定の日時", "50ms以下", "100ms以下", "測定値（ms）", "応答なし"]


def sheet(path: Path, rows: str) -> Path:
    return csv_file(path / "運用.csv", rows, headers=HEADS)


def times(path: Path, rows: str) -> Path:
    return csv_file(path / "応答.csv", rows, headers=TIMES)


def faults(path: Path, rows: str) -> Any:
    return places(refused(sheet(path, rows), "operations"))


def test_a_row_is_told_corrected_and_taken_back(tmp_path):
    assert counts(take(sheet(tmp_path, OUTAGE), "operations")) == (1, 0, 0, 0)
    assert counts(take(sheet(tmp_path, OUTAGE.replace("11:30", "12:00")), "operations")) == (0, 1, 0, 0)
    (row,) = Operation.objects.believed()
    assert (row.valid_to.hour, row.cause, row.kind) == (12, "software", "outage")
    withdrawn = csv_file(tmp_path / "取消.csv", f"{OUTAGE} | 取消", headers=[*HEADS, "取消"])
    assert counts(take(withdrawn, "operations")) == (0, 1, 0, 0)
    assert not Operation.objects.believed().exists()
    assert Operation.objects.count() == 2


def test_a_month_without_anything_is_told_by_its_period_alone(tmp_path):
    take(sheet(tmp_path, " | | | | | | | | "), "operations", covers="2026-10")
    assert Coverage.objects.believed().filter(kind="operations").count() == 1


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("11:30", "09:00"), ("ends_before_begin", 2, "終了日時")),
        (("software", "ghost"), ("unknown_code", 2, "原因")),
        (("software", ""), ("missing_value", 2, "原因")),
        (("2026-10-10 11:30", "2026-12-10 11:30"), ("in_the_future", 2, "終了日時")),
        (("検索の停止", "連絡は 03-1234-5678 へ"), ("personal_data", 2, "件名")),
        (("current", "unknown-system"), ("unknown_code", 2, "対象")),
        (("障害停止", "昼休み"), ("unknown_code", 2, "種別")),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(tmp_path, change, fault):
    assert faults(tmp_path, OUTAGE.replace(*change)) == [fault]


def test_an_outage_ahead_is_refused_and_a_planned_stop_ahead_is_taken(tmp_path):
    ahead = OUTAGE.replace("2026-10-10", "2026-12-20")
    assert ("in_the_future", 2, "開始日時") in faults(tmp_path, ahead)
    planned = ahead.replace("障害停止", "計画停止").replace("software", "maintenance")
    assert counts(take(sheet(tmp_path, planned), "operations")) == (1, 0, 0, 0)


OVERLAPPING = "o2 | 障害停止 | current | 2026-10-10 11:00 | 2026-10-10 12:00 | software | | | "


def test_two_outages_at_one_time_are_one_told_twice(tmp_path):
    assert faults(tmp_path, f"{OUTAGE}\n{OVERLAPPING}") == [("overlap", 3, "開始日時")]
    take(sheet(tmp_path, OUTAGE), "operations")
    assert faults(tmp_path, OVERLAPPING) == [("overlap", 2, "開始日時")]
    other = OVERLAPPING.replace("current", "next")
    touching = OVERLAPPING.replace("11:00", "11:30")
    assert counts(take(sheet(tmp_path, f"{other}\n{touching.replace('o2', 'o3')}"), "operations")) == (2, 0, 0, 0)


def test_one_that_still_lasts_leaves_room_for_no_other(tmp_path):
    lasting = OUTAGE.replace("2026-10-10 11:30", "")
    later = OVERLAPPING.replace("2026-10-10", "2026-10-20")
    assert faults(tmp_path, f"{lasting}\n{later}") == [("overlap", 3, "開始日時")]
    assert counts(take(sheet(tmp_path, f"{OUTAGE}\n{later}"), "operations")) == (2, 0, 0, 0)


def test_a_correction_makes_room_in_the_same_sheet(tmp_path):
    take(sheet(tmp_path, OUTAGE), "operations")
    shorter = OUTAGE.replace("11:30", "10:50")
    assert counts(take(sheet(tmp_path, f"{shorter}\n{OVERLAPPING}"), "operations")) == (1, 1, 0, 0)


def test_samples_and_distributions_of_response_times(tmp_path):
    rows = "r1 | top | 2026-10-01 10:00 | 3 | 4 | | \nr2 | top | 2026-10-01 10:05 | | | 70 | \nr3 | top | 2026-10-01 10:10 | | | | 1"
    assert counts(take(times(tmp_path, rows), "response_times")) == (3, 0, 0, 0)
    kept = {row.counts.split(",")[1]: row.failed for row in ResponseTime.objects.believed()}
    assert kept == {"4": 0, "1": 0, "0": 1}


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("r1 | top | 2026-12-01 10:00 | | | 70 | ", ("in_the_future", 2, "測定の日時")),
        ("r1 | top | 2026-10-01 10:00 | | | | ", ("missing_value", 2, "測定値（ms）")),
        ("r1 | top | 2026-10-01 10:00 | -1 | | | ", ("out_of_range", 2, "50ms以下")),
        ("r1 | top | 2026-10-01 10:00 | 1.5 | | | ", ("bad_value", 2, "50ms以下")),
    ],
)
def test_samples_that_cannot_be(tmp_path, row, fault):
    assert places(refused(times(tmp_path, row), "response_times")) == [fault]
