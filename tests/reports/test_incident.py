"""その他報告: first, interim, full; what may be unknown at each; gaps against limits; nothing personal."""

import io

import pikepdf
import pytest

from partner.common.refusal import Refusal
from partner.facts.intake.kinds.declare import without_contacts
from partner.facts.models.incidents import Incident
from partner.facts.streams import INQUIRIES
from partner.ledger import clock
from partner.reports.incidents import incident
from partner.reports.render import render
from partner.reports.render import write as to_files
from partner.reports.standing import Issue
from tests.cases import a_note, an_incident, at, corrected
from tests.happened import tell
from tests.reports.composed import composed, settings, table, text_of, whys, write

pytestmark = [pytest.mark.both, pytest.mark.django_db]
NOTICED = "2026-10-05 09:00"  # a Monday


@pytest.fixture(autouse=True)
def _in_december(at_clock):
    at_clock(at("2026-12-01 12:00"))
    clock.cut(at("2026-09-30 12:00"))


def an_open_one(**more):
    return an_incident("T-1", NOTICED, outline="メールが2通届いた。", told_at="2026-10-06 10:30", **more)


def handled(row, day="2026-11-16 17:00", **more):
    texts = {
        "cause": "設定の誤りによる。",
        "measures": "設定を改めた。",
        "prevention": "試験を加えた。",
        "affected": 310,
    }
    return corrected(row, handled_at=day, **{**texts, **more})


# ── which report may be made ──


def test_no_full_report_before_it_was_dealt_with():
    an_open_one()
    with pytest.raises(Refusal, match="対処が終わっていないため、完了報告は作成できません"):
        composed("incident", "incident:T-1/full")
    assert "第一報" in text_of(composed("incident", "incident:T-1/first"))


def test_no_interim_report_once_it_was_dealt_with():
    handled(an_open_one(), "2026-10-20 17:00")
    with pytest.raises(Refusal, match="この中間報告は要りません"):
        composed("incident", "incident:T-1/interim-3")


def test_an_incident_without_an_end_goes_on_with_interim_reports():
    an_open_one()
    report = composed("incident", "incident:T-1/interim-7")
    assert "中間報告（第7回）" in text_of(report)
    steps = table(report, "T2-1")
    assert [label for label in steps if label.startswith("中間報告")] == [
        *(f"中間報告（第{n}回）" for n in range(1, 7)), "中間報告（第7回）（本書）",
    ]  # fmt: skip


# ── what may be unknown ──


def test_the_first_report_may_say_that_it_is_being_looked_into():
    an_open_one()
    assert whys(composed("incident", "incident:T-1/first")) == ["「今後の対応」が下書きのままである。"]
    write("incident", "incident:T-1/first", "incident.next", "10月9日までに原因を確かめる。")
    report = composed("incident", "incident:T-1/first")
    assert not whys(report)
    assert text_of(report).count("調査中である。") >= 3


def test_the_full_report_owes_everything():
    handled(an_open_one(), cause="", prevention="", affected=None)
    found = whys(composed("incident", "incident:T-1/full"))
    assert (
        len([why for why in found if why.startswith(("「原因」", "「再発防止」", "影響を受けた数", "発生日時"))]) == 4
    )


def test_a_text_that_someone_wrote_in_the_report_stands_before_the_facts_own():
    handled(an_open_one(occurred_at="2026-10-05 08:00"))
    a_note("T-1", "2026-10-06 11:00", "配信を止めた。")
    assert whys(composed("incident", "incident:T-1/full")) == []
    write("incident", "incident:T-1/full", "incident.cause", "設定の誤り（確認の漏れ）による。")
    report = composed("incident", "incident:T-1/full")
    assert "設定の誤り（確認の漏れ）による。" in text_of(report)
    assert "設定の誤りによる。" not in text_of(report)
    assert report.places["incident.cause"] == ("原因", "設定の誤りによる。")


# ── its course ──


def test_the_interim_report_drafts_what_is_new_from_the_notes():
    an_open_one()
    a_note("T-1", "2026-10-08 10:00", "記録を調べた。")
    report = composed("incident", "incident:T-1/interim-1")
    assert "記録を調べた。" in report.places["incident.news"][1]
    assert "「前の報告からの進展」が下書きのままである。" in whys(report)


# ── gaps against limits ──


