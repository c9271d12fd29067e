"""Who still needs a stored file. Each app that keeps digests says where, so that no other takes its file away."""

from collections.abc import Callable
from typing import Any

Rows = Callable[[], Any]
_ROWS: dict[str, Rows] = {}


def register(name: str, rows: Rows) -> None:
    """Says which rows need the file of their `digest`; called in AppConfig.ready. The same name again takes its place."""
    _ROWS[name] = rows


def registered() -> dict[str, Any]:
    """The rows of each that registered, by its name."""
    return {name: rows() for name, rows in _ROWS.items()}


def is_needed(digest: str) -> bool:
    """Whether any row still needs the file."""
    return any(rows.filter(digest=digest).exists() for rows in registered().values())
