"""One row typed on the screen, and a recorded one read back: the sheet's own path with a sheet of one row."""

from datetime import datetime

import pytest

from partner.common.period import JST
from partner.common.refusal import Refusal
from partner.facts.erasure import erase
from partner.facts.intake import entering, spelling
from partner.facts.intake.entering import enter, recorded, withdraw
from partner.facts.intake.kinds import KINDS, Column, find
from partner.facts.intake.spelling import asked, entered
from partner.facts.intake.undoing import undo
from partner.facts.intake.writing import commit
from partner.facts.models import (
    Consultation,
    Coverage,
    Identity,
    InquiryEvent,
    JobEvent,
    Load,
    OpenInquiry,
    PersonEvent,
    Plan,
    ReportedFigure,
    ResponseTime,
    SurveyAnswer,
)
from partner.facts.streams import PEOPLE
from partner.ledger import clock
from tests.facts.sheets import BY, csv_file, take

pytestmark = pytest.mark.usefixtures("in_november")
OTHER = ("例示 次郎", "報告担当")
INQUIRY, PLAN, PEOPLE_KIND = find("inquiries"), find("plans"), find("people")
RECEIVED = {"number": "Q1", "event": "received", "happened_at": "2026-11-02 10:00", "channel": "mail"}
PLANNED = {"item": "M1", "period": "2026-12", "position": "1", "when": "12月上旬", "text": "説明会を開く。"}
BOOKED = {"number": "S1", "person": "P1", "booked_at": "2026-11-05 10:00", "outcome": "booked"}
REGISTERED = {
    "number": "P1", "event": "registered", "happened_at": "2026-11-01", "level": "full", "purposes": ["job", "training"],
    "name": "架空 一郎",
}  # fmt: skip
A_ROW = {
    "people": REGISTERED,
    "organizations": {"number": "O1", "event": "registered", "happened_at": "2026-11-01", "level": "full", "organization_type": "ngo"},
    "jobs": {"number": "J1", "event": "published", "happened_at": "2026-11-01", "field": "health", "other_fields": ["water"], "ends_at": "2026-12-31"},
    "trainings": {"number": "T1", "event": "published", "happened_at": "2026-11-01", "field": "health", "ends_at": "2026-12-31 17:00"},
    "consultations": {**BOOKED, "outcome": "held", "held_at": "2026-11-05 10:10", "channel": "online", "counsellor": "C1"},
    "mail_cases": {"number": "M1", "received_at": "2026-11-01 09:00:30", "answered_at": "2026-11-02"},
    "survey_answers": {"survey": "consultation", "response": "17", "state": "completed", "happened_at": "2026-11-03",
                       "question": "consultation.q1", "answer": "consultation.q1.5"},
    "subscriptions": {"number": "P1", "service": "news", "event": "confirmed", "happened_at": "2026-11-01"},
    "inquiries": RECEIVED,
    "operations": {"kind": "outage", "system": "current", "valid_from": "2026-11-04 01:00", "valid_to": "2026-11-04 02:30",
                   "cause": "software", "title": "応答なし"},
    "response_times": {"page_group": "top", "valid_from": "2026-11-04 01:00", "sample_ms": "220"},
    "plans": PLANNED,
    "reported_figures": {"figure": "people.total", "period": "2026-03", "value": "1234.50", "report": "前の報告書"},
    "losses": {"kind": "access", "source": "web1", "valid_from": "2026-11-01", "valid_to": "2026-11-02", "reason": "記録の装置の故障"},
}  # fmt: skip


def add(kind, given, request="a" * 32, by=BY):
    return enter(kind, given, request=request, by=by)


def correct(kind, fact, by=BY, **changes):
    return enter(kind, {**entered(kind, fact), **changes}, request="f" * 32, by=by, read=fact)


def faults(call, *args, **more):
    before = clock.last()
    with pytest.raises(Refusal) as refusal:
        call(*args, **more)
    assert clock.last() == before  # nothing was changed
    return [(fault.code, fault.column) for fault in refusal.value.faults]


@pytest.mark.both
@pytest.mark.parametrize("name", [name for name in KINDS if name in A_ROW])
def test_what_is_recorded_reads_back_as_it_was_typed(name):
    kind = KINDS[name]
    made = add(kind, A_ROW[name])
    assert made.fact.load == made.load
    before = Load.objects.count()
    same = correct(kind, made.fact)
    assert (same.fact.pk, same.load) == (made.fact.pk, None)
    assert Load.objects.count() == before


