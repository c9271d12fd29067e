"""The intake desk: a sheet brought, looked through, loaded or given up; what is kept of it, and who sees it."""

import io
import stat
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from partner.accounts.models import AuditEvent
from partner.desk import taking
from partner.facts.intake.kinds import KINDS
from partner.facts.models import Coverage, Identity, Load, PersonEvent
from partner.files import uploads
from partner.ledger import clock
from partner.work.models import Task
from tests.desk.brought import BAD, GOOD, PEOPLE, act, bring, kept, sheet, signed_in, text


def test_every_kind_is_offered_with_its_template(office: Client) -> None:
    page = text(office.get("/desk/intake/"))
    for name, kind in KINDS.items():
        assert kind.label in page
        answer = office.get(f"/desk/intake/kinds/{name}/template.xlsx")
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}.xlsx"'
        labels = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0][1]]
        assert labels == [column.label for column in kind.columns]
        assert office.get(f"/desk/intake/kinds/{name}/").status_code == 200


def test_looking_through_changes_nothing_and_says_what_would(office: Client) -> None:
    before = clock.last()
    where = bring(office, covers="2026-09")
    page = text(office.get(where))
    assert "まだ何も変えていません" in page
    assert "2件を新しく記録します" in page
    assert "2026-09-01 から 2026-09-30 まで" in page
    assert clock.last() == before
    assert not Load.objects.exists()
    assert kept() == ["異動.csv"]


def test_a_sheet_is_loaded_and_forgotten(office: Client) -> None:
    where = bring(office, covers="2026-09")
    page = text(act(office, where, "load"))
    load = Load.objects.get()
    assert (load.kind, load.new, load.file_name) == ("people", 2, "異動.csv")
    assert (load.by_name, load.by_role) == ("例示 太郎", "事務局")
    assert f"取込 {load.pk}" in page
    assert "PR-" in page
    assert "2026-09-01 〜 2026-09-30" in page
    assert Coverage.objects.get(load=load.pk).kind == "people"
    assert kept() == []
    audited = AuditEvent.objects.filter(action="loaded").get()
    assert (audited.by_name, audited.detail) == ("例示 太郎", f"取込{load.pk}　人材登録の異動　2行")
    again = office.get(where)
    assert again.status_code == 302
    assert again.headers["Location"] == f"/desk/intake/loads/{load.pk}/"


def test_faults_stand_with_row_column_and_reason(office: Client) -> None:
    before = clock.last()
    where = bring(office, BAD, covers="2026-09")
    page = text(office.get(where))
    assert "2行は受け付けられません" in page
    rows = [" ".join(part.split()) for part in page.partition("<tbody>")[2].replace("</td>", " ").split("</tr>")][:2]
    assert '<th scope="row" class="n">4</th>' in rows[0]
    assert "発生日時" in rows[0]
    assert "2026-09-31" in rows[0]
    assert '<th scope="row" class="n">5</th>' in rows[1]
    assert "退会の時点で登録がありません" in rows[1]
    assert "受け付けられる2行だけを取り込む" in page
    assert "4行を取り込む" not in page
    assert clock.last() == before


def test_what_is_wrong_is_not_loaded_even_if_asked_for(office: Client) -> None:
    where = bring(office, BAD)
    page = text(act(office, where, "load"))
    assert "取り込めませんでした" in page
    assert not Load.objects.exists()
    assert kept() == ["異動.csv"]


def test_the_good_rows_alone_and_the_others_back_once(office: Client) -> None:
    where = bring(office, BAD, covers="2026-09")
    page = text(act(office, where, "good"))
    load = Load.objects.get()
    assert (load.new, load.refused, load.covers) == (2, 2, "none")
    assert "2行を差し戻しました" in page
    assert kept() == ["異動_差戻し.xlsx"]  # the sheet itself is gone
    assert "差戻しファイルを受け取っていません" in text(office.get("/desk/intake/"))
    answer = office.post(f"{where}returned/")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert [row[0].value for row in list(book.worksheets[0].rows)[1:]] == ["k3", "k4"]
    assert (
        "異動_差戻し.xlsx" in answer.headers["Content-Disposition"]
        or "%E7%95%B0" in answer.headers["Content-Disposition"]
    )
    assert kept() == []
    gone = office.post(f"{where}returned/")
    assert gone.status_code == 404
    assert "差戻しファイルを受け取る" not in text(office.get(f"/desk/intake/loads/{load.pk}/"))


def test_giving_up_removes_the_file(office: Client) -> None:
    where = bring(office)
    page = text(act(office, where, "give_up"))
    assert "取込をやめました" in page
    assert kept() == []
    assert not Task.objects.exists()
    answer = office.get(where)
    assert answer.status_code == 404
    assert "この取込はもうありません" in text(answer)


def test_at_most_two_hundred_faults_are_shown_and_all_are_counted(office: Client) -> None:
    rows = "\n".join(f"k{n} | {n} | 登録 | 2026-99-01 | full | 架空" for n in range(201))
    page = text(office.get(bring(office, rows)))
    assert page.count('<th scope="row" class="n">') == 200
    assert "先頭の200件を表示／全部で201件" in page


