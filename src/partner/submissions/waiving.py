"""不要 by a person's word: a report that need not be made, or is to be made after all."""

from datetime import datetime

from django.db import transaction

from partner.accounts.roles import may
from partner.common.refusal import Refusal
from partner.submissions.actions import Actor, locked
from partner.submissions.happening import KINDS
from partner.submissions.models import ExpectedReport, Waiver


def waive(*, report: ExpectedReport, is_waived: bool, ground: str, by: Actor, now: datetime) -> Waiver | None:
    """Decides it; nothing happens where it is so already (a second click).

    Raises Refusal without a ground, for a report that the contract asks for in any case, and once it was submitted.
    """
    if not may(by.role, "reports.assign"):
        raise Refusal("not_yours", "報告書を不要とするかは、業務責任者が決めます。")
    if not ground.strip():
        raise Refusal("ground_missing", "不要とする（戻す）理由を書いてください。")
    if report.kind not in KINDS:
        raise Refusal("always_due", f"{report.name}は、契約により必ず提出します。不要にはできません。")
    with transaction.atomic():
        standing = locked(report)
        if standing.submissions:
            raise Refusal("submitted_already", "すでに提出されているため、不要にはできません。")
        if standing.report.is_waived == is_waived:
            return None
        return Waiver.objects.create(
            report=report, is_waived=is_waived, ground=ground.strip()[:400], at=now, **by.signed
        )
