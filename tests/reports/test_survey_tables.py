"""The tables of one survey: response, questions, answers, cross; the last time beside it unless the questions changed."""

from datetime import date, datetime
from typing import Any

import pytest

from partner.common.period import JST, midnight
from partner.documents.blocks import KeyValues
from partner.master.actions import set_from
from partner.master.models import Code, ContractFact
from tests.reports.surveyed_sheet import made, notes_of, rows_of, sheet_of
from tests.surveyed import answered, event, many, plan, remark

pytestmark = pytest.mark.django_db
LAST_YEAR = {"begins": "2025-09-06", "closes": "2025-09-20"}


@pytest.fixture(autouse=True)
def later(at_clock: Any) -> None:
    at_clock(datetime(2026, 9, 29, 9, tzinfo=JST))


def twice(now: str = "q1=5 q2=4", last: str = "q1=4 q2=4", n: int = 12, **more: Any) -> None:
    """An event of this year and one of last year, with so many answers each."""
    event()
    event("E-0", "2025-09-06")
    plan(**more)
    plan(number="E-0", **LAST_YEAR)
    many("no6", "2026-09-13", (n, now), event="E-1")
    many("no6", "2025-09-07", (n, last), event="E-0", name="last")


def test_the_response_stands_beside_the_last_events():
    twice(invited=60)
    answered("no6", "P 2026-09-13 partial q1=3", event="E-1")
    blocks = made(sheet_of(), "survey", survey="no6")
    found = rows_of(blocks)
    assert found["依頼"] == ["60", "60"]
    assert found["回答完了"] == ["12", "12"]
    assert found["一部回答"] == ["1", "0"]
    assert found["回答率（％）"] == ["20.0", "20.0"]
    assert "計画の対象数による" in notes_of(blocks)


@pytest.mark.parametrize(("invited", "rate"), [(9, "＊"), (10, "30.0")])
def test_no_rate_below_ten_requests(invited, rate):
    event()
    plan(invited=invited)
    many("no6", "2026-09-13", (3, "q1=5"), event="E-1")
    assert rows_of(made(sheet_of(), "survey", survey="no6"))["回答率（％）"] == [rate, "記録なし"]


def test_more_answers_than_requests_are_told():
    event()
    plan(invited=10)
    many("no6", "2026-09-13", (12, "q1=5"), event="E-1")
    blocks = made(sheet_of(), "survey", survey="no6")
    assert rows_of(blocks)["回答率（％）"][0] == "120.0"
    assert "回答完了が計画の対象数より2件多いため、回答率は100％を超える。" in notes_of(blocks)


def test_the_plan_says_how_far_it_has_come():
    event()
    plan(version="2", state="proposed", answered_at=None, agreed_at=None, goal=None)
    many("no6", "2026-09-13", (3, "q1=5"), event="E-1", version="2")
    outline = next(block for block in made(sheet_of(), "survey", survey="no6") if isinstance(block, KeyValues))
    lines = {name: "".join(run.text for run in runs) for name, runs in outline.entries}
    assert "第2版" in lines["計画の版"]
    assert "合意していない" in lines["計画の版"]
    assert lines["目標回答率"] == "目標値未設定"


def test_a_survey_without_a_plan_blocks():
    event()
    many("no6", "2026-09-13", (3, "q1=5"), event="E-1")
    sheet = sheet_of()
    made(sheet, "survey", survey="no6")
    assert [one.why for one in sheet.blockers] == ["No.6の実施計画が記録されていない。"]


def test_answers_to_an_older_questionnaire_stand_apart():
    event()
    plan(version="2")
    many("no6", "2026-09-13", (8, "q1=5"), event="E-1", version="2")
    many("no6", "2026-09-13", (3, "q1=5"), event="E-1", version="1", name="old")
    found = rows_of(made(sheet_of(), "survey", survey="no6"))
    assert (found["うち第1版（計画と異なる版）"][0], found["うち第2版"][0], found["回答完了"][0]) == ("3", "8", "11")


def test_answers_after_the_closing_are_told():
    event()
    plan(closes="2026-09-20")
    many("no6", "2026-09-21", (2, "q1=5"), event="E-1")
    assert rows_of(made(sheet_of(), "survey", survey="no6"))["うち締切後に届いた回答"][0] == "2"


def test_a_survey_that_closes_after_the_report_is_due_says_so():
    event()  # the report is due on 30 September
    plan(closes="2026-09-30")
    many("no6", "2026-09-13", (2, "q1=5"), event="E-1")
    told = notes_of(made(sheet_of(), "survey", survey="no6"))
    assert "速報値" in told
    assert "提出期限" not in told
    plan("no7", closes="2026-10-01")
    many("no7", "2026-09-13", (2, "q1=5"), event="E-1")
    assert "提出期限（令和8年9月30日（水））より後" in notes_of(made(sheet_of(), "survey", survey="no7"))


def test_each_question_has_its_n_and_mean_and_the_last_ones():
    twice()
    found = rows_of(made(sheet_of(), "survey_questions", survey="no6"))
    assert found["催し全体の満足度"] == ["12", "5.00", "", "12", "4.00", "+1.00"]
    assert found["参加者の立場"][1] == "―"


@pytest.mark.parametrize(("n", "difference"), [(9, "＊"), (10, "+1.00")])
def test_no_difference_is_claimed_below_ten(n, difference):
    twice(n=n)
    assert rows_of(made(sheet_of(), "survey_questions", survey="no6"))["催し全体の満足度"][5] == difference


