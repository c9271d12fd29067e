"""What the server that `apart` forks from has loaded, and what each of its children does. Nothing of pytest is here."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402

from partner.ledger import clock  # noqa: E402


def run(name: str, data: str, now: datetime, task: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    """Does the task over that database and data folder, at that time."""
    connection.settings_dict["NAME"] = name
    settings.DATA = Path(data)
    clock.now = lambda: now
    task(*arguments)