@pytest.mark.parametrize(
    ("told", "gap", "days", "result"),
    [
        ("2026-10-05 09:00", "0.0", "0", "期限内"),
        ("2026-10-06 17:00", "32.0", "1", "期限内"),
        ("2026-10-06 17:00:01", "32.0", "1", "期限後"),
        ("2026-10-13 09:00", "192.0", "5", "期限後"),  # スポーツの日 between
    ],
)
def test_telling_jica(told, gap, days, result):
    an_incident("T-1", NOTICED, outline="見本", told_at=told)
    row = table(composed("incident", "incident:T-1/first"), "T2-1")["機構への第一報"]
    assert (row[1], row[2], row[4]) == (gap, days, result)


def test_not_told_yet_is_late_only_after_the_limit():
    an_incident("T-1", NOTICED, outline="見本")
    early = table(composed("incident", "incident:T-1/first"), "T2-1")["機構への第一報"]
    assert (early[0], early[4]) == ("未連絡", "期限経過")
    settings(incident_tell_days="60")
    assert table(composed("incident", "incident:T-1/first"), "T2-1")["機構への第一報"][4] == "期限前"


def test_the_full_report_is_counted_from_its_handling():
    handled(an_open_one())
    steps = table(composed("incident", "incident:T-1/full"), "T2-1")
    assert steps["対処の完了"][1:3] == ("1,016.0", "28")
    assert steps["完了報告（本書）"] == ("提出前", "―", "―", "11月19日（木）17:00", "期限経過")
    assert "中間報告（第2回）" in steps
    assert "中間報告（第3回）" not in steps
    issue = Issue(1, at("2026-11-19 16:00"), at("2026-11-19 17:00"), ())
    made = table(composed("incident", "incident:T-1/full", issue=issue), "T2-1")
    assert made["完了報告（本書）"][1:] == ("71.0", "3", "11月19日（木）17:00", "期限内")


# ── leaks ──


def a_leak(**more):
    return an_incident("T-1", NOTICED, "leak", outline="宛先を誤った。", told_at="2026-10-06 10:00", **more)


def test_only_a_leak_runs_the_laws_clocks():
    an_open_one()
    assert "法令の報告事項" not in text_of(composed("incident", "incident:T-1/first"))


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"people": 100, "is_sensitive": "no", "is_property": "no", "is_wrongful": "no"}, "報告を要しない。"),
        ({"people": 101, "is_sensitive": "no", "is_property": "no", "is_wrongful": "no"}, "本人の数が100人を超える"),
        ({"people": 1, "is_sensitive": "yes"}, "要配慮個人情報を含むためである。"),
        ({"people": 1, "is_property": "yes", "is_wrongful": "yes"}, "財産的被害のおそれがある、不正の目的のおそれがあるためである。"),
        ({"people": 100, "is_sensitive": "no"}, "報告を要するかは未確認である。"),
        ({}, "報告を要するかは未確認である。"),
    ],
)  # fmt: skip
def test_whether_it_must_be_reported_and_why(told, said):
    a_leak(**told)
    assert said in text_of(composed("incident", "incident:T-1/first"))


def test_the_limit_of_persons_is_a_setting():
    a_leak(people=101, is_sensitive="no", is_property="no", is_wrongful="no")
    settings(leak_people="1000")
    assert "報告を要しない。" in text_of(composed("incident", "incident:T-1/first"))


def test_the_clocks_of_a_leak():
    a_leak(people=200)
    clocks = table(composed("incident", "incident:T-1/first", at("2026-12-01 12:00")), "T5-3")
    assert [row[1:] for row in clocks.values()] == [
        ("令和8年10月9日（金）", "機構へ通知済"), ("令和8年11月4日（水）", "機構へ通知済"),
    ]  # fmt: skip
    corrected(a_leak_of("T-2", "2026-11-25 09:00"), is_wrongful="yes")
    late = table(composed("incident", "incident:T-2/first"), "T5-3")
    assert [row[2] for row in late.values()] == ["期限経過", "あと55日"]  # 60 days: 23 January, a Saturday


def a_leak_of(number, noticed):
    return an_incident(number, noticed, "leak", outline="宛先を誤った。")


def test_what_is_unknown_of_a_leak_blocks_the_full_report_alone():
    row = a_leak(occurred_at="2026-10-01")
    assert table(composed("incident", "incident:T-1/first"), "T5-1")["本人の数"] == ("未確認",)
    assert not [why for why in whys(composed("incident", "incident:T-1/first")) if "未確認" in why]
    handled(row)
    owed = [why for why in whys(composed("incident", "incident:T-1/full")) if "未確認" in why]
    assert len(owed) == 5 + 3  # five items and three grounds; 概要, 原因 and 再発防止 are known


