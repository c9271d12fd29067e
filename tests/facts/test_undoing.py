"""A load taken back: what it brought, what it corrected, what others corrected since; both clocks; what is refused."""

import threading
from datetime import date
from typing import Any

import pytest
from django.db import connection

from partner.accounts.models import AuditEvent
from partner.common.period import month
from partner.common.refusal import Refusal
from partner.facts import erasure, record
from partner.facts.intake import chunks, undoing
from partner.facts.intake.undoing import undo
from partner.facts.models import Coverage, Identity, Load, PersonEvent, PersonRegistration
from partner.facts.streams import PEOPLE
from partner.figures.engine import figures
from partner.ledger import clock
from tests.facts.sheets import BY, counts, csv_file, take

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_november")]
SEPTEMBER = month(date(2026, 9, 1))
NAMED = ("氏名または団体名",)
FIRST = """
    k1 | 1001 | 登録 | 2026-09-01 | simple
    k2 | 1002 | 登録 | 2026-09-02 | full
"""


@pytest.fixture
def load(tmp_path):
    """Loads a table under that name; returns its load."""

    def one(rows: str, *more: str, name: str = "a.csv", **options: Any) -> Load:
        answer = take(csv_file(tmp_path / name, rows, *more), **options)
        return Load.objects.get(recorded_at=answer["tick"])

    return one


def done(answer: dict[str, Any]) -> tuple[int, int, int]:
    """Withdrawn, restored, left."""
    return answer["withdrawn"], answer["restored"], answer["left"]


def back(row: Load) -> dict[str, Any]:
    return undo(row, by=BY)


def stands() -> list[tuple[str, str, str]]:
    """Number, level and first day of every registration believed."""
    numbers = dict(Identity.objects.values_list("subject", "number"))
    rows = PersonRegistration.objects.believed()
    return sorted((numbers.get(row.subject, "?"), row.level, f"{row.valid_from:%m-%d}") for row in rows)


def total(known_at: Any = None) -> dict[str, Any]:
    answer: dict[str, Any] = figures(SEPTEMBER, known_at or clock.cut(), ["people.total"])["people.total"]
    return answer


def test_what_it_brought_goes_and_the_past_stays(load):
    before = clock.last()
    first = load(FIRST, covers="2026-09")
    loaded = clock.last()
    assert (total()["value"], total()["state"]) == (2, "final")
    answer = back(first)
    assert done(answer) == (2, 0, 0)
    assert answer["tick"] == clock.last() > loaded
    assert stands() == []
    assert total()["state"] == "missing"
    assert total(before)["state"] == "missing"
    assert (total(loaded)["value"], total(loaded)["state"]) == (2, "final")
    assert not Coverage.objects.believed().exists()
    assert Load.objects.get().superseded_at == answer["tick"]
    assert not PersonEvent.objects.believed().exists()
    ticks = {row.superseded_at for model in (PersonEvent, PersonRegistration, Coverage) for row in model.objects.all()}
    assert ticks == {answer["tick"]}


def test_it_is_audited_without_anyone(load):
    row = load("k1 | 1001 | 登録 | 2026-09-01 | simple | 架空 花", *NAMED)
    back(row)
    audited = AuditEvent.objects.get(action="unloaded")
    assert (audited.by_name, audited.by_role) == BY
    assert audited.detail == f"取込{row.pk}　人材登録の異動　取り消し1件　元に戻した0件"
    assert audited.subject == ""


def test_the_same_file_can_be_loaded_again(load, tmp_path):
    back(load(FIRST))
    assert counts(take(tmp_path / "a.csv")) == (2, 0, 0, 0)  # new again: nothing of it stands
    assert stands() == [("1001", "simple", "09-01"), ("1002", "full", "09-02")]


def test_what_it_corrected_stands_again(load):
    first = load(FIRST)
    second = load("k1 | 1001 | 登録 | 2026-09-05 | full\nk3 | 1003 | 登録 | 2026-09-06 | full", name="b.csv")
    assert done(back(second)) == (2, 1, 0)
    assert stands() == [("1001", "simple", "09-01"), ("1002", "full", "09-02")]
    again = PersonEvent.objects.believed().get(level="simple")
    assert again.load == first.pk
    assert again.reason == f"取込{second.pk}の取消"
    assert (again.by_name, again.by_role) == BY
    assert done(back(first)) == (2, 0, 0)  # what was recorded again is the first load's own
    assert stands() == []


