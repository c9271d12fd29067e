"""A small Centre behind the live site, and people who sign in on its page."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture
def site(live_site: str, at_clock: Callable[[Any], None]) -> str:
    """The address of the site with the small Centre in it."""
    from django.core.cache import cache

    from tests import centre

    cache.clear()
    centre.open_centre(at_clock)
    return live_site


@pytest.fixture
def ready_site(live_site: str, at_clock: Callable[[Any], None]) -> str:
    """The address of the site with a tiny Centre in it whose October lacks nothing but texts; it is 6 November 2026."""
    from django.core.cache import cache

    from partner.demo import USERS
    from tests import centre, ready

    cache.clear()
    ready.centre(at_clock)
    for name, display, role in USERS:
        centre.user(name, display, role)
    return live_site


@pytest.fixture
def sign_in_ready(ready_site: str, page: Any) -> Callable[[str], Any]:
    """The same on the tiny Centre."""
    return _signing_in(ready_site, page)


@pytest.fixture
def sign_in(site: str, page: Any) -> Callable[[str], Any]:
    """`sign_in("reporter")`: types name and password, and lands on the desk."""
    return _signing_in(site, page)


def _signing_in(site: str, page: Any) -> Callable[[str], Any]:
    from partner.demo import PASSWORD

    def came(role: str) -> Any:
        page.context.clear_cookies()
        page.goto("/accounts/login/")
        page.fill("#id_login", f"demo-{role}")
        page.fill("#id_password", PASSWORD)
        page.press("#id_password", "Enter")
        page.wait_for_url(f"{site}/desk/**")
        return page

    return came
