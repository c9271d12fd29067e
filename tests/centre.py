"""A small Centre for tests of pages: a told September 2026, corrected in October, and one sign-in for each role."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any

from django.contrib.auth.hashers import make_password

from partner.accounts.models import User
from partner.accounts.roles import Role
from partner.common.period import JST, midnight
from partner.demo import PASSWORD, USERS
from partner.facts.models import Identity, PersonEvent
from partner.facts.record import correct
from partner.facts.streams import ORGANIZATIONS, PEOPLE
from partner.ledger import clock
from partner.master.actions import set_from
from partner.master.models import ContractFact
from tests.told import covered, event, subject, told

TOLD_AT = datetime(2026, 10, 5, 10, tzinfo=JST)
CORRECTED_AT = datetime(2026, 10, 9, 10, 12, tzinfo=JST)
NOW = datetime(2026, 10, 21, 9, 40, tzinfo=JST)
ADMIN = ("仮設 恵", "管理者")
NAMES = {"A": "架空 一子", "B": "架空 二郎", "C": "架空 三枝", "D": "架空 四方"}

PEOPLE_TOLD = """
    A  2026-08-03 09:00:00  registered  full    medium=search  purposes=job,training
    B  2026-08-10           registered  simple  medium=sns     purposes=information
    C  2026-09-02 23:59:59  registered  full    medium=search  purposes=job
    D  2026-09-30           registered  full    medium=seminar
    B  2026-09-12           moved       full
"""
ORGANIZATIONS_TOLD = """
    X  2026-08-03  registered  full  type=ngo
    Y  2026-09-03  registered  simple  type=company
"""


def open_centre(at_clock: Callable[[datetime], None]) -> None:
    """Told on 5 October, before the data cut of the 6th; D's leaving becomes known after it; it is the 21st."""
    at_clock(TOLD_AT)
    clock.cut(TOLD_AT)
    told(PEOPLE_TOLD)
    told(ORGANIZATIONS_TOLD, ORGANIZATIONS)
    for kind in ("people", "organizations"):
        covered("2026-08", "2026-09", kind=kind)
    _name_everything()
    for name in NAMES:
        Identity.objects.create(
            subject=subject(name), party=PEOPLE.code, number=f"J-{name}", name=NAMES[name], address="架空県見本市1-1", email="nobody@example.jp"
        )  # fmt: skip
    for name, display, role in USERS:
        user(name, display, role)
    at_clock(CORRECTED_AT)
    clock.cut(CORRECTED_AT)  # a tick of its own, also where one transaction tells all
    old = PersonEvent.objects.believed().get(subject=subject("D"))
    told("    C  2026-09-28  left")
    new = event("    D  2026-10-01  registered  full    medium=seminar")
    new.source_key, new.ordinal = old.source_key, old.ordinal
    correct(old, new)
    at_clock(NOW)
    clock.cut(NOW)


def _name_everything() -> None:
    opened = midnight(datetime(2026, 4, 1, tzinfo=JST).date())
    for key, label, value in (
        ("contract_title", "契約件名", "国際協力人材センター運営業務（見本）"),
        ("contractor", "受託事業者", "株式会社例示受託"),
        ("fictional", "架空である旨の表示", "本書は見本である。"),
    ):
        set_from(
            ContractFact, keys={"key": key}, values={"label": label, "value": value}, holds_from=opened, reason="見本", by=ADMIN
        )  # fmt: skip


def user(name: str, display: str, role: str) -> Any:
    """Someone who signs in with the demonstration's password."""
    return User.objects.create(username=name, display_name=display, role=role, password=_hashed())


@cache
def _hashed() -> str:
    return make_password(PASSWORD)


def add_outsiders() -> None:
    """A registrant and an organisation: they sign in, and the desk is not theirs."""
    for role in (Role.REGISTRANT, Role.ORGANIZATION):
        user(f"demo-{role.value}", "見本 外子", role)
