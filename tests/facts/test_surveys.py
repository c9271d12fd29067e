"""Survey answers: what the rows of one response make, and the sheet through which they come."""

from datetime import date, datetime
from itertools import count

import pytest

from partner.common.period import JST, midnight
from partner.facts.models import Coverage, SurveyAnswer, SurveyResponse
from partner.facts.surveys import derive
from partner.facts.walking import SequenceError
from partner.ledger import clock
from partner.master import actions
from partner.master.models import Code
from tests.facts.sheets import BY, counts, csv_file, places, refused, take, xlsx_file

HEADERS = ("行キー", "調査", "版", "回答番号", "状態", "回答日時", "設問", "回答")
ASKED = "k0 | consultation | v1 | R1 | 依頼 | 2026-10-05 | |"
ROWS = f"""
    {ASKED}
    k1 | 相談サービスアンケート | v1 | R1 | 回答完了 | 2026-10-06 10:00 | consultation.q1 | 5
    k2 | consultation | v1 | R1 | 回答完了 | 2026-10-06 10:00 | 助言は役に立ったか | 4
    k3 | consultation | v1 | R1 | 回答完了 | 2026-10-06 10:00 | q5 | 記入あり
    k4 | consultation | v1 | R2 | 一部回答 | 2026-10-31 23:59 | q1 | 満足度 1（最もよくない）
"""
_ordinals = count(1)


def told(line):
    """`06 10:00 completed q1`: an answer of October as an unrecorded event; `v=2` is another version."""
    day, *words = line.split()
    hour = words.pop(0) if ":" in words[0] else "00:00"
    kind, *more = words
    version = next((word[2:] for word in more if word.startswith("v=")), "1")
    question = next((f"s.{word}" for word in more if word.startswith("q")), "")
    at = datetime.fromisoformat(f"2026-10-{day}T{hour}").replace(tzinfo=JST)
    return SurveyAnswer(
        kind=kind, happened_at=at, survey="s", version=version, question=question, ordinal=next(_ordinals)
    )


def made(*lines):
    return [(f"{span.valid_from:%d %H:%M}", span.begun, span.questions) for span in derive(map(told, lines))]


# ── what rows make ──


def test_a_request_and_its_response():
    assert made("05 invited", "06 10:00 completed q2", "06 10:00 completed q1") == [
        ("05 00:00", "invited", ""),
        ("06 10:00", "completed", ";s.q1;s.q2;"),
    ]
    assert made("06 partial q1") == [("06 00:00", "partial", ";s.q1;")]
    assert made("06 completed") == [("06 00:00", "completed", "")]
    assert made("06 invited", "06 completed q1")[1] == ("06 00:00", "completed", ";s.q1;")
    assert made() == []


def test_a_span_of_a_response_has_no_length():
    (span,) = derive([told("06 10:00 completed q1")])
    assert (span.valid_to, span.ended, span.survey, span.version) == (span.valid_from, "completed", "s", "1")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (("06 completed q1", "06 partial q2"), "混じっています"),
        (("06 completed q1", "07 completed q2"), "回答日時が、ほかの行と違います"),
        (("06 completed q1", "06 completed q1"), "同じ設問への回答が2つ"),
        (("06 completed q1", "06 completed q2 v=2"), "版が、ほかの行と違います"),
        (("05 invited", "06 completed q1 v=2"), "依頼の版と違います"),
        (("05 invited", "05 invited"), "依頼がすでにあります"),
        (("06 completed q1", "07 invited"), "依頼が回答より後です"),
    ],
)
def test_what_cannot_be(rows, said):
    with pytest.raises(SequenceError) as caught:
        made(*rows)
    assert said in caught.value.reason


# ── the sheet ──


@pytest.fixture
def sheet(tmp_path, in_november):
    """Writes a table of answers as a csv file; more columns can be named."""

    def write(rows, *more, name="a.csv"):
        return csv_file(tmp_path / name, rows, headers=(*HEADERS, *more))

    return write


