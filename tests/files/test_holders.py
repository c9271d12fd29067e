"""A stored file stays while a row of any app needs it, whoever lets go of it."""

import pytest
from django.apps import apps

from partner.common.refusal import Refusal
from partner.facts import attachments
from partner.files import holders, references, stored
from partner.ledger import clock
from partner.outbox.actions import Enclosed, queue
from partner.submissions import evidence
from partner.submissions.expected import expected
from partner.submissions.models import Delivery, Receipt, Submission, SubmittedFile
from tests.centre import NOW
from tests.papers import a_pdf
from tests.submissions.desk import REPORTER

BY = ("見本 花子", "事務局")
PDF = a_pdf("held")
# Their digests are of rows, sheets that are not kept, and pages: no stored file lies under them.
NOT_OF_FILES = {"Load", "AccessBatch", "AccessPart", "EnquiryAnswer", "Step"}


@pytest.fixture
def folder(tmp_path, settings):
    settings.DATA = tmp_path
    return tmp_path


def a_reference(content=PDF, period="2026-09"):
    return references.keep(name="9月.pdf", chunks=[content], item="M3", period=period, source="見本の報告書", by=BY)


def an_attachment(content=PDF, about="event:E-1"):
    return attachments.keep(about=about, role="material", title="資料", name="資料.pdf", chunks=[content], by=BY)


def released(digest):
    with stored.alone():
        return stored.release(digest)


def test_every_model_that_keeps_digests_says_so_or_keeps_no_file():
    known = {rows.model.__name__ for rows in holders.registered().values()}
    ours = [model for model in apps.get_models() if model.__module__.startswith("partner.")]
    with_digest = {model.__name__ for model in ours if any(field.name == "digest" for field in model._meta.fields)}
    assert with_digest == known | NOT_OF_FILES
    assert known == {"ReferenceFile", "Attachment", "MailFile", "SubmittedFile", "Receipt"}


@pytest.mark.django_db
def test_a_reference_that_is_dropped_leaves_the_attachment_its_file(folder):
    reference, attachment = a_reference(), an_attachment()
    assert reference.digest == attachment.digest
    assert references.drop(reference) is False
    assert attachments.content(attachment) == PDF
    attachments.drop(attachment)
    assert attachments.content(attachment) == PDF  # an older cut still shows it


@pytest.mark.django_db
def test_a_refused_attachment_leaves_the_reference_its_file(folder):
    reference = a_reference(a_pdf("other"))
    an_attachment()
    for about in ("event:E-1", "event:E-1"):
        with pytest.raises(Refusal, match="同じファイルが"):
            an_attachment(about=about)
    with pytest.raises(Refusal):
        attachments.keep(
            about="event:E-1", role="photo", title="x", alt="x", name="x.pdf", chunks=[a_pdf("other")], by=BY
        )
    assert stored.is_whole(reference.digest)
    assert references.drop(reference) is True
    assert not stored.is_whole(reference.digest)


@pytest.mark.django_db
def test_submitted_files_receipts_and_mail_keep_theirs(folder, at_clock):
    at_clock(NOW)
    report, now, signed = expected("monthly", "2026-08"), clock.now(), REPORTER.signed
    one = Submission.objects.create(
        report=report, version=1, request_key="k", cut=now, texts_at=now, due_at=now, at=now,
        canonical_digest="0" * 64, program="test", **signed,
    )  # fmt: skip
    delivery = Delivery.objects.create(submission=one, method="view", recipient="監督職員", files=[], at=now, **signed)
    digests = [stored.keep([a_pdf(mark)], 10_000)[0] for mark in ("sent", "mailed")]
    SubmittedFile.objects.create(submission=one, format="pdf", name="a.pdf", digest=digests[0], size=1)
    kept = evidence.keep(evidence.Brought("受領.pdf", [a_pdf("receipt")]))
    Receipt.objects.create(
        delivery=delivery, received_at=now, evidence="x", digest=kept.digest, file_name=kept.name, at=now, **signed
    )
    enclosed = Enclosed("b.pdf", digests[1], 1)
    queue(key="k", purpose="x", to="nobody@example.jp", subject="x", body="x", by=BY, now=now, files=[enclosed])
    assert [released(digest) for digest in (*digests, kept.digest)] == [False] * 3
    assert all(stored.is_whole(digest) for digest in (*digests, kept.digest))


@pytest.mark.django_db
def test_what_nobody_needs_goes_and_an_odd_digest_is_refused(folder):
    digest, _, _ = stored.keep([PDF], 10_000)
    assert released(digest) is True
    assert released(digest) is True  # nothing happens where it is not kept
    with pytest.raises(ValueError, match="no such digest"):
        released("../x")
