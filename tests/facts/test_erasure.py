"""Erasure: nothing of the person is left anywhere, every number stays as it was, no old file brings him back."""

import gzip
import threading
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from partner.accounts.models import AuditEvent
from partner.common.period import JST, month
from partner.common.refusal import Refusal
from partner.facts import erasure
from partner.facts.models import Identity, PersonEvent, PersonRegistration
from partner.facts.streams import ORGANIZATIONS, PEOPLE
from partner.figures.engine import figures
from partner.ledger import clock
from partner.ledger.models import Erasure
from tests.facts.sheets import BY, counts, csv_file, take

pytestmark = pytest.mark.both
MARKS = ("鵜殿いろは", "架空県蛍池町九丁目", "iroha.udono@", "ZX-778899")
NUMBER = "ZX-778899"
MORE = ("統合先管理番号", "氏名または団体名", "住所", "メール")
FILLING = [
    [f"f{n}", f"N{n:05}", "登録", "2026-04-01", "簡易登録人材", "", f"架空 {n}", "架空県" * (n % 9), f"p{n}@example.jp"]
    for n in range(400)
]
ROWS = [
    ["u1", NUMBER, "登録", "2026-05-01", "簡易登録人材", "", "鵜殿いろは", "架空県蛍池町九丁目", "iroha.udono@example.jp"],
    ["u2", NUMBER, "区分変更", "2026-07-01", "国際協力人材", "", "鵜殿いろは", "架空県蛍池町九丁目1-2-3", ""],
    ["m1", "M1", "登録", "2026-06-01", "簡易登録人材", "", "統合 元", "", ""],
    ["m2", "M1", "統合", "2026-08-01", "", NUMBER, "", "", ""],
]  # fmt: skip
SEPTEMBER = month(date(2026, 9, 1))


@pytest.fixture
def loaded(ledger_db, tmp_path, at_clock) -> Path:
    at_clock(datetime(2026, 10, 3, tzinfo=JST))
    path = csv_file(tmp_path / "九月.csv", FILLING[:200] + ROWS + FILLING[200:], *MORE)
    assert counts(take(path, covers="2026-04-01..2026-09-30")) == (404, 0, 0, 0)
    longer = [[*row[:7], row[7] + "架空市架空町" * 9, row[8]] for row in FILLING[100:300]]
    csv_file(tmp_path / "住所.csv", longer, *MORE)
    assert counts(take(tmp_path / "住所.csv")) == (0, 200, 0, 0)
    at_clock(datetime(2026, 10, 5, tzinfo=JST))
    moved = [*ROWS[1][:3], "2026-07-02", *ROWS[1][4:]]
    csv_file(tmp_path / "訂正.csv", [moved], *MORE)
    assert counts(take(tmp_path / "訂正.csv")) == (0, 1, 0, 0)
    return path


def contents(folder: Path) -> Any:
    """Every file's bytes, and what is packed in it."""
    for path in folder.rglob("*"):
        if path.is_file():
            yield path.name, path.name.encode() + path.read_bytes()
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as archive:
                    yield from ((name, archive.read(name)) for name in archive.namelist())
            elif path.suffix == ".gz":
                yield path.name, gzip.decompress(path.read_bytes())


def found_in(folder: Path) -> set[tuple[str, str]]:
    connection.close()
    forms = {mark: {mark.encode(), mark.encode("cp932"), mark.encode("utf-16-le")} for mark in MARKS}
    return {
        (name, mark) for name, data in contents(folder) for mark, ways in forms.items() if any(way in data for way in ways)
    }  # fmt: skip


def test_no_byte_is_left(loaded, ledger_db):
    if connection.vendor == "sqlite":
        assert {mark for _, mark in found_in(ledger_db.data)} == set(MARKS)
    else:
        assert all(mark.encode() in heap() for mark in MARKS)
    made = erasure.erase(PEOPLE, NUMBER, by=BY, reason="本人の申出")
    assert made.purged_at is not None
    assert found_in(ledger_db.data) == set()
    if connection.vendor == "postgresql":
        assert not any(mark.encode() in heap() for mark in MARKS)


def heap() -> bytes:
    """The identities' own file."""
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SELECT pg_read_binary_file(pg_relation_filepath('facts_identity'))")
        return bytes(cursor.fetchone()[0])


def test_every_row_is_under_one_new_key(loaded):
    old = Identity.objects.get(number=NUMBER).subject
    rows = {model: model.objects.filter(subject=old).count() for model in (PersonEvent, PersonRegistration)}
    assert rows == {PersonEvent: 3, PersonRegistration: 4}
    made = erasure.erase(PEOPLE, NUMBER, by=BY, reason="本人の申出")
    assert made.old_key == old
    assert made.tick == clock.last()
    for model in (PersonEvent, PersonRegistration):
        assert not model.objects.filter(subject=old).exists()
        assert model.objects.filter(subject=made.new_key).count() == rows[model]
    assert PersonEvent.objects.believed().get(kind="merged").merged_into == made.new_key
    audit = AuditEvent.objects.get(action="erased")
    assert (audit.subject, audit.by_name, audit.detail) == (made.new_key, BY[0], "本人の申出")


