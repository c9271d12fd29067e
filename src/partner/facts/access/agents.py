"""Who does not count: crawlers, the Centre's own staff and probes. Each distinct agent and address is judged once."""

from enum import IntEnum
from functools import lru_cache
from ipaddress import ip_address, ip_network

from partner.facts.access.rules import CRAWLER, Rules


class Verdict(IntEnum):
    """Whose page view it is. The numbers stand in the store."""

    PERSON = 0
    CRAWLER = 1
    OWN = 2
    PREFETCH = 3


def judged(address: bytes, agent: bytes | None, rules: Rules) -> Verdict:
    """Whose page view it is. `agent` is without a server's escapes, and None where the format has none."""
    return Verdict.OWN if is_own(address, rules) else of_agent(agent, rules)


def is_own(address: bytes, rules: Rules) -> bool:
    """Whether it is one of the Centre's own addresses."""
    return bool(rules.own_networks) and _is_within(address, rules.own_networks)


def of_agent(agent: bytes | None, rules: Rules) -> Verdict:
    """What the agent alone says, as it was before a server wrote it. It is None where the format has none."""
    return Verdict.PERSON if agent is None else _agent(agent, rules.probe_agents)


@lru_cache(maxsize=100_000)
def _agent(agent: bytes, probes: tuple[str, ...]) -> Verdict:
    name = agent.decode("utf-8", "replace").strip()
    if probes and name.startswith(probes):
        return Verdict.OWN
    return Verdict.CRAWLER if name in ("", "-") or _is_crawler(name) else Verdict.PERSON


def _is_crawler(name: str) -> bool:
    # Its patterns are read at import: only where a log is loaded.
    from crawleruseragents import is_crawler  # type: ignore[import-untyped]

    return bool(CRAWLER.search(name) or is_crawler(name))


@lru_cache(maxsize=100_000)
def _is_within(address: bytes, networks: tuple[str, ...]) -> bool:
    try:
        here = ip_address(address.decode("ascii"))
    except ValueError:  # a host's name
        return False
    return any(here in ip_network(network) for network in networks)