@pytest.mark.parametrize("name", KINDS)
def test_every_column_is_read_back(name):
    """What `fill` takes away from the fact, `spell` gives back: else a correction would lose it."""
    kind = KINDS[name]
    members = {field.name for field in kind.stream.told._meta.concrete_fields}
    fact = kind.stream.told(**({"counts": ",".join("0" * 13)} if "counts" in members else {}))
    kept = members | {kind.column(name).member for name in kind.spell(fact)} | set(kind.particulars)
    lost = [column.name for column in asked(kind) if column.member not in kept]
    assert lost in ([], ["sample_ms"])  # a sample is one count of its bucket


def test_a_load_like_any_other():
    made = add(INQUIRY, RECEIVED)
    load = Load.objects.get(pk=made.load)
    assert (load.file_name, load.rows, load.new, load.corrected, load.refused) == ("画面入力", 1, 1, 0, 0)
    assert (load.covers, load.by_name, load.by_role) == ("none", *BY)
    assert not Coverage.objects.exists()
    assert OpenInquiry.objects.believed().get().channel == "mail"
    undo(load, by=BY)
    assert not InquiryEvent.objects.believed().exists()
    assert not OpenInquiry.objects.believed().exists()


def test_a_sequence_that_cannot_be_is_refused_at_the_event():
    add(INQUIRY, RECEIVED)
    closed = {"number": "Q2", "event": "closed", "happened_at": "2026-11-03"}
    assert faults(add, INQUIRY, closed, "b" * 32) == [("no_sequence", "異動区分")]
    assert add(INQUIRY, {**closed, "number": "Q1"}, "b" * 32).load


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"happened_at": ""}, ("missing_value", "発生日時")),
        ({"happened_at": "2026-09-31"}, ("bad_date", "発生日時")),
        ({"happened_at": "45567"}, ("bad_date", "発生日時")),
        ({"happened_at": "2026-11-21"}, ("in_the_future", "発生日時")),
        ({"number": ""}, ("missing_value", "受付番号")),
        ({"number": "1" * 41}, ("too_long", "受付番号")),
        ({"number": "1\x00"}, ("bad_value", "受付番号")),
        ({"channel": ""}, ("missing_value", "経路")),
        ({"channel": "どこか"}, ("unknown_code", "経路")),
        ({"event": ""}, ("missing_value", "異動区分")),
        ({"event": "nothing"}, ("unknown_code", "異動区分")),
        ({"merged_into": "Q9"}, ("out_of_place", "統合先受付番号")),
    ],
)
def test_bad_input_is_named_at_its_column(changes, found):
    assert faults(add, INQUIRY, {**RECEIVED, **changes}) == [found]


def test_a_far_day_is_refused_not_stumbled_over():
    for far in ("9999-12-31", "2200-01-01"):
        assert faults(add, find("jobs"), {**A_ROW["jobs"], "ends_at": far}) == [("bad_date", "掲載終了日")]


def test_all_that_is_wrong_is_said_at_once():
    found = faults(add, PLAN, {**PLANNED, "item": "Z1", "period": "いつか", "text": "090-1234-5678 へ"})
    assert found == [("unknown_code", "項目"), ("bad_period", "報告書の期間"), ("personal_data", "予定")]


def test_the_form_of_a_browser_for_dates_is_read():
    made = add(INQUIRY, {**RECEIVED, "happened_at": "2026-11-02T10:00"})
    assert made.fact.happened_at == datetime(2026, 11, 2, 10, tzinfo=JST)


# ── once ──


def test_the_same_form_sent_twice_records_once():
    first = add(PLAN, PLANNED)
    again = add(PLAN, PLANNED)
    assert (again.fact.pk, again.load) == (first.fact.pk, None)
    assert Load.objects.count() == 1


def test_a_form_that_recorded_one_row_records_no_other():
    add(PLAN, PLANNED)
    assert faults(add, PLAN, {**PLANNED, "text": "別の予定である。"}) == [("already_entered", None)]
    assert Plan.objects.believed().get().text == "説明会を開く。"


def test_the_same_content_from_another_form_is_another_row():
    add(PLAN, PLANNED)
    assert add(PLAN, PLANNED, "b" * 32).load
    assert Plan.objects.believed().count() == 2


def test_a_forms_key_is_no_row_key_of_a_sheet(tmp_path):
    rows = f"{'a' * 32} | M1 | 2026-12 | 1 | 12月 | ほかの予定である。"
    take(csv_file(tmp_path / "a.csv", rows, headers=("行キー", "項目", "報告書の期間", "順", "時期", "予定")), "plans")
    assert add(PLAN, PLANNED).load
    assert Plan.objects.believed().count() == 2


