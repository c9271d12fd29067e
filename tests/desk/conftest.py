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


@pytest.fixture
def office(ledger_db: Any, at_clock: Callable[[Any], None], monkeypatch: pytest.MonkeyPatch) -> Client:
    """The office's client on the small Centre, with real commits: the work is done in another thread."""
    from partner.work import running
    from tests import centre
    from tests.desk import brought

    centre.open_centre(at_clock)
    centre.add_outsiders()
    waited = running.start

    def start(*args: Any, **more: Any) -> None:
        waited(*args, **{**more, "wait": 60.0})

    monkeypatch.setattr(running, "start", start)
    return brought.signed_in("office")
