"""M1 and M2: what is counted just before, on and just after each border."""

from datetime import date, datetime

import pytest

from partner.common.period import JST, fiscal_year, midnight, month, quarter
from partner.common.refusal import Refusal
from partner.facts import record
from partner.facts.streams import ORGANIZATIONS
from partner.figures.declare import declared
from partner.figures.engine import Evaluation, figures
from partner.figures.records import records
from partner.ledger import clock
from partner.master import actions
from partner.master.models import Code
from tests.told import BY, covered, told

pytestmark = [pytest.mark.both, pytest.mark.django_db]
OCTOBER = month(date(2026, 10, 1))
SEPTEMBER, NOVEMBER = month(date(2026, 9, 1)), month(date(2026, 11, 1))
ADMIN = ("見本 管理", "管理者")


def value(key, period=OCTOBER, cut=None, **where):
    return Evaluation(cut or clock.cut()).value(key, period, where).value


def numbers(period=OCTOBER, **where):
    """total, new, moved in, moved out, left."""
    return tuple(
        value(f"people.{name}", period, **where) or 0 for name in ("total", "new", "moved_in", "moved_out", "left")
    )


@pytest.mark.parametrize(
    ("line", "september", "october", "november"),
    [
        ("A 2026-09-30 23:59:59.999999 registered simple", (1, 1), (1, 0), (1, 0)),
        ("A 2026-10-01 registered simple", (0, 0), (1, 1), (1, 0)),
        ("A 2026-10-01 00:00:00 registered simple", (0, 0), (1, 1), (1, 0)),
        ("A 2026-10-01 08:59:59 registered simple", (0, 0), (1, 1), (1, 0)),
        ("A 2026-10-01 09:00:00 registered simple", (0, 0), (1, 1), (1, 0)),
        ("A 2026-10-31 23:59:59.999999 registered simple", (0, 0), (1, 1), (1, 0)),
        ("A 2026-11-01 registered simple", (0, 0), (0, 0), (1, 1)),
    ],
)
def test_a_registration_belongs_to_the_month_in_japan(line, september, october, november):
    told(line)
    covered("2026-09", "2026-10")
    for period, expected in ((SEPTEMBER, september), (OCTOBER, october), (NOVEMBER, november)):
        total, new, *_ = numbers(period)
        assert (total, new) == expected


@pytest.mark.parametrize(
    ("leave", "total_october", "left_october", "left_november"),
    [
        ("A 2026-09-30 23:59:59 left", 0, 0, 0),
        ("A 2026-10-01 left", 0, 1, 0),
        ("A 2026-10-31 left", 0, 1, 0),
        ("A 2026-10-31 23:59:59.999999 left", 0, 1, 0),
        ("A 2026-11-01 left", 1, 0, 1),
        ("A 2026-11-01 00:00:00.000001 left", 1, 0, 1),
    ],
)
def test_a_leaving_on_the_last_day_is_that_months(leave, total_october, left_october, left_november):
    told(f"A 2020-01-01 registered full\n{leave}")
    covered("2026-10")
    assert value("people.total") == total_october
    assert value("people.left") == left_october
    assert (value("people.left", NOVEMBER) or 0) == left_november


def test_registered_and_left_on_one_day_is_one_new_and_one_left_and_in_no_total():
    told("A 2026-10-15 registered simple\nA 2026-10-15 left")
    covered("2026-10")
    assert numbers() == (0, 1, 0, 0, 1)


def test_a_change_on_the_day_of_registering_and_leaving_stands_between_them():
    told("A 2026-10-15 left\nA 2026-10-15 moved full\nA 2026-10-15 registered simple")
    covered("2026-10")
    assert numbers() == (0, 1, 1, 1, 1)
    assert numbers(level="full") == (0, 0, 1, 0, 1)
    assert numbers(level="simple") == (0, 1, 0, 1, 0)


def test_moved_twice_in_a_month_counts_changes_not_persons():
    told("A 2026-01-01 registered simple\nA 2026-10-05 moved full\nA 2026-10-20 moved simple")
    covered("2026-10")
    assert numbers() == (1, 0, 2, 2, 0)
    assert numbers(level="full") == (0, 0, 1, 1, 0)
    assert numbers(level="simple") == (1, 0, 1, 1, 0)


def test_whoever_returns_is_new_again_and_shown_as_returned():
    told("A 2020-01-01 registered simple\nA 2021-01-01 left\nA 2026-10-10 returned full")
    covered("2026-10")
    assert value("people.new") == 1
    assert value("people.new", level="full", begun="returned") == 1
    assert value("people.new", begun="registered") == 0


def test_returned_on_the_day_of_leaving_follows_the_leaving():
    told("A 2020-01-01 registered simple\nA 2026-10-10 returned full\nA 2026-10-10 left")
    covered("2026-10")
    assert numbers() == (1, 1, 0, 0, 1)