def test_a_leak_that_was_found_later_in_an_old_inquiry():
    tell(INQUIRIES, "Q-7 2025-06-02 10:00:00 received channel=form")
    a_leak(occurred_at="2025-05-20", inquiry="Q-7")
    text = text_of(composed("incident", "incident:T-1/first"))
    assert "受付番号 Q-7、令和7年6月2日（月）受付。受付から490日後に、この事案であると知った。" in text


def test_an_inquiry_that_came_after_it_was_known():
    tell(INQUIRIES, "Q-8 2026-10-07 10:00:00 received channel=form")
    an_open_one(inquiry="Q-8")
    assert "令和8年10月7日（水）受付。受付の前に知っていた。" in text_of(composed("incident", "incident:T-1/first"))


def test_what_turns_out_to_be_no_leak_has_nothing_of_the_law(at_clock):
    row = a_leak(data_items="メールアドレス", people=3)
    before = clock.cut(at("2026-12-01 12:00"))
    at_clock(at("2026-12-02 12:00"))
    clock.cut(at("2026-12-02 12:00"))
    corrected(row, kind="complaint", data_items="", people=None)
    text = text_of(composed("incident", "incident:T-1/first"))
    assert "クレーム" in text
    assert "法令の報告事項" not in text
    assert "個人情報保護委員会" not in text
    assert "メールアドレス" in text_of(composed("incident", "incident:T-1/first", before))


def test_four_years_with_three_hundred_notes_are_counted_once(monkeypatch):
    """Each note is held against the report before: its due date is not counted anew for every one of them."""
    an_incident("T-9", "2023-01-16 09:00", outline="続いている。", told_at="2023-01-16 10:00")
    for n in range(300):
        a_note("T-9", "2026-11-02 11:00", f"経過{n}を確かめた。")
    counted: list[int] = []
    count = incident.add_business_days
    monkeypatch.setattr(incident, "add_business_days", lambda *told: counted.append(1) or count(*told))
    assert "経過299を確かめた。" in text_of(composed("incident", "incident:T-9/interim-90"))
    assert len(counted) < 91 * 10


def test_texts_that_strain_a_page_stand_as_they_were_written():
    """Markup is text, four thousand characters go over several pages, and no character is lost."""
    long = "<script>alert(1)</script>{{ 7 * 7 }}{% raw %} &amp; 🌏　" + "長い経緯である。" * 490
    a_leak_of("T-2", "2026-11-25 09:00")
    row = Incident.objects.get()
    corrected(row, outline=long, cause=long, data_items="氏名" * 150, secondary=long, persons_told="一行目\n二行目")
    a_note("T-2", "2026-11-26 11:00", long[:2000])
    report = composed("incident", "incident:T-2/first")
    assert text_of(report).count("{{ 7 * 7 }}{% raw %} &amp; 🌏") >= 3
    html = render(report, "html").decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7 * 7 }}{% raw %} &amp;amp; 🌏" in html
    with pikepdf.open(io.BytesIO(render(report, "pdf"))) as paper:
        assert len(paper.pages) >= 10
    assert render(report, "docx")


def test_an_inquiry_that_nobody_recorded():
    an_open_one(inquiry="Q-9")
    assert "受付番号 Q-9（受付の記録なし）" in text_of(composed("incident", "incident:T-1/first"))


# ── nothing personal ──


def test_a_contact_written_into_the_report_is_not_printed_and_blocks():
    an_open_one()
    write("incident", "incident:T-1/first", "incident.cause", "nobody@example.jp から申出があった。")
    write("incident", "incident:T-1/first", "incident.next", "090-0000-0000 に連絡する。")
    report = composed("incident", "incident:T-1/first")
    assert len([why for why in whys(report) if "メールアドレスか電話番号" in why]) == 2
    assert not list(without_contacts(text_of(report), "text"))


def test_its_files_lie_where_they_were_asked_for(tmp_path):
    an_open_one()
    (file,) = to_files(composed("incident", "incident:T-1/interim-1"), tmp_path, ["json"])
    assert file["path"] == str(tmp_path / "incident-T-1-interim-1.json")
