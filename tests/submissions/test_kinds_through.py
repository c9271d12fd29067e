"""Service, incident, annual and expenses over the desk's pages: from the first look to JICA's acceptance."""

import re
from typing import Any

import pytest

from partner.common.refusal import Refusal
from partner.facts.models.published import PublishedFigure
from partner.ledger import clock
from partner.master.book import Book
from partner.submissions.models import Submission
from partner.submissions.sealing import submit
from partner.submissions.standing import Standing
from tests import cases
from tests.outbox.test_outbox import server  # noqa: F401 - a fixture
from tests.submissions.desk import REPORTER
from tests.submissions.kinds import Through, an_event_with_surveys, moment, opened

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _apart(settings: Any, tmp_path: Any) -> None:
    settings.DATA = tmp_path


def parts(page: str) -> dict[str, str]:
    """Section of JICA's page → its HTML."""
    return dict(re.findall(r'id="r-([^"]+)"(.*?)</section>', page, re.S))


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def test_a_service_report_stands_beside_that_of_the_last_event_like_it(at_clock: Any, server: Any) -> None:  # noqa: F811
    opened(at_clock, "2026-09-25 09:00")
    an_event_with_surveys()
    last = Through(at_clock, "service", "event:E-0")
    last.at("2026-09-25 10:00")
    last.approved()
    first = last.accepted(last.submitted("記録の遅れによる。"))
    assert "比べる報告書はまだ提出されていません" in first
    assert "前回" not in parts(first)["S6"]

    one = Through(at_clock, "service", "event:E-1")
    one.at("2026-09-25 15:00")
    page = one.page("reporter")
    assert "国際協力人材セミナー E-1</h1>" in re.sub(r"</?span[^>]*>", "", page)
    lessons = re.search(r'id="s-S6".*?</section>', page, re.S)
    assert lessons
    assert 'id="t-event.lessons"' in lessons[0]
    assert one.approved() == ["S4-16.analysis", "S4-36.analysis", "event.lessons", "event.next"]
    page = one.accepted(one.submitted())
    assert list(parts(page)) == ["S1", "S2", "S3", "S4", "S5", "S6"]
    assert "国際協力人材セミナー E-0" in page
    assert re.search(r"国際協力人材 参加 12 15 \+3", plain(parts(page)["S2"])), plain(parts(page)["S2"])
    assert "教訓\u3000今回" in parts(page)["S6"]
    assert "同じ期間を並べて見る" not in page
    assert Standing(one.report).state_label == "受理"
    mail = server.mails[-1]
    assert mail["Subject"].strip() == "【提出】個別サービス実施報告書 国際協力人材セミナー E-1 第1回"
    assert [part.get_filename() for part in mail.iter_attachments()] == [
        f"service_event-E-1_第1回.{ending}" for ending in ("docx", "xlsx", "pdf")
    ]
    assert PublishedFigure.objects.count() == 0
    everything_opens(one)


def everything_opens(one: Through) -> None:
    """Every number leads to its figure, for those who see figures and, from the paper, for anyone."""
    links = list({_shape(link): link for link in one.links()}.values())
    assert links
    client, anyone = one.by("reporter"), one.by("reporter")
    anyone.logout()
    for link in links:
        assert client.get(link).status_code == 200, link
    paper = links[0].replace("/desk/figures/", "/n/")
    assert anyone.get(paper).status_code == 200
    assert client.get(paper).status_code == 302
    csv = links[0].replace("?", "records.csv?")
    assert client.get(csv).status_code == 200


def _shape(link: str) -> tuple[str, str]:
    """Figure, period and what it is narrowed by: links of one shape differ in a code alone."""
    path, _, query = link.partition("?")
    return path, "&".join(sorted(part.partition("=")[0] for part in query.split("&")))


