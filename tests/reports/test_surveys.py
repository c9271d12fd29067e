"""M5 in the monthly report: what was held, and the survey with its n; no share is claimed below ten."""

from datetime import date

import pytest

from partner.common.period import month
from partner.ledger import clock
from partner.reports.prepare import prepare
from tests.consulted import answers, booking, case, tell
from tests.told import covered

pytestmark = [pytest.mark.both, pytest.mark.django_db]
OCTOBER = month(date(2026, 10, 1))


def cells():
    report = prepare("monthly", OCTOBER, clock.cut())
    return {cell["number"]: cell["text"] for cell in report.data["cells"] if cell["number"].startswith("M5-")}


def survey(requests):
    """So many requests, and half as many whole responses."""
    answers("\n".join(f"R{n} 2026-10-05 invited" for n in range(requests)))
    answers("\n".join(f"R{n} 2026-10-{n + 6:02} completed q1={4 + n % 2} q5=given" for n in range(requests // 2)))
    covered("2026-10", kind="survey_answers")


def test_consultations_add_up_and_the_others_stand_beside():
    tell(booking, """
        2026-10-05 10:00 held face_to_face
        2026-10-06 10:00 held online
        2026-10-07 10:00 cancelled
        2026-10-08 10:00 no_show
    """)  # fmt: skip
    tell(case, "2026-10-05 .. 2026-10-06\n2026-10-07 ..")
    for kind in ("consultations", "mail_cases"):
        covered("2026-10", kind=kind)
    found = cells()
    assert [found[f"M5-1.{row:02}a"] for row in (1, 2, 3, 4, 41, 42)] == ["2", "1", "1", "3", "1", "1"]


@pytest.mark.parametrize(("requests", "said"), [(9, "＊"), (10, "50.0")])
def test_a_response_rate_is_claimed_from_ten_requests_on(requests, said):
    survey(requests)
    found = cells()
    assert [found[f"M5-2.{row:02}a"] for row in (1, 2, 3)] == [str(requests // 2), "0", str(requests)]
    assert found["M5-2.04a"] == said


def test_each_question_with_its_n_and_free_text_without_a_mean():
    survey(10)
    found = cells()
    assert (found["M5-3.01a"], found["M5-3.01b"]) == ("5", "4.40")
    assert (found["M5-3.05a"], found["M5-3.05b"]) == ("5", "該当なし")
