"""Master data: a manager proposes, an administrator records or declines; what is recorded shows in the figures."""

import re

import pytest

from partner.accounts.models import AuditEvent, User
from partner.common.calendar import monthly_due
from partner.desk.changing import is_line, unknown_figures
from partner.desk.lists import LISTS
from partner.master.models import ClosedDay, Code, Proposal
from tests.desk.test_figures import SEPTEMBER, big, text

LEVELS = "/desk/master/person_level/"
CHANGE = f"{LEVELS}change/?key=simple"
FILLED = {
    "action": "set", "label": "簡易登録人材", "label_en": "", "reported_as": "full", "position": "20", "begins": "2026-09",
    "reason": "合意書による",
}  # fmt: skip


def other(role: str):
    from django.test import Client

    client = Client()
    client.force_login(User.objects.get(username=f"demo-{role}"))
    return client


@pytest.mark.parametrize("chosen", LISTS, ids=lambda one: one.slug)
def test_every_list_opens_and_has_a_form(as_role, chosen):
    client = as_role("admin")
    assert chosen.title in text(client, f"/desk/master/{chosen.slug}/")
    assert "有効" in text(client, f"/desk/master/{chosen.slug}/change/") or chosen.begins == "never"
    rows = chosen.believed()
    if rows:
        assert chosen.name_of(rows[0]) in text(
            client, f"/desk/master/{chosen.slug}/change/?key={chosen.key_of(rows[0])}"
        )


def test_every_list_stands_on_the_front_page(as_role):
    page = text(as_role("checker"), "/desk/master/")
    assert all(f'href="/desk/master/{chosen.slug}/"' in page for chosen in LISTS)
    assert "改める" not in text(other("checker"), LEVELS)


def test_an_administrator_s_change_moves_the_figures(as_role):
    client = as_role("admin")
    before = text(client, "/desk/figures/people.total/2026-09/?level=simple&known_at=now")
    assert big(before) == "0"
    from tests.told import told

    told("E 2026-08-20 registered simple\nF 2026-09-20 registered simple")
    assert big(text(client, "/desk/figures/people.total/2026-09/?level=simple&known_at=now")) == "2"
    answer = client.post(CHANGE, FILLED)
    assert answer.status_code == 302
    assert "2026年9月1日から有効です。" in text(client, LEVELS)
    assert big(text(client, "/desk/figures/people.total/2026-09/?level=simple&known_at=now")) == "0"
    assert big(text(client, "/desk/figures/people.total/2026-08/?level=simple&known_at=now")) == "2"
    assert big(text(client, "/desk/figures/people.reclassified/2026-09/?level=full&known_at=now")) == "2"
    assert big(text(client, "/desk/figures/people.total/2026-09/?level=full")) == "4"
    row = AuditEvent.objects.get(action="master_changed")
    assert (row.by_name, row.detail) == ("仮設 恵", "人材の登録レベル simple 2026-09-01から")


def test_the_history_keeps_both_clocks(as_role):
    client = as_role("admin")
    client.post(CHANGE, FILLED)
    rows = Code.objects.filter(list="person_level", code="simple").order_by("pk")
    assert [(row.superseded_at is None, row.valid_to is None, row.reported_as) for row in rows] == [
        (False, True, "simple"), (True, True, "full"), (True, False, "simple"),
    ]  # fmt: skip
    page = text(client, LEVELS)
    assert "合意書による" in page
    assert re.search(r"<h2[^>]*>過去 <small>1件", page)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"reason": ""}, "理由を入力してください。"),
        ({"begins": "2026-09-15"}, "有効にする月を、2026-12 のように入力してください。"),
        ({"begins": "soon"}, "有効にする月を、2026-12 のように入力してください。"),
        ({"begins": "1999-01"}, "2003年10月から2099年まで"),
        ({"begins": ""}, "有効にする月を入力してください。"),
        ({"label": ""}, "名称を入力してください。"),
        ({"label": "長" * 81}, "80"),
        ({"reported_as": "gold"}, "gold"),
        ({"position": "first"}, "並び順を読める形で入力してください。"),
        ({"reported_as": "simple"}, "内容が前と同じです。"),
    ],
)
def test_mistakes_are_named_and_nothing_typed_is_lost(as_role, wrong, said):
    client = as_role("admin")
    answer = client.post(
        CHANGE, FILLED | {"label_en": "typed before"} | wrong | ({"label_en": ""} if "reported_as" in wrong else {})
    )
    page = answer.content.decode()
    assert answer.status_code == 400
    assert said in page
    assert "誤りがあります。入力は残っています。" in page
    assert "reported_as" in wrong or 'value="typed before"' in page
    assert wrong.get("reason", FILLED["reason"]) in page
    assert not AuditEvent.objects.filter(action="master_changed").exists()
    assert Code.objects.filter(list="person_level", code="simple").count() == 1