def responses():
    rows = SurveyResponse.objects.believed().order_by("subject", "valid_from")
    return [(row.subject, row.begun, f"{row.valid_from:%m-%d %H:%M}", row.questions) for row in rows]


@pytest.mark.both
def test_completed_partial_and_invited_through_the_sheet(sheet):
    assert counts(take(sheet(ROWS), "survey_answers", covers="2026-10")) == (5, 0, 0, 0)
    assert responses() == [
        ("consultation:R1", "invited", "10-05 00:00", ""),
        ("consultation:R1", "completed", "10-06 10:00", ";consultation.q1;consultation.q2;consultation.q5;"),
        ("consultation:R2", "partial", "10-31 23:59", ";consultation.q1;"),
    ]
    told_ = SurveyAnswer.objects.exclude(question="").order_by("question", "ordinal")
    assert [(row.question[-2:], row.answer, row.score) for row in told_] == [
        ("q1", "consultation.q1.5", 5),
        ("q1", "consultation.q1.1", 1),
        ("q2", "consultation.q2.4", 4),
        ("q5", "consultation.q5.given", None),
    ]
    assert Coverage.objects.believed().get().kind == "survey_answers"


@pytest.mark.both
def test_a_score_written_as_a_number_in_a_workbook(in_november, a_book):
    rows = [["k1", "consultation", "v1", 1, "回答完了", "2026-10-06", "q1", 5]]
    assert counts(take(xlsx_file(a_book, rows, headers=HEADERS), "survey_answers")) == (1, 0, 0, 0)
    row = SurveyAnswer.objects.get()
    assert (row.subject, row.score) == ("consultation:1", 5)


@pytest.mark.both
def test_a_partial_response_is_completed_as_a_whole(sheet):
    partial = "k1 | consultation | v1 | R1 | 一部回答 | 2026-10-06 | q1 | 5\nk2 | consultation | v1 | R1 | 一部回答 | 2026-10-06 | q2 | 4"
    take(sheet(partial), "survey_answers")
    then = clock.last()
    one = partial.splitlines()[0].replace("一部回答 | 2026-10-06", "回答完了 | 2026-10-09")
    assert places(refused(sheet(one, name="b.csv"), "survey_answers")) == [("no_sequence", 2, "状態")]
    whole = partial.replace("一部回答 | 2026-10-06", "回答完了 | 2026-10-09")
    more = f"{whole}\nk3 | consultation | v1 | R1 | 回答完了 | 2026-10-09 | q3 | 3"
    assert counts(take(sheet(more, name="c.csv"), "survey_answers")) == (1, 2, 0, 0)
    assert responses() == [
        ("consultation:R1", "completed", "10-09 00:00", ";consultation.q1;consultation.q2;consultation.q3;")
    ]
    assert [row.begun for row in SurveyResponse.objects.known_at(then)] == ["partial"]


@pytest.mark.both
def test_new_unchanged_corrected_withdrawn(sheet):
    take(sheet(ROWS), "survey_answers")
    assert counts(take(sheet(ROWS, name="b.csv"), "survey_answers", again=True)) == (0, 0, 5, 0)
    mended = "k2 | consultation | v1 | R1 | 回答完了 | 2026-10-06 10:00 | q2 | 2"
    assert counts(take(sheet(mended, name="c.csv"), "survey_answers")) == (0, 1, 0, 0)
    assert SurveyAnswer.objects.believed().get(question="consultation.q2").score == 2
    withdrawn = sheet(f"{mended} | 取消", "取消", name="d.csv")
    assert counts(take(withdrawn, "survey_answers")) == (0, 1, 0, 0)
    assert responses()[1][3] == ";consultation.q1;consultation.q5;"


