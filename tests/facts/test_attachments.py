"""Files about what is told: kept by digest, refused for what they are, taken away again."""

import io

import pytest
from PIL import Image

from partner.common.refusal import Refusal
from partner.facts import attachments
from partner.facts.models.attachments import Attachment
from partner.files import stored
from partner.ledger import clock
from tests.facts.sheets import BY

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_november")]
PDF = b"%PDF-1.7\nsample\n%%EOF"


def a_picture(colour=0, form="PNG"):
    out = io.BytesIO()
    Image.new("L", (2, 2), colour).save(out, form)
    return out.getvalue()


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
        ("missing_value", PDF, {"number": " "}),
        ("missing_value", PDF, {"title": ""}),
        ("alt_missing", b"", {"role": "photo", "alt": " "}),
        ("survey_missing", PDF, {"role": "original"}),
        ("bad_form", b"PK\x03\x04 a zip", {}),
        ("bad_form", PDF, {"role": "photo", "alt": "会場"}),
        ("bad_form", b"\x89PNG\r\n\x1a\n broken", {"role": "photo", "alt": "会場"}),
    ],
)
def test_what_is_refused_leaves_nothing_behind(settings, code, content, more):
    refused(code, content, **more)
    assert Attachment.objects.count() == 0
    assert [path for path in (settings.DATA / "files").rglob("*") if path.is_file()] == []


def test_empty_and_too_large(monkeypatch, settings):
    monkeypatch.setattr(attachments, "MAX_BYTES", 100)
    for content in (b"", PDF + b" " * 100):
        with pytest.raises(Refusal):
            keep(content)
    assert Attachment.objects.count() == 0


def test_a_number_taken_and_the_same_file_again():
    first = keep()
    refused("number_taken", PDF + b"2")
    assert not stored.is_whole(_digest(PDF + b"2"))
    assert "001" in str(refused("kept_already", number="002").faults[0].message)
    assert stored.is_whole(first.digest)  # it is still needed
    assert (
        keep(number="001", role="evidence", about="expense:V-1").digest == first.digest
    )  # the same about another thing


def test_originals_are_numbered_within_their_survey():
    for survey in ("no7", "no8"):
        keep(PDF + survey.encode(), role="original", survey=survey)
    assert [row.survey for row in attachments.of("event:E-1", clock.cut(), survey="no8")] == ["no8"]


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
