"""The predecessor's reports as files: kept by digest, opened as attachments, taken away."""

import hashlib
import io
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from partner.accounts.models import AuditEvent, User
from partner.common.refusal import Refusal
from partner.files import references, stored
from partner.files.models import ReferenceFile

AsRole = Callable[[str], Client]
LIST, ADD = "/desk/references/", "/desk/references/add/"
PDF = b"%PDF-1.7 fictional"
BY = ("見本 花子", "報告担当")


def package(part: str, *more: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("[Content_Types].xml", part, *more):
            archive.writestr(name, "<x/>")
    return out.getvalue()


XLSX, DOCX = package("xl/workbook.xml"), package("word/document.xml")


@pytest.fixture
def reporter(as_role: AsRole, tmp_path: Path, settings: Any) -> Client:
    """The reporter, over a data folder of the test's own."""
    settings.DATA = tmp_path
    return as_role("reporter")


def other(role: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=f"demo-{role}"))
    return client


def add(client: Client, content: bytes = PDF, name: str = "9月.pdf", **more: str) -> Any:
    told = {"source": "令和8年9月分 月次報告書", "period": "2026-09", "item": "M3", "pages": "12ページ", **more}
    return client.post(ADD, {"sheet": SimpleUploadedFile(name, content), **told}, follow=True)


def text(answer: Any) -> str:
    return answer.content.decode()


def kept(folder: Path) -> list[Path]:
    return [path for path in (folder / "files").rglob("*") if path.is_file()] if (folder / "files").exists() else []


@pytest.mark.parametrize(
    ("content", "name", "content_type"),
    [
        (PDF, "9月.pdf", "application/pdf"),
        (XLSX, "9月.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (DOCX, "9月.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (PDF, "9月.exe.html", "application/pdf"),  # what it is, not what it is called
    ],
)
def test_a_file_is_kept_by_its_digest_and_comes_back_as_it_was(
    reporter: Client, tmp_path: Path, content: bytes, name: str, content_type: str
) -> None:
    page = text(add(reporter, content, name))
    assert "を登録しました" in page
    row = ReferenceFile.objects.get()
    digest = hashlib.sha256(content).hexdigest()
    assert (row.digest, row.size, row.file_name) == (digest, len(content), name)
    assert (row.item, row.period, row.by_name) == ("M3", "2026-09", "見本 花子")
    (path,) = kept(tmp_path)
    assert path == tmp_path / "files" / digest[:2] / digest
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    answer = other("jica").get(f"{LIST}{row.pk}/file")
    assert b"".join(answer.streaming_content) == content
    assert answer.headers["Content-Type"] == content_type
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert AuditEvent.objects.get(action="reference_kept").detail == f"{row.pk}　M3　2026-09"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "空のファイルです"),
        (b"hello", "ファイルではないか、壊れています"),
        (b"PK\x03\x04 broken", "ファイルではないか、壊れています"),
        (package("ppt/presentation.xml"), "ファイルではないか、壊れています"),
        (package("word/document.xml", "word/vbaProject.bin"), "マクロを含む"),
        (b"\xd0\xcf\x11\xe0 old", "ファイルではないか、壊れています"),
    ],
)
def test_other_files_are_refused_and_not_kept(reporter: Client, tmp_path: Path, content: bytes, says: str) -> None:
    answer = add(reporter, content)
    assert answer.status_code == 400
    assert says in text(answer)
    assert 'value="令和8年9月分 月次報告書"' in text(answer)  # what was typed stays
    assert kept(tmp_path) == []
    assert not ReferenceFile.objects.exists()


@pytest.mark.parametrize(("period", "is_taken"), [
    ("2026-09", True), ("2025Q3", True), ("FY2025", True), ("2025-13", False), ("去年", False), ("event:1", False),
])  # fmt: skip
def test_the_period_is_one_that_reports_have(reporter: Client, tmp_path: Path, period: str, is_taken: bool) -> None:
    answer = add(reporter, period=period)
    assert (answer.status_code == 200) is is_taken
    assert bool(kept(tmp_path)) is is_taken
    assert is_taken or "読めません" in text(answer)


def test_the_item_is_one_of_nine_or_the_whole(reporter: Client, tmp_path: Path) -> None:
    assert add(reporter, item="M10").status_code == 400
    assert add(reporter, item="").status_code == 200
    assert "全体" in text(reporter.get(LIST))
    with pytest.raises(Refusal, match="M1 から M9"):
        references.keep(name="a.pdf", chunks=[PDF], item="Q1", period="2026-09", source="x", by=BY)


