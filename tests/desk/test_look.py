"""What holds for every page: the content policy, nothing inline, parts that exist."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from partner.accounts.models import User
from tests import centre
from tests.test_repository import PACKAGE, committed, named

TEMPLATES = committed("src/partner/templates/*.html")
POLICY = {
    "default-src": ["'none'"], "style-src": ["'self'"], "img-src": ["'self'", "data:"], "font-src": ["'self'"],
    "connect-src": ["'self'"], "form-action": ["'self'"], "base-uri": ["'none'"], "frame-ancestors": ["'none'"],
}  # fmt: skip


@pytest.fixture
def client_in(db: None, at_clock: Callable[[Any], None]) -> Client:
    """Signed in as an administrator of the small Centre."""
    centre.open_centre(at_clock)
    client = Client()
    client.force_login(User.objects.get(username="demo-admin"))
    return client


def policy_of(answer: Any) -> dict[str, list[str]]:
    parts = [part.split() for part in answer.headers["Content-Security-Policy"].split(";")]
    return {part[0]: part[1:] for part in parts if part}


@pytest.mark.parametrize("where", ["/desk/", "/accounts/login/", "/accounts/2fa/", "/nowhere/"])
def test_the_content_policy_is_strict(client_in: Client, where: str) -> None:
    found = policy_of(client_in.get(where))
    assert {name: found.get(name) for name in POLICY} == POLICY
    assert all(re.fullmatch(r"'self'|'nonce-[\w+/=-]+'", source) for source in found["script-src"])


def test_a_nonce_is_used_once(client_in: Client) -> None:
    client = Client()
    first, second = (re.findall(r'nonce="([^"]+)"', client.get("/accounts/login/").content.decode()) for _ in "12")
    assert first
    assert len(set(first)) == 1
    assert set(first) != set(second)


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_no_template_holds_styles_or_scripts(path: Any) -> None:
    text = path.read_text()
    assert not re.search(r"\sstyle\s*=", text)
    assert "<style" not in text
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert "javascript:" not in text
    for opening in re.findall(r"<script[^>]*>", text):
        assert 'src="' in opening or 'type="application/json"' in opening, opening


def test_every_style_sheet_and_icon_is_used_and_there() -> None:
    text = "\n".join(path.read_text() for path in [*TEMPLATES, *committed("src/partner/desk/*.py")])
    sheets = {path.name for path in (PACKAGE / "static" / "css").glob("*.css")}
    assert {name for name in sheets if f"css/{name}" not in text} == set()
    assert {name for name in re.findall(r"'css/([\w.-]+)'", text) if name not in sheets} == set()
    drawn = set(re.findall(r'id="i-(\w+)"', text))
    asked = set(re.findall(r'"#i-(\w+)"', text)) | set(re.findall(r'{% icon "(\w+)" %}', text))
    assert asked <= drawn


def test_colours_come_from_the_tokens() -> None:
    tokens = set(re.findall(r"(--[\w-]+):", (PACKAGE / "static/vendor/tokens.css").read_text()))
    sheets = {path: path.read_text() for path in (PACKAGE / "static" / "css").glob("*.css")}
    own = {name for text in sheets.values() for name in re.findall(r"^\s*(--[\w-]+):", text, re.M)}
    asked = {name for text in sheets.values() for name in re.findall(r"var\((--[\w-]+)", text)}
    assert asked <= tokens | own


def test_every_page_says_that_the_data_are_fictional(client_in: Client) -> None:
    for client, where in ((client_in, "/desk/"), (client_in, "/nowhere/"), (Client(), "/accounts/login/")):
        assert "架空のデータ" in client.get(where).content.decode(), where


def test_a_real_centre_shows_no_demonstration(db: None) -> None:
    page = Client().get("/accounts/login/").content.decode()
    assert "架空のデータ" not in page
    assert "試しに使う" not in page


def test_a_defect_is_said_in_japanese_and_tells_nothing(client_in: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any) -> None:
        raise RuntimeError("a secret of the program")

    monkeypatch.setattr("partner.desk.views.home.Agenda", fails)
    client_in.raise_request_exception = False
    answer = client_in.get("/desk/")
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "記録は変わっていません" in page
    assert "E-500" in page
    assert "secret" not in page
    assert policy_of(answer)["default-src"] == ["'none'"]


def test_what_is_typed_is_escaped(client_in: Client) -> None:
    page = client_in.get("/desk/search/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page
