"""Each role on each address: who gets in, who reads whom to ask, who signs in first."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from partner.accounts.models import User
from partner.accounts.roles import PERMISSIONS, Role, may
from partner.accounts.urls import OPEN
from partner.facts.models import PersonRegistration
from partner.reports.prepare import prepare
from tests import centre

# Read aloud from the contract, by hand: what must hold whatever the table in the program says.
BY_HAND = {
    "desk:home": "counsellor office operator reporter checker manager admin jica",
    "desk:report": "counsellor office operator reporter checker manager admin",
    "desk:work": "counsellor office operator reporter checker manager admin",
    "desk:work_act": "counsellor office operator reporter checker manager admin",
    "desk:work_text": "reporter manager",
    "desk:work_comment": "reporter checker manager jica",
    "desk:submissions": "reporter checker manager jica",
    "desk:submission_file": "reporter checker manager jica",
    "desk:receipt_file": "reporter checker manager jica",
    "desk:delivery_act": "reporter manager",
    "desk:outbox": "reporter manager admin",
    "desk:outbox_mail": "reporter manager admin",
    "desk:due": "counsellor office operator reporter checker manager admin jica",
    "desk:review": "reporter checker manager jica",
    "desk:enquiries": "reporter checker manager jica",
    "desk:enquiry": "reporter checker manager jica",
    "desk:enquiry_new": "reporter manager",
    "desk:agreements": "reporter checker manager jica",
    "desk:agreement": "reporter checker manager jica",
    "desk:minutes_add": "reporter manager",
    "desk:review_act": "jica",
    "desk:figure": "counsellor office operator reporter checker manager admin jica",
    "desk:figure_csv": "office operator reporter checker manager admin jica",
    "desk:record": "office operator reporter checker manager admin jica",
    "desk:files": "office operator reporter checker manager",
    "desk:files_about": "office operator reporter checker manager",
    "desk:files_add": "office operator reporter manager",
    "desk:attached_file": "office operator reporter checker manager",
    "desk:attached_drop": "office operator reporter manager",
    "desk:references": "counsellor office operator reporter checker manager admin jica",
    "desk:reference_file": "counsellor office operator reporter checker manager admin jica",
    "desk:reference_add": "office reporter manager",
    "desk:reference_drop": "office reporter manager",
    "desk:sources": "office operator reporter checker manager admin jica",
    "desk:source_month": "office operator reporter checker manager admin jica",
    "desk:loads": "office operator reporter checker manager admin jica",
    "desk:load": "office operator reporter checker manager admin jica",
    "desk:load_undo": "office operator reporter manager",
    "desk:intake": "office operator reporter manager",
    "desk:intake_kind": "office operator reporter manager",
    "desk:intake_work": "office operator reporter manager",
    "desk:intake_act": "office operator reporter manager",
    "desk:intake_returned": "office operator reporter manager",
    "fragments:work_progress": "office operator reporter manager",
    "desk:master": "reporter checker manager admin",
    "desk:master_change": "manager admin",
    "desk:proposal_decide": "admin",
    "desk:users": "admin",
    "desk:user_add": "admin",
    "desk:user_change": "admin",
    "desk:audit": "manager admin",
}
VALUES = {
    "period": "2026-09", "kind": "monthly", "format": "json", "key": "people.total", "slug": "person_level", "pk": 1, "receipt": 1,
    "name": "20261005T120000-0000000000000000", "place": "summary.changes", "code": "A01", "about": "event:E-1",
}  # fmt: skip


def walk(patterns: Any = None, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address by its full name."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(one, URLResolver):
            name = f"{one.namespace}:" if one.namespace else ""
            yield from walk(one.url_patterns, space + name)
        else:
            yield f"{space}{one.name}", one


ADDRESSES = dict(walk())


def permission_of(pattern: URLPattern) -> str:
    """The permission that the view says it needs; empty where it says none."""
    return getattr(pattern.callback, "permission", "")


def test_every_address_has_a_name_of_its_own() -> None:
    names = [name for name, _ in walk()]
    assert len(names) == len(set(names))
    assert "None" not in names


def test_every_view_says_what_it_needs() -> None:
    """Or it is one of the few that are open to everybody."""
    open_ones = {name for name, pattern in ADDRESSES.items() if not permission_of(pattern)}
    assert open_ones == OPEN & set(ADDRESSES)
    assert all(permission_of(pattern) in PERMISSIONS for name, pattern in ADDRESSES.items() if name not in OPEN)


def test_names_are_for_the_office_alone() -> None:
    assert [role for role in Role.values if may(role, "records.names")] == ["office"]


def test_managers_propose_and_administrators_record() -> None:
    assert [role for role in Role.values if may(role, "master.propose")] == ["manager"]
    assert [role for role in Role.values if may(role, "master.record")] == ["admin"]


def test_jica_changes_nothing() -> None:
    changing = ("load", "keep", "erase", "propose", "record", "manage")
    assert [name for name in PERMISSIONS if may("jica", name) and name.endswith(changing)] == []


@pytest.fixture(autouse=True)
def _composed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who gets in does not hang on what is composed: the same report is composed once in a test."""
    made: dict[str, Any] = {}

    def once(*words: Any, **more: Any) -> Any:
        key = repr((words, sorted(more.items())))
        if key not in made:
            made[key] = prepare(*words, **more)
        return made[key]

    monkeypatch.setattr("partner.desk.views.reports.prepare", once)


