"""Consultations and surveys opened on the desk: in words, with their n, and no share where n is small."""

import html
import re

import pytest

from partner.facts import record
from partner.facts.models import Loss
from tests.consulted import answers, booking, case, instant, tell
from tests.told import BY, covered

pytestmark = [pytest.mark.both, pytest.mark.django_db]
SURVEY = "/desk/figures/consultations.survey/2026-09/"


def words(client, address):
    """The page as somebody reads it."""
    page = client.get(address, {"known_at": "now"})
    assert page.status_code == 200
    plain = re.sub(r"(?s)<(script|style|svg)\b.*?</\1>|<[^>]+>", " ", page.content.decode())
    return re.sub(r"\s+", " ", html.unescape(plain))


def completed(number):
    answers(
        "\n".join(f"R{n} 2026-09-{n + 1:02} invited\nR{n} 2026-09-{n + 2:02} completed q1=5" for n in range(number))
    )
    covered("2026-09", kind="survey_answers")


def test_no_share_is_claimed_below_ten(as_role):
    client = as_role("reporter")
    completed(9)
    page = words(client, SURVEY)
    assert "依頼 9" in page
    assert "回答率 —" in page
    assert "回答が10件に満たないため、割合を示しません。" in page
    assert "100.0" not in page


def test_from_ten_on_shares_are_claimed_with_their_n(as_role):
    client = as_role("reporter")
    completed(10)
    page = words(client, SURVEY)
    assert "回答率 100.0％" in page
    assert "相談全体の満足度 10 100.0" in page
    assert "割合は10件に対するものです。" in page


def test_a_response_is_told_in_words_at_its_one_moment(as_role):
    client = as_role("reporter")
    answers("R1 2026-09-05 10:00 completed q1=4 q5=given")
    page = words(client, SURVEY)
    assert "答えた設問 相談全体の満足度、意見（自由記述） 答え 満足度 4、記入あり" in page
    assert "2026-09-05 10:00 〜" not in page
    assert "終わり方" not in page


def test_a_consultation_is_told_in_words_and_nobody_by_name(as_role):
    client = as_role("reporter")
    tell(booking, "2026-09-05 10:00 held online at=2026-09-05 10:10")
    tell(case, "2026-09-05 .. 2026-09-06 09:30")
    page = words(client, "/desk/figures/consultations.total/2026-09/")
    for said in ("実施日時 2026-09-05 10:10", "結果 実施", "オンライン（Skype等）", "回答日時 2026-09-06 09:30"):
        assert said in page


def test_a_declared_loss_stands_among_the_sources(as_role):
    client = as_role("reporter")
    record.record([
        Loss(kind="consultations", valid_from=instant("2026-09-10 09:00"), valid_to=instant("2026-09-10 12:00"),
             source="予約台帳", reason="水濡れ", source_key="1" * 32, **BY)
    ])  # fmt: skip
    page = words(client, "/desk/figures/consultations.in_person/2026-09/")
    assert "予約台帳" in page
