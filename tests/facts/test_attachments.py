"""Files about what is told: kept by digest, refused for what they are, taken away again."""

import threading

import pytest

from partner.common.refusal import Refusal
from partner.facts import attachments
from partner.facts.models.attachments import Attachment
from partner.files import stored
from partner.ledger import clock
from tests.facts.sheets import BY
from tests.papers import a_locked_pdf, a_pdf, a_picture

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_november")]
PDF = a_pdf("sample")


def keep(content=PDF, **more):
    values = {"about": "event:E-1", "role": "material", "number": "001", "title": "配布資料", "name": "資料.pdf"}
    return attachments.keep(chunks=[content], by=BY, **{**values, **more})


def refused(code, content=PDF, **more):
    before = clock.last()
    with pytest.raises(Refusal) as caught:
        keep(content, **more)
    assert caught.value.faults[0].code == code
    assert clock.last() == before
    return caught.value


def test_kept_and_read_again():
    row = keep()
    assert (row.form, row.size, row.by_name) == ("pdf", len(PDF), BY[0])
    assert attachments.content(row) == PDF
    photo = keep(a_picture(), role="photo", alt="会場の様子", name="x.pdf")  # known by what it is
    jpeg = keep(a_picture(form="JPEG"), role="photo", number="002", alt="受付")
    assert (photo.form, jpeg.form) == ("png", "jpeg")
    assert [one.number for one in attachments.of("event:E-1", clock.cut(), "photo")] == ["001", "002"]
    assert len(attachments.of("event:E-1", clock.cut())) == 3
    assert attachments.of("event:E-2", clock.cut()) == []


@pytest.mark.parametrize(
    ("code", "content", "more"),
    [
        ("unknown_role", PDF, {"role": "gift"}),
        ("missing_value", PDF, {"title": ""}),
        ("too_long", PDF, {"title": "名" * 121}),
        ("too_long", PDF, {"role": "photo", "alt": "会" * 201}),
        ("alt_missing", b"", {"role": "photo", "alt": " "}),
        ("survey_missing", PDF, {"role": "original"}),
        ("bad_form", b"PK\x03\x04 a zip", {}),
        ("bad_form", PDF[:300], {}),
        ("bad_form", b"%PDF-1.7\nsample\n%%EOF", {}),
        ("encrypted", a_locked_pdf(), {}),
        ("encrypted", a_locked_pdf(user=""), {}),
        ("bad_form", a_picture(form="JPEG", size=64)[:-200], {"role": "photo", "alt": "会場"}),
        ("bad_form", PDF, {"role": "photo", "alt": "会場"}),
        ("bad_form", b"\x89PNG\r\n\x1a\n broken", {"role": "photo", "alt": "会場"}),
    ],
)
def test_what_is_refused_leaves_nothing_behind(settings, code, content, more):
    refused(code, content, **more)
    assert Attachment.objects.count() == 0
    assert [path for path in (settings.DATA / "files").rglob("*") if path.is_file()] == []


def test_empty_and_too_large(monkeypatch, settings):
    monkeypatch.setattr(attachments, "MAX_BYTES", len(PDF))
    for content in (b"", PDF + b" "):
        with pytest.raises(Refusal):
            keep(content)
    assert Attachment.objects.count() == 0
    assert keep().size == len(PDF)


def test_all_about_one_thing_must_fit_into_its_report(monkeypatch):
    monkeypatch.setattr(attachments, "MOST_TOGETHER", 2 * len(PDF) + 10)
    first = keep()
    keep(role="original", survey="no8", content=a_pdf("other1"))
    refused("too_much", a_pdf("other2"), number="002")
    assert not stored.is_whole(_digest(a_pdf("other2")))
    assert keep(a_pdf("other2"), about="event:E-2").number == "001"
    attachments.drop(first)
    assert keep(a_pdf("other2"), number="002").number == "002"


def test_a_number_taken_and_the_same_file_again():
    first = keep()
    refused("number_taken", a_pdf("2"))
    assert not stored.is_whole(_digest(a_pdf("2")))
    assert "001" in str(refused("kept_already", number="002").faults[0].message)
    assert stored.is_whole(first.digest)  # it is still needed
    assert (
        keep(number="001", role="evidence", about="expense:V-1").digest == first.digest
    )  # the same about another thing


def test_originals_are_numbered_within_their_survey():
    for survey in ("no7", "no8"):
        keep(a_pdf(survey), role="original", survey=survey)
    assert [row.survey for row in attachments.of("event:E-1", clock.cut(), survey="no8")] == ["no8"]


def test_without_a_number_the_lowest_free_one_is_given():
    rows = [keep(a_pdf(f"{n}"), number="") for n in range(3)]
    assert [row.number for row in rows] == ["001", "002", "003"]
    attachments.drop(rows[1])
    assert [keep(a_pdf(f"{n}"), number=" ").number for n in (3, 4)] == ["002", "004"]
    assert keep(a_pdf("5"), number="", about="event:E-2").number == "001"


def test_two_people_at_once_get_two_numbers():
    from django.db import connection

    found, start = [], threading.Barrier(4)

    def bring(n):
        start.wait()
        try:
            found.append(keep(a_pdf(f"{n}"), number="").number)
        finally:
            connection.close()

    a_pdf("0")  # what makes them is loaded
    threads = [threading.Thread(target=bring, args=(n,)) for n in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(found) == ["001", "002", "003", "004"]


def test_dropped_is_still_there_for_the_older_cut(at_clock):
    row = keep()
    before = clock.cut()
    attachments.drop(row)
    assert attachments.of("event:E-1", clock.cut()) == []
    assert attachments.content(attachments.of("event:E-1", before)[0]) == PDF
    with pytest.raises(Refusal):
        attachments.drop(row)
    assert keep().pk != row.pk  # its number is free again


def test_a_file_that_was_changed_or_lost_is_not_shown():
    row = keep()
    path = stored.place_of(row.digest)
    path.chmod(0o600)
    path.write_bytes(PDF + b"!")
    with pytest.raises(Refusal, match="失われているか"):
        attachments.content(row)


def _digest(content):
    import hashlib

    return hashlib.sha256(content).hexdigest()
