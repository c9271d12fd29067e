"""Every kind goes the same way through the desk: brought, looked through, loaded, shown, taken back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from partner.facts.intake.kinds import KINDS, find
from partner.facts.models import Coverage, Load
from tests.desk.brought import act, text
from tests.facts.sheets import table, written

# a row or two of each kind that has other columns than registrations: headers, rows, what stands in the load's page
SHEETS = {
    "jobs": (
        "行キー | 求人番号 | 異動区分 | 発生日時 | 団体種別 | 主分野",
        "j1 | J-1 | 公開 | 2026-09-03 | ngo | health\nj2 | J-1 | 終了 | 2026-09-20 | |",
        ("公開", "終了", "JP-"),
    ),
    "consultations": (
        "行キー | 相談番号 | 管理番号 | 予約日時 | 結果 | 実施日時 | 実施形態",
        "c1 | C-1 | J-A | 2026-09-03 | 実施 | 2026-09-10 14:00 | online",
        ("実施", "CS-"),
    ),
    "mail_cases": ("行キー | 相談番号 | 受付日時 | 回答日時", "m1 | M-1 | 2026-09-03 | 2026-09-05", ("メール相談", "MC-")),
    "inquiries": (
        "行キー | 受付番号 | 異動区分 | 発生日時 | 経路 | 分類",
        "i1 | I-1 | 受付 | 2026-09-03 | form | other\ni2 | I-1 | 初回回答 | 2026-09-04 | |",
        ("受付", "初回回答", "IQ-"),
    ),
    "subscriptions": (
        "行キー | 管理番号 | サービス | 異動区分 | 発生日時", "s1 | J-A | news | 確認 | 2026-09-03", ("確認", "SB-")
    ),
    "plans": ("行キー | 項目 | 報告書の期間 | 時期 | 予定", "p1 | M1 | 2026-10 | 11月下旬 | 説明会を開く。", ("今後の予定",)),
    "reported_figures": (
        "行キー | 数値のキー | 期間 | 値 | 報告書 | 頁", "r1 | people.total | 2026-03 | 100 | 前フェーズの報告 | 3", ("前フェーズの報告値",)
    ),
    "losses": (
        "行キー | 対象 | 出典 | 始まり | 終わり | 理由",
        "l1 | 求人情報 | サーバー | 2026-09-03 | 2026-09-04 | 記録装置の故障",
        ("2026-09-03",),
    ),
}  # fmt: skip


def bring(client: Client, kind: str, file: SimpleUploadedFile, covers: str) -> str:
    answer = client.post(f"/desk/intake/kinds/{kind}/", {"sheet": file, "covers": covers})
    assert answer.status_code == 302, text(answer)
    return answer.headers["Location"]


@pytest.mark.parametrize("kind", KINDS)
def test_an_unfilled_template_tells_that_nothing_happened(office: Client, kind: str) -> None:
    template = office.get(f"/desk/intake/kinds/{kind}/template.xlsx").content
    where = bring(office, kind, SimpleUploadedFile("様式.xlsx", template), "2026-07")
    if not find(kind).covers:
        assert "行がありません" in text(office.get(where))
        return
    page = text(act(office, where, "load"))
    assert "2026-07-01 〜 2026-07-31" in page
    assert "変わった記録はありません" in page
    assert "そろった" in text(office.get(f"/desk/sources/{kind}/2026-07/"))
    load = Load.objects.get()
    assert "取り消しました" in text(office.post(f"/desk/intake/loads/{load.pk}/undo/", follow=True))
    assert not Coverage.objects.believed().filter(kind=kind, load=load.pk).exists()
    assert "取消済み" in text(office.get(f"/desk/sources/{kind}/2026-07/"))


@pytest.mark.parametrize("kind", SHEETS)
def test_rows_of_every_kind_are_loaded_shown_and_taken_back(office: Client, kind: str) -> None:
    headers, rows, words = SHEETS[kind]
    content = written(table(headers)[0], table(rows)).encode()
    where = bring(office, kind, SimpleUploadedFile(f"{kind}.csv", content), "")
    checked = text(office.get(where))
    assert "まだ何も変えていません" in checked, checked
    page = text(act(office, where, "load"))
    assert all(word in page for word in words), page
    load = Load.objects.get()
    told = find(kind).stream.told.objects
    assert told.believed().filter(load=load.pk).count() == load.new == len(table(rows))
    undone = text(office.post(f"/desk/intake/loads/{load.pk}/undo/", follow=True))
    assert "この取込を取り消しました" in undone, undone
    assert not told.believed().filter(load=load.pk).exists()
    assert not any(model.objects.believed().exists() for model in find(kind).stream.spans.values())
    again = bring(office, kind, SimpleUploadedFile(f"{kind}.csv", content), "")
    assert "まだ何も変えていません" in text(office.get(again))
