"""受理: what becomes public and when; silence accepted only where it was agreed; years side by side."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from partner.accounts.models import User
from partner.facts.models.published import PublishedFigure
from partner.submissions.deciding import check_until, decide, deem_all
from partner.submissions.reviewing import sealed
from partner.submissions.standing import Standing
from partner.submissions.years import side_by_side
from tests import ready
from tests.submissions.desk import JICA

ITEMS = {f"M{n}" for n in range(1, 10)}


@pytest.fixture
def desk(desk_at):
    return desk_at("received")


def accept(desk):
    return decide(submission=desk.submission, name="accept", ticked=ITEMS, comment="", by=JICA, now=desk.now())


@pytest.mark.both
def test_chosen_headlines_become_public_when_accepted(desk, client):
    assert "まだありません" in client.get("/published/").content.decode()
    accept(desk)
    rows = {row.key: row for row in PublishedFigure.objects.believed()}
    assert rows["people.total"].text == "2"
    assert (rows["people.total"].period, rows["people.total"].published_on) == ("2026-10", ready.AT.date())
    assert "consultations.total" not in rows
    page = Client().get("/published/").content.decode()
    assert "全登録者数" in page
    assert "2026-11-06 公開" in page


def test_what_is_sent_back_stays_unpublished(desk):
    decide(
        submission=desk.submission, name="send_back", ticked=set(), comment="直してください。", by=JICA, now=desk.now()
    )
    assert not PublishedFigure.objects.exists()


def test_silence_is_accepted_only_where_agreed_and_after_the_time(desk, at_clock):
    late = check_until(Standing(desk.report).last("receive").at) + timedelta(minutes=1)
    assert deem_all(late) == []
    ready.name("deemed_acceptance", "打合簿 第3号")
    assert deem_all(late - timedelta(minutes=2)) == []
    assert [one.pk for one in deem_all(late)] == [desk.submission.pk]
    assert Standing(desk.report).steps[-1].deemed
    assert PublishedFigure.objects.believed().filter(key="people.total").count() == 1
    assert deem_all(late) == []


def test_the_timer_says_what_it_accepted(desk, at_clock):
    ready.name("deemed_acceptance", "打合簿 第3号")
    at_clock(check_until(Standing(desk.report).last("receive").at) + timedelta(minutes=1))
    out = StringIO()
    call_command("due", "--deem", "--json", stdout=out)
    assert json.loads(out.getvalue())["deemed"] == [desk.submission.name]


def test_the_page_of_years_leads_to_each_number(desk):
    client = Client()
    client.force_login(User.objects.create_user("reviewer", role="jica"))
    page = client.get(f"/desk/review/{desk.submission.pk}/years/").content.decode()
    assert "2022年" in page
    assert "/desk/figures/people.total/2026-10/?known_at=" in page


def test_years_stand_side_by_side_as_known_when_submitted(desk):
    periods, lines = side_by_side(desk.submission, sealed(desk.submission)["headlines"])
    assert [one.key for one in periods] == ["2022-10", "2023-10", "2024-10", "2025-10", "2026-10"]
    people = next(line for line in lines if line.item == "M1")
    assert [value.value for value in people.values] == [0, 0, 0, 0, 2]
    assert people.change == 2
