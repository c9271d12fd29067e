"""Another program opens the workbook: LibreOffice makes a PDF of it."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from partner.documents.data_sheet import DataSheet
from partner.documents.excel import render_xlsx
from tests.documents.sample import report
from tests.documents.sample_charts import GALLERY

OFFICE = shutil.which("soffice")


@pytest.mark.slow
@pytest.mark.skipif(
    OFFICE is None, reason="LibreOffice (soffice) is not installed: the workbook was opened by openpyxl only"
)
def test_libreoffice_opens_and_prints_it(tmp_path: Path) -> None:
    data = DataSheet("データ", ("セル番号", "値"), (("M1-1.07a", 82014),))
    (tmp_path / "a.xlsx").write_bytes(render_xlsx(report(draft=True, extra=GALLERY), (data,)))
    command = [str(OFFICE), f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf"]
    done = subprocess.run([*command, "a.xlsx"], cwd=tmp_path, capture_output=True, text=True, timeout=180, check=True)
    assert "Error" not in done.stdout + done.stderr
    text = _text(tmp_path / "a.pdf")
    assert {"82,014", "+276", "−0.055", "±0", "99.894", "該当なし", "未入力", "要注意"} <= set(text.split())
    assert not re.search(r"#{3,}|#REF|#NAME|#VALUE", text)


def _text(path: Path) -> str:
    reader = shutil.which("pdftotext")
    if reader is None:
        pytest.skip("pdftotext is not installed: the PDF was made but not read")
    return subprocess.run([reader, "-layout", str(path), "-"], check=True, capture_output=True, text=True).stdout
