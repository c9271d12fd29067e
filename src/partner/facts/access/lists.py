"""The dated lists by which page views are counted, from the master data: pages that are the top page, and who is the Centre's own."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from hashlib import sha256

from partner.common.period import midnight
from partner.facts.access.addresses import folded, normalised
from partner.ledger.fields import to_microseconds
from partner.master.models import BY_DAY, OWN_AGENT, OWN_NETWORK, TOP_PAGE, Code

_ALWAYS = 2**62


@dataclass(frozen=True, slots=True)
class Held:
    """One entry, from when to when (microseconds since 1970, the end not included)."""

    value: str
    since: int
    until: int


@dataclass(frozen=True)
class Lists:
    """All lists as known at one cut."""

    top_pages: tuple[Held, ...] = ()
    own_networks: tuple[Held, ...] = ()
    own_agents: tuple[Held, ...] = ()

    @property
    def digest(self) -> str:
        """Names what judges visitors: networks and agents."""
        return sha256(repr((self.own_networks, self.own_agents)).encode()).hexdigest()[:8]


def known(cut: datetime) -> Lists:
    """The lists known at the cut."""
    rows = Code.objects.known_at(cut).filter(list__in=BY_DAY).order_by("label", "valid_from")
    held: dict[str, list[Held]] = {}
    for name, label, since, until in rows.values_list("list", "label", "valid_from", "valid_to"):
        value = page_of(label) if name == TOP_PAGE else label
        end = _ALWAYS if until is None else to_microseconds(until)
        held.setdefault(name, []).append(Held(value, to_microseconds(since), end))
    return Lists(*(tuple(held.get(name, ())) for name in (TOP_PAGE, OWN_NETWORK, OWN_AGENT)))


def page_of(address: str) -> str:
    """An address as page views have it: `/en/` is `/en`."""
    path = normalised(address.strip().encode())
    return folded(path) if path else address


@lru_cache(maxsize=10_000)
def on(held: tuple[Held, ...], day: date) -> tuple[str, ...]:
    """What a list holds on that day (JST)."""
    at = to_microseconds(midnight(day))
    return tuple(sorted({one.value for one in held if one.since <= at < one.until}))
