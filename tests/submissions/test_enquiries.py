"""照会対応: asked, computed, approved by another person, asked again; and what cannot be asked."""

import csv
from datetime import date, datetime
from io import BytesIO, StringIO

import openpyxl
import pytest

from partner.common.period import JST
from partner.common.refusal import Refusal
from partner.documents.data_sheet import as_csv
from partner.figures.engine import Evaluation
from partner.ledger import clock
from partner.submissions.enquiries import paper
from partner.submissions.enquiries.answering import ask, ask_again, decide, state_of
from partner.submissions.enquiries.asked import read, spanned
from partner.submissions.enquiries.compared import compared
from partner.submissions.models import Enquiry
from tests.submissions.desk import CHECKER, JICA, MANAGER, REPORTER
from tests.told import covered, told

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 6, 9, tzinfo=JST)
TODAY = NOW.date()
PEOPLE = """
    A 2026-08-03 registered full medium=sns
    B 2026-09-20 registered simple medium=search
    C 2026-10-02 registered full medium=sns purposes=job,training
    D 2026-10-05 registered full
"""


@pytest.fixture
def centre(at_clock):
    at_clock(NOW)
    clock.cut(NOW)
    told(PEOPLE)
    covered("2026-08", "2026-09")
    return clock.last()


def question(
    figures=("people.new",), unit="month", first="2026-08", last="2026-10", by="medium", where=None, chart="line"
):
    return read(figures, spanned(unit, first, last, TODAY), by, where or {}, chart, Evaluation(clock.last()))


def asked(by=REPORTER, **more):
    values = {"subject": "接触媒体の推移", "asked_by": "架空課", "asked_on": TODAY, "question": "推移は。", "now": NOW}
    return ask(asked=question(), by=by, **{**values, **more})


def line(data, code):
    return [cell["value"] for cell in next(one for one in data["lines"] if one["code"] == code)["cells"]]


@pytest.mark.both
def test_an_answer_is_the_figures_with_their_states(centre):
    answer = asked()
    data = answer.data
    assert (answer.enquiry.number, answer.version, state_of(answer)) == (1, 1, "waiting")
    assert line(data, "") == [1, 1, 2]
    assert line(data, "sns") == [1, 0, 1]
    assert line(data, "unknown") == [0, 0, 1]
    assert [cell["state"] for cell in data["lines"][0]["cells"]] == ["final", "final", "provisional"]
    assert any("速報値" in text and "2026年10月" in text for text in data["caveats"])


@pytest.mark.both
def test_approved_by_another_once_and_asked_again_says_what_changed(centre, at_clock):
    first = asked()
    for by, code in ((REPORTER, "not_yours"), (JICA, "not_yours")):
        with pytest.raises(Refusal) as refused:
            decide(answer=first, name="approved", comment="", by=by, now=NOW)
        assert refused.value.faults[0].code == code
    own = asked(by=MANAGER)
    with pytest.raises(Refusal) as refused:
        decide(answer=own, name="approved", comment="", by=MANAGER, now=NOW)
    assert refused.value.faults[0].code == "four_eyes"
    with pytest.raises(Refusal, match="理由"):
        decide(answer=first, name="declined", comment=" ", by=CHECKER, now=NOW)
    decide(answer=first, name="approved", comment="", by=CHECKER, now=NOW)
    with pytest.raises(Refusal, match="すでに処理"):
        decide(answer=first, name="approved", comment="", by=CHECKER, now=NOW)
    decide(answer=first, name="sent", comment="メール", by=REPORTER, now=NOW)
    later = datetime(2026, 11, 9, 9, tzinfo=JST)
    at_clock(later)
    clock.cut(later)
    told("E 2026-10-30 registered full medium=sns")
    again = ask_again(enquiry=first.enquiry, by=REPORTER, now=later)
    assert again.version == 2
    found = [(one.label, one.period, one.before, one.after) for one in compared(first.data, again.data)]
    assert [row[1:] for row in found] == [("2026年10月", 2, 3), ("2026年10月", 1, 2)]
    with pytest.raises(Refusal, match="まだ承認されていません"):
        ask_again(enquiry=first.enquiry, by=REPORTER, now=later)
    first.refresh_from_db()
    assert line(first.data, "") == [1, 1, 2]