def test_figures_stay_at_every_cut(loaded, at_clock):
    cuts = [datetime(2026, 10, 4, tzinfo=JST), clock.last(), clock.ORIGIN]
    before = [figures(SEPTEMBER, cut) for cut in cuts]
    at_clock(datetime(2026, 10, 7, tzinfo=JST))
    erasure.erase(PEOPLE, NUMBER, by=BY, reason="本人の申出")
    assert [figures(SEPTEMBER, cut) for cut in cuts] == before
    assert figures(SEPTEMBER, clock.last())["people.total"]["value"] == before[1]["people.total"]["value"] == 401


def test_an_old_file_brings_nobody_back(loaded):
    made = erasure.erase(PEOPLE, NUMBER, by=BY, reason="本人の申出")
    events = set(PersonEvent.objects.believed().values_list("source_key", "subject", "merged_into"))
    answer = take(loaded, again=True)
    assert (answer["erased"], answer["new"], answer["refused"]) == (2, 0, 0)
    assert answer["corrected"] == 178  # the addresses, as the older file has them where it has any
    assert set(PersonEvent.objects.believed().values_list("source_key", "subject", "merged_into")) == events
    assert made.new_key in {merged for _, _, merged in events}
    assert not Identity.objects.filter(number=NUMBER).exists()
    assert Identity.objects.count() == 401
    answer = take(loaded.with_name("訂正.csv"), again=True)
    assert (answer["erased"], *counts(answer)) == (1, 0, 0, 1, 0)


def test_merged_into_someone_erased_stays_as_it_was_even_from_a_file_without_him(loaded, tmp_path):
    erasure.erase(PEOPLE, NUMBER, by=BY, reason="本人の申出")
    assert counts(take(csv_file(tmp_path / "m.csv", ROWS[2:], *MORE))) == (0, 0, 2, 0)
    other = [*ROWS[3][:3], "2026-08-02", *ROWS[3][4:]]
    before = PersonEvent.objects.believed().get(kind="merged").merged_into
    assert counts(take(csv_file(tmp_path / "n.csv", [other], *MORE))) == (0, 1, 0, 0)
    assert PersonEvent.objects.believed().get(kind="merged").merged_into == before


def test_unknown_number_and_bad_reasons_change_nothing(loaded):
    before = clock.last()
    for party, number, reason, code in (
        (PEOPLE, "無い", "本人の申出", "unknown_number"),
        (ORGANIZATIONS, NUMBER, "本人の申出", "unknown_number"),
        (PEOPLE, NUMBER, " ", "missing_reason"),
        (PEOPLE, NUMBER, "鵜殿いろはさんの申出", "names_the_subject"),
        (PEOPLE, NUMBER, "ZX-778899の人", "names_the_subject"),
    ):
        with pytest.raises(Refusal) as caught:
            erasure.erase(party, number, by=BY, reason=reason)
        assert caught.value.faults[0].code == code
    assert clock.last() == before
    assert not Erasure.objects.exists()


def test_full_width_numbers_are_read_as_intake_reads_them(loaded):
    assert erasure.erase(PEOPLE, "ＺＸ-７７８８９９　", by=BY, reason="本人の申出").purged_at


def test_a_purge_waits_for_a_reader_and_can_go_on_later(loaded, ledger_db):
    reading, done = threading.Event(), threading.Event()

    def read() -> None:
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            if connection.vendor == "sqlite":  # a plain reader: the product's own transactions take the write lock
                cursor.execute("ROLLBACK")
                cursor.execute("BEGIN DEFERRED")
            else:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SELECT count(*) FROM facts_identity")
            reading.set()
            done.wait(30)
        connection.close()

    reader = threading.Thread(target=read)
    reader.start()
    reading.wait(30)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 100")
    said: list[str] = []
    try:
        made = erasure.erase(PEOPLE, NUMBER, by=BY, reason="本人の申出", patience=0.2, say=said.append)
    finally:
        done.set()
        reader.join()
    assert made.purged_at is None
    assert "purge" in said[-1]
    assert erasure.purge()
    made.refresh_from_db()
    assert made.purged_at is not None
    assert found_in(ledger_db.data) == set()
    assert erasure.purge()


def test_the_command(loaded, ledger_db):
    assert ledger_db.command("erase", "person", NUMBER).returncode == 2
    answer = ledger_db.command("erase", "person", "無い", "--reason", "本人の申出")
    assert (answer.returncode, answer.stdout) == (1, "")
    assert "見つかりません" in answer.stderr
    answer = ledger_db.command("erase", "person", NUMBER, "--reason", "本人の申出", "--json")
    assert answer.returncode == 0, answer.stderr
    assert '"purged": true' in answer.stdout
    assert '"purged": true' in ledger_db.command("erase", "purge", "--json").stdout
    assert not Identity.objects.filter(number=NUMBER).exists()
