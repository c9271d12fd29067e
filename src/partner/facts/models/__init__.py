"""All facts: one typed model per kind."""

from partner.facts.models.access import AccessBatch, AccessPart
from partner.facts.models.consultations import Consultation, MailCase
from partner.facts.models.coverage import Coverage, Load
from partner.facts.models.identity import Identity
from partner.facts.models.inquiries import InquiryAnswer, InquiryEvent, OpenInquiry
from partner.facts.models.operations import Operation, ResponseTime
from partner.facts.models.plans import Plan
from partner.facts.models.postings import JobEvent, JobPublication, TrainingEvent, TrainingPublication
from partner.facts.models.published import PublishedFigure
from partner.facts.models.registrations import (
    OrganizationApplication,
    OrganizationEvent,
    OrganizationRegistration,
    PersonApplication,
    PersonEvent,
    PersonRegistration,
)
from partner.facts.models.statements import Loss, ReportedFigure
from partner.facts.models.subscriptions import Subscription, SubscriptionEvent
from partner.facts.models.surveys import SurveyAnswer, SurveyResponse
from partner.facts.models.texts import GivenFigure, ReportText

__all__ = [
    "AccessBatch",
    "AccessPart",
    "Consultation",
    "Coverage",
    "GivenFigure",
    "Identity",
    "InquiryAnswer",
    "InquiryEvent",
    "JobEvent",
    "JobPublication",
    "Load",
    "Loss",
    "MailCase",
    "OpenInquiry",
    "Operation",
    "OrganizationApplication",
    "OrganizationEvent",
    "OrganizationRegistration",
    "PersonApplication",
    "PersonEvent",
    "PersonRegistration",
    "Plan",
    "PublishedFigure",
    "ReportText",
    "ReportedFigure",
    "ResponseTime",
    "Subscription",
    "SubscriptionEvent",
    "SurveyAnswer",
    "SurveyResponse",
    "TrainingEvent",
    "TrainingPublication",
]
