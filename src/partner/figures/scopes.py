"""What a figure's function is handed: for each first word of a key, the sets of that subject."""

from collections.abc import Callable
from typing import Any

from partner.facts.streams import ORGANIZATIONS, PEOPLE
from partner.figures.sets.registrations import Registrations

SCOPES: dict[str, Callable[[], Any]] = {
    "people": lambda: Registrations(PEOPLE),
    "organizations": lambda: Registrations(ORGANIZATIONS),
}
