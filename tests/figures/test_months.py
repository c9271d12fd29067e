"""Many months counted in one scan say what each month says by itself: for every figure, split or not, at the edges too."""

from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partner.common.period import JST, add_months, fiscal_year, month
from partner.figures.declare import declared
from partner.figures.engine import Evaluation
from partner.ledger import clock
from tests.told import told

pytestmark = [pytest.mark.django_db, pytest.mark.both]
NOW = datetime(2026, 11, 6, 9, tzinfo=JST)
PEOPLE = """
    A 2026-01-31 23:59:59 registered full medium=sns purposes=job,training
    B 2026-02-01 00:00:00 registered simple medium=search
    C 2026-02-28 23:59:59 registered full
    D 2026-03-31 23:59:59 registered full medium=sns
    E 2026-04-01 00:00:00 registered simple
    A 2026-04-30 23:59:59 left
    B 2026-05-01 left
    C 2026-06-10 moved simple
"""
MONTHS = [month(add_months(date(2026, 1, 1), n)) for n in range(10)]


@pytest.fixture
def cut(at_clock):
    at_clock(NOW)
    clock.cut(NOW)
    told(PEOPLE)
    return clock.last()


@pytest.mark.parametrize("key", [one.key for one in declared() if one.adds and one.kind == "people"])
def test_the_same_as_month_by_month(cut, key):
    figure = next(one for one in declared() if one.key == key)
    for by in ((), *((name,) for name in figure.dimensions)):
        primed, alone = Evaluation(cut), Evaluation(cut)
        primed.prime_months(key, [*MONTHS, fiscal_year(2025)], by)
        for period in (*MONTHS, fiscal_year(2025)):
            assert primed.counts(key, period, by) == alone.counts(key, period, by), (key, by, period.key)


def test_months_take_one_query(cut):
    evaluation = Evaluation(cut)
    with CaptureQueriesContext(connection) as asked:
        evaluation.prime_months("people.left", MONTHS, ())
        found = [evaluation.counts("people.left", one, ())[()] for one in MONTHS]
    assert found == [0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
    assert len(asked) <= 2
