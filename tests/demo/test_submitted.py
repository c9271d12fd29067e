"""The demonstration's last report went the whole way, and can be composed again to the content that was sealed."""

from partner.common.period import midnight, parse_period
from partner.demo.load import load
from partner.desk.stopping import overdue
from partner.files import stored
from partner.ledger import clock
from partner.reports.prepare import prepare
from partner.submissions.checking import digest_of
from partner.submissions.following import as_they_stand
from partner.submissions.models import Submission
from partner.submissions.standing import Standing
from tests.demo.conftest import SCALE, UNTIL


def test_the_last_report_was_submitted_in_time_and_accepted(ledger_db):
    load(scale=SCALE, seed=1, until=UNTIL, say=lambda text: None, reports=1)
    assert {one.report.slug for one in Submission.objects.all()} == {"monthly", "quarterly", "service", "incident"}
    assert not overdue(as_they_stand().exclude(kind="monthly"), midnight(UNTIL))
    (submission,) = Submission.objects.filter(report__kind="monthly")
    assert (submission.report.period, submission.is_on_time) == ("2026-10", True)
    assert Standing(submission.report).state_label == "受理"
    assert all(stored.is_whole(file.digest) for file in submission.files.all())
    again = prepare("monthly", parse_period("2026-10"), submission.cut, texts_at=submission.texts_at)
    assert digest_of(again) == submission.canonical_digest
    assert not again.is_draft
    assert clock.last() >= submission.at
