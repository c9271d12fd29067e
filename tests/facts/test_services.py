"""The Centre's own events, plans of surveys, remarks, priority issues and forecasts through their sheets."""

import pytest

from partner.facts.models.events import CentreEvent, EventParticipation, EventSession
from partner.facts.models.surveys import SurveyPlan, SurveyRemark
from partner.facts.models.undertakings import IndicatorForecast, IssueEffort, PriorityIssue
from partner.ledger import clock
from tests.cases import at
from tests.facts.good_rows import a_sheet
from tests.facts.sheets import counts, places, refused, take

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_november")]


def faults(path, kind, *rows):
    return places(refused(a_sheet(path, kind, *rows), kind))


@pytest.mark.parametrize(
    ("kind", "model"),
    [
        ("events", CentreEvent), ("event_sessions", EventSession), ("event_participants", EventParticipation),
        ("survey_plans", SurveyPlan), ("survey_remarks", SurveyRemark), ("priority_issues", PriorityIssue),
        ("issue_efforts", IssueEffort), ("indicator_forecasts", IndicatorForecast),
    ],
)  # fmt: skip
def test_a_good_row_once_and_again(a_csv, tmp_path, kind, model):
    assert counts(take(a_sheet(a_csv, kind), kind)) == (1, 0, 0, 0)
    row = model.objects.believed().get()
    assert row.by_name == "見本 花子"
    again = a_sheet(tmp_path / "2.csv", kind)
    assert counts(take(again, kind, again=True)) == (0, 0, 1, 0)
    assert model.objects.believed().get().pk == row.pk


# ── events ──


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-10-31 17:00", "2026-10-31 17:00"),
        ("2026-10-31", "2026-11-01 00:00"),  # a day alone is the whole day
        ("2026-11-01 00:00", "2026-11-01 00:00"),
    ],
)
def test_the_end_of_an_event(a_csv, written, read):
    take(a_sheet(a_csv, "events", {"終了日時": written}), "events")
    assert CentreEvent.objects.get().valid_to == at(read)


def test_a_session_that_ends_on_a_day_alone(a_csv):
    take(a_sheet(a_csv, "event_sessions", {"終了日時": "2026-10-30"}), "event_sessions")
    assert EventSession.objects.get().valid_to == at("2026-10-31 00:00")


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ({"終了日時": "2026-10-30 12:59"}, "ends_before_begin", "終了日時"),
        ({"終了日時": "2026-11-20 12:01"}, "in_the_future", "状態"),  # not over yet
        ({"催し番号": "E 1"}, "bad_number", "催し番号"),
        ({"催し番号": "-1"}, "bad_number", "催し番号"),
        ({"状態": "中止"}, "missing_value", "中止の理由"),
        ({"中止の理由": "台風"}, "out_of_place", "中止の理由"),
        ({"内容": ""}, "missing_value", "内容"),
        ({"種類": "party"}, "unknown_code", "種類"),
        ({"計画人数": "-1"}, "out_of_range", "計画人数"),
        ({"内容": "申込みは nobody@example.jp へ"}, "personal_data", "内容"),
        ({"名称": "問合せ 03-0000-0000"}, "personal_data", "名称"),
    ],
)
def test_events_that_cannot_be(a_csv, cells, code, column):
    assert faults(a_csv, "events", cells) == [(code, 2, column)]


def test_planned_ahead_then_held_then_put_right(a_csv, tmp_path):
    ahead = {"状態": "予定", "開始日時": "2026-12-05 13:00", "終了日時": "2026-12-06 17:00", "内容": ""}
    assert counts(take(a_sheet(a_csv, "events", ahead), "events")) == (1, 0, 0, 0)
    before = clock.last()
    cancelled = {**ahead, "状態": "中止", "中止の理由": "台風のため"}
    assert counts(take(a_sheet(tmp_path / "2.csv", "events", cancelled), "events")) == (0, 1, 0, 0)
    assert [row.state for row in CentreEvent.objects.known_at(before)] == ["planned"]
    assert [row.state for row in CentreEvent.objects.believed()] == ["cancelled"]


def test_one_number_told_twice(a_csv, tmp_path):
    assert faults(a_csv, "events", {}, {"行キー": "k2"}) == [("told_twice", 3, "催し番号")]
    take(a_sheet(a_csv, "events"), "events")
    assert faults(tmp_path / "2.csv", "events", {"行キー": "k2"}) == [("told_twice", 2, "催し番号")]
    gone = {"行キー": "k1", "催し番号": "E-2"}  # the number is free again once its row says another
    assert counts(take(a_sheet(tmp_path / "3.csv", "events", gone, {"行キー": "k2"}), "events")) == (1, 1, 0, 0)


def test_a_number_in_other_letters_is_the_same_number(a_csv, tmp_path):
    assert faults(a_csv, "events", {"催し番号": "E-1"}, {"行キー": "k2", "催し番号": "e-1"}) == [
        ("told_twice", 3, "催し番号")
    ]
    take(a_sheet(a_csv, "events", {"催し番号": "e-1"}), "events")
    assert faults(tmp_path / "2.csv", "events", {"行キー": "k2", "催し番号": "E-1"}) == [("told_twice", 2, "催し番号")]
    assert counts(take(a_sheet(tmp_path / "3.csv", "events", {"催し番号": "E-1"}), "events")) == (0, 1, 0, 0)


