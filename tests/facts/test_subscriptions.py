"""Mail services: what the events of a person's subscriptions make, and the sheet through which they come."""

import pytest

from partner.facts.erasure import erase
from partner.facts.models import Identity
from partner.facts.models.coverage import Coverage
from partner.facts.models.subscriptions import Subscription, SubscriptionEvent
from partner.facts.streams import PEOPLE, SUBSCRIPTIONS
from partner.facts.walking import SequenceError
from partner.ledger import clock
from tests.facts.sheets import BY, counts, csv_file, places, refused, take
from tests.happened import derived

HEADERS = ("行キー", "管理番号", "サービス", "異動区分", "発生日時")
ROWS = """
    k1 | P1 | PARTNERニュース | 確認 | 2026-10-01 09:00
    k2 | P1 | express | 確認 | 2026-10-02
    k3 | P2 | news | 確認 | 2026-10-03
    k4 | P1 | news | 停止 | 2026-10-20
"""


def spans(text):
    """Service, from, to, begun, ended, and whether mail bounces."""
    made = derived(SUBSCRIPTIONS, "\n".join(f"P {line.strip()}" for line in text.strip().splitlines()))
    return [
        (span.service, _short(span.valid_from), _short(span.valid_to), span.begun, span.ended, span.bounced)
        for span in sorted(made, key=lambda span: (span.service, span.valid_from))
    ]


def _short(at):
    return "" if at is None else f"{at:%m-%d}" if f"{at:%H%M%S}" == "000000" else f"{at:%m-%d %H:%M:%S}"


def objection(text):
    with pytest.raises(SequenceError) as caught:
        spans(text)
    return caught.value.reason


# ── what events make ──


def test_each_service_goes_its_own_way():
    assert spans("""
        2026-10-01 confirmed service=news
        2026-10-02 confirmed service=express
        2026-10-20 stopped service=news
    """) == [
        ("express", "10-02", "", "registered", "", False),
        ("news", "10-01", "10-20", "registered", "stopped", False),
    ]


def test_whoever_subscribes_again_has_a_beginning_of_his_own():
    assert spans("""
        2026-10-01 confirmed service=news
        2026-10-05 stopped service=news
        2026-10-06 confirmed service=express
        2026-11-01 confirmed service=news
    """) == [
        ("express", "10-06", "", "registered", "", False),
        ("news", "10-01", "10-05", "registered", "stopped", False),
        ("news", "11-01", "", "returned", "", False),
    ]


def test_what_bounces_goes_on():
    assert spans("""
        2026-10-01 confirmed service=news
        2026-10-05 bounced service=news
        2026-10-09 reached service=news
        2026-10-12 bounced service=news
        2026-10-20 stopped service=news
    """) == [
        ("news", "10-01", "10-05", "registered", "restated", False),
        ("news", "10-05", "10-09", "restated", "restated", True),
        ("news", "10-09", "10-12", "restated", "restated", False),
        ("news", "10-12", "10-20", "restated", "stopped", True),
    ]


def test_confirmed_and_stopped_on_one_day_in_either_order_of_rows():
    assert spans("2026-10-01 stopped service=news\n2026-10-01 confirmed service=news") == [
        ("news", "10-01", "10-01", "registered", "stopped", False)
    ]
    assert spans("""
        2026-09-01 confirmed service=news
        2026-10-01 confirmed service=news
        2026-10-01 stopped service=news
    """)[-1] == ("news", "10-01", "", "returned", "", False)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2026-10-01 stopped service=news", "停止の時点で登録がありません"),
        ("2026-10-01 bounced service=news", "不達の時点で登録がありません"),
        ("2026-10-01 confirmed service=express\n2026-10-02 stopped service=news", "停止の時点で登録がありません"),
        ("2026-10-01 confirmed service=news\n2026-10-02 confirmed service=news", "すでに登録されています"),
        ("2026-10-01 confirmed service=news\n2026-10-02 reached service=news", "不達ではありません"),
        (
            "2026-10-01 confirmed service=news\n2026-10-02 bounced service=news\n2026-10-03 bounced service=news",
            "すでに不達です",
        ),
    ],
)
def test_what_cannot_be(text, said):
    assert said in objection(text)


# ── the sheet ──


@pytest.fixture
def sheet(tmp_path, in_november):
    """Writes a table of subscriptions as a csv file; more columns can be named."""

    def write(rows, *more, name="a.csv"):
        return csv_file(tmp_path / name, rows, headers=(*HEADERS, *more))

    return write


def believed():
    numbers = dict(Identity.objects.values_list("subject", "number"))
    rows = Subscription.objects.believed().order_by("valid_from", "id")
    return [
        (numbers.get(row.subject, "?"), row.service, _short(row.valid_from), _short(row.valid_to), row.ended)
        for row in rows
    ]


