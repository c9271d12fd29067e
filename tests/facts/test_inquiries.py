"""Inquiries: what the events of an inquiry make, and the sheet through which they come."""

import pytest

from partner.facts.inquiries import AnswerSpan, OpenSpan
from partner.facts.models.coverage import Coverage
from partner.facts.models.inquiries import InquiryAnswer, InquiryEvent, OpenInquiry
from partner.facts.streams import INQUIRIES
from partner.facts.walking import SequenceError
from partner.ledger import clock
from tests.facts.sheets import counts, csv_file, places, refused, take
from tests.happened import derived

HEADERS = ("行キー", "受付番号", "異動区分", "発生日時", "経路", "分類", "統合先受付番号")
ROWS = """
    k1 | Q1 | 受付 | 2026-10-01 09:00 | form | registration |
    k2 | Q1 | 初回回答 | 2026-10-02 10:00 | | |
    k3 | Q1 | 完了 | 2026-10-05 | | |
    k4 | Q2 | 受付 | 2026-10-03 | 電話 | 掲載 |
"""


def made(text):
    return derived(INQUIRIES, "\n".join(f"Q {line.strip()}" for line in text.strip().splitlines()))


def spans(text):
    """From, to, begun, ended of the spans in which it was open."""
    return [
        (_short(span.valid_from), _short(span.valid_to), span.begun, span.ended)
        for span in made(text)
        if isinstance(span, OpenSpan)
    ]


def answers(text):
    return [_short(span.valid_from) for span in made(text) if isinstance(span, AnswerSpan)]


def _short(at):
    return "" if at is None else f"{at:%m-%d}" if f"{at:%H%M%S}" == "000000" else f"{at:%m-%d %H:%M:%S}"


def objection(text):
    with pytest.raises(SequenceError) as caught:
        spans(text)
    return caught.value.reason


# ── what events make ──


def test_open_from_its_arrival_to_its_close_and_again():
    life = """
        2026-10-01 09:00:00 received channel=form category=other
        2026-10-02 answered
        2026-10-05 closed
        2026-10-20 reopened category=system
    """
    assert spans(life) == [("10-01 09:00:00", "10-05", "received", "closed"), ("10-20", "", "reopened", "")]
    assert answers(life) == ["10-02"]
    last = [span for span in made(life) if isinstance(span, OpenSpan)][-1]
    assert (last.channel, last.category) == ("form", "system")


def test_received_answered_and_closed_on_one_day_in_any_order_of_rows():
    life = "2026-10-01 closed\n2026-10-01 answered\n2026-10-01 received channel=visit"
    assert (spans(life), answers(life)) == ([("10-01", "10-01", "received", "closed")], ["10-01"])


def test_closed_and_reopened_on_one_day_is_open():
    assert spans("2026-10-01 received\n2026-10-05 reopened\n2026-10-05 closed")[-1] == ("10-05", "", "reopened", "")


def test_merged_is_closed_from_the_merge_on():
    assert spans("2026-10-01 received\n2026-10-05 merged into=Q9") == [("10-01", "10-05", "received", "merged")]


def test_spam_was_never_received_whenever_it_is_found_out():
    assert made("2026-10-01 received\n2026-10-01 spam") == []
    assert made("2026-09-01 received\n2026-09-02 answered\n2026-11-01 spam") == []
    assert made("2026-10-01 received\n2026-10-02 closed\n2026-10-03 spam") == []
    assert made("2026-10-01 spam\n2026-10-01 closed\n2026-10-01 received") == []


def test_an_answer_after_the_close_is_still_the_first():
    assert answers("2026-10-01 received\n2026-10-02 closed\n2026-10-03 answered") == ["10-03"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2026-10-01 closed", "完了の前に受付がありません"),
        ("2026-10-02 received\n2026-10-01 answered", "初回回答の前に受付がありません"),
        ("2026-10-01 spam", "迷惑の前に受付がありません"),
        ("2026-10-01 received\n2026-10-02 received", "すでに受け付けています"),
        ("2026-10-01 received\n2026-10-02 reopened", "再開できません"),
        ("2026-10-01 received\n2026-10-02 closed\n2026-10-03 closed", "すでに完了しています"),
        ("2026-10-01 received\n2026-10-02 merged into=Q9\n2026-10-03 closed", "すでに完了しています"),
        ("2026-10-01 received\n2026-10-02 answered\n2026-10-03 answered", "すでに記録されています"),
        ("2026-10-01 received\n2026-10-02 spam\n2026-10-03 closed", "迷惑とした問い合わせ"),
    ],
)
def test_what_cannot_be(text, said):
    assert said in objection(text)


# ── the sheet ──


