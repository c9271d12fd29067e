"""Mail over a real server: sent once, put off, refused, never known; and what a person decides then."""

import threading
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connections, transaction

from partner.common.period import JST
from partner.common.refusal import Refusal
from partner.files import stored
from partner.outbox import states
from partner.outbox.actions import Enclosed, decide, queue
from partner.outbox.models import MailAttempt, MailOutcome, OutgoingMail
from partner.outbox.sending import deliver
from partner.outbox.states import state_of
from tests.smtp import sink

NOW = datetime(2026, 11, 9, 9, tzinfo=JST)
BY = ("見本 花子", "報告担当")


@pytest.fixture
def server(settings):
    with sink() as found:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", found.port, 2
        yield found


def put(key="submission:1", **more):
    asked = {"purpose": "submission", "to": "kantoku@example.jp", "subject": "月次報告書の提出", "body": "送付します。"}
    return queue(key=key, by=BY, now=NOW, **{**asked, **more})


def kept(content, name):
    digest, size, _ = stored.keep([content], 10**9)
    return Enclosed(name, digest, size, "application/pdf")


@pytest.mark.django_db
def test_it_arrives_with_its_japanese_names_and_plain_files(server):
    content = bytes(range(256)) * 40
    mail = put(files=[kept(content, "月次報告書_2026-10_第1回.pdf")])
    assert deliver(NOW) == {"sent": 1, "deferred": 0, "refused": 0}
    (found,) = server.mails
    assert found["Subject"] == "月次報告書の提出"
    assert found["To"] == "kantoku@example.jp"
    assert found.get_body().get_content().strip() == "送付します。"
    (part,) = found.iter_attachments()
    assert part.get_filename() == "月次報告書_2026-10_第1回.pdf"
    assert part.get_payload(decode=True) == content
    assert state_of(mail, NOW).name == states.SENT
    assert deliver(NOW + timedelta(days=1)) == {"sent": 0, "deferred": 0, "refused": 0}
    assert len(server.raw) == 1


@pytest.mark.django_db
def test_the_same_key_is_queued_once_and_another_content_is_refused(server):
    assert put() == put()
    with pytest.raises(Refusal, match="別の内容"):
        put(body="別の本文")
    assert OutgoingMail.objects.count() == 1


@pytest.mark.django_db
def test_what_is_put_off_is_tried_again_after_growing_pauses_and_given_up_in_the_end(server):
    server.answer = lambda line: "451 kantoku@example.jp is busy"
    mail, now, tries = put(), NOW, 0
    while (state := state_of(mail, now)).name == states.WAITING:
        deliver(state.due_at - timedelta(microseconds=1))
        assert MailAttempt.objects.count() == tries  # not before its time
        now = state.due_at
        deliver(now)
        tries += 1
    assert (state.name, tries) == (states.FAILED, 6)
    assert "example.jp" not in MailOutcome.objects.first().reply
    decide(mail=mail, kind="again", reason="先方の障害が直った。", by="想定 望月", now=now)
    server.answer = lambda line: "250 OK"
    assert deliver(now)["sent"] == 1


@pytest.mark.django_db
def test_a_bounce_is_final(server):
    server.answer = lambda line: "550 no such user" if line.upper().startswith("RCPT") else "250 OK"
    mail = put()
    assert deliver(NOW)["refused"] == 1
    assert state_of(mail, NOW).name == states.FAILED
    assert deliver(NOW + timedelta(days=9)) == {"sent": 0, "deferred": 0, "refused": 0}


@pytest.mark.django_db
def test_a_server_that_stalls_or_is_away_puts_off(server, settings):
    settings.EMAIL_TIMEOUT = 0.2
    server.stall = threading.Event()
    mail = put()
    assert deliver(NOW)["deferred"] == 1
    assert state_of(mail, NOW).due_at == NOW + timedelta(minutes=5)


@pytest.mark.django_db
def test_after_a_crash_between_sending_and_writing_nothing_is_sent_again_by_itself(server):
    mail = put()
    MailAttempt.objects.create(mail=mail, number=1, begun_at=NOW)  # then the process died
    assert state_of(mail, NOW + timedelta(minutes=1)).name == states.SENDING
    later = NOW + timedelta(hours=1)
    assert state_of(mail, later).name == states.UNKNOWN
    assert deliver(later)["sent"] == 0
    with pytest.raises(Refusal, match="理由"):
        decide(mail=mail, kind="arrived", reason=" ", by="想定 望月", now=later)
    decide(mail=mail, kind="arrived", reason="電話で確かめた。", by="想定 望月", now=later)
    assert state_of(mail, later).name == states.SENT
    assert server.raw == []


@pytest.mark.both
def test_two_processes_send_one_mail_once(ledger_db, server):
    put()
    barrier = threading.Barrier(2)

    def run():
        barrier.wait()
        try:
            deliver(NOW)
        except DatabaseError:
            pass  # SQLite: the other one holds the file
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(server.raw) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"to": "なし"}, "bad_address"),
        ({"subject": "a\nBcc: x@example.jp"}, "bad_subject"),
        ({"subject": " "}, "bad_subject"),
    ],
)
def test_what_makes_no_mail_is_refused(more, code):
    with pytest.raises(Refusal) as caught:
        put(**more)
    assert caught.value.faults[0].code == code
    assert OutgoingMail.objects.count() == 0


@pytest.mark.django_db
def test_too_large_or_damaged_files_are_refused():
    large = kept(b"x" * (2 * 1024 * 1024), "大.pdf")
    with pytest.raises(Refusal, match="大容量"):
        put(files=[large], most=1)
    with pytest.raises(Refusal, match="壊れて"):
        put(files=[Enclosed("無.pdf", "0" * 64, 10)])


@pytest.mark.django_db
def test_rows_stay(server):
    put()
    deliver(NOW)
    with pytest.raises(DatabaseError, match="refused"), transaction.atomic():
        MailOutcome.objects.update(kind="sent")