@pytest.mark.both
def test_sent_twice_at_the_same_moment(monkeypatch):
    """The other request writes between the plan and the commit of this one."""
    raced = []

    def late(*args):
        if not raced:
            raced.append(True)
            raced.append(add(PLAN, PLANNED))
            entering.stage(PLAN.stream, args[1])  # each request has a connection, and these tables, of its own
        return commit(*args)

    monkeypatch.setattr(entering, "commit", late)
    made = add(PLAN, PLANNED)
    assert (made.fact.pk, made.load) == (raced[1].fact.pk, None)
    assert Load.objects.count() == 1


# ── corrected ──


@pytest.mark.both
def test_a_correction_keeps_the_key_and_the_history():
    first = add(INQUIRY, RECEIVED).fact
    made = correct(INQUIRY, first, channel="telephone", by=OTHER)
    assert (made.fact.source_key, made.fact.ordinal) == (first.source_key, first.ordinal)
    assert made.fact.pk != first.pk
    assert (made.fact.channel, made.fact.by_name) == ("telephone", "例示 次郎")
    assert OpenInquiry.objects.believed().get().channel == "telephone"
    load = Load.objects.get(pk=made.load)
    assert (load.new, load.corrected) == (0, 1)
    assert recorded(INQUIRY, first.pk).pk == made.fact.pk
    undo(load, by=BY)
    assert InquiryEvent.objects.believed().get().channel == "mail"


def test_a_row_of_a_sheet_is_corrected_and_the_sheet_knows_it_again(tmp_path):
    headers = ("行キー", "項目", "報告書の期間", "順", "時期", "予定")
    path = csv_file(tmp_path / "a.csv", "k1 | M1 | 2026-12 | 1 | 12月 | 説明会を開く。", headers=headers)
    take(path, "plans")
    made = correct(PLAN, Plan.objects.get(), text="説明会を2回開く。")
    newer = csv_file(tmp_path / "b.csv", "k1 | M1 | 2026-12 | 1 | 12月 | 説明会を3回開く。", headers=headers)
    assert take(newer, "plans")["corrected"] == 1
    assert {row.source_key for row in Plan.objects.all()} == {made.fact.source_key}
    assert Plan.objects.believed().get().text == "説明会を3回開く。"


def test_two_people_correct_one_row_and_the_second_is_told():
    read = add(PLAN, PLANNED).fact
    correct(PLAN, read, text="先の訂正である。", by=OTHER)
    with pytest.raises(Refusal, match="例示 次郎（報告担当）が11月20日 12:00に直しました"):
        correct(PLAN, read, text="後の訂正である。")
    assert Plan.objects.believed().get().text == "先の訂正である。"
    assert correct(PLAN, read, text="先の訂正である。").load is None  # both meant the same


def test_of_two_corrections_at_one_moment_one_holds(monkeypatch):
    read = add(PLAN, PLANNED).fact
    raced = []

    def late(*args):
        if not raced:
            raced.append(True)
            correct(PLAN, read, text="先の訂正である。", by=OTHER)
            entering.stage(PLAN.stream, args[1])
        return commit(*args)

    monkeypatch.setattr(entering, "commit", late)
    with pytest.raises(Refusal, match="直しました"):
        correct(PLAN, read, text="後の訂正である。")
    assert Plan.objects.believed().get().text == "先の訂正である。"


def test_a_name_alone_is_changed_and_an_empty_one_stays():
    fact = add(PEOPLE_KIND, REGISTERED).fact
    assert entered(PEOPLE_KIND, fact)["name"] == ""
    made = correct(PEOPLE_KIND, fact, purposes=["job"])
    assert Identity.objects.get().name == "架空 一郎"
    renamed = correct(PEOPLE_KIND, made.fact, name="架空 二郎")
    assert (renamed.fact.pk, Identity.objects.get().name) == (made.fact.pk, "架空 二郎")
    assert renamed.load is not None


def test_the_row_of_someone_erased_is_left_alone():
    fact = add(PEOPLE_KIND, REGISTERED).fact
    erase(PEOPLE, "P1", by=BY, reason="本人の申出")
    fact = recorded(PEOPLE_KIND, fact.pk)
    assert entered(PEOPLE_KIND, fact)["number"] == "消去済み"
    assert faults(correct, PEOPLE_KIND, fact, purposes=["job"]) == [("erased", None)]
    assert faults(withdraw, PEOPLE_KIND, fact, by=BY) == [("erased", None)]


# ── withdrawn ──


