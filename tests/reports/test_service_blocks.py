"""The report on an event: all its parts, what blocks it, what is refused; and the year's events in a line each."""

import io
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from partner.common.period import JST
from partner.common.refusal import Refusal
from partner.documents.blocks import Original, Pictures
from partner.facts import attachments, record, texts
from partner.facts.models.events import EventParticipation, EventSession
from partner.facts.models.expenses import Expense
from partner.ledger import clock
from partner.reports.prepare import prepare
from tests.ready import name
from tests.reports.surveyed_sheet import made, notes_of, rows_of, sheet_of
from tests.surveyed import at, event, key, many, plan

pytestmark = pytest.mark.django_db
BY = ("見本 花子", "報告担当")


@pytest.fixture(autouse=True)
def later(at_clock: Any) -> None:
    at_clock(datetime(2026, 10, 1, 9, tzinfo=JST))


def came(number: str = "E-1", **kinds: tuple[int, int, int]) -> None:
    day = at("2026-09-12") if number == "E-1" else at("2025-09-06")
    record.record([
        EventParticipation(event=number, happened_at=day, participant=kind, applied=applied, attended=attended, online=online, **key())
        for kind, (applied, attended, online) in kinds.items()
    ])  # fmt: skip


def spent(stage: str, net: int, rate: str = "10", item: str = "event", **more: Any) -> None:
    tax = int(net * Decimal(rate) / 100)
    record.record([Expense(
        number=f"V{net}", fiscal_year=2026, stage=stage, item=item, valid_from=at("2026-09-12"), net=net, rate=Decimal(rate), tax=tax,
        event="E-1", title="会場費", **key(), **more,
    )])  # fmt: skip


def png(tone: int = 200) -> bytes:
    out = io.BytesIO()
    Image.new("L", (60, 40), tone).save(out, "PNG")
    return out.getvalue()


def kept(role: str, number: str, tone: int = 200, **more: Any) -> None:
    attachments.keep(
        about="event:E-1",
        role=role,
        number=number,
        title=f"見本{number}",
        name=f"{number}.png",
        chunks=[png(tone)],
        by=BY,
        **more,
    )


@pytest.mark.parametrize(("state", "code"), [("planned", "event_not_held"), ("cancelled", "event_cancelled")])
def test_an_event_that_was_not_held_has_no_report(state, code):
    event(state=state, reason="台風のため" if state == "cancelled" else "")
    with pytest.raises(Refusal) as refused:
        made(sheet_of(), "event_outline", "S1-1")
    assert refused.value.faults[0].code == code
    assert ("台風のため" in str(refused.value)) is (state == "cancelled")


def test_an_event_over_two_days_says_when_it_began_and_ended():
    event(valid_to=at("2026-09-13T16:30"))
    outline = str(made(sheet_of(), "event_outline", "S1-1"))
    assert "令和8年9月12日（土）13:00から9月13日（日）16:30まで（2日間）" in outline


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ("2026-09-13T00:00", "令和8年9月12日（土）13:00から24:00まで"),
        ("2026-09-14T00:00", "13:00から9月13日（日）24:00まで（2日間）"),
        ("2026-09-13T01:30", "13:00から9月13日（日）01:30まで（2日間）"),
    ],
)
def test_what_ends_at_midnight_ends_at_the_end_of_its_day(end, said):
    event(valid_to=at(end))
    record.record([EventSession(
        event="E-1", position=1, title="講演", valid_from=at("2026-09-12T22:00"), valid_to=at("2026-09-13T00:00"), **key(),
    )])  # fmt: skip
    sheet = sheet_of()
    assert said in str(made(sheet, "event_outline", "S1-1"))
    assert list(rows_of(made(sheet, "event_programme", "S1-2"))) == ["9月12日（土） 22:00–24:00"]


def test_an_event_to_which_nobody_came_has_a_zero_and_not_a_gap():
    event()
    came(full=(0, 0, 0))
    sheet = sheet_of()
    assert rows_of(made(sheet, "event_participants", "S2-1"))["計"][:3] == ["0", "0", "0"]
    assert not sheet.blockers


def test_sessions_stand_in_their_order_without_names():
    event()
    record.record([
        EventSession(event="E-1", position=n, title=title, valid_from=at(f"2026-09-12T{hour}:00"), valid_to=at(f"2026-09-12T{hour}:50"),
                     given_by="国際機関 東京事務所", attended=people, **key())
        for n, (title, hour, people) in enumerate([("個別相談", 15, None), ("講演", 13, 80)])
    ])  # fmt: skip
    found = rows_of(made(sheet_of(), "event_programme", "S1-2"))
    assert [cells[0] for cells in found.values()] == ["講演", "個別相談"]
    assert [cells[2] for cells in found.values()] == ["80", "記録なし"]


def test_participants_stand_by_what_they_are_against_the_plan_and_the_last_event():
    event(planned_people=80)
    event("E-0", "2025-09-06")
    came(full=(50, 40, 10), student=(30, 24, 4))
    came("E-0", full=(20, 15, 0))
    found = rows_of(made(sheet_of(), "event_participants", "S2-1"))
    assert found["国際協力人材"] == ["50", "40", "10", "20", "15"]
    assert found["計"] == ["80", "64", "14", "20", "15"]
    assert found["計画に対する参加（％）"][1] == "80.0"


def test_a_number_of_participants_that_was_never_agreed_says_so():
    event(planned_people=None)
    came(full=(5, 4, 0))
    assert rows_of(made(sheet_of(), "event_participants", "S2-1"))["計画人数"][1] == "目標値未設定"


