"""Indicators and targets on the desk: the form checks them against the figures, the figure's page shows how they stand."""

import pytest

from partner.master.models import Indicator, Proposal, Target
from tests.desk.test_figures import big, text

TARGETS = "/desk/master/targets/"
FILLED = {
    "indicator": "people_new", "fiscal_year": "2026", "system": "", "value": "10", "status": "agreed", "begins": "2026-04-01",
    "reason": "合意書",
}  # fmt: skip
INDICATOR = {
    "code": "sns_new", "clause": "incentive", "name": "SNSからの登録", "unit": "人", "direction": "higher", "figure": "people.new",
    "where": "level=full;medium=sns",
    "measure": "", "system": "", "position": "200", "begins": "2026-04-01", "reason": "合意書",
}  # fmt: skip


def test_a_target_is_recorded_changed_from_a_day_and_shown(as_role):
    client = as_role("admin")
    assert client.post(f"{TARGETS}change/", FILLED).status_code == 302
    assert "新規人材登録" in text(client, TARGETS)
    changed = {**FILLED, "action": "set", "value": "12.5", "begins": "2026-08-01"}
    page = text(client, f"{TARGETS}change/?key=people_new/2026/")
    assert 'value="10"' in page  # as people write it
    assert client.post(f"{TARGETS}change/?key=people_new/2026/", changed).status_code == 302
    rows = Target.objects.filter(superseded_at=None).order_by("valid_from")
    assert [(str(row.value.normalize()), row.valid_to is None) for row in rows] == [("1E+1", False), ("12.5", True)]
    same = client.post(f"{TARGETS}change/?key=people_new/2026/", {**changed, "value": "12.50"})
    assert "内容が前と同じです" in same.content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"indicator": "nothing"}, "正しく選択"), ({"fiscal_year": "1999"}, "2003"), ({"value": "-1"}, "0"), ({"value": "abc"}, "読める形"),
        ({"status": ""}, "合意を入力"),
    ],
)  # fmt: skip
def test_a_target_that_cannot_be_is_refused(as_role, wrong, said):
    answer = as_role("admin").post(f"{TARGETS}change/", {**FILLED, **wrong})
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert not Target.objects.exists()


def test_a_second_target_for_the_same_year_is_a_change_of_the_first(as_role):
    client = as_role("admin")
    client.post(f"{TARGETS}change/", FILLED)
    assert "すでにあります" in client.post(f"{TARGETS}change/", FILLED).content.decode()
    assert client.post(f"{TARGETS}change/", {**FILLED, "fiscal_year": "2027"}).status_code == 302


@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        ({"figure": "people.nothing"}, "figure", "正しく選択"), ({"figure": "quality.indicator"}, "figure", "正しく選択"),
        ({"where": "colour=red"}, "where", "内訳「colour」はありません"), ({"where": "level=red"}, "where", "コード「red」"),
        ({"where": "level"}, "where", "区切って"),
        ({"measure": "mean"}, "measure", "「mean」はありません"), ({"system": "current"}, "system", "運用・保守"),
    ],
)  # fmt: skip
def test_an_indicator_that_no_figure_measures_is_refused(as_role, wrong, field, said):
    answer = as_role("admin").post("/desk/master/indicators/change/", {**INDICATOR, **wrong})
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert not Indicator.objects.filter(code="sns_new").exists()


def test_a_new_indicator_stands_in_the_figure(as_role):
    client = as_role("admin")
    assert client.post("/desk/master/indicators/change/", INDICATOR).status_code == 302
    assert "SNSからの登録（人）" in text(client, "/desk/figures/quality.indicator/2026-09/?known_at=now")


def test_a_manager_proposes_a_target(as_role):
    client = as_role("manager")
    assert client.post(f"{TARGETS}change/", FILLED).status_code == 302
    assert not Target.objects.exists()
    proposal = Proposal.objects.get()
    assert "people_new/2026/" in text(client, f"/desk/master/proposals/{proposal.pk}/")


def test_the_figure_s_page_says_how_each_indicator_stands(as_role):
    client = as_role("admin")
    page = text(client, "/desk/figures/quality.indicator/2026-09/?known_at=now")
    assert "目標値のある指標は、まだありません。" in page
    client.post(f"{TARGETS}change/", {**FILLED, "value": "3"})
    assert big(text(client, "/desk/figures/quality.indicator/2026-09/?known_at=now")) == "1"
    opened = text(client, "/desk/figures/quality.indicator/2026-09/?known_at=now&indicator=people_new")
    assert big(opened) == "3"
    assert "達成" in opened
    assert "PR-" in opened
