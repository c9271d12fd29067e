"""Reports of events and incidents on the desk: their addresses, what waits, what is closed, and the legal clocks."""

import pytest
from django.urls import Resolver404, resolve, reverse

from partner.facts import record
from partner.facts.models.surveys import SurveyPlan
from partner.submissions.expected import make_happening
from tests.centre import NOW
from tests.desk.test_figures import text
from tests.happenings import an_event, an_incident, believe, moment
from tests.told import BY

SERVICE, FIRST = "/desk/reports/service/event:E-1/work/", "/desk/reports/incident/incident:T-1/first/work/"


@pytest.mark.parametrize(
    ("name", "more", "path"),
    [
        ("work", ("service", "event:E-1"), SERVICE),
        ("work", ("incident", "incident:T-1/first"), FIRST),
        ("report", ("incident", "incident:T-1/interim-12"), "/desk/reports/incident/incident:T-1/interim-12/"),
        ("work_text", ("incident", "incident:T-1/full", "incident.cause"), "/desk/reports/incident/incident:T-1/full/work/texts/incident.cause/"),
        ("report_file", ("incident", "incident:T-1/full", "pdf"), "/desk/reports/incident/incident:T-1/full/file.pdf"),
        ("report", ("quarterly", "2026Q2"), "/desk/reports/quarterly/2026Q2/"),
        ("figure", ("events.held", "event:E-1"), "/desk/figures/events.held/event:E-1/"),
    ],
)  # fmt: skip
def test_addresses_lead_there_and_back(name, more, path):
    assert reverse(f"desk:{name}", args=more) == path
    found = resolve(path)
    assert (found.url_name, tuple(found.kwargs.values())) == (name, more)


def test_other_slashes_are_no_period():
    with pytest.raises(Resolver404):
        resolve("/desk/reports/incident/incident:T-1/second/work/")


@pytest.fixture
def happened(as_role):
    """An event with a survey that closes late, a planned one, a cancelled one, and a leak."""
    client = as_role("manager")
    believe(an_event("E-1", "2026-10-17 10:00", "2026-10-17 12:00", title="見本セミナー"))
    believe(an_event("E-2", "2026-11-28 10:00", "2026-11-28 12:00", state="planned", title="見本相談会"))
    believe(an_event("E-3", "2026-10-18 10:00", "2026-10-18 12:00", title="見本研修"))
    believe(an_incident("T-1", "2026-10-19 15:00", kind="leak", title="見本の漏えい", people=101))
    make_happening(NOW)
    believe(
        an_event(
            "E-3", "2026-10-18 10:00", "2026-10-18 12:00", state="cancelled", reason="講師の都合", title="見本研修"
        )
    )
    record.record([SurveyPlan(
        survey="event", event="E-1", version="1", state="agreed", valid_from=moment("2026-10-17 12:00"),
        valid_to=moment("2026-10-30 00:00"), audience="参加者", method="オンライン", questions="満足度", analysis="集計",
        proposed_at=moment("2026-10-01 10:00"), source_key=f"{1:032x}", **BY,
    )])  # fmt: skip
    return client


def test_the_due_page_shows_what_happened_what_is_planned_and_the_law(happened):
    page = text(happened, "/desk/due/")
    assert f'href="{SERVICE}"' in page
    assert f'href="{FIRST}"' in page
    assert "期限超過" in page  # the first report was due on the 20th
    assert "これから決まる期限" in page
    assert "見本相談会" in page
    assert "不要" in page
    assert "アンケートの締切（10月30日（金）00:00）" in page
    assert "個人情報保護委員会への速報" in page
    assert "10月23日" in page  # the fifth day, the 19th being the first
    assert "まだ、知らせた記録がありません" in page


def test_a_waived_report_says_by_whom_and_why_and_can_be_wanted_again(happened):
    make_happening(NOW)
    page = text(happened, "/desk/reports/service/event:E-3/work/")
    assert "個別サービス実施報告書は不要とされています。" in page
    assert "催しの中止：講師の都合" in page
    assert "記録による" in page
    plan = "/desk/reports/service/event:E-1/work/plan/"
    assert happened.post(plan, {"act": "waive", "ground": "合意"}).status_code == 302
    assert "不要とされています" in text(happened, SERVICE)
    happened.post(plan, {"act": "want", "ground": "合意の取りやめ"})
    assert "不要とされています" not in text(happened, SERVICE)


def test_a_moved_event_proposes_its_due_date_to_the_manager(happened):
    believe(an_event("E-1", "2026-10-19 10:00", "2026-10-19 12:00", title="見本セミナー"))
    page = text(happened, "/desk/reports/service/event:E-1/work/plan/")
    assert "期限が変わる見込み：11月2日（月）17:00" in page
    assert 'value="2026-11-02"' in page
    assert "期限が変わる見込み" in text(happened, SERVICE)


def test_the_year_lists_every_kind(happened):
    page = text(happened, "/desk/reports/")
    for words in (
        "四半期報告書",
        "年間業務完了報告書",
        "経費確定金額",
        "見本セミナー",
        "見本相談会",
        "催しの予定",
        "見本の漏えい",
    ):
        assert words in page
    assert f'href="{FIRST}"' in page


def test_the_home_page_makes_and_shows_what_happened(as_role):
    client = as_role("reporter")
    believe(an_event("E-1", "2026-10-17 10:00", "2026-10-17 12:00", title="見本セミナー"))
    page = text(client, "/desk/")
    assert "個別サービス実施報告書" in page
    assert "見本セミナー" in page


def test_incidents_show_their_legal_clocks_on_their_page(happened):
    page = text(happened, FIRST)
    assert "個人情報保護委員会への確報" in page
    assert "知った日から30日以内" in page
