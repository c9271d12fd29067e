"""The streams of facts: what is told of a kind, and what is derived from it, once for intake, ledger and figures."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from partner.facts import inquiries, postings, subscriptions, surveys
from partner.facts.models import registrations as models
from partner.facts.models.base import Sourced, Span
from partner.facts.models.consultations import Consultation, MailCase
from partner.facts.models.events import CentreEvent, EventParticipation, EventSession
from partner.facts.models.expenses import Expense
from partner.facts.models.identity import Identity
from partner.facts.models.incidents import Incident, IncidentNote
from partner.facts.models.inquiries import InquiryAnswer, InquiryEvent, OpenInquiry
from partner.facts.models.operations import Operation, ResponseTime
from partner.facts.models.plans import Plan
from partner.facts.models.postings import JobEvent, JobPublication, TrainingEvent, TrainingPublication
from partner.facts.models.statements import Loss, ReportedFigure
from partner.facts.models.subscriptions import Subscription, SubscriptionEvent
from partner.facts.models.surveys import SurveyAnswer, SurveyPlan, SurveyRemark, SurveyResponse
from partner.facts.models.undertakings import IndicatorForecast, IssueEffort, PriorityIssue
from partner.facts.sequence import ApplicationSpan, RegistrationSpan, derive
from partner.facts.walking import LeavesOut

Derive = Callable[[Iterable[Any], LeavesOut], list[Any]]


@dataclass(frozen=True, eq=False)
class Stream:
    """One kind of facts. `kind` is its name in intake, coverage and loads; `told` the rows as a source told them.

    `spans` are derived from all rows of one subject: the derived class → the model that keeps it; `derive` makes them,
    or raises SequenceError. Where nothing is derived, each row stands for itself.
    `party` says that the subjects have identities (people, organisations); else a subject's number is no secret.
    """

    kind: str
    told: type[Sourced]
    spans: Mapping[type, type[Span]] = field(default_factory=dict)
    derive: Derive | None = None
    party: str = ""

    @property
    def models(self) -> tuple[type[Sourced] | type[Span], ...]:
        """All its tables, the told one first."""
        return self.told, *self.spans.values()


class Party(Stream):
    """Persons or organisations, who register."""

    @property
    def code(self) -> str:
        """The name of its identities."""
        return self.party

    @property
    def event(self) -> type[models.RegistrationEvent]:
        """What is told of a registration."""
        return self.told  # type: ignore[return-value]

    @property
    def registration(self) -> type[models.Registration]:
        """The registrations."""
        return self.spans[RegistrationSpan]  # type: ignore[return-value]

    @property
    def application(self) -> type[models.Application]:
        """The applications that waited."""
        return self.spans[ApplicationSpan]  # type: ignore[return-value]


def _registrations(events: Iterable[Any], is_left_out: LeavesOut) -> list[Any]:
    spans, applications = derive(events, is_left_out)
    return [*spans, *applications]


PEOPLE = Party(
    "people",
    models.PersonEvent,
    {RegistrationSpan: models.PersonRegistration, ApplicationSpan: models.PersonApplication},
    _registrations,
    Identity.Party.PERSON,
)
ORGANIZATIONS = Party(
    "organizations",
    models.OrganizationEvent,
    {RegistrationSpan: models.OrganizationRegistration, ApplicationSpan: models.OrganizationApplication},
    _registrations,
    Identity.Party.ORGANIZATION,
)
PARTIES = {party.kind: party for party in (PEOPLE, ORGANIZATIONS)}
JOBS = Stream("jobs", JobEvent, {postings.PublicSpan: JobPublication}, postings.derive)
TRAININGS = Stream("trainings", TrainingEvent, {postings.PublicSpan: TrainingPublication}, postings.derive)
CONSULTATIONS = Stream("consultations", Consultation)
MAIL_CASES = Stream("mail_cases", MailCase)
SURVEY_ANSWERS = Stream("survey_answers", SurveyAnswer, {surveys.ResponseSpan: SurveyResponse}, surveys.derive)
SUBSCRIPTIONS = Stream(
    "subscriptions",
    SubscriptionEvent,
    {subscriptions.SubscribedSpan: Subscription},
    subscriptions.derive,
    Identity.Party.PERSON,
)
INQUIRIES = Stream(
    "inquiries",
    InquiryEvent,
    {inquiries.OpenSpan: OpenInquiry, inquiries.AnswerSpan: InquiryAnswer},
    inquiries.derive,
)
OPERATIONS = Stream("operations", Operation)
RESPONSE_TIMES = Stream("response_times", ResponseTime)
PLANS = Stream("plans", Plan)
REPORTED_FIGURES = Stream("reported_figures", ReportedFigure)
LOSSES = Stream("losses", Loss)
EVENTS = Stream("events", CentreEvent)
EVENT_SESSIONS = Stream("event_sessions", EventSession)
EVENT_PARTICIPANTS = Stream("event_participants", EventParticipation)
SURVEY_PLANS = Stream("survey_plans", SurveyPlan)
SURVEY_REMARKS = Stream("survey_remarks", SurveyRemark)
INCIDENTS = Stream("incidents", Incident)
INCIDENT_NOTES = Stream("incident_notes", IncidentNote)
EXPENSES = Stream("expenses", Expense)
PRIORITY_ISSUES = Stream("priority_issues", PriorityIssue)
ISSUE_EFFORTS = Stream("issue_efforts", IssueEffort)
INDICATOR_FORECASTS = Stream("indicator_forecasts", IndicatorForecast)
STREAMS: dict[str, Stream] = {
    stream.kind: stream
    for stream in (
        PEOPLE, ORGANIZATIONS, JOBS, TRAININGS, CONSULTATIONS, MAIL_CASES, SURVEY_ANSWERS, SUBSCRIPTIONS, INQUIRIES,
        OPERATIONS, RESPONSE_TIMES, PLANS, REPORTED_FIGURES, LOSSES, EVENTS, EVENT_SESSIONS, EVENT_PARTICIPANTS,
        SURVEY_PLANS, SURVEY_REMARKS, INCIDENTS, INCIDENT_NOTES, EXPENSES, PRIORITY_ISSUES, ISSUE_EFFORTS,
        INDICATOR_FORECASTS,
    )
}  # fmt: skip
BY_TOLD = {stream.told: stream for stream in STREAMS.values()}