def test_more_online_than_came_and_a_kind_told_twice(a_csv):
    assert faults(a_csv, "event_participants", {"うちオンライン": "36"}) == [("out_of_range", 2, "うちオンライン")]
    assert faults(a_csv, "event_participants", {}, {"行キー": "k2"}) == [("told_twice", 3, "参加者の区分")]
    assert counts(
        take(a_sheet(a_csv, "event_participants", {"うちオンライン": "35", "参加者数": "35"}), "event_participants")
    )


def test_those_who_came_belong_to_the_events_last_day(a_csv, tmp_path):
    early = {"最終日": "2026-10-30"}
    unknown = a_sheet(tmp_path / "1.csv", "event_participants", {"催し番号": "E-9", **early})
    assert counts(take(unknown, "event_participants")) == (1, 0, 0, 0)  # its event may be told later
    take(a_sheet(a_csv, "events", {"終了日時": "2026-10-31"}), "events")  # until the midnight after
    assert faults(tmp_path / "2.csv", "event_participants", early) == [("other_day", 2, "最終日")]
    assert faults(tmp_path / "3.csv", "event_participants", {"最終日": "2026-11-01"}) == [("other_day", 2, "最終日")]
    right = a_sheet(tmp_path / "4.csv", "event_participants", {"行キー": "k2", "最終日": "2026-10-31 16:00"})
    assert counts(take(right, "event_participants")) == (1, 0, 0, 0)


# ── plans of surveys, remarks ──


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ({"締切日": "2026-10-30"}, "ends_before_begin", "締切日"),
        ({"状態": "回答あり"}, "missing_value", "機構の回答日"),
        ({"状態": "合意", "機構の回答日": "2026-09-10"}, "missing_value", "合意日"),
        ({"状態": "回答あり", "機構の回答日": "2026-08-31"}, "ends_before_begin", "機構の回答日"),
        ({"状態": "合意", "機構の回答日": "2026-09-10", "合意日": "2026-09-09"}, "ends_before_begin", "合意日"),
        ({"合意日": "2026-09-20"}, "out_of_place", "合意日"),
        ({"目標回答率（％）": "100.5"}, "out_of_range", "目標回答率（％）"),
        ({"目標回答率（％）": "33.33"}, "bad_value", "目標回答率（％）"),
        ({"設問": "返送先 nobody@example.jp"}, "personal_data", "設問"),
    ],
)
def test_plans_that_cannot_be(a_csv, cells, code, column):
    assert faults(a_csv, "survey_plans", cells) == [(code, 2, column)]


def test_a_plan_includes_its_last_day_and_is_told_once_a_version(a_csv, tmp_path):
    take(a_sheet(a_csv, "survey_plans", {"締切日": "2026-10-31"}), "survey_plans")  # one day
    assert SurveyPlan.objects.get().valid_to == at("2026-11-01")
    second = {"行キー": "k2"}
    assert faults(tmp_path / "2.csv", "survey_plans", second) == [("told_twice", 2, "版")]
    assert counts(take(a_sheet(tmp_path / "3.csv", "survey_plans", {**second, "版": "v2"}), "survey_plans"))[0] == 1


def test_a_remark_is_checked_by_someone_and_holds_no_contact(a_csv, tmp_path):
    assert faults(a_csv, "survey_remarks", {"記述": "連絡は 090-0000-0000"}) == [("personal_data", 2, "記述")]
    assert faults(a_csv, "survey_remarks", {"設問": "no7.q6"}) == [("unknown_code", 2, "設問")]
    take(a_sheet(tmp_path / "2.csv", "survey_remarks", {"個人情報の確認": ""}), "survey_remarks")
    assert SurveyRemark.objects.get().is_checked is False


# ── priority issues, forecasts ──


@pytest.mark.parametrize(
    ("kind", "cells", "code", "column"),
    [
        ("priority_issues", {"番号": "0"}, "out_of_range", "番号"),
        ("priority_issues", {"ねらい": ""}, "missing_value", "ねらい"),
        ("issue_efforts", {"四半期": "2026-10"}, "bad_period", "四半期"),
        ("issue_efforts", {"四半期": "2026Q5"}, "bad_period", "四半期"),
        ("issue_efforts", {"取組": "電話 0300000000 で受けた"}, "personal_data", "取組"),
        ("indicator_forecasts", {"時点": "FY2026"}, "bad_period", "時点"),
        ("indicator_forecasts", {"見込み": "1.2345678"}, "bad_value", "見込み"),
        ("indicator_forecasts", {"理由": ""}, "missing_value", "理由"),
    ],
)
def test_issues_and_forecasts_that_cannot_be(a_csv, kind, cells, code, column):
    assert faults(a_csv, kind, cells) == [(code, 2, column)]


@pytest.mark.parametrize(
    ("kind", "column"), [("priority_issues", "番号"), ("issue_efforts", "番号"), ("indicator_forecasts", "指標")]
)
def test_an_issue_an_effort_and_a_forecast_are_told_once(a_csv, kind, column):
    assert faults(a_csv, kind, {}, {"行キー": "k2"}) == [("told_twice", 3, column)]