def test_what_it_withdrew_stands_again(load):
    load(FIRST)
    second = load("k1 | 1001 | 登録 | 2026-09-01 | simple | 取消", "取消", name="b.csv")
    assert stands() == [("1002", "full", "09-02")]
    assert done(back(second)) == (0, 1, 0)
    assert stands() == [("1001", "simple", "09-01"), ("1002", "full", "09-02")]


def test_what_others_corrected_since_is_left(load):
    first = load(FIRST)
    load("k1 | 1001 | 登録 | 2026-09-05 | full", name="b.csv")
    assert done(back(first)) == (1, 0, 1)
    assert stands() == [("1001", "full", "09-05")]


def test_what_others_withdrew_since_stays_withdrawn(load):
    first = load(FIRST)
    load("k1 | 1001 | 登録 | 2026-09-01 | simple | 取消", "取消", name="b.csv")
    assert done(back(first)) == (1, 0, 1)
    assert stands() == []


@pytest.mark.parametrize("order", [(0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)])
def test_three_loads_of_one_row_undone_in_any_order_leave_nothing(load, order):
    loads = [load(f"k1 | 1001 | 登録 | 2026-09-0{n} | simple", name=f"{n}.csv") for n in (1, 2, 3)]
    for n, place in enumerate(order, 1):
        back(loads[place])
        remaining = sorted(set(range(3)) - set(order[:n]))
        expected = [("1001", "simple", f"09-0{remaining[-1] + 1}")] if remaining else []
        assert stands() == expected
    assert not Identity.objects.exists()


def test_a_row_undone_after_its_correction_was_undone_is_not_brought_back_by_it(load):
    """The second corrected the first; the first is undone, then the second: nothing is left to go back to."""
    first, second = load(FIRST), load("k1 | 1001 | 登録 | 2026-09-05 | full", name="b.csv")
    back(first)
    assert done(back(second)) == (1, 0, 0)
    assert stands() == []


def test_what_would_hang_in_the_air_is_refused_and_named_without_anyone(load):
    first = load(
        "k1 | 1001 | 登録 | 2026-09-01 | simple | 架空 花\nk2 | 1002 | 登録 | 2026-09-02 | full | 架空 実", *NAMED
    )
    later = load("k9 | 1001 | 退会 | 2026-09-20 |", name="b.csv")
    before = clock.last()
    with pytest.raises(Refusal) as caught:
        back(first)
    (fault,) = caught.value.faults
    assert fault.code == "no_sequence"
    assert f"取込{later.pk}の2026-09-20の退会が成り立ちません" in fault.message
    assert "架空" not in fault.message
    assert "1001" not in fault.message
    assert clock.last() == before
    assert len(stands()) == 2
    back(later)
    assert done(back(first)) == (2, 0, 0)


def test_it_is_undone_once(load):
    first = load(FIRST)
    back(first)
    tick = clock.last()
    with pytest.raises(Refusal, match="すでに取り消されています"):
        back(first)
    assert clock.last() == tick


def test_a_load_without_rows_takes_its_days_back(load):
    first = load("", covers="2026-09")
    assert total()["value"] == 0
    assert done(back(first)) == (0, 0, 0)
    assert total()["state"] == "missing"
    assert load("", covers="2026-09").pk != first.pk
    assert total()["value"] == 0


def test_the_days_of_other_loads_stay(load):
    load(FIRST, covers="2026-09")
    second = load("k3 | 1003 | 登録 | 2026-10-06 | full", name="b.csv", covers="2026-10")
    assert back(second)["coverage"] == 1
    assert [(f"{one.valid_from:%m-%d}", f"{one.valid_to:%m-%d}") for one in Coverage.objects.believed()] == [
        ("09-01", "10-01")
    ]


def test_names_that_came_with_it_alone_are_forgotten(load):
    load("k1 | 1001 | 登録 | 2026-09-01 | simple | 架空 花", *NAMED)
    second = load(
        "k1 | 1001 | 登録 | 2026-09-03 | simple | 架空 花\nk2 | 1002 | 登録 | 2026-09-02 | full | 架空 実", *NAMED, name="b.csv"
    )  # fmt: skip
    assert back(second)["forgotten"] == 1
    assert list(Identity.objects.values_list("name", flat=True)) == ["架空 花"]


