"""添付ファイル: chosen by what they are about, brought one by one or many at once, looked at, taken away."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from partner.accounts.models import AuditEvent, User
from partner.facts import attachments
from partner.facts.models import Attachment, CentreEvent
from partner.files import stored
from partner.ledger import write
from tests.cases import an_event, an_expense
from tests.papers import a_locked_pdf, a_pdf, a_picture
from tests.surveyed import many

AsRole = Callable[[str], Client]
LIST, EVENT, ADD = "/desk/files/", "/desk/files/event:E-1/", "/desk/files/add/event:E-1/"
BY = ("見本 花子", "事務局")


@pytest.fixture
def office(as_role: AsRole, tmp_path: Path, settings: Any) -> Client:
    """The office, over a data folder of the test's own and an event of two days."""
    settings.DATA = tmp_path
    client = as_role("office")
    an_event("E-1", "2026-09-12 13:00", "2026-09-14", title="見本セミナー")
    return client


def other(role: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=f"demo-{role}"))
    return client


def add(client: Client, *files: tuple[str, bytes], where: str = ADD, **told: str) -> Any:
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(where, {"brought": sent, **told}, follow=True)


def originals(client: Client, *files: tuple[str, bytes], survey: str = "no8", **told: str) -> Any:
    return add(client, *files, role="original", survey=survey, **told)


def text(answer: Any) -> str:
    return answer.content.decode()


def keep(about: str = "event:E-1", role: str = "material", mark: str = "m", **more: str) -> Attachment:
    return attachments.keep(about=about, role=role, title="見本", name="a.pdf", chunks=[a_pdf(mark)], by=BY, **more)


def test_many_originals_at_once_get_their_numbers_by_their_names(office: Client) -> None:
    answer = originals(office, *((f"scan{n}.pdf", a_pdf(f"{n}")) for n in (10, 2, 1)))
    assert "回収した原本を3件登録しました（番号 001、002、003）" in text(answer)
    rows = Attachment.objects.order_by("number")
    assert [(row.number, row.title, row.survey) for row in rows] == [
        ("001", "scan1", "no8"), ("002", "scan2", "no8"), ("003", "scan10", "no8"),
    ]  # fmt: skip
    originals(office, ("次.png", a_picture()), title="回答用紙")
    originals(office, ("別.pdf", a_pdf("9")), survey="no6")
    assert [row.number for row in Attachment.objects.order_by("pk")][3:] == ["004", "001"]
    page = text(office.get(EVENT))
    assert "原本（No.6）" in page
    assert "No.8 4件／回答完了0件" in page
    assert all(row.digest[:8] in page for row in rows)
    assert AuditEvent.objects.filter(action="file_kept").count() == 5
    assert AuditEvent.objects.filter(detail="event:E-1　回収した原本　no8 004").exists()
    assert not AuditEvent.objects.filter(detail__contains="scan").exists()  # a name may tell whose it is


def test_each_refused_file_is_named_with_its_reason_and_the_good_ones_stay(office: Client) -> None:
    originals(office, ("同じ.pdf", a_pdf("same")))
    answer = originals(
        office, ("a.pdf", a_pdf("a")), ("b.docx", b"PK\x03\x04"), ("c.pdf", b""), ("d.pdf", a_locked_pdf()),
        ("e.pdf", a_pdf("same")), ("<f>.png", a_picture()[:20]), title="回答用紙",
    )  # fmt: skip
    assert answer.status_code == 400
    page = text(answer)
    assert "回収した原本を1件登録しました（番号 002）" in page
    assert "5件は登録できませんでした" in page
    for name, reason in (
        ("b.docx", "PDF、PNG、JPEGのファイルではありません"), ("c.pdf", "空のファイルです"), ("d.pdf", "パスワードや権限の設定で暗号化"),
        ("e.pdf", "同じファイルが「001 同じ」としてすでにあります"), ("&lt;f&gt;.png", "画像が壊れていて"),
    ):  # fmt: skip
        assert f"<b>{name}</b>：{reason}" in page
    assert 'value="回答用紙"' in page
    assert '<option value="no8" selected>' in page
    assert Attachment.objects.count() == 2
    assert sum(path.is_file() for path in stored.place_of("0" * 64).parent.parent.rglob("*")) == 2


