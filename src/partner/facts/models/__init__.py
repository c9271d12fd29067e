"""All facts: one typed model per kind."""

from partner.facts.models.coverage import Coverage, Load
from partner.facts.models.identity import Identity
from partner.facts.models.plans import Plan
from partner.facts.models.registrations import (
    OrganizationApplication,
    OrganizationEvent,
    OrganizationRegistration,
    PersonApplication,
    PersonEvent,
    PersonRegistration,
)

__all__ = [
    "Coverage",
    "Identity",
    "Load",
    "OrganizationApplication",
    "OrganizationEvent",
    "OrganizationRegistration",
    "PersonApplication",
    "PersonEvent",
    "PersonRegistration",
    "Plan",
]
