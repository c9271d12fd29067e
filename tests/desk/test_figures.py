"""A number on the page is the engine's, and is made of exactly the records listed below it, at both moments."""

import csv
import io
import re

import pytest
from django.test import Client

from partner.accounts.models import AuditEvent
from partner.common.period import month
from partner.desk.export import guarded
from partner.facts.models import Identity, PersonRegistration
from partner.figures.declare import declared
from partner.figures.engine import Evaluation
from partner.figures.records import records
from partner.ledger import clock
from tests import centre
from tests.told import subject, told

SEPTEMBER = month(centre.TOLD_AT.date().replace(month=9))
TOTAL = "/desk/figures/people.total/2026-09/"


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def listed(page: str) -> list[str]:
    """The record numbers of the list at the page's end."""
    return re.findall(r'<th scope="row"><a href="/desk/records/([A-Z]{2}-\d+)/"', page.partition('id="records"')[2])


def big(page: str) -> str:
    found = re.search(r'<p class="big"><b[^>]*>([^<]+)</b>', page)
    assert found
    return found[1]


@pytest.mark.parametrize("key", [figure.key for figure in declared() if figure.item in ("M1", "M2")])
@pytest.mark.parametrize("known_at", ["", "now", "2026-10-05T12:00"])
def test_the_page_the_engine_and_the_records_agree(as_role, key, known_at):
    client = as_role("reporter")
    page = text(client, f"/desk/figures/{key}/2026-09/?known_at={known_at}")
    cuts = {"": "2026-10-06T12:00:00+09:00", "2026-10-05T12:00": "2026-10-05T12:00:00+09:00"}
    cut = clock.last() if known_at == "now" else clock.cut(clock.datetime.fromisoformat(cuts[known_at]))
    value = Evaluation(cut).value(key, SEPTEMBER).value
    found = records(key, SEPTEMBER, cut)
    assert big(page) == (f"{value:,}".replace("-", "−"))
    assert sorted(listed(page)) == sorted(record["id"] for record in found)
    assert found.count == value
    assert "記録の件数と一致" in page


def test_both_numbers_the_difference_and_why(as_role):
    client = as_role("reporter")
    then, now = text(client, f"{TOTAL}?level=full"), text(client, f"{TOTAL}?level=full&known_at=now")
    assert (big(then), big(now)) == ("4", "2")
    for page in (then, now):
        assert '<dd class="differs">−2</dd>' in page
        assert "登録日の訂正（9月30日 → 10月1日）" in page
        assert "退会（9月28日）を後から記録" in page
        assert "計（数の差と一致）" in page
    assert "月末の全登録者数（国際協力人材）" in then
    assert re.search(r'href="\?|href="/desk/figures/people.total/2026-09/\?level=full&amp;known_at=now"', then)


def test_the_walk_and_the_breakdown_lead_on(as_role):
    page = text(as_role("reporter"), f"{TOTAL}?level=full")
    assert "増減の検算 一致" in page
    assert "1 ＋ 2 ＋ 1 − 0 ＝ 4。" in page
    assert "/desk/figures/people.moved_in/2026-09/?level=full" in page
    assert f"{TOTAL}?level=full&amp;medium=search" in page
    narrowed = text(as_role_again(), f"{TOTAL}?level=full&medium=search")
    assert big(narrowed) == "2"
    purposes = text(as_role_again(), f"{TOTAL}?level=full&by=purpose")
    assert "複数回答（延べ）" in purposes
    assert "延べ計は4人と一致しません" in purposes


def as_role_again() -> Client:
    from partner.accounts.models import User

    client = Client()
    client.force_login(User.objects.get(username="demo-reporter"))
    return client


def test_a_reporter_sees_no_name_anywhere(as_role):
    client = as_role("reporter")
    number = PersonRegistration.objects.believed().first().pk
    for where in (TOTAL, f"{TOTAL}records.csv", f"/desk/records/PR-{number}/"):
        answer = client.get(where)
        page = (answer.getvalue() if answer.streaming else answer.content).decode()
        assert not any(name in page for name in centre.NAMES.values())
        assert subject("A") not in page
    page = text(client, TOTAL)
    assert "報告担当の権限では、氏名・連絡先は表示されません。" in page
    assert "非表示" in page
    assert not AuditEvent.objects.filter(action__in=("names_seen", "record_seen")).exists()


def test_the_office_sees_names_and_each_look_is_kept(as_role):
    client = as_role("office")
    page = text(client, TOTAL)
    assert all(name in page for name in centre.NAMES.values())
    rows = AuditEvent.objects.filter(action="names_seen")
    assert [(row.by_name, row.detail) for row in rows] == [("例示 太郎", "people.total 2026-09（4名）")]
    number = PersonRegistration.objects.believed().get(subject=subject("A")).pk
    assert centre.NAMES["A"] in text(client, f"/desk/records/PR-{number}/")
    assert [row.subject for row in AuditEvent.objects.filter(action="record_seen")] == [subject("A")]


def test_an_erased_registrant_is_said_to_be(as_role):
    client = as_role("office")
    Identity.objects.filter(subject=subject("A")).delete()
    assert "消去済み" in text(client, TOTAL)


def test_a_role_without_records_reads_whom_to_ask(as_role):
    page = text(as_role("counsellor"), TOTAL)
    assert big(page) == "4"
    assert "相談員の権限では、記録は表示されません。" in page
    assert not listed(page)
    assert "/desk/records/" not in page