def test_a_question_that_the_plan_calls_changed_is_not_compared():
    twice(changed="設問2の言い方を改めた。")
    found = rows_of(made(sheet_of(), "survey_questions", survey="no6"))
    assert found["内容の分かりやすさ"][3:] == ["設問変更", "設問変更", "―"]
    assert found["催し全体の満足度"][4] == "4.00"


def test_a_change_that_names_no_question_stops_all_comparison():
    twice(changed="尺度の説明を改めた。")
    found = rows_of(made(sheet_of(), "survey_questions", survey="no6"))
    assert {cells[3] for cells in found.values()} == {"設問変更"}


def test_a_question_in_other_words_is_not_compared():
    twice()
    set_from(
        Code, keys={"list": "survey_question", "code": "no6.q1"}, holds_from=midnight(date(2026, 4, 1)), reason="見本", by=("見本", "見本"),
        values={"label": "催しの総合評価", "label_en": "", "reported_as": "", "position": 1},
    )  # fmt: skip
    blocks = made(sheet_of(), "survey_questions", survey="no6")
    assert rows_of(blocks)["催しの総合評価"][3] == "設問変更"
    assert "「催しの総合評価」は、前回と設問が異なるため比べない" in notes_of(blocks)


@pytest.mark.parametrize(("n", "share"), [(9, "＊"), (10, "50.0")])
def test_shares_are_claimed_from_ten_answers_on(n, share):
    event()
    plan()
    half = n // 2
    many("no6", "2026-09-13", (half, "q5=student"), (n - half, "q5=worker"), event="E-1")
    found = rows_of(made(sheet_of(), "survey_choices", survey="no6"))
    assert found["学生"][:2] == [str(half), share]
    assert found["求職中"][0] == "0"


def test_an_answer_that_the_list_holds_no_more_is_counted_in_a_row_of_its_own():
    event()
    plan()
    many("no6", "2026-09-13", (6, "q5=student"), (4, "q5=visitor"), event="E-1")
    found = rows_of(made(sheet_of(), "survey_choices", survey="no6"))
    assert (found["学生"][0], found["no6.q5.visitor"][0]) == ("6", "4")


def crossed(setting: str = "1") -> Any:
    event()
    plan()
    many("no6", "2026-09-13", (3, "q1=5 q5=student"), (9, "q1=4 q5=student"), (8, "q1=3 q5=student"), event="E-1")
    many(
        "no6",
        "2026-09-13",
        (7, "q1=5 q5=worker"),
        (20, "q1=4 q5=worker"),
        (30, "q1=3 q5=worker"),
        event="E-1",
        name="W",
    )
    old = ContractFact.objects.believed().get(key="mask_small_cells")
    set_from(
        ContractFact, keys={"key": "mask_small_cells"}, values={"label": old.label, "value": setting},
        holds_from=midnight(date(2026, 4, 1)), reason="見本", by=("見本", "見本"),
    )  # fmt: skip
    return made(sheet_of(), "survey_cross", survey="no6", rows="q5", columns="q1")


def test_small_cells_are_hidden_with_the_mean_and_the_shares_of_their_rows():
    found = rows_of(crossed())
    assert found["学生"] == ["20", "―", "秘", "9", "秘", "0", "0", *["―"] * 5]
    assert found["計"][:7] == ["77", "3.64", "10", "29", "38", "0", "0"]
    assert found["その他"] == ["0", "―", "0", "0", "0", "0", "0", *["＊"] * 5]


def test_without_the_setting_every_cell_is_printed():
    found = rows_of(crossed(""))
    assert found["学生"][:4] == ["20", "3.75", "3", "9"]
    assert found["学生"][7] == "15.0"


def test_remarks_stand_by_category_and_unchecked_ones_never():
    event()
    remark("分かりやすかった。", "praise")
    remark("時間を長く。", "wish")
    remark("山田さんが親切。", checked=False)
    sheet = sheet_of()
    blocks = made(sheet, "survey_remarks", survey="no6")
    assert [cells[0] for cells in rows_of(blocks).values()] == ["分かりやすかった。", "時間を長く。"]
    assert "山田" not in str(blocks)
    assert [one.why for one in sheet.blockers] == ["No.6の自由記述1件が、個人情報の確認を受けていない。"]


def test_only_unchecked_remarks_print_nothing_of_themselves():
    event()
    remark("山田さんが親切。", checked=False)
    assert "山田" not in str(made(sheet_of(), "survey_remarks", survey="no6"))


def test_a_survey_that_nobody_answered_has_its_outline_alone_and_blocks():
    event()
    plan()
    sheet = sheet_of()
    assert rows_of(made(sheet, "survey", survey="no6"))["回答完了"] == ["未入力", "記録なし"]
    assert [one.why for one in sheet.blockers] == ["No.6の回答がまだ取り込まれていない。"]
    for form in ("survey_questions", "survey_choices", "survey_cross", "survey_analysis"):
        assert made(sheet, form, survey="no6", rows="q5", columns="q1") == []


def test_free_text_is_crossed_with_nothing():
    event()
    plan()
    many("no6", "2026-09-13", (12, "q1=5 q6=given"), event="E-1")
    assert made(sheet_of(), "survey_cross", survey="no6", rows="q6", columns="q1") == []