@pytest.mark.both
def test_new_unchanged_corrected_withdrawn(sheet):
    assert counts(take(sheet(ROWS), "subscriptions", covers="2026-10")) == (4, 0, 0, 0)
    assert believed() == [
        ("P1", "news", "10-01 09:00:00", "10-20", "stopped"),
        ("P1", "express", "10-02", "", ""),
        ("P2", "news", "10-03", "", ""),
    ]
    assert Coverage.objects.get().kind == "subscriptions"
    tick = clock.last()
    assert counts(take(sheet(ROWS, name="b.csv"), "subscriptions", again=True)) == (0, 0, 4, 0)
    assert counts(take(sheet("k4 | P1 | news | 停止 | 2026-10-25", name="c.csv"), "subscriptions")) == (0, 1, 0, 0)
    assert believed()[0][3] == "10-25"
    withdrawn = sheet("k4 | P1 | news | 停止 | 2026-10-25 | 取消", "取消", name="d.csv")
    assert counts(take(withdrawn, "subscriptions")) == (0, 1, 0, 0)
    assert believed()[0] == ("P1", "news", "10-01 09:00:00", "", "")
    known = Subscription.objects.known_at(tick).filter(ended="stopped")
    assert [_short(row.valid_to) for row in known] == ["10-20"]


@pytest.mark.both
def test_a_registrant_is_the_same_person_as_the_subscriber(sheet, tmp_path):
    take(csv_file(tmp_path / "p.csv", "r1 | P1 | 登録 | 2026-09-01 | simple"), "people")
    take(sheet(ROWS), "subscriptions")
    assert Identity.objects.count() == 2
    assert {row.subject for row in Subscription.objects.filter(service="express")} == {
        Identity.objects.get(number="P1").subject
    }


@pytest.mark.both
def test_mail_addresses_go_to_the_identities_alone(sheet):
    take(sheet("k1 | P1 | news | 確認 | 2026-10-01 | nobody@example.jp", "メール"), "subscriptions")
    assert Identity.objects.get().email == "nobody@example.jp"
    assert "email" not in {field.name for field in SubscriptionEvent._meta.get_fields()}


@pytest.mark.both
def test_erased_the_counts_stay(sheet):
    take(sheet(ROWS), "subscriptions")
    old = Identity.objects.get(number="P1").subject
    erase(PEOPLE, "P1", by=BY, reason="本人の申出による")
    assert not Subscription.objects.filter(subject=old).exists()
    assert not SubscriptionEvent.objects.filter(subject=old).exists()
    assert [one[:3] for one in believed()] == [
        ("?", "news", "10-01 09:00:00"),
        ("?", "express", "10-02"),
        ("P2", "news", "10-03"),
    ]
    answer = take(sheet(ROWS, name="b.csv"), "subscriptions", again=True)
    assert (counts(answer), answer["erased"]) == ((0, 0, 4, 0), 3)
    assert set(Identity.objects.values_list("number", flat=True)) == {"P2"}


@pytest.mark.both
@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("k1 | P1 | news | 停止 | 2026-10-01", ("no_sequence", 2, "異動区分")),
        ("k1 | P1 | news | 確認 | 2026-11-21", ("in_the_future", 2, "発生日時")),
        ("k1 | P1 | weekly | 確認 | 2026-10-01", ("unknown_code", 2, "サービス")),
        ("k1 | P1 | | 確認 | 2026-10-01", ("missing_value", 2, "サービス")),
        ("k1 | | news | 確認 | 2026-10-01", ("missing_value", 2, "管理番号")),
        ("k1 | P1 | news | 登録 | 2026-10-01", ("unknown_code", 2, "異動区分")),
        ("k1 | P1 | news | 確認 | 2026-10-0x", ("bad_date", 2, "発生日時")),
    ],
)
def test_bad_rows_are_refused_with_their_place(sheet, row, expected):
    assert expected in places(refused(sheet(row), "subscriptions"))
    assert (SubscriptionEvent.objects.count(), Identity.objects.count()) == (0, 0)


@pytest.mark.both
def test_a_confirmation_twice_is_refused_where_it_stands(sheet):
    take(sheet(ROWS), "subscriptions")
    rows = "n1 | P3 | news | 確認 | 2026-10-30\nn2 | P2 | news | 確認 | 2026-10-30"
    assert places(refused(sheet(rows, name="b.csv"), "subscriptions")) == [("no_sequence", 3, "異動区分")]
    assert counts(take(sheet(rows, name="b.csv"), "subscriptions", good_rows=True)) == (1, 0, 0, 1)


@pytest.mark.both
def test_a_month_without_any_is_reported_as_such(sheet):
    assert counts(take(sheet([]), "subscriptions", covers="2026-10")) == (0, 0, 0, 0)
    assert Coverage.objects.believed().count() == 1