def test_too_large_is_refused_in_the_middle(reporter: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(references, "MAX_BYTES", len(PDF))
    assert add(reporter, PDF).status_code == 200
    answer = add(reporter, PDF + b"x", item="M4")
    assert answer.status_code == 400
    assert "MBを超えています" in text(answer)
    assert len(kept(tmp_path)) == 1


def test_the_same_file_lies_once_and_belongs_to_several_items(reporter: Client, tmp_path: Path) -> None:
    add(reporter)
    assert add(reporter, item="M4").status_code == 200
    again = add(reporter, item="M4")
    assert again.status_code == 400
    assert "同じ項目と期間に登録されています" in text(again)
    assert len(kept(tmp_path)) == 1
    first, second = ReferenceFile.objects.order_by("pk")
    assert "同じファイルの中身は残しています" in text(reporter.post(f"{LIST}{first.pk}/drop/", follow=True))
    assert len(kept(tmp_path)) == 1  # the other still needs it
    assert "取り下げ、中身を消しました" in text(reporter.post(f"{LIST}{second.pk}/drop/", follow=True))
    assert kept(tmp_path) == []


def test_what_is_taken_away_is_known_to_have_been_there(reporter: Client) -> None:
    add(reporter)
    row = ReferenceFile.objects.get()
    reporter.post(f"{LIST}{row.pk}/drop/")
    assert ReferenceFile.objects.get(pk=row.pk).superseded_at is not None
    page = text(reporter.get(LIST))
    assert "取り下げたもの" in page
    assert f"{LIST}{row.pk}/file" not in page
    assert reporter.get(f"{LIST}{row.pk}/file").status_code == 404
    assert reporter.post(f"{LIST}{row.pk}/drop/").status_code == 404
    assert add(reporter).status_code == 200


def test_a_changed_file_is_not_given_out(reporter: Client) -> None:
    add(reporter)
    row = ReferenceFile.objects.get()
    stored.place_of(row.digest).chmod(0o600)
    stored.place_of(row.digest).write_bytes(b"%PDF-1.7 something else")
    answer = reporter.get(f"{LIST}{row.pk}/file")
    assert answer.status_code == 404
    assert "登録したときと違う" in text(answer)


def test_files_stand_by_period_and_item(reporter: Client) -> None:
    for period, item in (("FY2025", "M1"), ("2026-09", "M3"), ("2026-09", "M1"), ("2026-08", "M2")):
        add(reporter, period=period, item=item, source=f"{period} {item} の報告")
    page = text(reporter.get(LIST))
    places = [page.index(f"{words} の報告") for words in ("2026-09 M1", "2026-09 M3", "2026-08 M2", "FY2025 M1")]
    assert places == sorted(places)
    narrowed = text(reporter.get(f"{LIST}?item=M2"))
    assert "2026-08 M2 の報告" in narrowed
    assert "FY2025 M1 の報告" not in narrowed
    assert "この項目の報告書は登録されていません" in text(reporter.get(f"{LIST}?item=M9"))


def test_who_only_reads_changes_nothing(reporter: Client) -> None:
    add(reporter)
    row = ReferenceFile.objects.get()
    for role in ("jica", "checker", "counsellor", "operator", "admin"):
        client = other(role)
        page = text(client.get(LIST))
        assert "9月.pdf" in page
        assert "取り下げる" not in page
        assert "報告書を登録する" not in page
        assert client.post(f"{LIST}{row.pk}/drop/").status_code == 403
        assert client.post(ADD).status_code == 403


def test_an_odd_digest_leads_nowhere() -> None:
    for odd in ("../x", "", "A" * 64, "a" * 63, "a" * 64 + "\n"):
        with pytest.raises(ValueError, match="no such digest"):
            stored.place_of(odd)


def test_a_kept_file_stands_beside_its_section_of_the_report(office: Client) -> None:
    kept = references.keep(
        name="a.pdf", chunks=[PDF], item="M3", period="2025-09", source="令和7年度 月次報告書", by=BY
    )
    page = office.get("/desk/reports/monthly/2026-09/").content.decode()
    assert f"/desk/references/{kept.pk}/file" in page
    assert "令和7年度 月次報告書" in page