def test_the_list_is_searched_and_filtered(as_role):
    client = as_role("reporter")
    number = PersonRegistration.objects.believed().get(subject=subject("A")).pk
    assert listed(text(client, f"{TOTAL}?q=PR-{number}")) == [f"PR-{number}"]
    assert listed(text(client, f"{TOTAL}?q={number}")) == [f"PR-{number}"]
    assert len(listed(text(client, f"{TOTAL}?q=H-0000"))) == 4
    assert len(listed(text(client, f"{TOTAL}?how=moved"))) == 1
    assert "条件に合う記録はありません。" in text(client, f"{TOTAL}?q=OR-{number}")
    assert "条件に合う記録はありません。" in text(client, f"{TOTAL}?q=%3Cscript%3E")


def test_the_list_is_paged(as_role):
    client = as_role("reporter")
    told("\n".join(f"N{n} 2026-10-{n % 20 + 1:02} registered simple" for n in range(120)))
    first = text(client, "/desk/figures/people.new/2026-10/")
    third = text(client, "/desk/figures/people.new/2026-10/?page=3")
    beyond = text(client, "/desk/figures/people.new/2026-10/?page=99")
    assert (len(listed(first)), len(listed(third)), listed(beyond)) == (50, 21, listed(third))
    assert "1〜50件を表示／121件" in first
    whole = [*listed(first), *listed(text(client, "/desk/figures/people.new/2026-10/?page=2")), *listed(third)]
    assert len(set(whole)) == 121


def rows_of(answer) -> list[dict[str, str]]:
    content = answer.getvalue()
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_the_file_holds_the_list(as_role):
    answer = as_role("reporter").get(f"{TOTAL}records.csv?level=full&known_at=now")
    rows = rows_of(answer)
    assert len(rows) == 2
    assert "氏名" not in rows[0]
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="people-total-2026-09-full.csv"'
    row = AuditEvent.objects.get(action="exported")
    assert row.detail == "people.total 2026-09 2件　番号と日付のみ"


def test_the_office_s_file_holds_names_without_formulas(as_role):
    client = as_role("office")
    Identity.objects.filter(subject=subject("A")).update(name='=HYPERLINK("http://example.jp")')
    rows = rows_of(client.get(f"{TOTAL}records.csv"))
    assert sorted(row["氏名"] for row in rows) == sorted(
        ['\'=HYPERLINK("http://example.jp")', *(centre.NAMES[name] for name in "BCD")]
    )
    assert "氏名を含む" in AuditEvent.objects.get(action="exported").detail


@pytest.mark.parametrize("dangerous", ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "＝1+1"])
def test_formulas_are_guarded(dangerous):
    assert guarded(dangerous) == f"'{dangerous}"


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/desk/figures/people.nothing/2026-09/", 404, "people.nothing"),
        ("/desk/figures/people.total/2026-13/", 400, "読めません"),
        ("/desk/figures/people.total/2026-09/?colour=red", 400, "colour"),
        ("/desk/figures/people.total/2026-09/?level=gold", 404, "gold"),
        ("/desk/figures/people.total/2026-09/?known_at=2031-01-01", 400, "現在より後"),
        ("/desk/figures/people.total/2026-09/?known_at=1999-01-01", 400, "記録の始まり"),
        ("/desk/figures/people.total/2026-09/?known_at=yesterday", 400, "yesterday"),
        ("/desk/figures/?period=soon", 400, "soon"),
        ("/desk/records/PR-999999/", 404, "PR-999999"),
        ("/desk/records/XX-1/", 404, "XX-1"),
    ],
)
def test_what_cannot_be_shown_is_said_in_japanese(as_role, address, status, said):
    page = text(as_role("reporter"), address, status)
    assert said in page
    assert "表示できません" in page


def test_a_moment_before_the_period_knew_nothing_of_it(as_role):
    page = text(as_role("reporter"), f"{TOTAL}?known_at=2026-08-20")
    assert big(page) == "データなし"
    assert "<dt>現在の数</dt>" in page


def test_a_month_without_records_is_not_zero(as_role):
    client = as_role("reporter")
    page = text(client, "/desk/figures/people.total/2026-12/")
    assert big(page) == "データなし"
    assert "データなし" in text(client, "/desk/figures/?period=2020-01")


def test_the_list_of_figures_shows_the_engine_s_numbers(as_role):
    page = text(as_role("reporter"), "/desk/figures/?period=2026-09")
    assert "令和8年9月" in page
    assert '<a class="door" href="/desk/figures/people.total/2026-09/">4</a>' in page
    assert '<a class="door" href="/desk/figures/people.total/2026-09/?level=full">4</a>' in page
    now = text(as_role_again(), "/desk/figures/?period=2026-09&known_at=now")
    assert '<a class="door" href="/desk/figures/people.total/2026-09/?known_at=now">2</a>' in now
    assert all(figure.key in page for figure in declared())


def test_a_record_tells_both_clocks(as_role):
    client = as_role("reporter")
    gone = PersonRegistration.objects.filter(subject=subject("D"), superseded_at__isnull=False).get()
    page = text(client, f"/desk/records/PR-{gone.pk}/")
    assert "2026-10-09 10:12 に置き換えられた記録" in page
    assert "2026-10-01 00:00 〜 現在" in page
    assert "置き換えられた記録" in page
    assert "0000••" in page
