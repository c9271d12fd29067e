"""Sheets brought to the intake desk by a client, and what is done with them there."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from partner.accounts.models import User
from partner.files import uploads
from tests.facts.sheets import LABELS, table, written

PEOPLE = "/desk/intake/kinds/people/"
GOOD = "k1 | 1001 | 登録 | 2026-09-01 | simple | 架空 花\nk2 | 1002 | 登録 | 2026-09-02 | full | 架空 実"
BAD = f"{GOOD}\nk3 | 1003 | 登録 | 2026-09-31 | full | 架空 葉\nk4 | 1004 | 退会 | 2026-09-20 | | 架空 根"


def signed_in(role: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=f"demo-{role}"))
    return client


def sheet(rows: str, name: str = "異動.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, written([*LABELS, "氏名または団体名"], table(rows)).encode())


def bring(client: Client, rows: str = GOOD, covers: str = "", name: str = "異動.csv") -> str:
    """Brings the sheet; returns the address of its page."""
    answer = client.post(PEOPLE, {"sheet": sheet(rows, name), "covers": covers})
    assert answer.status_code == 302
    return answer.headers["Location"]


def act(client: Client, where: str, do: str, **more: str) -> Any:
    return client.post(f"{where}do/", {"do": do, **more}, follow=True)


def text(answer: Any) -> str:
    return answer.content.decode()


def kept() -> list[str]:
    return [path.name for folder in uploads.root().iterdir() if folder.is_dir() for path in folder.iterdir()]
