"""Loads at the same time: of one file, of files about the same people, beside a correction and an erasure."""

import threading
from datetime import datetime
from typing import Any

import pytest
from django.db import connection

from partner.common.period import JST
from partner.common.refusal import Refusal
from partner.facts import erasure, record
from partner.facts.intake import loading
from partner.facts.models import Identity, Load, PersonEvent, PersonRegistration
from partner.facts.streams import PEOPLE
from tests.facts.sheets import BY, ROW, counts, csv_file, places, take

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_november")]
MANY = "\n".join(f"k{n} | {n:05} | 登録 | 2026-09-01 | simple" for n in range(3000))


def test_two_processes_load_one_file(ledger_db, tmp_path):
    path = csv_file(tmp_path / "a.csv", MANY)
    started = [ledger_db.start("intake", "load", "people", path, "--json") for _ in range(2)]
    answers = [one.communicate(timeout=60) for one in started]
    assert sorted(one.returncode for one in started) in ([0, 0], [0, 1])
    assert all("busy" in out for one, (out, _) in zip(started, answers, strict=True) if one.returncode)
    assert Load.objects.count() == 1
    assert PersonEvent.objects.count() == Identity.objects.count() == 3000
    assert PersonRegistration.objects.count() == 3000


def test_two_processes_load_two_files_about_the_same_people(ledger_db, tmp_path):
    numbers = range(1500)
    one = csv_file(tmp_path / "1.csv", [[f"a{n}", f"{n:05}", "登録", "2026-09-01", "simple"] for n in numbers])
    two = csv_file(tmp_path / "2.csv", [[f"b{n}", f"{n:05}", "申請", "2026-08-01", "simple"] for n in numbers])
    started = [ledger_db.start("intake", "load", "people", path) for path in (one, two)]
    for process in started:
        _, said = process.communicate(timeout=60)
        assert process.returncode == 0, said
    assert Identity.objects.count() == 1500
    assert PersonEvent.objects.values("subject").distinct().count() == 1500
    assert PersonRegistration.objects.believed().count() == 1500
    assert PEOPLE.application.objects.believed().filter(ended="approved").count() == 1500


@pytest.fixture
def meanwhile(monkeypatch):
    """`meanwhile(work)`: the work is done by another connection between a load's plan and its transaction, once."""

    def at_the_worst_moment(work: Any) -> None:
        whole, waiting = loading.stage, [work]

        def stage(*args: Any) -> None:
            whole(*args)
            if waiting:
                thread = threading.Thread(target=lambda: (waiting.pop()(), connection.close()))
                thread.start()
                thread.join(60)

        monkeypatch.setattr(loading, "stage", stage)

    return at_the_worst_moment


def test_a_correction_meanwhile_is_taken_in(a_csv, meanwhile):
    take(csv_file(a_csv, f"{ROW}\nk2 | 1001 | 退会 | 2026-09-20 |"))

    def withdraw() -> None:
        record.withdraw(PersonEvent.objects.believed().get(kind="left"))

    meanwhile(withdraw)
    assert counts(take(csv_file(a_csv, "k3 | 1001 | 停止 | 2026-09-10 |"))) == (1, 0, 0, 0)
    assert PersonRegistration.objects.believed().get(valid_to__isnull=True).suspended


def test_a_correction_meanwhile_that_leaves_no_place_refuses(a_csv, meanwhile):
    take(csv_file(a_csv, f"{ROW}\nk2 | 1001 | 停止 | 2026-09-20 |"))
    meanwhile(lambda: record.withdraw(PersonEvent.objects.believed().get(kind="suspended")))
    with pytest.raises(Refusal) as caught:
        take(csv_file(a_csv, "k3 | 1001 | 再開 | 2026-09-25 |"))
    assert places(caught.value.faults) == [("no_sequence", 2, "異動区分")]


def test_the_same_new_number_meanwhile_becomes_one_subject(a_csv, tmp_path, meanwhile):
    other = csv_file(tmp_path / "b.csv", "b1 | 1001 | 申請 | 2026-08-01 | simple")
    meanwhile(lambda: take(other))
    assert counts(take(csv_file(a_csv, ROW))) == (1, 0, 0, 0)
    assert PersonEvent.objects.values("subject").distinct().count() == Identity.objects.count() == 1


def test_an_erasure_meanwhile_keeps_its_word(a_csv, tmp_path, meanwhile, at_clock):
    names = "氏名または団体名"
    take(csv_file(a_csv, f"{ROW} | 鵜殿\nk2 | 1002 | 登録 | 2026-09-01 | full | 別人", names))
    meanwhile(lambda: erasure.erase(PEOPLE, "1001", by=BY, reason="申出"))
    answer = take(csv_file(tmp_path / "b.csv", f"{ROW} | 鵜殿 改", names))  # a new name alone
    assert (answer["erased"], *counts(answer)) == (1, 0, 0, 1, 0)
    assert not Identity.objects.filter(number="1001").exists()
    meanwhile(lambda: erasure.erase(PEOPLE, "1002", by=BY, reason="申出"))
    at_clock(datetime(2026, 11, 21, tzinfo=JST))
    rows = "m1 | 1003 | 登録 | 2026-09-01 | full |\nm2 | 1003 | 統合 | 2026-10-01 | | 1002"
    with pytest.raises(Refusal) as caught:  # who is merged into someone erased meanwhile
        take(csv_file(tmp_path / "c.csv", rows, "統合先管理番号"))
    assert places(caught.value.faults) == [("unknown_number", 3, "統合先管理番号")]


def test_a_load_that_fails_while_it_stages_leaves_the_connection_usable(a_csv, monkeypatch):
    def broken(*args: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("partner.facts.intake.writing._insert", broken)
    with pytest.raises(RuntimeError):
        take(csv_file(a_csv, ROW))
    monkeypatch.undo()
    assert connection.in_atomic_block is False
    assert not PersonEvent.objects.exists()