def test_merged_and_removed_are_left_by_reason():
    told("A 2020-01-01 registered simple\nB 2020-01-01 registered simple\nC 2020-01-01 registered full")
    told("A 2026-10-10 merged into=C\nB 2026-10-11 removed")
    covered("2026-10")
    reasons = {
        tuple(row["code"]): row["value"]
        for row in Evaluation(clock.cut()).rows("people.left", OCTOBER, ("level", "reason"))
    }
    assert {code: n for code, n in reasons.items() if n} == {("simple", "merged"): 1, ("simple", "removed"): 1}
    assert value("people.left") == 2


def test_an_application_is_pending_until_approved_and_in_no_total():
    told(
        "A 2026-09-20 applied full\nA 2026-10-05 registered full\nB 2026-10-30 applied full\nC 2026-10-01 applied full\nC 2026-10-03 refused"
    )
    covered("2026-09", "2026-10")
    assert (value("people.pending", SEPTEMBER), value("people.pending")) == (1, 1)
    assert (value("people.total", SEPTEMBER), value("people.total")) == (0, 1)


def test_a_suspended_registration_stays_in_the_total():
    told("A 2026-01-01 registered simple\nA 2026-10-05 suspended")
    covered("2026-10")
    assert (value("people.total"), value("people.suspended"), value("people.left")) == (1, 1, 0)


def test_purposes_are_counted_each_and_the_medium_stays_with_the_registration():
    told(
        "A 2026-10-05 registered simple medium=sns purposes=job,training\nA 2026-10-20 repurposed purposes=information\nB 2026-10-06 registered full"
    )
    covered("2026-10")
    evaluation = Evaluation(clock.cut())
    new = {row["code"]: row["value"] for row in evaluation.rows("people.new", OCTOBER, ("purpose",)) if row["value"]}
    total = {
        row["code"]: row["value"] for row in evaluation.rows("people.total", OCTOBER, ("purpose",)) if row["value"]
    }
    media = {row["code"]: row["value"] for row in evaluation.rows("people.total", OCTOBER, ("medium",)) if row["value"]}
    assert new == {"job": 1, "training": 1, "unknown": 1}
    assert total == {"information": 1, "unknown": 1}
    assert media == {"sns": 1, "unknown": 1}
    assert all(row["multiple"] for row in evaluation.rows("people.new", OCTOBER, ("level", "purpose")))


def test_organisations_by_type_follow_a_retyping():
    told(
        """
        A 2026-01-01 registered full type=ngo
        B 2026-01-01 registered simple type=company
        A 2026-10-05 retyped type=public_corporation
        B 2026-10-05 moved full
        """,
        ORGANIZATIONS,
    )
    covered("2026-10", kind="organizations")
    assert value("organizations.total", organization_type="public_corporation") == 1
    assert value("organizations.retyped_in", organization_type="public_corporation") == 1
    assert value("organizations.retyped_out", organization_type="ngo") == 1
    assert value("organizations.moved_in", level="full", organization_type="company") == 1
    assert value("organizations.new") == value("organizations.left") == 0


def test_zero_is_printed_for_covered_days_only():
    told("A 2026-10-05 registered simple")
    evaluation = Evaluation(clock.cut())
    assert evaluation.value("people.new", OCTOBER).state == "provisional"
    assert evaluation.value("people.left", OCTOBER).value is None
    assert evaluation.value("people.left", OCTOBER).state == "missing"
    covered("2026-10")
    after = Evaluation(clock.cut())
    assert (after.value("people.left", OCTOBER).value, after.value("people.left", OCTOBER).state) == (0, "final")


@pytest.mark.parametrize("period", [month(date(2003, 1, 1)), month(date(2199, 12, 1)), fiscal_year(2150)])
def test_a_period_before_the_first_record_or_after_the_cut_is_missing(period):
    told("A 2026-10-05 registered simple")
    for figure in declared():
        assert Evaluation(clock.cut()).value(figure.key, period).state == "missing"
        assert Evaluation(clock.cut()).value(figure.key, period).value is None


def test_a_period_that_is_not_over_is_provisional(at_clock):
    at_clock(datetime(2026, 10, 20, tzinfo=JST))
    told("A 2026-10-05 registered simple")
    covered("2026-10")
    assert Evaluation(clock.cut()).value("people.new", OCTOBER).state == "provisional"


def test_a_declared_loss_settles_its_days_and_is_carried_as_a_gap():
    from partner.facts.models import Coverage

    told("A 2026-10-05 registered simple")
    record.record([
        Coverage(kind="people", valid_from=midnight(a), valid_to=midnight(b), source="見本", loss=loss, **BY)
        for a, b, loss in ((date(2026, 10, 1), date(2026, 10, 20), False), (date(2026, 10, 20), date(2026, 11, 1), True))
    ])  # fmt: skip
    figure = figures(OCTOBER, clock.cut(), ["people.new"])["people.new"]
    assert figure["state"] == "final"
    assert figure["gaps"] == [{"from": "2026-10-20T00:00:00+09:00", "to": "2026-11-01T00:00:00+09:00"}]


