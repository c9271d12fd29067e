"""The form beside every sheet: what it asks, what it says, what it keeps; and the list of recorded rows."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from partner.accounts.models import AuditEvent, User
from partner.accounts.roles import Role, may
from partner.common.period import JST
from partner.desk import entry
from partner.facts.intake.entering import enter
from partner.facts.intake.kinds import KINDS, find
from partner.facts.intake.spelling import asked
from partner.facts.models import Consultation, Identity, InquiryEvent, Load, PersonEvent, Plan
from partner.master import actions
from partner.master.models import Code
from tests.desk.brought import text
from tests.facts.sheets import BY

AsRole = Callable[[str], Client]
INQUIRIES, PLANS = "/desk/intake/kinds/inquiries/", "/desk/intake/kinds/plans/"
RECEIVED = {"number": "Q1", "event": "received", "happened_at": "2026-10-02 10:00", "channel": "mail"}
PLANNED = {"item": "M1", "period": "2026-12", "position": "1", "when": "12月上旬", "text": "説明会を開く。"}
KEY = "a" * 32


def send(client: Client, where: str, given: dict[str, Any], key: str = KEY, **more: Any) -> Any:
    return client.post(where, {**given, "_request": key, **more}, follow=True)


def add(kind: str, given: dict[str, Any], key: str = KEY) -> Any:
    return enter(find(kind), given, request=key, by=BY).fact


def field(page: str, name: str) -> str:
    """What stands around one field of the page."""
    before, _, after = page.partition(f'id="id_{name}"')
    return before.rpartition('class="field"')[2] + after.partition('class="field"')[0]


def value(page: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"|value="([^"]*)"[^>]*name="{name}"', page)
    return (found[1] or found[2] or "") if found else ""


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_has_its_form_and_its_list(as_role: AsRole, name: str) -> None:
    kind, client = KINDS[name], as_role("office")
    answer = client.get(f"/desk/intake/kinds/{name}/enter/")
    assert answer.status_code == 200
    page = text(answer)
    for column in asked(kind):
        assert f'id="id_{column.name}"' in page
        assert column.label in page
    assert 'name="key"' not in page
    assert 'name="withdrawn"' not in page
    assert "行キー" not in page
    assert client.get(f"/desk/intake/kinds/{name}/rows/?q=1").status_code == 200
    links = text(client.get(f"/desk/intake/kinds/{name}/"))
    assert f"/desk/intake/kinds/{name}/enter/" in links
    assert f"/desk/intake/kinds/{name}/rows/" in links
    empty = client.post(f"/desk/intake/kinds/{name}/enter/", {"_request": KEY})
    assert empty.status_code == 400
    assert "入力を確かめてください" in text(empty)
    assert not Load.objects.filter(file_name="画面入力").exists()


@pytest.mark.parametrize("role", Role.values)
def test_who_may(as_role: AsRole, role: str) -> None:
    fact = add("plans", PLANNED)
    client = Client()
    client.force_login(User.objects.create(username="wer", display_name="見本 誰", role=role))
    wanted = 200 if may(role, "intake.load") else 403
    for where in ("enter/", "rows/", f"enter/{fact.pk}/", f"enter/{fact.pk}/withdraw/"):
        assert client.get(f"{PLANS}{where}").status_code == wanted
    if wanted == 403:
        assert send(client, f"{PLANS}enter/", PLANNED, "b" * 32).status_code == 403
        assert send(client, f"{PLANS}enter/{fact.pk}/withdraw/", {}).status_code == 403
        assert Plan.objects.believed().count() == 1


def test_a_row_is_recorded_named_in_the_log_and_audited(as_role: AsRole) -> None:
    client = as_role("office")
    page = send(client, f"{INQUIRIES}enter/", RECEIVED)
    load = Load.objects.get(file_name="画面入力")
    assert f"記録しました（取込{load.pk}）" in text(page)
    assert page.redirect_chain[-1][0] == f"{INQUIRIES}rows/"
    assert (load.new, load.by_name, load.by_role) == (1, "例示 太郎", "事務局")
    assert InquiryEvent.objects.get(subject="Q1").channel == "mail"
    audited = AuditEvent.objects.get(action="loaded")
    assert audited.detail == f"取込{load.pk}　問い合わせ　画面入力（新規）"
    assert "画面入力" in text(client.get("/desk/intake/loads/"))
    assert "この取込を取り消す" in text(client.get(f"/desk/intake/loads/{load.pk}/"))


def test_one_after_the_other(as_role: AsRole) -> None:
    page = send(as_role("office"), f"{PLANS}enter/", PLANNED, _do="more")
    assert page.redirect_chain[-1][0] == f"{PLANS}enter/"
    assert value(text(page), "_request") not in ("", KEY)


def test_a_sequence_is_refused_at_the_field_and_nothing_is_lost(as_role: AsRole) -> None:
    answer = send(as_role("office"), f"{INQUIRIES}enter/", {**RECEIVED, "event": "closed", "channel": ""})
    page = text(answer)
    assert answer.status_code == 400
    assert not InquiryEvent.objects.filter(subject="Q1").exists()
    summary = page.partition('class="banner error"')[2].partition("</ul>")[0]
    assert 'href="#id_event"' in summary
    part = field(page, "event")
    reason = re.search(r'id="id_event_error".*?<span>(.*?)</span>', part, re.S)
    assert reason
    assert reason[1] in summary
    assert "id_event_error" in part.partition("</select>")[0]  # aria-describedby
    assert 'aria-invalid="true"' in part
    assert value(page, "number") == "Q1"
    assert value(page, "happened_at") == "2026-10-02 10:00"
    assert '<option value="closed" selected>' in page
    assert value(page, "_request") == KEY


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("2026-09-31", "という日はありません"),
        ("きのう", "この値は日付として読めません"),
        ("2099-01-01", "現在より後の日時です"),
        ("", "値がありません"),
        ("<b>", "日付として読めません"),
    ],
)
def test_a_bad_date_stands_with_its_reason(as_role: AsRole, written: str, reason: str) -> None:
    answer = send(as_role("office"), f"{INQUIRIES}enter/", {**RECEIVED, "happened_at": written})
    assert answer.status_code == 400
    assert reason in field(text(answer), "happened_at")
    assert value(text(answer), "happened_at") == written.replace("<b>", "&lt;b&gt;")
    assert value(text(answer), "number") == "Q1"


def test_sent_twice_it_is_recorded_once(as_role: AsRole) -> None:
    client = as_role("office")
    send(client, f"{PLANS}enter/", PLANNED)
    again = send(client, f"{PLANS}enter/", PLANNED)
    assert again.status_code == 200
    assert "すでに記録しています" in text(again)
    assert Plan.objects.count() == 1
    other = send(client, f"{PLANS}enter/", {**PLANNED, "text": "別の予定である。"})
    assert other.status_code == 400
    assert "もう記録しています" in text(other)
    assert "別の予定である。" in text(other)  # what was typed is still there
    assert AuditEvent.objects.filter(action="loaded").count() == 1


def test_a_key_of_someones_own_making_is_not_taken(as_role: AsRole) -> None:
    client = as_role("office")
    for key in ("k1", "A" * 32, ""):
        assert send(client, f"{PLANS}enter/", {**PLANNED, "when": f"{key}頃"}, key).status_code == 200
    assert Plan.objects.believed().count() == 3


# ── corrected and withdrawn ──


def test_a_booking_is_corrected_under_its_key(as_role: AsRole) -> None:
    client, where = as_role("office"), "/desk/intake/kinds/consultations/"
    fact = add("consultations", {"number": "S1", "booked_at": "2026-10-05 10:00", "outcome": "booked"})
    page = text(client.get(f"{where}enter/{fact.pk}/"))
    assert value(page, "booked_at") == "2026-10-05 10:00"
    given = {"number": "S1", "booked_at": "2026-10-05 10:00", "outcome": "held", "channel": "online"}
    refused = send(client, f"{where}enter/{fact.pk}/", given, _base=value(page, "_base"))
    assert "「実施」では値が必要です" in field(text(refused), "held_at")
    done = send(
        client, f"{where}enter/{fact.pk}/", {**given, "held_at": "2026-10-05 10:10"}, _base=value(page, "_base")
    )
    assert "訂正しました" in text(done)
    row = Consultation.objects.believed().get(number="S1")
    assert (row.source_key, row.outcome, row.by_name) == (fact.source_key, "held", "例示 太郎")
    older = client.get(f"{where}enter/{fact.pk}/")
    assert older.headers["Location"] == f"{where}enter/{row.pk}/"


def test_two_people_correct_one_row(as_role: AsRole) -> None:
    first, second = as_role("office"), as_role("reporter")
    fact = add("plans", PLANNED)
    where = f"{PLANS}enter/{fact.pk}/"
    send(first, where, {**PLANNED, "text": "先の訂正である。"}, _base=str(fact.pk))
    told = send(second, where, {**PLANNED, "text": "後の訂正である。"}, _base=str(fact.pk))
    assert told.status_code == 400
    page = text(told)
    assert "例示 太郎（事務局）が" in page
    assert "先の訂正である。" in page.partition("いま記録されている内容")[2]
    assert "後の訂正である。" in page.partition("</textarea>")[0]
    assert Plan.objects.believed().get().text == "先の訂正である。"
    base = value(page, "_base")  # on purpose, having seen what is there
    send(second, where, {**PLANNED, "text": "後の訂正である。"}, _base=base)
    assert Plan.objects.believed().get().text == "後の訂正である。"


def test_a_row_is_withdrawn_after_a_look(as_role: AsRole) -> None:
    client = as_role("office")
    fact = add("plans", PLANNED)
    where = f"{PLANS}enter/{fact.pk}/withdraw/"
    page = text(client.get(where))
    assert "説明会を開く。" in page
    assert Plan.objects.believed().exists()
    done = send(client, where, {"_base": str(fact.pk)})
    assert "取り消しました" in text(done)
    assert not Plan.objects.believed().exists()
    assert send(client, where, {"_base": str(fact.pk)}).status_code == 200  # once more, as by a double click
    assert Load.objects.filter(file_name="画面入力").count() == 2
    gone = client.get(f"{PLANS}enter/{fact.pk}/")
    assert gone.status_code == 404
    late = send(client, f"{PLANS}enter/{fact.pk}/", {**PLANNED, "text": "遅い訂正である。"}, _base=str(fact.pk))
    assert late.status_code == 400
    assert "遅い訂正である。" in text(late)


def test_what_another_row_rests_on_is_not_withdrawn(as_role: AsRole) -> None:
    fact = add("inquiries", RECEIVED)
    add("inquiries", {"number": "Q1", "event": "closed", "happened_at": "2026-10-03"}, "b" * 32)
    answer = send(as_role("office"), f"{INQUIRIES}enter/{fact.pk}/withdraw/", {"_base": str(fact.pk)})
    assert answer.status_code == 400
    assert "取り消せませんでした" in text(answer)
    assert InquiryEvent.objects.believed().filter(subject="Q1").count() == 2


@pytest.mark.parametrize("number", ["0", "999999", "99999999999999999999999"])
def test_no_such_row(as_role: AsRole, number: str) -> None:
    client = as_role("office")
    assert client.get(f"{PLANS}enter/{number}/").status_code == 404
    assert client.post(f"{PLANS}enter/{number}/", PLANNED).status_code == 404
    assert client.post(f"{PLANS}enter/{number}/withdraw/").status_code == 404
    assert client.get("/desk/intake/kinds/nothing/enter/").status_code == 404


def test_a_version_of_another_row_is_not_taken_for_this_one(as_role: AsRole) -> None:
    one = add("plans", PLANNED)
    other = add("plans", {**PLANNED, "text": "別の予定である。"}, "b" * 32)
    answer = send(as_role("office"), f"{PLANS}enter/{one.pk}/", PLANNED, _base=str(other.pk))
    assert answer.status_code == 404
    assert Plan.objects.believed().count() == 2


# ── who is seen ──


def test_numbers_of_registrants_are_for_those_who_may_see_them(as_role: AsRole) -> None:
    given = {"number": "P-77", "event": "registered", "happened_at": "2026-10-01", "level": "full", "name": "架空 七子"}
    fact = add("people", given)
    where = "/desk/intake/kinds/people/"
    pages = ("rows/", "rows/?q=P-77", f"enter/{fact.pk}/", f"enter/{fact.pk}/withdraw/")
    office, operator = as_role("office"), as_role("operator")
    for page in pages:
        seen = text(office.get(f"{where}{page}"))
        assert "P-77" in seen
        assert "架空 七子" not in seen
        hidden = text(operator.get(f"{where}{page}"))
        assert "P-77" not in hidden.replace("?q=P-77", "")
        assert "架空 七子" not in hidden
    looks = AuditEvent.objects.filter(action__in=("names_seen", "record_seen"))
    assert set(looks.values_list("by_role", flat=True)) == {"事務局"}
    assert looks.filter(action="record_seen", subject=fact.subject).count() == 2


def test_who_may_not_see_a_number_corrects_the_rest(as_role: AsRole) -> None:
    fact = add("people", {"number": "P-77", "event": "registered", "happened_at": "2026-10-01", "level": "full"})
    where = f"/desk/intake/kinds/people/enter/{fact.pk}/"
    client = as_role("operator")
    assert "管理番号、統合先管理番号は、この権限では表示されません" in text(client.get(where))
    given = {"event": "registered", "happened_at": "2026-10-01", "level": "simple", "purposes": ["job"]}
    send(client, where, {**given, "number": "P-1"}, _base=str(fact.pk))  # what the form does not ask is not read
    row = PersonEvent.objects.believed().get(source_key=fact.source_key)
    assert (row.subject, row.level, row.purposes) == (fact.subject, "simple", ";job;")
    assert not Identity.objects.filter(number="P-1").exists()


# ── lists of codes, as they hold for the date ──


def test_the_lists_are_those_of_the_rows_date(as_role: AsRole) -> None:
    code = {"list": "inquiry_channel", "code": "fax"}
    values = {**dict.fromkeys(("label_en", "reported_as", "note"), ""), "label": "ファクス", "position": 90}
    names = {one.name for one in Code._meta.get_fields()}
    values = {name: value for name, value in values.items() if name in names}
    begins, ends = datetime(2025, 4, 1, tzinfo=JST), datetime(2026, 4, 1, tzinfo=JST)
    actions.set_from(Code, keys=code, values=values, holds_from=begins, reason="見本", by=BY)
    actions.end_at(Code, keys=code, ends_at=ends, reason="見本", by=BY)
    client = as_role("office")
    assert "ファクス" not in text(client.get(f"{INQUIRIES}enter/"))
    changed = client.post(f"{INQUIRIES}enter/", {**RECEIVED, "happened_at": "2026-03-31", "_do": "lists"})
    assert changed.status_code == 200
    assert '<option value="fax">ファクス' in text(changed)
    assert value(text(changed), "number") == "Q1"
    given = {**RECEIVED, "channel": "fax", "happened_at": "2026-04-01"}
    refused = send(client, f"{INQUIRIES}enter/", given)
    assert "コード一覧を確かめてください" in field(text(refused), "channel")
    assert '<option value="fax" selected>ファクス（いまは選べません）' in text(refused)
    assert send(client, f"{INQUIRIES}enter/", {**given, "happened_at": "2026-03-31"}).status_code == 200


def test_answers_are_offered_under_their_question(as_role: AsRole) -> None:
    client, where = as_role("office"), "/desk/intake/kinds/survey_answers/enter/"
    whole = text(client.get(where))
    assert '<optgroup label="' in whole
    chosen = {"survey": "consultation", "question": "consultation.q1", "_do": "lists"}
    page = text(client.post(where, chosen))
    answers = page.partition('id="id_answer"')[2].partition("</select>")[0]
    codes = [code for code in re.findall(r'<option value="([^"]*)"', answers) if code]
    assert codes
    assert all(code.startswith("consultation.q1.") for code in codes)


# ── the list ──


def test_the_list_is_paged_and_searched(as_role: AsRole) -> None:
    for number in range(53):
        add("plans", {**PLANNED, "text": f"予定{number:02}である。"}, f"{number:032x}")
    client = as_role("office")
    page = text(client.get(f"{PLANS}rows/"))
    assert page.index("予定52である。") < page.index("予定03である。")
    assert "予定02である。" not in page
    assert "1〜50件を表示／53件" in page
    assert "予定02である。" in text(client.get(f"{PLANS}rows/?page=2"))
    found = text(client.get(f"{PLANS}rows/?q=予定07"))
    assert "予定07である。" in found
    assert "予定08である。" not in found
    assert "に合う行はありません" in text(client.get(f"{PLANS}rows/?q=ありえない"))


def test_a_page_of_the_list_asks_no_more_for_more_rows(as_role: AsRole, django_assert_max_num_queries: Any) -> None:
    client = as_role("office")
    with django_assert_max_num_queries(40) as few:
        client.get("/desk/intake/kinds/people/rows/")
    for number in range(30):
        add(
            "people",
            {"number": f"N{number}", "event": "registered", "happened_at": "2026-10-01", "level": "full"},
            f"{number:032x}",
        )
    with django_assert_max_num_queries(len(few)):
        client.get("/desk/intake/kinds/people/rows/")


def test_what_holds_for_files_only_is_not_said() -> None:
    for kind in KINDS.values():
        said = "".join([*entry.rules(kind), *(entry._for_a_form(column.help) for column in asked(kind))])
        assert not re.search("行キー|「；」|1行に", said), said
