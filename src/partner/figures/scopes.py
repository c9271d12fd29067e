"""What a figure's function is handed: for each first word of a key, the sets of that subject."""

from collections.abc import Callable
from typing import Any

from partner.facts.models import JobPublication, TrainingPublication
from partner.facts.streams import ORGANIZATIONS, PEOPLE
from partner.figures.sets.access import Access
from partner.figures.sets.consultations import Consultations, Surveys
from partner.figures.sets.events import Events
from partner.figures.sets.expenses import Expenses
from partner.figures.sets.incidents import Incidents
from partner.figures.sets.inquiries import Inquiries
from partner.figures.sets.operations import Operations
from partner.figures.sets.postings import Postings
from partner.figures.sets.quality import Quality
from partner.figures.sets.registrations import Registrations
from partner.figures.sets.subscriptions import Subscriptions
from partner.master.book import Book

SCOPES: dict[str, Callable[[Book], Any]] = {
    "people": lambda book: Registrations(PEOPLE),
    "organizations": lambda book: Registrations(ORGANIZATIONS),
    "access": lambda book: Access(),
    "jobs": lambda book: Postings("jobs", JobPublication, "JP"),
    "trainings": lambda book: Postings("trainings", TrainingPublication, "TP"),
    "consultations": lambda book: Consultations(),
    "surveys": lambda book: Surveys(book.cut),
    "subscriptions": lambda book: Subscriptions(),
    "inquiries": lambda book: Inquiries(),
    "operations": Operations,
    "quality": Quality,
    "events": lambda book: Events(),
    "incidents": lambda book: Incidents(),
    "expenses": lambda book: Expenses(),
}
