"""All facts: one typed model per kind."""

from partner.facts.models.access import AccessBatch, AccessPart
from partner.facts.models.attachments import Attachment
from partner.facts.models.consultations import Consultation, MailCase
from partner.facts.models.coverage import Coverage, Load
from partner.facts.models.events import CentreEvent, EventParticipation, EventSession
from partner.facts.models.expenses import Expense
from partner.facts.models.identity import Identity
from partner.facts.models.incidents import Incident, IncidentNote
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
from partner.facts.models.surveys import SurveyAnswer, SurveyPlan, SurveyRemark, SurveyResponse
from partner.facts.models.texts import GivenFigure, ReportText
from partner.facts.models.undertakings import IndicatorForecast, IssueEffort, PriorityIssue

__all__ = [
    "AccessBatch",
    "AccessPart",
    "Attachment",
    "CentreEvent",
    "Consultation",
    "Coverage",
    "EventParticipation",
    "EventSession",
    "Expense",
    "GivenFigure",
    "Identity",
    "Incident",
    "IncidentNote",
    "IndicatorForecast",
    "InquiryAnswer",
    "InquiryEvent",
    "IssueEffort",
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
    "PriorityIssue",
    "PublishedFigure",
    "ReportText",
    "ReportedFigure",
    "ResponseTime",
    "Subscription",
    "SubscriptionEvent",
    "SurveyAnswer",
    "SurveyPlan",
    "SurveyRemark",
    "SurveyResponse",
    "TrainingEvent",
    "TrainingPublication",
]