def test_the_same_file_is_known_again_and_can_be_taken_as_a_correction(office: Client) -> None:
    act(office, bring(office), "load")
    first = Load.objects.get()
    where = bring(office)
    page = text(office.get(where))
    assert "に取込済みです" in page
    assert f"/desk/intake/loads/{first.pk}/" in page
    assert "を取り込む</button>" not in page
    assert "2件は記録済みの内容と同じです" in text(act(office, where, "again"))
    act(office, where, "load")
    assert [(load.new, load.unchanged) for load in Load.objects.order_by("pk")] == [(2, 0), (0, 2)]


def test_the_days_may_be_stated_anew(office: Client) -> None:
    where = bring(office)
    assert "対象期間を届け出ないため" in text(office.get(where))
    assert "2026-09-01 から 2026-09-30 まで" in text(act(office, where, "check", covers="2026-09"))
    assert "後の日付です" in text(act(office, where, "check", covers="2026-08"))
    assert "対象期間を届け出ないため" in text(act(office, where, "check", covers="<b>"))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "空のファイルです"),
        (b"PK\x03\x04 nonsense", "壊れています"),
        (b"\xd0\xcf\x11\xe0", "古い形式"),
        (b"1\x00\x00\x00", "表計算のファイル"),
        ("氏名,住所\n架空 花,架空県".encode(), "見出しがありません"),
        ("行キー,管理番号,異動区分,発生日時\n".encode(), "行がありません"),
    ],
)
def test_what_is_no_sheet_is_said_in_words(office: Client, content: bytes, says: str) -> None:
    answer = office.post(PEOPLE, {"sheet": SimpleUploadedFile("表.xlsx", content)}, follow=True)
    page = text(answer)
    assert says in page
    assert "を取り込む</button>" not in page
    assert "架空 花" not in page.replace("架空 花,", "")
    assert not Load.objects.exists()


def test_a_file_must_be_chosen(office: Client) -> None:
    answer = office.post(PEOPLE, {})
    assert answer.status_code == 400
    assert "ファイルを選んでください" in text(answer)
    assert not Task.objects.exists()


def test_a_sheet_too_large_is_refused(office: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking, "MAX_BYTES", 20)
    answer = office.post(PEOPLE, {"sheet": sheet(GOOD)})
    assert answer.status_code == 400
    assert "超えています" in text(answer)
    assert kept() == []


def test_a_request_too_large_is_refused_before_it_is_kept(office: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("partner.files.receiving.MOST", 20)
    answer = office.post(PEOPLE, {"sheet": sheet(GOOD)})
    assert answer.status_code == 400
    assert kept() == []


@pytest.mark.parametrize(
    ("name", "fits"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\folder\\表.xlsx", "表.xlsx"),
        ("表\u202exslx.csv", "表xslx.csv"),
        ("\x00\n", "無題"),
        ("...", "無題"),
        (".xlsx", "xlsx"),
        ("長" * 300 + ".xlsx", "長" * 58 + ".xlsx"),
    ],
)
def test_names_of_files_are_made_harmless(name: str, fits: str) -> None:
    assert uploads.fitting_name(name) == fits
    assert len(uploads.fitting_name(name).encode()) <= 180


def test_nobody_else_opens_it(office: Client) -> None:
    where = bring(office)
    key = where.rstrip("/").rpartition("/")[2]
    for role in ("reporter", "operator", "manager"):
        other = signed_in(role)
        assert other.get(where).status_code == 404
        assert act(other, where, "load").status_code == 404
        assert other.post(f"{where}returned/").status_code == 404
        assert other.get(f"/-/work/{key}/").status_code == 404
        assert "途中の取込" not in text(other.get("/desk/intake/"))
    assert not Load.objects.exists()


def test_files_are_for_this_machines_user_alone(office: Client) -> None:
    bring(office)
    for path in uploads.root().rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)
    assert stat.S_IMODE(uploads.root().stat().st_mode) == 0o700


def test_after_a_day_all_of_it_goes(office: Client) -> None:
    where = bring(office)
    orphan = uploads.folder_of("x" * 24)
    orphan.mkdir()
    taking.sweep(clock.now() + timedelta(hours=24))
    assert kept() == ["異動.csv"]
    assert not orphan.exists()
    taking.sweep(clock.now() + timedelta(hours=24, seconds=1))
    assert kept() == []
    assert office.get(where).status_code == 404


def test_no_name_is_in_what_is_kept_or_shown(office: Client, caplog: pytest.LogCaptureFixture) -> None:
    where = bring(office, BAD)
    page = text(office.get(where)) + text(act(office, where, "good"))
    task = Task.objects.get()
    kept_words = str([task.given, task.result, task.said, task.label]) + caplog.text
    for name in ("架空 花", "架空 実", "架空 葉", "架空 根"):
        assert name not in page
        assert name not in kept_words


def test_an_identity_is_kept_apart(office: Client) -> None:
    act(office, bring(office), "load")
    assert Identity.objects.get(number="1001").name == "架空 花"
    assert "架空 花" not in str(list(PersonEvent.objects.values()))


def test_the_folder_is_named_by_chance(office: Client, ledger_db: Any) -> None:
    first, second = bring(office), bring(office, f"{GOOD}\n")
    names = {path.name for path in Path(ledger_db.data, "uploads").iterdir() if path.is_dir()}
    assert len(names) == 2
    assert all(len(name) == 24 and (name in first or name in second) for name in names)
