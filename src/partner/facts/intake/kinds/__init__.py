"""What can be taken in: one module for each subject declares its sheets."""

from partner.common.refusal import Refusal
from partner.facts.intake.kinds.consultations import CONSULTATION, MAIL_CASE
from partner.facts.intake.kinds.declare import Column, Kind
from partner.facts.intake.kinds.events import EVENT, EVENT_PARTICIPANT, EVENT_SESSION
from partner.facts.intake.kinds.expenses import EXPENSE
from partner.facts.intake.kinds.forecasts import INDICATOR_FORECAST
from partner.facts.intake.kinds.incidents import INCIDENT, INCIDENT_NOTE
from partner.facts.intake.kinds.inquiries import INQUIRY
from partner.facts.intake.kinds.operations import OPERATION, RESPONSE_TIME
from partner.facts.intake.kinds.postings import POSTINGS
from partner.facts.intake.kinds.registrations import REGISTRATIONS
from partner.facts.intake.kinds.statements import LOSS, PLAN, REPORTED_FIGURE
from partner.facts.intake.kinds.subscriptions import SUBSCRIPTION
from partner.facts.intake.kinds.survey_plans import SURVEY_PLAN
from partner.facts.intake.kinds.survey_remarks import SURVEY_REMARK
from partner.facts.intake.kinds.surveys import SURVEY_ANSWER
from partner.facts.intake.kinds.undertakings import ISSUE_EFFORT, PRIORITY_ISSUE

__all__ = ["KINDS", "Column", "Kind", "find"]

KINDS = {
    kind.kind: kind
    for kind in (
        *REGISTRATIONS, *POSTINGS, CONSULTATION, MAIL_CASE, SURVEY_ANSWER, SUBSCRIPTION, INQUIRY, OPERATION,
        RESPONSE_TIME, PLAN, REPORTED_FIGURE, LOSS, EVENT, EVENT_SESSION, EVENT_PARTICIPANT, SURVEY_PLAN, SURVEY_REMARK,
        INCIDENT, INCIDENT_NOTE, EXPENSE, PRIORITY_ISSUE, ISSUE_EFFORT, INDICATOR_FORECAST,
    )
}  # fmt: skip


def find(name: str) -> Kind:
    """The kind of that name. Raises Refusal for an unknown one."""
    if name not in KINDS:
        raise Refusal("unknown_kind", f"取込の種類「{name}」はありません。使えるもの：{'、'.join(KINDS)}")
    return KINDS[name]
