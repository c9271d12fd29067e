"""Coverage as a calendar: complete, lost, in part, not told, to come; and who told it."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from partner.common.period import JST
from partner.facts import record
from partner.facts.intake.kinds import KINDS
from partner.facts.models import Coverage
from partner.facts.models.statements import Loss
from tests.told import BY

AsRole = Callable[[str], Client]


def text(client: Client, where: str, status: int = 200) -> str:
    answer = client.get(where)
    assert answer.status_code == status
    return answer.content.decode()


def at(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=JST)


def told(kind: str, start: str, end: str, **more: Any) -> Coverage:
    row = Coverage(kind=kind, valid_from=at(start), valid_to=at(end), source="10月.xlsx", **BY, **more)
    record.record([row])
    return row


def lost(kind: str, start: str, end: str) -> None:
    row = Loss(
        kind=kind, valid_from=at(start), valid_to=at(end), source="サーバー", reason="記録装置の故障", source_key=f"{kind:0>32}", **BY
    )  # fmt: skip
    record.record([row])


def cells(page: str, name: str) -> dict[str, str]:
    """Month → word, of one kind."""
    (row,) = re.findall(rf'<th scope="row">{name}<small>.*?</tr>', page, re.DOTALL)
    return {
        f"{year}-{int(number):02}": word for year, number, word in re.findall(r'title="(\d+)年(\d+)月　([^"]+)"', row)
    }


def days(page: str) -> dict[int, str]:
    found = re.findall(
        r'<td class="c-\w+[^>]*>(?:\s*)<b>(\d+)</b>.*?<span class="visually-hidden">([^<]+)</span>', page
    )
    return {int(day): word for day, word in found}


def test_every_kind_has_twenty_four_months(as_role: AsRole) -> None:
    page = text(as_role("operator"), "/desk/sources/?year=2026")
    for kind in KINDS.values():
        if kind.covers:
            assert list(cells(page, kind.label)) == [
                f"{year}-{number:02}" for year, number in
                [*((2025, n) for n in range(4, 13)), *((2026, n) for n in range(1, 13)), *((2027, n) for n in range(1, 4))]
            ]  # fmt: skip
        else:
            assert f'<th scope="row">{kind.label}<' not in page
    assert "アクセスログ" in page


def test_the_states_of_months(as_role: AsRole) -> None:
    client = as_role("jica")  # it is 21 October 2026; August and September are told
    found = cells(text(client, "/desk/sources/"), "人材登録の異動")
    assert {found[key] for key in ("2026-08", "2026-09")} == {"そろった"}
    assert found["2026-07"] == "届出なし"
    assert found["2026-10"] == "期間の途中"
    assert found["2026-11"] == "これから"
    told("people", "2026-10-01", "2026-10-11")
    told("people", "2026-07-02", "2026-08-01")
    lost("people", "2026-07-01", "2026-07-02")
    lost("organizations", "2026-07-01", "2026-07-16")
    page = text(client, "/desk/sources/")
    found = cells(page, "人材登録の異動")
    assert found["2026-07"] == "欠測の届出あり"
    assert found["2026-10"] == "一部だけ届出"
    assert cells(page, "団体登録の異動")["2026-07"] == "一部だけ届出"


def test_a_month_opens_to_its_days_and_who_told_them(as_role: AsRole) -> None:
    client = as_role("jica")
    gone = told("people", "2026-10-01", "2026-10-31")
    record.withdraw(gone)
    told("people", "2026-10-01", "2026-10-11", load=None)
    lost("people", "2026-10-12T06:00", "2026-10-13")
    page = text(client, "/desk/sources/people/2026-10/")
    found = days(page)
    assert len(found) == 31
    assert [found[day] for day in (10, 11, 12, 13, 20)] == [
        "そろった",
        "届出なし",
        "一部だけ届出",
        "届出なし",
        "届出なし",
    ]
    assert [found[day] for day in (21, 22)] == ["期間の途中 今日", "これから"]
    assert "<b>2026-10-01 〜 2026-10-10</b>" in page
    assert "<b>2026-10-12 06:00 〜 2026-10-13 00:00</b>" in page
    assert "記録装置の故障" in page
    assert "取消済み" in page
    assert "見本 花子（事務局）" in page


@pytest.mark.parametrize(
    ("where", "status"),
    [
        ("/desk/sources/people/2026-09/", 200),
        ("/desk/sources/access/2026-09/", 200),
        ("/desk/sources/nonsense/2026-09/", 404),
        ("/desk/sources/plans/2026-09/", 404),
        ("/desk/sources/people/2026Q2/", 400),
        ("/desk/sources/people/2026-13/", 400),
        ("/desk/sources/people/9999-12/", 400),
        ("/desk/sources/people/0001-01/", 400),
        ("/desk/sources/?year=1999", 400),
        ("/desk/sources/?year=2003", 200),
        ("/desk/sources/?year=2098", 200),
    ],
)
def test_addresses(as_role: AsRole, where: str, status: int) -> None:
    text(as_role("operator"), where, status)


def test_no_load_says_so(as_role: AsRole) -> None:
    client = as_role("operator")
    assert "取り込んだファイルはまだありません" in text(client, "/desk/sources/")
    page = text(client, "/desk/sources/people/2026-01/")
    assert "届出がありません" in page