@pytest.mark.parametrize("name", [name for name in KINDS if name in A_ROW])
def test_any_row_is_withdrawn(name):
    kind = KINDS[name]
    fact = add(kind, A_ROW[name]).fact
    made = withdraw(kind, fact, by=OTHER)
    assert made.fact is None
    assert not kind.stream.told.objects.believed().exists()
    load = Load.objects.get(pk=made.load)
    assert (load.file_name, load.new, load.corrected, load.by_name) == ("画面入力", 0, 1, "例示 次郎")
    assert withdraw(kind, fact, by=BY).load is None
    with pytest.raises(Refusal, match="この行はありません"):
        recorded(kind, fact.pk)
    undo(load, by=BY)
    assert kind.stream.told.objects.believed().get().source_key == fact.source_key


def test_what_others_rest_on_is_not_withdrawn():
    fact = add(INQUIRY, RECEIVED).fact
    add(INQUIRY, {"number": "Q1", "event": "closed", "happened_at": "2026-11-03"}, "b" * 32)
    assert faults(withdraw, INQUIRY, fact, by=BY) == [("no_sequence", "異動区分")]


def test_what_was_corrected_meanwhile_is_not_withdrawn_unseen():
    read = add(PLAN, PLANNED).fact
    correct(PLAN, read, text="先の訂正である。")
    assert faults(withdraw, PLAN, read, by=BY) == [("overtaken", None)]


def test_what_was_withdrawn_meanwhile_is_not_corrected():
    read = add(PLAN, PLANNED).fact
    withdraw(PLAN, read, by=BY)
    assert faults(correct, PLAN, read, text="別の予定である。") == [("withdrawn", None)]


# ── told once, and settled from other facts ──


def test_a_booking_told_twice_is_refused_and_its_outcome_corrected():
    kind = find("consultations")
    fact = add(kind, BOOKED).fact
    assert faults(add, kind, BOOKED, "b" * 32) == [("told_twice", "相談番号")]
    made = correct(kind, fact, outcome="held", held_at="2026-11-05 10:10", channel="face_to_face")
    assert Consultation.objects.believed().get().pk == made.fact.pk


def test_a_publishers_type_follows_from_his_registration():
    add(find("organizations"), A_ROW["organizations"])
    made = add(find("jobs"), {**A_ROW["jobs"], "organization": "O1"}, "b" * 32)
    assert JobEvent.objects.get().organization_type == "ngo"
    assert entered(find("jobs"), made.fact)["organization"] == "O1"


def test_forms_read_what_fill_has_changed():
    made = add(find("response_times"), A_ROW["response_times"])
    assert entered(find("response_times"), made.fact)["le_300"] == "1"
    correct(find("response_times"), made.fact, le_500="4")
    assert ResponseTime.objects.believed().get().counts == "0,0,0,1,4,0,0,0,0,0,0,0,0"
    answer = add(find("survey_answers"), A_ROW["survey_answers"], "b" * 32).fact
    assert entered(find("survey_answers"), answer)["response"] == "17"
    assert SurveyAnswer.objects.get().subject == "consultation:17"


@pytest.mark.parametrize(("kept", "written"), [(True, "1"), (False, "")])
def test_a_truth_is_read_back_as_its_one_choice(kept, written):
    column = Column("is_checked", "確認", "", type="choice", choices=(("1", "確認済"),))
    assert spelling._written(column, kept, None) == written


def test_moments_are_written_as_they_are_known():
    by_day = add(PEOPLE_KIND, REGISTERED).fact
    assert entered(PEOPLE_KIND, by_day)["happened_at"] == "2026-11-01"
    exact = correct(PEOPLE_KIND, by_day, happened_at="2026-11-01 00:00").fact
    assert entered(PEOPLE_KIND, exact)["happened_at"] == "2026-11-01 00:00"
    assert (PersonEvent.objects.believed().get().by_day, exact.by_day) == (False, False)
    job = add(find("jobs"), A_ROW["jobs"], "b" * 32).fact
    assert entered(find("jobs"), job)["ends_at"] == "2026-12-31"
    assert job.ends_at == datetime(2027, 1, 1, tzinfo=JST)
    value = add(find("reported_figures"), A_ROW["reported_figures"], "c" * 32).fact
    assert entered(find("reported_figures"), value)["value"] == "1234.5"
    assert ReportedFigure.objects.get().value == 1234.5


def test_codes_are_those_of_the_list():
    assert faults(add, PEOPLE_KIND, {**REGISTERED, "purposes": ["job", "zzz"]}) == [("unknown_code", "登録目的")]