def test_a_manager_proposes_and_an_administrator_records(as_role):
    manager = as_role("manager")
    assert "変更を提案する" in text(manager, CHANGE)
    assert manager.post(CHANGE, FILLED).status_code == 302
    proposal = Proposal.objects.get()
    assert Code.objects.filter(list="person_level", code="simple").count() == 1
    page = text(manager, f"/desk/master/proposals/{proposal.pk}/")
    assert "記録と見送りは管理者が行います。" in page
    decide = f"/desk/master/proposals/{proposal.pk}/decide/"
    assert manager.post(decide, {"decision": "record"}).status_code == 403
    admin = other("admin")
    assert "提案1" in text(admin, "/desk/master/") or f"提案{proposal.pk}" in text(admin, "/desk/master/")
    assert 'class="words changed">国際協力人材' in text(admin, f"/desk/master/proposals/{proposal.pk}/")
    assert admin.post(decide, {"decision": "record", "comment": "確認"}).status_code == 302
    proposal.refresh_from_db()
    assert (proposal.state, proposal.decided_by, proposal.comment) == ("recorded", "仮設 恵", "確認")
    assert Code.objects.believed().get(list="person_level", code="simple", valid_to=None).reported_as == "full"
    assert {row.action for row in AuditEvent.objects.all()} >= {"master_proposed", "master_changed"}
    again = admin.post(decide, {"decision": "record"})
    assert again.status_code == 400
    assert "すでに決まっています" in again.content.decode()


def test_declining_needs_a_comment(as_role):
    as_role("manager").post(CHANGE, FILLED)
    proposal, admin = Proposal.objects.get(), other("admin")
    decide = f"/desk/master/proposals/{proposal.pk}/decide/"
    refused = admin.post(decide, {"decision": "decline"})
    assert refused.status_code == 400
    assert "見送る理由をコメントに書いてください。" in refused.content.decode()
    assert admin.post(decide, {"decision": "decline", "comment": "時期を改める"}).status_code == 302
    proposal.refresh_from_db()
    assert (proposal.state, proposal.comment) == ("declined", "時期を改める")
    assert Code.objects.filter(list="person_level", code="simple").count() == 1
    assert "見送り" in text(admin, "/desk/master/proposals/")
    assert AuditEvent.objects.filter(action="proposal_declined").exists()


def test_a_level_ends(as_role):
    client = as_role("admin")
    media = "/desk/master/contact_medium/change/?key=press"
    filled = {"action": "end", "begins": "2026-11", "reason": "使わない"}
    assert client.post(media, filled).status_code == 302
    row = Code.objects.believed().get(list="contact_medium", code="press")
    assert row.valid_to is not None
    late = client.post(media, filled)
    assert late.status_code == 400
    assert "その日に有効な行がありません。" in late.content.decode()


def test_a_new_code_may_not_repeat_one(as_role):
    client = as_role("admin")
    filled = {
        "code": "podcast",
        "label": "ポッドキャスト",
        "label_en": "",
        "position": "75",
        "begins": "2026-11",
        "reason": "追加",
    }
    assert client.post("/desk/master/contact_medium/change/", filled).status_code == 302
    assert Code.objects.believed().filter(list="contact_medium", code="podcast").exists()
    assert "すでにあります。" in client.post("/desk/master/contact_medium/change/", filled).content.decode()
    for code, said in (("Pod Cast", "英小文字で始め"), ("unknown", "unknown は未回答を表す")):
        assert said in client.post("/desk/master/contact_medium/change/", filled | {"code": code}).content.decode()


def test_a_closed_day_moves_the_deadline_and_can_be_taken_back(as_role):
    from partner.submissions.deadlines import closed_days

    client = as_role("admin")
    due = monthly_due(SEPTEMBER, closed_days())
    filled = {"day": "2026-10-02", "name": "臨時休業", "reason": "停電"}
    assert client.post("/desk/master/closed_days/change/", filled).status_code == 302
    assert monthly_due(SEPTEMBER, closed_days()) > due
    assert "10月8日（木）17:00" in text(client, "/desk/reports/")
    ended = {"action": "end", "reason": "取りやめ"}
    assert client.post("/desk/master/closed_days/change/?key=2026-10-02", ended).status_code == 302
    assert monthly_due(SEPTEMBER, closed_days()) == due
    assert ClosedDay.objects.count() == 1


@pytest.mark.parametrize(
    ("row", "fits"),
    [
        ({"key": "jobs.posted", "label": "新規", "n": 1}, True),
        ({"key": "jobs.posted", "label": "新規", "n": 1, "sign": "＋", "measure": "mean"}, True),
        ({"key": "jobs.posted", "label": "新規"}, False),
        ({"key": "jobs.posted", "label": "新規", "n": 1, "colour": "red"}, False),
        ("jobs.posted", False),
    ],
)
def test_a_row_of_a_table_is_one_that_can_be_printed(row, fits):
    assert is_line(row) is fits


def test_a_figure_that_nobody_declared_is_named():
    rows = [{"key": "jobs.posted"}, {"key": "jobs.nothing"}]
    assert unknown_figures({"rows": rows, "above": "subscriptions.new", "below": "subscriptions.gone"}) == [
        "jobs.nothing",
        "subscriptions.gone",
    ]
