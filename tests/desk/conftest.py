"""The small Centre, signed in to by role."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client


@pytest.fixture
def as_role(db: None, at_clock: Callable[[Any], None]) -> Callable[[str], Client]:
    """`as_role("reporter")`: a client signed in to the small Centre."""
    from partner.accounts.models import User
    from tests import centre

    centre.open_centre(at_clock)

    def sign_in(role: str) -> Client:
        client = Client()
        client.force_login(User.objects.get(username=f"demo-{role}"))
        return client

    return sign_in