@pytest.mark.both
@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ("consultation | v1 | R1 | 回答完了 | 2026-10-06 | q9 | 5", ("unknown_code", 2, "設問")),
        ("consultation | v1 | R1 | 回答完了 | 2026-10-06 | no1.q1 | 5", ("unknown_code", 2, "設問")),
        ("no1 | v1 | R1 | 回答完了 | 2026-10-06 | consultation.q1 | 5", ("unknown_code", 2, "設問")),
        ("consultation | v1 | R1 | 回答完了 | 2026-10-06 | q1 | 6", ("unknown_code", 2, "回答")),
        ("consultation | v1 | R1 | 回答完了 | 2026-10-06 | q1 | 記入あり", ("unknown_code", 2, "回答")),
        ("consultation | v1 | R1 | 回答完了 | 2026-10-06 | q1 | consultation.q2.5", ("unknown_code", 2, "回答")),
        ("consultation | v1 | R1 | 回答完了 | 2026-10-06 | q5 | 見本さんに感謝", ("unknown_code", 2, "回答")),
        ("consultation | v1 | R1 | 回答完了 | 2026-10-06 | q1 |", ("missing_value", 2, "回答")),
        ("consultation | v1 | R1 | 回答完了 | 2026-10-06 | | 5", ("missing_value", 2, "設問")),
        ("consultation | v1 | R1 | 依頼 | 2026-10-06 | q1 |", ("out_of_place", 2, "設問")),
        ("no3 | v1 | R1 | 依頼 | 2026-10-06 | |", ("unknown_code", 2, "調査")),
        ("consultation | v1 | R1 | 無回答 | 2026-10-06 | |", ("unknown_code", 2, "状態")),
        ("consultation | v1 | | 依頼 | 2026-10-06 | |", ("missing_value", 2, "回答番号")),
        ("consultation | v1 | R1 | 回答完了 | 2026-11-21 | q1 | 5", ("in_the_future", 2, "回答日時")),
        (f"consultation | v1 | {'9' * 20} | 依頼 | 2026-10-06 | |", ("too_long", 2, "回答番号")),
    ],
)
def test_bad_rows_are_refused_with_their_place(sheet, cells, expected):
    faults = refused(sheet(f"k1 | {cells}"), "survey_answers")
    assert places(faults) == [expected]
    assert "見本" not in faults[0].message
    assert SurveyAnswer.objects.count() == 0


@pytest.mark.both
def test_contradicting_rows_of_one_response_are_refused(sheet):
    rows = f"{ROWS.rstrip()}\nk5 | consultation | v1 | R2 | 回答完了 | 2026-10-31 23:59 | q2 | 3"
    faults = refused(sheet(rows), "survey_answers")
    assert places(faults) == [("no_sequence", 7, "状態")]
    assert "混じっています" in faults[0].message


@pytest.mark.both
def test_a_question_agreed_later_is_known_from_then_on(sheet):
    for code, label, listed in (("no2.q1", "満足度", "survey_question"), ("no2.q1.7", "7", "survey_answer")):
        values = {"label": label, "label_en": "", "reported_as": "", "position": 10}
        keys, since = {"list": listed, "code": code}, midnight(date(2026, 10, 1))
        actions.set_from(Code, keys=keys, values=values, holds_from=since, reason="合意", by=BY)
    row = "k1 | no2 | v1 | R1 | 回答完了 | 2026-{} | 満足度 | 7"
    assert places(refused(sheet(row.format("09-30")), "survey_answers")) == [("unknown_code", 2, "設問")]
    assert counts(take(sheet(row.format("10-01"), name="b.csv"), "survey_answers")) == (1, 0, 0, 0)
    assert SurveyAnswer.objects.get().score == 7


@pytest.mark.both
def test_a_month_without_any_is_reported_as_such(sheet):
    assert counts(take(sheet([]), "survey_answers", covers="2026-10")) == (0, 0, 0, 0)
    assert Coverage.objects.believed().get().kind == "survey_answers"