def test_too_large_is_refused_at_the_border(office: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "MAX_BYTES", len(a_pdf("a")))
    answer = originals(office, ("丁度.pdf", a_pdf("a")), ("超過.pdf", a_pdf("b") + b" "))
    assert "<b>超過.pdf</b>：" in text(answer)
    assert "MBを超えています" in text(answer)
    assert [row.title for row in Attachment.objects.all()] == ["丁度"]


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"role": "photo"}, "何が写っているかの説明が必要です"),
        ({"role": "original"}, "どの調査のものかを選んでください"),
        ({"role": "original", "survey": "no9"}, "正しく選択してください"),
        ({}, "種類を選んでください"),
        ({"role": "evidence"}, "正しく選択してください"),
        ({"role": "material", "two": "1"}, "一度に何件も登録できるのは原本だけです"),
        ({"role": "material", "none": "1"}, "ファイルを選んでください"),
    ],
)
def test_what_the_role_needs(office: Client, told: dict[str, str], says: str) -> None:
    told, files = dict(told), [("a.png", a_picture())]
    files += [("b.png", a_picture(9))] if told.pop("two", "") else []
    answer = add(office, *([] if told.pop("none", "") else files), **told, title="書いた名称")
    assert answer.status_code == 400
    assert says in text(answer)
    assert 'value="書いた名称"' in text(answer)
    assert Attachment.objects.count() == 0


def test_a_photo_has_its_words_and_other_roles_do_not_take_them(office: Client) -> None:
    add(office, ("会場.png", a_picture()), role="photo", alt="参加者が席にいる。", survey="no8")
    add(office, ("資料.pdf", a_pdf()), role="material", alt="残っていた言葉", survey="no8")
    photo, material = Attachment.objects.order_by("pk")
    assert (photo.alt, photo.survey, photo.title) == ("参加者が席にいる。", "", "会場")
    assert (material.alt, material.survey) == ("", "")


def test_an_expense_takes_evidence_alone_and_a_report_material(office: Client) -> None:
    an_expense("R8/2-1", "accrued", "2026-09-30", 1000)
    for about, role in (("expense:R8/2-1", "evidence"), ("report:FY2026", "material")):
        page = text(office.get(f"/desk/files/{about}/"))
        assert f'type="hidden" name="role" value="{role}"' in page
        assert 'name="alt"' not in page
        assert add(office, ("a.pdf", a_pdf(role)), role=role, where=f"/desk/files/add/{about}/").status_code == 200
        assert add(office, ("b.pdf", a_pdf("b")), role="photo", where=f"/desk/files/add/{about}/").status_code == 400
    assert [(row.about, row.role, row.number) for row in Attachment.objects.order_by("pk")] == [
        ("expense:R8/2-1", "evidence", "001"), ("report:FY2026", "material", "001"),
    ]  # fmt: skip


def test_pictures_are_shown_and_papers_are_saved(office: Client) -> None:
    keep()
    row = attachments.keep(about="event:E-1", role="photo", title="x", alt="会場", name="会場.png", chunks=[a_picture()], by=BY)  # fmt: skip
    paper, picture = (f"{LIST}{one.pk}/file" for one in Attachment.objects.order_by("pk"))
    for address, begins in ((paper, "attachment"), (picture, "inline"), (f"{picture}?save=1", "attachment")):
        answer = office.get(address)
        assert answer.headers["Content-Disposition"].startswith(begins)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in answer.headers["Cache-Control"]
        assert b"".join(answer.streaming_content)
    assert not AuditEvent.objects.filter(action="original_seen").exists()
    stored.place_of(row.digest).write_bytes(b"other")
    assert office.get(picture).status_code == 400


def test_each_look_at_an_original_is_audited(office: Client) -> None:
    row = keep(role="original", survey="no8")
    office.get(EVENT)
    assert not AuditEvent.objects.filter(action="original_seen").exists()
    for role in ("checker", "office", "reporter", "manager", "operator"):
        assert b"".join(other(role).get(f"{LIST}{row.pk}/file").streaming_content) == a_pdf("m")
    seen = AuditEvent.objects.filter(action="original_seen")
    assert {(one.detail, one.by_role) for one in seen} == {
        ("event:E-1　回収した原本　no8 001", role) for role in ("点検", "事務局", "報告担当", "業務責任者", "システム運用")
    }  # fmt: skip
    for role in ("jica", "counsellor", "admin"):
        assert other(role).get(f"{LIST}{row.pk}/file").status_code == 403
    assert seen.count() == 5


def test_who_only_looks_changes_nothing(office: Client) -> None:
    row, checker = keep(), other("checker")
    page = text(checker.get(EVENT))
    assert "見本" in page
    assert "登録する" not in page
    assert "#more" not in page
    assert "取り下げる" not in page
    assert checker.post(ADD).status_code == 403
    assert checker.post(f"{LIST}{row.pk}/drop/").status_code == 403


