"""The report inside the desk: the same document as its files, at the cut that the address names."""

import json
import re

import pytest

from partner.accounts.models import User
from tests.desk.test_figures import text

REPORT = "/desk/reports/monthly/2026-09/"


def test_the_year_s_list_leads_to_the_months_that_are_over(as_role):
    page = text(as_role("reporter"), "/desk/reports/")
    assert "令和8年度" in page
    assert f'href="{REPORT}"' in page
    assert 'href="/desk/reports/monthly/2026-10/"' not in page
    assert "10月7日（水）17:00" in page
    assert "10月6日（火）12:00" in page
    assert "四半期報告書" in page


def test_sections_numbers_and_what_blocks(as_role):
    page = text(as_role("reporter"), REPORT)
    anchors = re.findall(r'<li><a href="#(s-\d+)">', page)
    assert len(anchors) > 10
    assert all(f'id="{anchor}"' in page for anchor in anchors)
    assert "作成中（提出不可）" in page
    assert "提出を止めているもの" in page
    assert "登録者は4人となり" in page
    doors = re.findall(r'class="doc-door" href="([^"]+)"', page)
    assert doors
    assert all(door.startswith("/desk/figures/") for door in doors)


def test_every_number_of_the_report_opens(as_role):
    client = as_role("reporter")
    page = text(client, REPORT)
    doors = {door.replace("&amp;", "&") for door in re.findall(r'class="doc-door" href="([^"]+)"', page)}
    for door in sorted(doors):
        assert client.get(door).status_code == 200, door


def test_a_door_leads_to_its_number(as_role):
    client = as_role("reporter")
    page = text(client, REPORT)
    checked = 0
    for door, printed in set(re.findall(r'class="doc-door" href="([^"]+)">([\d,]+)</a>', page)):
        opened = text(client, door.replace("&amp;", "&"))
        unknown = printed == "0" and "データなし" in opened  # an opening before the first covered month
        assert unknown or f'<p class="big"><b>{printed}</b>' in opened, door
        checked += 1
    assert checked > 20


def test_a_quarter_opens_with_the_same_doors(as_role):
    """The list leads to it, each of its numbers opens, and the fourth quarter is passed over."""
    client = as_role("reporter")
    assert 'href="/desk/reports/quarterly/2026Q2/"' in text(client, "/desk/reports/")
    page = text(client, "/desk/reports/quarterly/2026Q2/")
    assert "令和8年度第2四半期" in page
    assert "10月30日（金）17:00" in page
    doors = {door.replace("&amp;", "&") for door in re.findall(r'class="doc-door" href="([^"]+)"', page)}
    quarter = sorted(door for door in doors if "/2026Q2/" in door)
    assert len(quarter) > 20
    for door in quarter[::7]:
        assert client.get(door).status_code == 200, door
    assert 'href="/desk/reports/quarterly/2025Q3/"' in text(client, "/desk/reports/quarterly/2026Q1/")


def test_the_present_shows_what_was_corrected(as_role):
    page = text(as_role("reporter"), f"{REPORT}?known_at=now")
    assert "登録者は2人となり" in page


@pytest.mark.parametrize(
    ("name", "kind"), [("pdf", "application/pdf"), ("html", "text/html"), ("json", "application/json")]
)
def test_files_are_of_the_same_moment(as_role, name, kind):
    client = as_role("checker")
    answer = client.get(f"{REPORT}file.{name}")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith(kind)
    assert f'filename="monthly-2026-09-as-of-20261006T1200.{name}"' in answer["Content-Disposition"]
    if name == "json":
        found = json.loads(answer.content)
        assert found["figures"]["people.total"]["value"] == 4
        later = json.loads(client.get(f"{REPORT}file.json?known_at=now").content)
        assert later["figures"]["people.total"]["value"] == 2
    if name == "pdf":
        assert answer.content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/desk/reports/monthly/2026-10/", 400, "まだ終わっていません"),
        ("/desk/reports/monthly/2026Q2/", 400, "月次報告書の期間は月です"),
        ("/desk/reports/monthly/soon/", 400, "soon"),
        ("/desk/reports/quarterly/2026Q3/", 400, "まだ終わっていません"),
        ("/desk/reports/quarterly/2025Q4/", 400, "annual FY2025"),
        ("/desk/reports/weekly/2026-09/", 404, "weekly"),
        (f"{REPORT}?known_at=2030-01-01", 400, "現在より後"),
        (f"{REPORT}?known_at=2026-09-15", 400, "まだ終わっていません"),
        (f"{REPORT}file.odt", 404, "odt"),
        ("/desk/reports/?year=abc", 400, "abc"),
    ],
)
def test_refusals_are_pages(as_role, address, status, said):
    assert said in text(as_role("reporter"), address, status)


def test_a_named_moment_is_kept_in_every_link(as_role):
    page = text(as_role("reporter"), f"{REPORT}?known_at=2026-10-05T12:00%2B09:00")
    assert "指定した時点" in page
    assert "file.pdf?known_at=2026-10-05T12%3A00%3A00%2B09%3A00" in page
    assert User.objects.count() == 8
