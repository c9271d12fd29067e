"""An office worker brings a month's sheet: looks, loads the good rows, mends the others, sees the figure, takes it back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from partner.facts.models import Load
from partner.files import uploads
from tests import centre
from tests.facts.sheets import csv_file, xlsx_file
from tests.journeys.test_every_page import faults

SignIn = Callable[[str], Any]
FIGURE = "/desk/figures/people.total/2026-09/?level=full&known_at=now"
HEADERS = ("氏名または団体名",)
SHEET = """
    g1 | N-1 | 登録 | 2026-09-10 | full | 架空 五月
    g2 | N-2 | 登録 | 2026-09-11 | full | 架空 六花
    g3 | N-3 | 登録 | 2026-09-31 | full | 架空 七緒
    g4 | N-4 | 登録 | 2026-09-12 | どこか | 架空 八重
"""
NAMES = ("架空 五月", "架空 六花", "架空 七緒", "架空 八重")


def figure(page: Any) -> str:
    page.goto(FIGURE)
    number: str = page.inner_text(".big b")
    return number


def is_fine(page: Any) -> None:
    """axe finds nothing, nothing scrolls sideways on a telephone, and nobody is named."""
    assert faults(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 390, page.url
    page.set_viewport_size({"width": 1280, "height": 900})
    assert not any(name in page.inner_text("body") for name in NAMES)


def bring(page: Any, path: Path, covers: str = "") -> None:
    page.goto("/desk/intake/")
    page.click("a[aria-label='人材登録の異動を取り込む']")
    page.set_input_files("#id_sheet", path)
    page.select_option("#id_covers", covers)
    page.click("text=中身を調べる")
    page.wait_for_selector("#next")


def test_from_a_sheet_to_a_figure_and_back(sign_in: SignIn, tmp_path: Path) -> None:
    page = sign_in("office")
    assert figure(page) == "2"
    page.goto("/desk/intake/")
    is_fine(page)
    bring(page, xlsx_file(tmp_path / "9月の異動.xlsx", SHEET, *HEADERS), "2026-09")
    is_fine(page)
    main = page.inner_text("main")
    assert "まだ何も変えていません" in main
    assert "4行を読みました。取り込むと、2件を新しく記録します。2行は受け付けられません。" in main
    assert page.inner_text(".faults tbody tr:nth-child(1)").split() == [
        "4",
        "発生日時",
        "「2026-09-31」という日はありません。",
    ]
    assert page.inner_text(".faults tbody tr:nth-child(2)").split()[:2] == ["5", "区分"]
    assert figure(page) == "2"

    page.goto("/desk/intake/")
    page.click(".begun a")
    page.click("text=受け付けられる2行だけを取り込む")
    page.wait_for_selector("text=2行を差し戻しました")
    is_fine(page)
    assert "期間は届け出ていません" in page.inner_text("main")
    with page.expect_download() as download:
        page.click("text=差戻しファイルを受け取る")
    returned = tmp_path / "returned.xlsx"
    download.value.save_as(returned)
    assert download.value.suggested_filename == "9月の異動_差戻し.xlsx"
    page.wait_for_selector("button:has-text('受け取りました')")
    assert figure(page) == "4"

    mend(returned)
    bring(page, returned)
    assert "対象期間 2026-09-01 〜 2026-09-30" in page.inner_text("main")  # it came back with its days
    page.click("text=2行を取り込む")
    page.wait_for_selector("#changed")
    is_fine(page)
    assert "2026-09-01 〜 2026-09-30" in page.inner_text("main")
    record = page.inner_text("#changed tbody a >> nth=0")
    page.click(f"#changed >> text={record}")
    assert record in page.inner_text("h1")
    assert figure(page) == "6"
    takes_both_back(page)
    assert figure(page) == "2"
    assert not any(uploads.root().iterdir())


def mend(path: Path) -> None:
    """As the office would: the reasons are read, the rows put right, the column of reasons removed."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    labels = [cell.value for cell in sheet[1]]
    assert [sheet.cell(row, len(labels)).value[:3] for row in (2, 3)] == ["4行目", "5行目"]
    sheet.cell(2, labels.index("発生日時") + 1).value = "2026-09-30"
    sheet.cell(3, labels.index("区分") + 1).value = "full"
    sheet.delete_cols(len(labels))
    book.save(path)


def takes_both_back(page: Any) -> None:
    for load in Load.objects.order_by("-pk"):
        page.goto("/desk/intake/loads/")
        page.click(f"main >> text='取込 {load.pk}'")
        page.click("text=この取込を取り消す")
        is_fine(page)
        page.click("button:has-text('を取り消す')")
        page.wait_for_selector("text=この取込を取り消しました")
        is_fine(page)


def test_a_file_is_dropped(sign_in: SignIn) -> None:
    page = sign_in("reporter")
    page.goto("/desk/intake/kinds/people/")
    drop = """(names) => {
        const carried = new DataTransfer();
        for (const name of names) carried.items.add(new File(["行キー,管理番号,異動区分,発生日時\\n"], name));
        const form = document.querySelector("form[data-drop]");
        for (const kind of ["dragenter", "dragover", "drop"]) {
            form.dispatchEvent(new DragEvent(kind, {dataTransfer: carried, bubbles: true, cancelable: true}));
        }
    }"""
    page.evaluate(drop, ["1.csv", "2.csv"])
    assert "1つずつ" in page.inner_text(".drop")
    page.evaluate(drop, ["1.csv"])
    assert "選んだファイル：1.csv" in page.inner_text(".drop")
    page.click("text=中身を調べる")
    page.wait_for_selector("text=行がありません")


def test_a_file_too_large_is_refused_before_it_is_sent(sign_in: SignIn, tmp_path: Path) -> None:
    page = sign_in("operator")
    page.goto("/desk/intake/kinds/people/")
    page.evaluate("document.querySelector('#id_sheet').dataset.most = '3'")
    page.set_input_files("#id_sheet", csv_file(tmp_path / "a.csv", SHEET, *HEADERS))
    assert "大きすぎます" in page.inner_text(".drop")
    assert page.input_value("#id_sheet") == ""


@pytest.mark.parametrize("width", [390, 1280])
def test_all_of_it_works_without_script(browser: Any, site: str, tmp_path: Path, width: int) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False, viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto("/accounts/login/")
    page.fill("#id_login", "demo-office")
    page.fill("#id_password", centre.PASSWORD)
    page.press("#id_password", "Enter")
    bring(page, csv_file(tmp_path / "9月.csv", "g1 | N-1 | 登録 | 2026-09-10 | full"), "2026-09")
    page.click("text=1行を取り込む")
    page.wait_for_selector("#changed")
    assert figure(page) == "3"
    load = Load.objects.get()
    page.goto(f"/desk/intake/loads/{load.pk}/")
    page.click("text=この取込を取り消す")
    page.click("button:has-text('を取り消す')")
    page.wait_for_selector("text=取消済み")
    assert figure(page) == "2"
    context.close()
