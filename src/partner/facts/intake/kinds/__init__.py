"""What can be taken in: one module for each subject declares its sheets."""

from partner.common.refusal import Refusal
from partner.facts.intake.kinds.consultations import CONSULTATION, MAIL_CASE
from partner.facts.intake.kinds.declare import Column, Kind
from partner.facts.intake.kinds.inquiries import INQUIRY
from partner.facts.intake.kinds.operations import OPERATION, RESPONSE_TIME
from partner.facts.intake.kinds.postings import POSTINGS
from partner.facts.intake.kinds.registrations import REGISTRATIONS
from partner.facts.intake.kinds.statements import LOSS, PLAN, REPORTED_FIGURE
from partner.facts.intake.kinds.subscriptions import SUBSCRIPTION
from partner.facts.intake.kinds.surveys import SURVEY_ANSWER

__all__ = ["KINDS", "Column", "Kind", "find"]

KINDS = {
    kind.kind: kind
    for kind in (
        *REGISTRATIONS, *POSTINGS, CONSULTATION, MAIL_CASE, SURVEY_ANSWER, SUBSCRIPTION, INQUIRY, OPERATION,
        RESPONSE_TIME, PLAN, REPORTED_FIGURE, LOSS,
    )
}  # fmt: skip


def find(name: str) -> Kind:
    """The kind of that name. Raises Refusal for an unknown one."""
    if name not in KINDS:
        raise Refusal("unknown_kind", f"取込の種類「{name}」はありません。使えるもの：{'、'.join(KINDS)}")
    return KINDS[name]