def test_an_incident_from_the_first_report_to_the_full_one(at_clock: Any, server: Any) -> None:  # noqa: F811
    opened(at_clock, "2026-10-05 12:00")
    row = cases.an_incident("T-1", "2026-10-05 09:00", outline="メールが2通届いた。", affected=3)
    first = Through(at_clock, "incident", "incident:T-1/first")
    first.at("2026-10-06 09:00")
    assert first.approved() == ["incident.next"]
    page = first.accepted(first.submitted())
    assert "今後の対応" in parts(page)["T4"]
    assert "報告の段階" in parts(page)["T1"]  # no numbers: as it was printed
    assert "期限" in parts(page)["T2"]

    first.at("2026-10-14 09:00")
    cases.a_note("T-1", "2026-10-12", "設定を改めた。")
    cases.corrected(
        row,
        occurred_at="2026-10-04 18:00", handled_at="2026-10-13 17:00", told_at="2026-10-05 15:00",
        cause="設定の誤り", measures="設定を改めた。", prevention="試験を加えた。"
    )  # fmt: skip
    full = Through(at_clock, "incident", "incident:T-1/full")
    full.at("2026-10-14 10:00")
    assert full.approved() == []
    page = full.accepted(full.submitted())
    assert "クレーム・トラブル第一報" in page
    assert [mail["Subject"].strip() for mail in server.mails] == [
        "【提出】クレーム・トラブル第一報 見本の事案 第1回", "【提出】クレーム・トラブル完了報告 見本の事案 第1回"
    ]  # fmt: skip
    assert Standing(full.report).state_label == "受理"


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """An annual report of five sections: the way over the desk is the same, and quick."""
    whole = Book.catalogue
    kept = {"annual": ("A2", "M1", "A7", "B1", "K2"), "quarterly": ("Q2",)}
    monkeypatch.setattr(
        Book, "catalogue",
        lambda self, kind, at: [one for one in whole(self, kind, at) if one.item in kept.get(kind, (one.item,))],
    )  # fmt: skip


def test_the_annual_report_and_the_expenses_at_the_years_end(at_clock: Any, short: None, server: Any) -> None:  # noqa: F811
    opened(at_clock, "2027-03-18 09:00")
    an_event_with_surveys()
    for number, stage, day, net in (("B-1", "budget", "2026-04-01", 900_000), ("S-1", "spent", "2027-03-10", 300_000)):
        cases.an_expense(number, stage, day, net)
    year = Through(at_clock, "annual", "FY2026")
    year.at("2027-03-19 13:00")
    assert year.report.cut_planned_at == moment("2027-03-19 12:00")
    places = year.approved()
    assert {"A2.text", "M1.outlook", "Q4.Q2.text", "summary.changes"} <= set(places)
    page = year.accepted(year.submitted())
    assert list(parts(page)) == ["A2", "M1", "A7", "B1", "Q2", "Q4", "K2"]
    assert "Q4.Q2" not in page
    assert "5年の同じ期間を並べて見る" in page
    number = Submission.objects.get(report=year.report).pk
    assert "令和4年度" in year.page("jica", f"/desk/review/{number}/years/")


def test_the_expenses_are_final_on_the_last_business_day_of_march(at_clock: Any, server: Any) -> None:  # noqa: F811
    opened(at_clock, "2027-03-18 09:00")
    for number, stage, day, net in (("B-1", "budget", "2026-04-01", 900_000), ("S-1", "spent", "2027-03-10", 300_000)):
        cases.an_expense(number, stage, day, net)
    cost = Through(at_clock, "expenses", "FY2026")
    cost.at("2027-03-31 10:00")
    assert cost.report.cut_planned_at == moment("2027-03-31 11:00")
    cost.approved()
    early = moment("2027-03-30 16:00")
    with pytest.raises(Refusal, match="3月31日より前には提出できません"):
        submit(report=cost.report, by=REPORTER, now=early, request_key="early")
    page = cost.accepted(cost.submitted())
    assert list(parts(page)) == ["K1", "K2"]
    assert "同じ期間を並べて見る" not in page
    assert Standing(cost.report).state_label == "受理"
    assert clock.last() < moment("2027-04-01 00:00")