def test_costs_stand_by_item_and_their_tax_by_rate():
    event()
    spent("budget", 300_000)
    spent("spent", 200_000)
    spent("spent", 50_000, "8")
    spent("accrued", 30_000, item="travel")
    spent("spent", -10_000, reason="キャンセル分の返金")
    blocks = made(sheet_of(), "event_costs", "S3-1")
    found = rows_of(blocks)
    assert found["セミナー等実施費"] == ["330,000", "記録なし", "263,000", "0", "−67,000"]
    assert found["計"] == ["330,000", "記録なし", "263,000", "33,000", "−34,000"]
    assert "−11,000円（キャンセル分の返金）" in notes_of(blocks)
    taxes = rows_of(made(sheet_of(), "event_taxes", "S3-2"))
    assert taxes == {
        "10％": ["220,000", "22,000", "242,000"], "8％": ["50,000", "4,000", "54,000"], "計": ["270,000", "26,000", "296,000"],
    }  # fmt: skip


def test_costs_that_nobody_recorded_block():
    event()
    sheet = sheet_of()
    made(sheet, "event_costs", "S3-1")
    assert sheet.blockers[0].why == "催しの費用（支出）がまだ記録されていない。"


@pytest.mark.parametrize(("originals", "is_stopped"), [(1, True), (2, False)])
def test_as_many_originals_as_completed_responses(tmp_path: Path, settings: Any, originals, is_stopped):
    settings.DATA = tmp_path
    event()
    plan("no8")
    many("no8", "2026-09-12", (2, "q1=5"), event="E-1")
    for n in range(originals):
        kept("original", f"00{n + 1}", tone=100 + n, survey="no8")
    sheet = sheet_of()
    blocks = made(sheet, "event_originals", "S5-1")
    assert [one.why for one in sheet.blockers] == (
        ["No.8の原本が1件、回答完了が2件で、数が合わない。"] if is_stopped else []
    )
    assert sum(isinstance(block, Original) for block in blocks) == originals
    row = rows_of(blocks)["001"]
    assert (row[0], row[1], len(row[3])) == ("見本001", "001.png", 64)


def test_photos_stand_with_their_alternative_texts(tmp_path: Path, settings: Any):
    settings.DATA = tmp_path
    event()
    kept("photo", "1", alt="会場で講演を聞く人々")
    pictures = next(block for block in made(sheet_of(), "event_photos", "S1-3") if isinstance(block, Pictures))
    assert pictures.entries[0].alt == "会場で講演を聞く人々"


def test_lessons_are_owed_by_a_person():
    event()
    sheet = sheet_of()
    made(sheet, "owed_text", "S6-1", place="event.lessons")
    assert [one.text for one in sheet.blockers] == ["event.lessons"]
    texts.write(report="service", period="event:E-1", place="event.lessons", body="開始を早める。", seen=None, by=BY)
    sheet = sheet_of()
    assert "開始を早める。" in str(made(sheet, "owed_text", "S6-1", place="event.lessons"))
    assert sheet.blockers == []


def test_the_whole_report_composes_with_only_texts_owed():
    name("contract_title", "架空契約")
    name("contractor", "架空事業者")
    event()
    came(full=(5, 4, 0))
    spent("spent", 1000)
    plan()
    many("no6", "2026-09-13", (12, "q1=5 q2=4 q5=student"), event="E-1")
    report = prepare("service", sheet_of().period, clock.cut())
    assert {one["text"] for one in report.data["blockers"]} == {"S4-16.analysis", "event.lessons", "event.next"}
    cells = {cell["number"]: cell["text"] for cell in report.data["cells"]}
    assert (cells["S4-11.02a"], cells["S4-12.01b"], cells["S4-13.01a"]) == ("12", "5.00", "12")
    assert report.document.title.endswith(sheet_of().period.label)


def test_the_years_events_stand_in_a_line_each():
    event(planned_people=100)
    came(full=(90, 80, 0))
    many("no6", "2026-09-13", (12, "q1=5"), event="E-1")
    event("E-2", "2026-10-03", state="cancelled", reason="台風のため")
    sheet = sheet_of("FY2026", "annual")
    found = rows_of(made(sheet, "events_held", "A7-1"))
    assert found == {"9月12日（土）": ["国際協力人材セミナー E-1", "80", "100", "80.0", "5.00（12）", "提出の記録なし"]}
    assert "E-2「国際協力人材セミナー E-2」は中止した（台風のため）" in notes_of(made(sheet, "events_held", "A7-1"))


def test_a_year_without_events_says_so_with_what_was_planned():
    event(state="cancelled", reason="台風のため")
    said = str(made(sheet_of("FY2026", "annual"), "events_held", "A7-1"))
    assert "該当なし。令和8年度（2026年度）に実施した個別サービスはない。" in said
    assert "中止した（台風のため）" in said


def test_a_survey_of_the_year_stands_beside_the_year_before():
    plan("no2", "", begins="2026-07-01", closes="2026-07-31", invited=40)
    many("no2", "2026-07-15", (10, "q1=4"))
    many("no2", "2025-07-15", (10, "q1=3"), name="last")
    sheet = sheet_of("FY2026", "annual")
    assert rows_of(made(sheet, "survey", "A5-11", survey="no2"))["回答率（％）"][0] == "25.0"
    assert rows_of(made(sheet, "survey_questions", "A5-12", survey="no2"))["PARTNER全体の満足度"][3:] == [
        "10",
        "3.00",
        "+1.00",
    ]