def test_two_levels_of_one_column_make_no_move_and_a_mapping_change_is_reclassified():
    for code, column in (("apply", "full"), ("seek", "full"), ("join", "simple")):
        values = {"label": code, "label_en": "", "reported_as": column, "position": 90}
        actions.set_from(
            Code,
            keys={"list": "person_level", "code": code},
            values=values,
            holds_from=midnight(date(2024, 4, 1)),
            reason="改定",
            by=ADMIN,
        )
    told(
        "A 2026-09-01 registered apply\nA 2026-10-05 moved seek\nB 2026-09-02 registered join\nB 2026-10-06 moved apply"
    )
    values = {"label": "join", "label_en": "", "reported_as": "full", "position": 90}
    actions.set_from(
        Code,
        keys={"list": "person_level", "code": "join"},
        values=values,
        holds_from=midnight(date(2026, 10, 1)),
        reason="改定",
        by=ADMIN,
    )
    covered("2026-09", "2026-10", "2026-11")
    assert numbers(SEPTEMBER, level="full")[:2] == (1, 1)
    assert numbers(SEPTEMBER, level="simple")[:2] == (1, 1)
    assert numbers(level="full") == (2, 0, 0, 0, 0)
    assert (value("people.reclassified", level="full"), value("people.reclassified", level="simple")) == (1, -1)
    assert value("people.reclassified") == 0
    assert value("people.reclassified", NOVEMBER, level="full") in (0, None)
    year = fiscal_year(2026)
    assert value("people.reclassified", year, level="full") == 1
    assert value("people.moved_in", quarter(date(2026, 10, 1))) == 0


def test_a_mapping_changes_at_a_months_start_only():
    with pytest.raises(Refusal):
        actions.set_from(
            Code, keys={"list": "person_level", "code": "full"}, values={"label": "x", "label_en": "", "reported_as": "full", "position": 1},
            holds_from=midnight(date(2026, 10, 2)), reason="改定", by=ADMIN,
        )  # fmt: skip


def test_flows_of_months_add_up_to_quarter_and_year():
    told(
        "A 2026-07-01 registered simple\nB 2026-08-31 registered full\nC 2026-09-30 23:59:59 registered full\nD 2026-10-01 registered simple\nA 2026-09-05 left"
    )
    covered(*(f"2026-{n:02}" for n in range(4, 11)))
    second = quarter(date(2026, 7, 1))
    assert (value("people.new", second), value("people.left", second), value("people.total", second)) == (3, 1, 2)
    assert value("people.new", fiscal_year(2026)) == 4
    assert value("people.change", second) == 2


def test_records_are_as_many_as_the_figure_says_under_every_filter():
    told(
        """
        A 2026-01-01 registered simple medium=sns purposes=job,training
        B 2026-02-01 registered full
        C 2026-10-03 registered full medium=search purposes=job
        A 2026-10-05 moved full
        B 2026-10-06 moved simple
        B 2026-10-07 left
        D 2026-10-08 applied full
        C 2026-10-09 suspended
        """
    )
    told("O 2026-10-01 registered full type=ngo\nO 2026-10-09 retyped type=other", ORGANIZATIONS)
    covered("2026-10")
    covered("2026-10", kind="organizations")
    cut = clock.cut()
    for figure in (one for one in declared() if one.item in ("M1", "M2")):
        evaluation = Evaluation(cut)
        assert records(figure.key, OCTOBER, cut).count == evaluation.value(figure.key, OCTOBER).value
        for by in figure.by:
            names = by.split(",")
            for row in evaluation.rows(figure.key, OCTOBER, tuple(names)):
                codes = row["code"] if isinstance(row["code"], list) else [row["code"]]
                where = dict(zip(names, codes, strict=True))
                assert records(figure.key, OCTOBER, cut, where).count == row["value"], (figure.key, where)
                assert evaluation.value(figure.key, OCTOBER, where).value == row["value"]


def test_pages_of_records_hold_each_record_once():
    told("\n".join(f"P{n} 2026-10-{n:02} registered simple" for n in range(1, 12)))
    found = records("people.change", OCTOBER, clock.cut())
    pages = [record_["id"] for offset in range(0, 15, 4) for record_ in found.page(offset, 4)]
    assert pages == [record_["id"] for record_ in found]
    assert len(set(pages)) == found.length == 11


def test_unknown_keys_and_dimensions_are_refused_by_name():
    with pytest.raises(Refusal, match=r"people\.nobody"):
        figures(OCTOBER, clock.cut(), ["people.nobody"])
    with pytest.raises(Refusal, match="nonsense"):
        figures(OCTOBER, clock.cut(), ["people.total"], {"level": "nonsense"})
    with pytest.raises(Refusal, match="medium"):
        figures(OCTOBER, clock.cut(), ["organizations.total"], {"medium": "sns"})