@pytest.fixture
def site(db: None, at_clock: Callable[[Any], None]) -> dict[str, Any]:
    """The Centre, and a value for each part of an address."""
    centre.open_centre(at_clock)
    centre.add_outsiders()
    record = PersonRegistration.objects.believed().order_by("pk").first()
    assert record
    return {**VALUES, "record": f"PR-{record.pk}", "user": User.objects.get(username="demo-checker").pk}


def address(name: str, pattern: URLPattern, values: dict[str, Any]) -> str:
    """The address with a value that exists for each of its parts."""
    from django.urls import reverse

    found = {}
    for part in pattern.pattern.converters:
        if part == "number":
            found[part] = {"desk:record": values["record"], "desk:user_change": values["user"]}.get(name, 1)
        else:
            found[part] = values[part]
    return reverse(name, kwargs=found)


GUARDED = sorted(name for name, pattern in ADDRESSES.items() if permission_of(pattern))


@pytest.mark.parametrize("role", Role.values)
def test_each_role_on_each_address(site: dict[str, Any], role: str) -> None:
    client = Client()
    client.force_login(User.objects.get(username=f"demo-{role}"))
    wrong = []
    for name in GUARDED:
        expected = may(role, permission_of(ADDRESSES[name]))
        if name in BY_HAND:
            assert expected == (role in BY_HAND[name].split()), name
        where = address(name, ADDRESSES[name], site)
        for answer in (client.get(where), client.post(where)):
            refused = answer.status_code == 403
            if refused == expected or answer.status_code >= 500:
                wrong.append(f"{name} {answer.status_code}")
            if refused and not expected and "依頼してください" not in answer.content.decode():
                wrong.append(f"{name} does not say whom to ask")
    assert wrong == []


def test_nobody_is_sent_to_sign_in(site: dict[str, Any]) -> None:
    client = Client()
    for name in GUARDED:
        where = address(name, ADDRESSES[name], site)
        for answer in (client.get(where), client.post(where)):
            assert answer.status_code == 302, name
            assert answer.headers["Location"].startswith("/accounts/login/?next="), name


def test_a_stopped_user_is_out_at_once(site: dict[str, Any]) -> None:
    client = Client()
    client.force_login(User.objects.get(username="demo-reporter"))
    assert client.get("/desk/").status_code == 200
    User.objects.filter(username="demo-reporter").update(is_active=False)
    assert client.get("/desk/").status_code == 302


def test_no_answer_is_kept_by_a_cache(site: dict[str, Any]) -> None:
    client = Client()
    client.force_login(User.objects.get(username="demo-office"))
    for name in GUARDED:
        answer = client.get(address(name, ADDRESSES[name], site))
        assert answer.status_code != 200 or "no-store" in answer.headers.get("Cache-Control", ""), name
