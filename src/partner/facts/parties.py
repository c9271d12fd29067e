"""The two parties that register, and the models of each."""

from dataclasses import dataclass

from partner.facts.models import registrations as models
from partner.facts.models.identity import Identity


@dataclass(frozen=True)
class Party:
    """Persons or organisations: `kind` is the name of intake, figures and coverage, `code` that of identities."""

    kind: str
    code: str
    event: type[models.RegistrationEvent]
    registration: type[models.Registration]
    application: type[models.Application]


PEOPLE = Party("people", Identity.Party.PERSON, models.PersonEvent, models.PersonRegistration, models.PersonApplication)
ORGANIZATIONS = Party(
    "organizations",
    Identity.Party.ORGANIZATION,
    models.OrganizationEvent,
    models.OrganizationRegistration,
    models.OrganizationApplication,
)
PARTIES = {party.kind: party for party in (PEOPLE, ORGANIZATIONS)}
