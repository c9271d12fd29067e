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
def sign_in(site: str, page: Any) -> Callable[[str], Any]:
    """`sign_in("reporter")`: types name and password, and lands on the desk."""

    from partner.demo import PASSWORD

    def came(role: str) -> Any:
        page.context.clear_cookies()
        page.goto("/accounts/login/")
        page.fill("#id_login", f"demo-{role}")
        page.fill("#id_password", PASSWORD)
        page.press("#id_password", "Enter")
        page.wait_for_url(f"{site}/desk/")
        return page

    return came