def test_numbers_have_no_gaps_and_a_refusal_keeps_nothing(centre):
    asked()
    for more in (
        {"subject": " "},
        {"asked_by": ""},
        {"asked_on": None},
        {"asked_on": date(2026, 11, 7)},
        {"question": "あ" * 4001},
    ):
        with pytest.raises(Refusal):
            asked(**more)
    with pytest.raises(Refusal):
        asked(by=JICA)
    asked()
    assert [row.number for row in Enquiry.objects.order_by("id")] == [1, 2]


def test_a_filter_by_code_or_by_label_is_the_same(centre):
    one, other = question(by="", where={"medium": "sns"}), question(by="", where={"medium": "SNS"})
    assert one.filters == other.filters == {"medium": "sns"}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"figures": ()}, "1つ以上"),
        ({"figures": ("people.nothing",)}, "ありません"),
        ({"figures": ("people.new", "people.left")}, "では分けられません"),
        ({"where": {"medium": "sns"}}, "どちらか"),
        ({"by": "", "where": {"medium": "伝書鳩"}}, "伝書鳩"),
        ({"first": "2026-13"}, "読めません"),
        ({"first": "2026-10", "last": "2026-08"}, "後になっています"),
        ({"first": "2027-04", "last": "2027-05"}, "これから先"),
        ({"first": "1960-04"}, "400まで"),
        ({"unit": "week"}, "単位"),
        ({"chart": "pie"}, "図の種類"),
    ],
)
def test_what_cannot_be_asked_says_why(centre, more, said):
    with pytest.raises(Refusal, match=said):
        question(**more)


def test_periods_of_each_unit_cover_the_span():
    assert [one.key for one in spanned("quarter", "2026-02", "2026-08", TODAY)] == ["2025Q4", "2026Q1", "2026Q2"]
    assert [one.key for one in spanned("year", "2024-04", "FY2025", TODAY)] == ["FY2024", "FY2025"]
    assert [one.key for one in spanned("month", "FY2026", "FY2026", TODAY)][-1] == "2026-11"


@pytest.mark.parametrize("chart", ["", "line", "bar"])
def test_page_workbook_and_csv_say_the_same(centre, chart):
    data = ask(
        asked=question(chart=chart), subject="題", asked_by="課", asked_on=TODAY, question="", by=REPORTER, now=NOW
    ).data
    book = openpyxl.load_workbook(BytesIO(paper.xlsx("題", (("照会元", "課"),), data, NOW, final=True)))
    rows = list(book["データ"].iter_rows(values_only=True))
    place = {name: n for n, name in enumerate(rows[0])}
    told_rows = {(row[place["期間"]], row[place["内訳コード"]] or ""): row[place["値"]] for row in rows[1:]}
    assert told_rows["2026-10", ""] == 2
    assert told_rows["2026-08", "sns"] == 1
    text = as_csv(paper.sheet(data, NOW)).decode("utf-8-sig")
    read_rows = {
        (row["期間"], row["内訳コード"]): int(row["値"]) if row["値"] else None
        for row in csv.DictReader(StringIO(text))
    }
    assert read_rows == told_rows


def test_a_long_span_goes_downwards_and_nothing_is_left_out(centre):
    data = ask(
        asked=question(first="2006-11"), subject="題", asked_by="課", asked_on=TODAY, question="", by=REPORTER, now=NOW
    ).data
    tables = paper.tables(data)
    assert all(len(table.rows) == 240 for table in tables)
    assert sum(len(table.columns) - 1 for table in tables) == len(data["lines"])
