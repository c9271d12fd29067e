"""The audit trail: who comes, goes and looks; rows that stay."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from partner.accounts import actions, audit
from partner.accounts.models import AuditEvent, User
from partner.common.refusal import Refusal
from tests import centre

BY = ("仮設 恵", "管理者")


def row() -> AuditEvent:
    audit.record(BY, "exported", detail="見本")
    return AuditEvent.objects.latest("id")


@pytest.mark.both
@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_audit_event SET by_name = 'x'",
        "DELETE FROM accounts_audit_event",
        "UPDATE accounts_audit_event SET detail = detail",
    ],
)
def test_rows_stay_as_they_are(statement: str) -> None:
    row()
    with pytest.raises(DatabaseError, match="refused"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.both
@pytest.mark.django_db
def test_rows_are_neither_emptied_nor_written_over() -> None:
    kept = row()
    over = f"REPLACE INTO accounts_audit_event SELECT id, at, 'x', by_role, action, subject, detail FROM accounts_audit_event WHERE id = {kept.pk}"
    statement = over if connection.vendor == "sqlite" else "TRUNCATE accounts_audit_event"
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert AuditEvent.objects.get(pk=kept.pk).by_name == BY[0]


@pytest.mark.django_db
def test_an_unknown_action_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="no such action"):
        audit.record(BY, "looked")


@pytest.fixture
def site(db: None, at_clock: Callable[[Any], None]) -> None:
    centre.open_centre(at_clock)


def told() -> list[tuple[str, str, str]]:
    return [(one.by_name, one.action, one.detail) for one in AuditEvent.objects.order_by("id")]


def sign_in(client: Client, name: str, password: str) -> Any:
    return client.post("/accounts/login/", {"login": name, "password": password})


def test_coming_failing_and_going_are_written_down(site: None) -> None:
    client = Client()
    sign_in(client, "demo-reporter", "not this one")
    sign_in(client, "my-secret-typed-into-the-wrong-field", "x")
    sign_in(client, "demo-reporter", centre.PASSWORD)
    client.post("/accounts/logout/")
    assert told() == [
        ("見本 花子", "sign_in_failed", ""),
        ("（不明）", "sign_in_failed", ""),
        ("見本 花子", "signed_in", ""),
        ("見本 花子", "signed_out", ""),
    ]


def test_a_look_at_names_is_one_row_a_page(site: None) -> None:
    client = Client()
    client.force_login(User.objects.get(username="demo-office"))
    page = client.get("/desk/figures/people.total/2026-09/?level=full").content.decode()
    assert centre.NAMES["A"] in page
    looks = [one for one in told() if one[1] == "names_seen"]
    assert len(looks) == 1
    assert not any(name in detail for name in centre.NAMES.values() for _, _, detail in looks)


def test_others_leave_no_look_because_they_see_none(site: None) -> None:
    client = Client()
    for name in ("reporter", "checker", "manager", "admin", "jica", "operator"):
        client.force_login(User.objects.get(username=f"demo-{name}"))
        page = client.get("/desk/figures/people.total/2026-09/?level=full").content.decode()
        assert "非表示" in page
        assert not any(person in page for person in centre.NAMES.values()), name
    assert [one for one in told() if one[1] == "names_seen"] == []


def test_the_search_finds_names_for_the_office_alone(site: None) -> None:
    client = Client()
    client.force_login(User.objects.get(username="demo-office"))
    assert centre.NAMES["A"] in client.get("/desk/search/", {"q": "一子"}).content.decode()
    assert [one[1] for one in told() if one[1] == "names_seen"] == ["names_seen"]
    client.force_login(User.objects.get(username="demo-manager"))
    assert centre.NAMES["A"] not in client.get("/desk/search/", {"q": "一子"}).content.decode()


def test_the_trail_is_filtered_and_refuses_nonsense_gently(site: None) -> None:
    row()
    client = Client()
    client.force_login(User.objects.get(username="demo-admin"))
    assert "見本" in client.get("/desk/audit/", {"action": "exported", "from": "2026-10-01"}).content.decode()
    assert "条件に合う記録はありません" in client.get("/desk/audit/", {"by": "いない人"}).content.decode()
    assert "読めません" in client.get("/desk/audit/", {"from": "yesterday"}).content.decode()
    assert client.get("/desk/audit/", {"to": "9999-12-31", "page": "99999999999"}).status_code == 200


def test_users_are_added_changed_and_never_the_last_administrator(site: None) -> None:
    user, password = actions.add_user(name="new-one", role="reporter", display="見本 新", by=BY)
    assert Client().login(username="new-one", password=password)
    assert actions.change_user(user, display="見本 新", role="checker", is_active=True, by=BY) == [
        "役割：報告担当→点検"
    ]
    admin = User.objects.get(username="demo-admin")
    with pytest.raises(Refusal, match="管理者が1人もいなくなる"):
        actions.change_user(admin, display="", role="reporter", is_active=True, by=BY)
    with pytest.raises(Refusal, match="すでに使われています"):
        actions.add_user(name="NEW-ONE", role="reporter", by=BY)
    assert [action for _, action, _ in told() if action.startswith("user_")] == ["user_added", "user_changed"]


def test_an_administrator_adds_a_user_on_screen(site: None) -> None:
    client = Client()
    client.force_login(User.objects.get(username="demo-admin"))
    wrong = client.post("/desk/users/add/", {"username": "demo-jica", "display_name": "x", "role": "jica"})
    assert wrong.status_code == 400
    assert "すでに使われています" in wrong.content.decode()
    done = client.post("/desk/users/add/", {"username": "shin", "display_name": "見本 新", "role": "jica"})
    password = done.content.decode().split("パスワード</dt><dd><b>")[1].split("<")[0]
    assert Client().login(username="shin", password=password)
    number = User.objects.get(username="shin").pk
    again = client.post(f"/desk/users/{number}/", {"do": "password"}).content.decode()
    assert password not in again
    assert not Client().login(username="shin", password=password)
    client.post(f"/desk/users/{number}/", {"display_name": "見本 新", "role": "jica"})
    assert not User.objects.get(username="shin").is_active


@pytest.mark.both
@pytest.mark.django_db
@pytest.mark.parametrize("where", ["audit/?action=%00", "audit/?by=%00x", "audit/?subject=a%00", "search/?q=a%00"])
def test_bytes_that_a_database_cannot_hold_are_left_out(at_clock: Callable[[Any], None], where: str) -> None:
    centre.open_centre(at_clock)
    client = Client()
    for name in ("demo-admin", "demo-office"):  # the office alone searches by name
        client.force_login(User.objects.get(username=name))
        assert client.get(f"/desk/{where}").status_code in (200, 403)
