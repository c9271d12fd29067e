"""Signing in by password: what is said, what is limited, where one lands."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from partner.accounts.models import User
from tests import centre


@pytest.fixture
def site(db: None, at_clock: Callable[[Any], None]) -> None:
    cache.clear()
    centre.open_centre(at_clock)


def sign_in(client: Client, name: str, password: str, **more: str) -> Any:
    return client.post("/accounts/login/", {"login": name, "password": password, **more})


def test_one_lands_where_one_wanted_to_go(site: None) -> None:
    assert sign_in(Client(), "demo-jica", centre.PASSWORD).headers["Location"] == "/desk/"
    assert (
        sign_in(Client(), "demo-jica", centre.PASSWORD, next="/desk/figures/").headers["Location"] == "/desk/figures/"
    )


def test_one_never_lands_elsewhere(site: None) -> None:
    for where in ("//evil.example/", "\\\\evil.example", "https:evil.example", "javascript:alert(1)"):
        assert sign_in(Client(), "demo-jica", centre.PASSWORD, next=where).headers["Location"] == "/desk/"


def test_a_wrong_password_is_said_without_saying_who_exists(site: None) -> None:
    pages = [sign_in(Client(), name, "wrong").content.decode() for name in ("demo-jica", "nobody-at-all")]
    assert all("正しくありません" in page and 'role="alert"' in page for page in pages)
    assert 'value="wrong"' not in pages[0]


def test_after_five_failures_one_waits(site: None) -> None:
    client = Client()
    for _ in range(5):
        sign_in(client, "demo-jica", "wrong")
    page = sign_in(client, "demo-jica", centre.PASSWORD)
    assert page.status_code == 200
    assert "ログイン失敗が連続しています" in page.content.decode()
    assert sign_in(client, "demo-office", centre.PASSWORD).status_code == 302


def test_too_many_tries_from_one_place_are_refused_in_words(site: None) -> None:
    client = Client()
    answers = [sign_in(client, f"nobody-{n}", "wrong") for n in range(31)]
    assert answers[0].status_code == 200
    assert answers[-1].status_code == 429
    assert "5分ほど待って" in answers[-1].content.decode()


def test_nobody_signs_up_alone(site: None) -> None:
    page = Client().post("/accounts/signup/", {"username": "me", "password1": "x" * 12, "password2": "x" * 12})
    assert "受け付けていません" in page.content.decode()
    assert not User.objects.filter(username="me").exists()


def test_signing_out_takes_a_click(site: None) -> None:
    client = Client()
    client.force_login(User.objects.get(username="demo-office"))
    assert "ログアウトする" in client.get("/accounts/logout/").content.decode()
    assert client.get("/desk/").status_code == 200
    client.post("/accounts/logout/")
    assert client.get("/desk/").status_code == 302


def test_a_form_without_its_token_is_refused_in_japanese(site: None) -> None:
    client = Client(enforce_csrf_checks=True)
    page = sign_in(client, "demo-jica", centre.PASSWORD)
    assert page.status_code == 403
    assert "操作を確かめられませんでした" in page.content.decode()


def test_the_screens_speak_the_chosen_language(site: None) -> None:
    client = Client(headers={"accept-language": "en"})
    assert '<html lang="ja">' in client.get("/accounts/login/").content.decode()
    client.post("/language/", {"language": "en", "next": "/accounts/login/"})
    page = client.get("/accounts/login/").content.decode()
    assert '<html lang="en">' in page
    assert "Sign in" in page
    client.cookies["django_language"] = "xx-evil"
    assert '<html lang="ja">' in client.get("/accounts/login/").content.decode()


def test_the_command_adds_a_sign_in(ledger_db: Any) -> None:
    made = ledger_db.command("user", "add", "hanako", "--role", "reporter", "--json")
    assert made.returncode == 0, made.stderr
    told = json.loads(made.stdout)
    assert told["role"] == "reporter"
    assert Client().login(username="hanako", password=told["password"])
    given = ledger_db.command(
        "user", "add", "jiro", "--role", "jica", "--password-stdin", "--json", input="a-long-word-of-mine\n"
    )
    assert json.loads(given.stdout) == {"name": "jiro", "role": "jica"}
    assert Client().login(username="jiro", password="a-long-word-of-mine")
    for words, code in (
        (("user", "add", "hanako", "--role", "jica"), 1),
        (("user", "add", "x", "--role", "king"), 1),
        (("user", "add", "bad name", "--role", "jica"), 1),
        (("user", "add", "x"), 2),
    ):
        assert ledger_db.command(*words).returncode == code
    weak = ledger_db.command("user", "add", "x", "--role", "jica", "--password-stdin", input="123\n")
    assert weak.returncode == 1
    assert not User.objects.filter(username="x").exists()
