"""The drafted analysis says what the numbers bear and nothing else."""

from datetime import datetime
from typing import Any

import pytest

from partner.common.period import JST
from partner.facts import texts
from tests.reports.surveyed_sheet import made, said, sheet_of
from tests.surveyed import event, many, plan, remark

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def later(at_clock: Any) -> None:
    at_clock(datetime(2026, 10, 1, 9, tzinfo=JST))


def analysed(now: tuple[tuple[int, str], ...], last: tuple[tuple[int, str], ...] = (), **more: Any) -> str:
    event()
    plan(**more)
    many("no6", "2026-09-13", *now, event="E-1")
    if last:
        event("E-0", "2025-09-06")
        many("no6", "2025-09-07", *last, event="E-0", name="last")
    return said(made(sheet_of(), "survey_analysis", survey="no6"))


@pytest.mark.parametrize(("n", "is_compared"), [(9, False), (10, True)])
def test_below_ten_answers_nothing_is_said_of_them(n, is_compared):
    found = analysed(((n, "q1=5 q2=2"),))
    assert ("10件に満たない" in found) is not is_compared
    assert ("最も高い" in found) is is_compared


def test_the_response_is_told_with_its_goal_and_its_limits():
    found = analysed(((20, "q1=4"),), invited=60, goal=50)
    assert "依頼60件に対する回答率は33.3％である。目標の50.0％に達していない。半数以上が回答していない" in found


def test_a_goal_is_not_reached_by_rounding():
    assert "回答率は50.0％である。目標の50.0％に達していない。" in analysed(((999, "q1=4"),), invited=2000, goal=50)


def test_no_response_rate_without_requests():
    assert "回答率は述べない" in analysed(((20, "q1=4"),), invited=None)


def test_small_differences_between_questions_are_not_ranked():
    found = analysed(((10, "q1=5 q2=4"), (10, "q1=3 q2=4"), (1, "q1=4 q2=5")))
    assert "設問の間の差は小さい" in found
    assert "最も高いのは" not in found


def test_a_change_beyond_chance_is_told_and_a_small_one_is_not():
    last = ((15, "q1=3 q2=4"), (15, "q1=4 q2=3"))
    found = analysed(((15, "q1=5 q2=4"), (15, "q1=4 q2=3"), (1, "q1=5 q2=4")), last)
    assert "「催し全体の満足度」が上がった：前回の3.50点（n＝30）から4.52点（n＝31）に上がった。" in found
    assert "「内容の分かりやすさ」が" not in found.replace("が高く", "").replace("が低い", "")


def test_where_nothing_changed_beyond_chance_it_says_that():
    last = ((15, "q1=3"), (15, "q1=4"))
    assert "比べられる1問に、偶然を超える変化はない。" in analysed(((14, "q1=3"), (16, "q1=4")), last)


def test_nothing_is_compared_across_a_change():
    found = analysed(((30, "q1=5"),), ((30, "q1=2"),), changed="設問1を改めた。")
    assert "に上がった" not in found
    assert "「催し全体の満足度」は設問を変えたため、前回と比べない。" in found


def test_remarks_are_counted_only_when_checked():
    event()
    remark("よい。", "praise")
    remark("よい。", "praise", checked=False)
    assert "自由記述は1件：内訳は評価1件である。" in analysed_again()


def analysed_again() -> str:
    plan()
    many("no6", "2026-09-13", (12, "q1=5"), event="E-1")
    return said(made(sheet_of(), "survey_analysis", survey="no6"))


def test_a_draft_is_marked_and_blocks_until_someone_writes():
    event()
    plan()
    many("no6", "2026-09-13", (12, "q1=5 q2=4"), event="E-1")
    sheet = sheet_of()
    assert "下書き" in str(made(sheet, "survey_analysis", survey="no6"))
    assert [one.text for one in sheet.blockers] == ["S4-11.analysis"]
    texts.write(
        report="service",
        period="event:E-1",
        place="S4-11.analysis",
        body="おおむね好評である。",
        seen=None,
        by=("見本 花子", "報告担当"),
    )
    sheet = sheet_of()
    blocks = made(sheet, "survey_analysis", survey="no6")
    assert "おおむね好評である。" in str(blocks)
    assert sheet.blockers == []


def test_every_sentence_leads_to_its_records():
    found = made_links(((15, "q1=5 q2=3"), (15, "q1=4 q2=3")))
    assert found
    assert all("surveys.answers/event:E-1/?survey=no6" in link for link in found)


def made_links(now: tuple[tuple[int, str], ...]) -> list[str]:
    from partner.documents.blocks import Finding

    analysed(now)
    blocks = made(sheet_of(), "survey_analysis", survey="no6")
    return [next(run.link for run in block.runs if run.link) for block in blocks if isinstance(block, Finding)]
