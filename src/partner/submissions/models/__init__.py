"""Reviewed and sent: what is expected, each step with who and when, what was submitted, and what was asked about it."""

from partner.submissions.models.agreements import Agreement, AgreementNote, Amendment, Minutes
from partner.submissions.models.comments import Comment
from partner.submissions.models.delivery import Delivery, Receipt
from partner.submissions.models.drafts import Composed, TextDraft
from partner.submissions.models.enquiries import Enquiry, EnquiryAnswer, EnquiryStep
from partner.submissions.models.expected import Assignment, DueChange, ExpectedReport
from partner.submissions.models.steps import DataCut, Step, Submission, SubmittedFile
from partner.submissions.models.waivers import Waiver

__all__ = [
    "Agreement",
    "AgreementNote",
    "Amendment",
    "Assignment",
    "Comment",
    "Composed",
    "DataCut",
    "Delivery",
    "DueChange",
    "Enquiry",
    "EnquiryAnswer",
    "EnquiryStep",
    "ExpectedReport",
    "Minutes",
    "Receipt",
    "Step",
    "Submission",
    "SubmittedFile",
    "TextDraft",
    "Waiver",
]
