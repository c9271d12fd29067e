"""照会対応 and 合意事項 in the browser's place: tried out, saved, approved, taken, asked again; nothing filled in is lost."""

import pytest
from django.test import Client

from partner.accounts.models import User
from partner.submissions.models import Agreement, Enquiry, Minutes
from tests import centre

pytestmark = pytest.mark.django_db
ASKED = {"figure": "people.new", "first": "2026-04", "last": "2026-09", "unit": "month", "by": "medium", "chart": "bar"}
WHO = {"subject": "媒体別の件数", "asked_by": "架空課", "asked_on": "2026-10-01", "question": "教えてください。"}


@pytest.fixture
def sign(at_clock):
    centre.open_centre(at_clock)
    centre.add_outsiders()

    def signed(role):
        client = Client()
        client.force_login(User.objects.get(username=f"demo-{role}"))
        return client

    return signed


def test_from_question_to_answer(sign):
    reporter, checker, jica = sign("reporter"), sign("checker"), sign("jica")
    tried = reporter.get("/desk/enquiries/new/", ASKED).content.decode()
    assert "参考提出として保存する" in tried
    refused = reporter.post("/desk/enquiries/new/", {**ASKED, **WHO, "subject": ""})
    assert refused.status_code == 400
    assert "件名を書いてください" in refused.content.decode()
    assert "教えてください。" in refused.content.decode()
    assert reporter.post("/desk/enquiries/new/", {**ASKED, **WHO}).url == "/desk/enquiries/1/"
    assert jica.get("/desk/enquiries/1/").status_code == 404
    assert "媒体別" not in jica.get("/desk/enquiries/").content.decode()
    assert "ほかの人の承認を待っています" in reporter.get("/desk/enquiries/1/").content.decode()
    checker.post("/desk/enquiries/1/do/?version=1", {"act": "approved"})
    page = jica.get("/desk/enquiries/1/").content.decode()
    assert "承認済み" in page
    for format in ("xlsx", "csv"):
        file = jica.get(f"/desk/enquiries/1/file.{format}")
        assert file["Content-Disposition"] == f'attachment; filename="reference-001-1.{format}"'
    assert jica.get("/desk/enquiries/1/file.exe").status_code == 404
    reporter.post("/desk/enquiries/1/do/", {"act": "again"})
    assert Enquiry.objects.get().answers.count() == 2
    assert "変わった値はありません" in checker.get("/desk/enquiries/1/").content.decode()
    assert "第2回" not in jica.get("/desk/enquiries/1/").content.decode()


def test_what_cannot_be_asked_keeps_the_question(sign):
    answer = sign("reporter").get("/desk/enquiries/new/", {**ASKED, "by": "field"})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "使える内訳" in page
    assert 'value="people.new" checked' in page


def test_an_agreement_with_its_minutes(sign):
    reporter, jica = sign("reporter"), sign("jica")
    wrong = reporter.post("/desk/minutes/add/", {"held_on": "2026-10-01", "subject": "定例", "attendants": "架空課"})
    assert wrong.status_code == 400
    assert "入力してください" in wrong.content.decode()
    assert 'value="定例"' in wrong.content.decode()
    reporter.post(
        "/desk/minutes/add/", {"held_on": "2026-10-01", "subject": "定例", "attendants": "架空課", "body": "協議した。"}
    )
    said = {"kind": "agreed", "text": "提案のとおり。", "agreed_on": "2026-10-01", "holds_from": "2026-10-01"}
    assert "打合簿" in reporter.post("/desk/agreements/A01/", said).content.decode()
    assert reporter.post("/desk/agreements/A01/", {**said, "minutes": Minutes.objects.get().pk}).status_code == 302
    assert Agreement.objects.get(code="A01").notes.count() == 1
    assert "A01" in jica.get("/desk/minutes/1/").content.decode()
    assert jica.post("/desk/agreements/A02/", {"kind": "answer", "text": "よい。"}).status_code == 302
    assert jica.post("/desk/agreements/A02/", {"kind": "agreed", "text": "。"}).status_code == 400
    assert jica.get("/desk/agreements/add/").status_code == 403
