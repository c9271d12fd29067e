"""The same document is the same file: in another process, time zone, hash seed, and whatever the umask."""

import hashlib
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from partner.documents.excel import render_xlsx
from tests.documents.excel.book_facts import opened
from tests.documents.sample import report
from tests.documents.sample_charts import GALLERY

ROOT = Path(__file__).resolve().parents[3]
PROGRAM = """
import hashlib, os, sys, time
os.umask(int(sys.argv[1], 8))
if sys.argv[3]:
    real = time.time
    time.time = lambda: real() + 400 * 86400
from datetime import date
from partner.documents.data_sheet import DataSheet
from partner.documents.excel import render, render_xlsx
from tests.documents.sample import report
from tests.documents.sample_charts import GALLERY
render.IN_MEMORY = int(sys.argv[2])
data = DataSheet("データ", ("n", "日", "文"), tuple((n, date(2026, 10, 1), f"文{n}") for n in range(50)), "注")
print(hashlib.sha256(render_xlsx(report(draft=True, extra=GALLERY), (data,))).hexdigest())
"""


def digest(zone: str, seed: str, umask: str, most: int, later: str = "") -> str:
    environment = os.environ | {"TZ": zone, "PYTHONHASHSEED": seed, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    command = [sys.executable, "-c", PROGRAM, umask, str(most), later]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout.strip()


@cache
def first(most: int) -> str:
    return digest("Asia/Tokyo", "0", "022", most)


@pytest.mark.parametrize("most", [10**9, 10], ids=["memory", "files"])
@pytest.mark.parametrize(
    ("zone", "seed", "umask", "later"), [("UTC", "7", "077", ""), ("America/New_York", "99", "002", "x")]
)
def test_same_file_elsewhere(zone: str, seed: str, umask: str, later: str, most: int) -> None:
    assert digest(zone, seed, umask, most, later) == first(most)


def test_rendering_twice_changes_nothing() -> None:
    one, two = (hashlib.sha256(render_xlsx(report(extra=GALLERY))).hexdigest() for _ in range(2))
    assert one == two


def test_another_moment_is_another_file_and_nothing_else_tells_the_time() -> None:
    parts = opened(render_xlsx(report())).parts
    dated = [name for name, part in parts.items() if "2026-11-06T03:00:00Z" in part]
    assert dated == ["docProps/core.xml"]
