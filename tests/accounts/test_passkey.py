"""A passkey registered and used in a real browser, with an authenticator that exists in it alone."""

from collections.abc import Callable
from typing import Any

import pytest

from partner.accounts.models import AuditEvent
from tests import centre

pytestmark = pytest.mark.browser


@pytest.fixture
def owner(page: Any, live_site: str, at_clock: Callable[[Any], None]) -> Any:
    """The reporter at the page that adds a passkey, having said the password once more."""
    from django.core.cache import cache

    cache.clear()
    centre.open_centre(at_clock)
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    owned = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": owned})
    page.goto("/accounts/login/")
    page.fill("#id_login", "demo-reporter")
    page.fill("#id_password", centre.PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url("**/desk/")
    page.goto("/accounts/2fa/webauthn/add/")
    page.fill("#id_password", centre.PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url("**/webauthn/add/")
    return page


def test_a_passkey_signs_in_alone(owner: Any) -> None:
    page = owner
    page.fill("#id_name", "事務室のノートパソコン")
    page.click("#mfa_webauthn_add")
    page.wait_for_url(lambda address: "/webauthn/add/" not in address)
    page.goto("/accounts/2fa/webauthn/")
    assert "事務室のノートパソコン" in page.inner_text("main")
    assert "これだけでログイン" in page.inner_text("main")
    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.click("#passkey_login")
    page.wait_for_url("**/desk/")
    assert "見本 花子" in page.inner_text("header")
    actions = list(AuditEvent.objects.order_by("id").values_list("action", flat=True))
    assert actions.count("signed_in") == 2
    assert "authenticator_added" in actions


def test_a_passkey_that_cannot_be_used_is_said_in_words(page: Any, live_site: str) -> None:
    page.goto("/accounts/login/")
    assert not page.is_visible("#passkey-trouble")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('no')) }")
    page.click("#passkey_login")
    page.wait_for_selector("#passkey-trouble", state="visible")
    assert "もう一度試すか" in page.inner_text("#passkey-trouble")


def test_a_second_factor_by_code(owner: Any) -> None:
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    def code(secret: str) -> str:
        return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))

    page = owner
    page.goto("/accounts/2fa/totp/activate/")
    assert page.locator(".qr svg").bounding_box()["width"] > 150
    secret = page.inner_text(".secret")
    page.fill("#id_code", code(secret))
    page.click("main button:has-text('登録する')")
    page.wait_for_url(lambda address: "/activate/" not in address)
    page.goto("/accounts/2fa/recovery-codes/")
    spare = page.inner_text(".codes li >> nth=0")
    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.fill("#id_login", "demo-reporter")
    page.fill("#id_password", centre.PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url("**/2fa/authenticate/")
    page.fill("#id_code", spare)
    page.click("main button:has-text('ログインする')")
    page.wait_for_url("**/desk/")