@pytest.fixture
def sheet(tmp_path, in_november):
    """Writes a table of inquiries as a csv file; more columns can be named."""

    def write(rows, *more, name="a.csv"):
        return csv_file(tmp_path / name, rows, headers=(*HEADERS, *more))

    return write


def believed():
    rows = OpenInquiry.objects.believed().order_by("subject", "valid_from", "id")
    return [
        (row.subject, row.channel, row.category, _short(row.valid_from), _short(row.valid_to), row.ended)
        for row in rows
    ]


@pytest.mark.both
def test_new_unchanged_corrected_withdrawn(sheet):
    assert counts(take(sheet(ROWS), "inquiries", covers="2026-10")) == (4, 0, 0, 0)
    assert believed() == [
        ("Q1", "form", "registration", "10-01 09:00:00", "10-05", "closed"),
        ("Q2", "telephone", "posting", "10-03", "", ""),
    ]
    assert [row.subject for row in InquiryAnswer.objects.believed()] == ["Q1"]
    assert Coverage.objects.get().kind == "inquiries"
    tick = clock.last()
    assert counts(take(sheet(ROWS, name="b.csv"), "inquiries", again=True)) == (0, 0, 4, 0)
    assert counts(take(sheet("k1 | Q1 | 受付 | 2026-10-01 09:00 | mail | other |", name="c.csv"), "inquiries")) == (
        0, 1, 0, 0,
    )  # fmt: skip
    assert believed()[0][1:3] == ("mail", "other")
    assert [row.category for row in InquiryAnswer.objects.believed()] == ["other"]
    withdrawn = sheet("k3 | Q1 | 完了 | 2026-10-05 | | | | 取消", "取消", name="d.csv")
    assert counts(take(withdrawn, "inquiries")) == (0, 1, 0, 0)
    assert believed()[0][4:] == ("", "")
    assert OpenInquiry.objects.known_at(tick).get(subject="Q1").ended == "closed"


@pytest.mark.both
def test_merged_and_spam_through_the_sheet(sheet):
    rows = f"""{ROWS.rstrip()}
        k5 | Q2 | 統合 | 2026-10-06 | | | Q1
        k6 | Q3 | 受付 | 2026-10-07 | mail | |
        k7 | Q3 | 迷惑 | 2026-10-08 | | |
    """
    assert counts(take(sheet(rows), "inquiries")) == (7, 0, 0, 0)
    assert [(one[0], one[5]) for one in believed()] == [("Q1", "closed"), ("Q2", "merged")]
    assert InquiryEvent.objects.get(kind="merged").merged_into == "Q1"
    withdrawn = sheet("k7 | Q3 | 迷惑 | 2026-10-08 | | | | 取消", "取消", name="b.csv")
    take(withdrawn, "inquiries")
    assert believed()[-1][0] == "Q3"


@pytest.mark.both
@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("k1 | Q1 | 完了 | 2026-10-01 | | |", ("no_sequence", 2, "異動区分")),
        ("k1 | Q1 | 受付 | 2026-10-01 | | |", ("missing_value", 2, "経路")),
        ("k1 | Q1 | 受付 | 2026-10-01 | fax | |", ("unknown_code", 2, "経路")),
        ("k1 | Q1 | 受付 | 2026-10-01 | form | 苦情 |", ("unknown_code", 2, "分類")),
        ("k1 | Q1 | 受付 | 2026-11-21 | form | |", ("in_the_future", 2, "発生日時")),
        ("k1 | Q1 | 統合 | 2026-10-01 | | |", ("missing_value", 2, "統合先受付番号")),
        ("k1 | Q1 | 統合 | 2026-10-01 | | | Q1", ("merged_into_itself", 2, "統合先受付番号")),
        ("k1 | Q1 | 完了 | 2026-10-01 | form | |", ("out_of_place", 2, "経路")),
        ("k1 | | 受付 | 2026-10-01 | form | |", ("missing_value", 2, "受付番号")),
    ],
)
def test_bad_rows_are_refused_with_their_place(sheet, row, expected):
    assert expected in places(refused(sheet(row), "inquiries"))
    assert InquiryEvent.objects.count() == 0


@pytest.mark.both
def test_a_close_entered_before_its_arrival_is_told_where(sheet):
    rows = "k1 | Q1 | 受付 | 2026-10-05 | form | |\nk2 | Q1 | 完了 | 2026-10-04 | | |"
    faults = refused(sheet(rows), "inquiries")
    assert places(faults) == [("no_sequence", 3, "異動区分")]
    assert "受付がありません" in faults[0].message


@pytest.mark.both
def test_a_month_without_any_is_reported_as_such(sheet):
    assert counts(take(sheet([]), "inquiries", covers="2026-10")) == (0, 0, 0, 0)
    assert Coverage.objects.believed().count() == 1