def test_someone_others_are_merged_into_keeps_his_name(load):
    first = load("k2 | 1002 | 登録 | 2026-09-02 | full | 架空 実", *NAMED)
    load(
        "k1 | 1001 | 登録 | 2026-09-01 | simple | |\nk3 | 1001 | 統合 | 2026-09-09 | | 1002 |",
        "統合先管理番号",
        *NAMED,
        name="b.csv",
    )
    assert back(first)["forgotten"] == 0
    assert Identity.objects.filter(name="架空 実").exists()


def test_someone_erased_since_stays_erased(load):
    first = load(FIRST)
    second = load("k1 | 1001 | 登録 | 2026-09-05 | full", name="b.csv")
    erasure.erase(PEOPLE, "1001", by=BY, reason="本人の申し出")
    assert done(back(second)) == (1, 1, 0)
    assert not Identity.objects.filter(number="1001").exists()
    (restored,) = PersonEvent.objects.believed().filter(
        source_key__in=PersonEvent.objects.filter(load=second.pk).values("source_key")
    )
    assert restored.load == first.pk
    assert PersonEvent.objects.values("subject").distinct().count() == 2


def test_a_correction_in_the_meantime_is_seen(load, monkeypatch):
    """Between the plan and its transaction someone corrects a row: it is left to him."""
    first = load(FIRST)
    whole, waiting = undoing._commit, [None]

    def corrects() -> None:
        old = PersonEvent.objects.believed().get(level="simple")
        new = undoing._again(old, first, BY)
        new.load, new.level = None, "full"
        record.correct(old, new)
        connection.close()

    def commit(*args: Any) -> Any:
        if waiting:
            waiting.pop()
            thread = threading.Thread(target=corrects)
            thread.start()
            thread.join(60)
        return whole(*args)

    monkeypatch.setattr(undoing, "_commit", commit)
    assert done(back(first)) == (1, 0, 1)
    assert stands() == [("1001", "full", "09-01")]


def test_many_rows_take_several_chunks_and_say_so(load, monkeypatch):
    monkeypatch.setattr(chunks, "SIZE", 2)
    rows = "\n".join(f"k{n} | {n} | 登録 | 2026-09-01 | simple" for n in range(101))
    first, said = load(rows), []
    assert undo(first, by=BY, say=said.append)["withdrawn"] == 101
    assert any(text.startswith("調べています") for text in said)
    assert any(text.startswith("照合しています") for text in said)
    assert said[-1].startswith("書き込んでいます：取り消し101件")
    assert stands() == []
    assert not Identity.objects.exists()


def test_two_files_of_one_transaction_are_undone_apart(load, tmp_path):
    from django.db import transaction

    load(FIRST)
    one = csv_file(tmp_path / "1.csv", "k1 | 1001 | 登録 | 2026-09-03 | simple")
    two = csv_file(tmp_path / "2.csv", "k1 | 1001 | 登録 | 2026-09-04 | simple\nk7 | 1007 | 登録 | 2026-09-04 | full")
    with transaction.atomic():
        take(one)
        take(two)
    second, third = Load.objects.order_by("pk")[1:]
    assert second.recorded_at == third.recorded_at
    assert done(back(third)) == (2, 1, 0)
    assert stands()[0] == ("1001", "simple", "09-03")
    assert done(back(second)) == (1, 1, 0)
    assert stands() == [("1001", "simple", "09-01"), ("1002", "full", "09-02")]


def test_a_load_whose_facts_do_not_name_it_is_not_undone():
    """As the demonstration tells its loads: their facts were recorded all at once."""
    row = Load(kind="people", file_name="a.xlsx", digest="0" * 64, rows=3, new=3, corrected=0, unchanged=0, refused=0,
               by_name="見本 花子", by_role="事務局")  # fmt: skip
    record.record([row])
    with pytest.raises(Refusal, match="取込の番号を持たない"):
        back(row)
    assert Load.objects.believed().exists()


def test_names_that_a_load_changed_stay_as_they_are(load):
    load("k1 | 1001 | 登録 | 2026-09-01 | simple | 架空 花", *NAMED)
    second = load("k1 | 1001 | 登録 | 2026-09-01 | simple | 架空 華", *NAMED, name="b.csv")
    assert done(back(second)) == (0, 0, 0)
    assert Identity.objects.get().name == "架空 華"