def test_taken_away_after_a_look_at_what_that_does(office: Client) -> None:
    row = keep()
    drop = f"{LIST}{row.pk}/drop/"
    assert "これからの報告書に、このファイルは載りません" in text(office.get(drop))
    assert Attachment.objects.believed().count() == 1
    assert "資料「001 見本」を取り下げました" in text(office.post(drop, follow=True))
    assert "取り下げたもの" in text(office.get(EVENT))
    assert office.get(f"{LIST}{row.pk}/file").status_code == 404
    assert office.post(drop).status_code == 404
    assert AuditEvent.objects.get(action="file_dropped").detail == "event:E-1　資料　001"
    assert stored.is_whole(row.digest)


def test_events_stand_newest_first_with_what_is_there_and_what_lacks(office: Client) -> None:
    an_event("E-2", "2026-10-01 10:00", "2026-10-01 12:00", title="見本の相談会")
    many("no8", "2026-09-13", (2, "q1=5"), event="E-1")
    keep(role="original", survey="no8")
    page = text(office.get(LIST))
    assert page.index("E-2　見本の相談会") < page.index("E-1　見本セミナー")
    assert "2026-09-12 〜 2026-09-13" in page
    assert "No.8 1件／回答完了2件" in page
    assert 'class="nobreak missing"' in page
    keep(role="original", survey="no8", mark="2")
    assert 'class="nobreak missing"' not in text(office.get(LIST))
    for sought in ("e-2", "相談会"):
        found = text(office.get(LIST, {"q": sought}))
        assert "E-2　見本の相談会" in found
        assert "E-1　" not in found
    assert "合うものはありません" in text(office.get(LIST, {"q": "%\0x"}))


def test_vouchers_without_evidence_stand_first(office: Client) -> None:
    an_expense("V-1", "accrued", "2026-09-28", 1000)
    an_expense("V-1", "accrued", "2026-09-28", 500, rate=8)
    an_expense("V-2", "accrued", "2026-09-30", 1000)
    an_expense("V-3", "spent", "2026-09-30", 1000)
    keep("expense:V-2", "evidence")
    page = text(office.get(LIST, {"of": "expense"}))
    assert page.index("V-1　") < page.index("V-2　")
    assert "1,640" in page  # both lines of the voucher with their tax
    assert page.count("ありません</span>") == 1
    assert "V-3" not in page


def test_lists_are_paged_and_ask_no_more_often_when_they_grow(
    office: Client, django_assert_max_num_queries: Any
) -> None:
    for n in range(51):
        an_event(f"F-{n:02}", "2026-09-01 10:00", "2026-09-01 12:00")
    with django_assert_max_num_queries(12):
        first = text(office.get(LIST))
    assert "1〜50件を表示／52件" in first
    assert "F-00" in text(office.get(LIST, {"page": "2"}))
    reports = text(office.get(LIST, {"of": "report"}))
    assert reports.index("report:FY2026/") < reports.index("report:FY2025/")
    assert "report:FY2026" not in text(office.get(LIST, {"of": "report", "q": "FY2099"}))


def test_what_there_is_not(office: Client) -> None:
    for about in ("event:E-9", "expense:V-9", "report:FY2026x", "report:2026-09"):
        assert office.get(f"/desk/files/{about}/").status_code == 404
        assert office.post(f"/desk/files/add/{about}/").status_code == 404
    assert office.get("/desk/files/incident:T-1/").status_code == 404
    assert office.get(f"{LIST}{2**63}/file").status_code == 404


def test_a_withdrawn_event_keeps_its_files_and_takes_no_more(office: Client) -> None:
    keep()
    write.withdraw(CentreEvent.objects.believed().get(number="E-1"))
    page = text(office.get(EVENT))
    assert "記録が取り消されているため、登録はできません" in page
    assert "見本" in page
    add(office, ("a.pdf", a_pdf("a")), role="material")
    assert Attachment.objects.count() == 1


def test_recorded_events_and_expenses_lead_to_their_files(office: Client) -> None:
    an_expense("V-1", "spent", "2026-09-28", 1000)
    assert 'href="/desk/files/event:E-1/"' in text(office.get("/desk/intake/kinds/events/rows/"))
    assert 'href="/desk/files/expense:V-1/"' in text(office.get("/desk/intake/kinds/expenses/rows/"))
    assert "/desk/files/event" not in text(office.get("/desk/intake/kinds/event_sessions/rows/"))
    assert 'href="/desk/files/"' in text(office.get("/desk/"))
    assert 'href="/desk/files/"' not in text(other("jica").get("/desk/"))
