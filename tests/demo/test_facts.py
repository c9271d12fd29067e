"""What the demonstration leaves in the ledger: what hurts, late letters, business days, nobody real."""

from collections import Counter
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from django.db import connection

from partner.common.calendar import is_business_day
from partner.common.period import JST, add_months, midnight, month
from partner.demo.load import load
from partner.facts.models import Coverage, Identity, Load, PersonApplication, PersonEvent, Plan
from partner.facts.streams import PARTIES
from partner.figures.engine import Evaluation
from partner.ledger import clock
from partner.ledger.fields import to_microseconds
from partner.ledger.models import Recorded
from partner.ledger.triggers import guarded_models
from partner.master.models import ContractFact
from tests import databases
from tests.demo.conftest import SCALE

OCTOBER = month(date(2026, 10, 1))
REPORTED = datetime(2026, 11, 6, 12, tzinfo=JST)
EARLIER = date(2026, 10, 31)


def spans(kind="people", **filters):
    return PARTIES[kind].registration.objects.believed().filter(**filters)


def contents(model: type[Recorded], limit: datetime) -> Counter:
    """Every row recorded up to the instant, as it was believed then; row numbers aside."""
    names = [field.name for field in model._meta.concrete_fields if field.name not in ("id", "superseded_at")]
    rows = model.objects.filter(recorded_at__lte=limit).values_list(*names, "superseded_at")
    return Counter((*row, gone if gone and gone <= limit else None) for *row, gone in rows)


def whole_ledger(limit):
    return {model.__name__: contents(model, limit) for model in guarded_models()}


RANDOM = ("AccessBatch", "AccessPart")


def test_the_whole_ledger_of_an_earlier_end_is_a_prefix(loaded, django_db_setup, tmp_path):
    limit = midnight(EARLIER + timedelta(days=1))
    later, people_later = whole_ledger(limit), set(Identity.objects.values_list())
    with databases.fresh_copy(django_db_setup, tmp_path):
        load(scale=SCALE, seed=1, until=EARLIER, say=lambda text: None)
        assert clock.last() < limit
        earlier, people_earlier = whole_ledger(limit), set(Identity.objects.values_list())
    assert earlier.keys() == later.keys()
    for name, rows in earlier.items():
        if name in RANDOM:  # they name keys and files that are drawn anew: as many, of the same days
            assert sum(rows.values()) == sum(later[name].values()), name
        else:
            assert rows == later[name], name
    assert earlier["PersonEvent"]
    assert earlier["Plan"]
    assert people_earlier < people_later


def test_each_kind_of_event_is_there(loaded):
    people = {
        "applied",
        "refused",
        "registered",
        "returned",
        "moved",
        "repurposed",
        "suspended",
        "resumed",
        "left",
        "removed",
        "merged",
    }
    assert people <= set(PARTIES["people"].event.objects.values_list("kind", flat=True))
    organizations = {"registered", "returned", "moved", "retyped", "left"}
    assert organizations <= set(PARTIES["organizations"].event.objects.values_list("kind", flat=True))


def test_registered_and_left_on_one_day(loaded):
    ended = spans(ended="left", begun="registered").values_list("valid_from", "valid_to")
    assert any(begins.date() == ends.date() for begins, ends in ended)


def test_moved_twice_in_a_month(loaded):
    moved = spans(begun="moved").values_list("subject", "valid_from")
    assert max(Counter((subject, f"{at:%Y-%m}") for subject, at in moved).values()) > 1


def test_who_was_merged_went_into_someone_in_force(loaded):
    merged = PersonEvent.objects.believed().filter(kind="merged")
    assert merged
    for event in merged:
        other = spans(subject=event.merged_into, valid_from__lte=event.happened_at)
        assert any(span.valid_to is None or span.valid_to >= event.happened_at for span in other)


def test_unanswered_media_and_several_purposes(loaded):
    new = spans(begun__in=("registered", "returned"))
    assert 0.03 < new.filter(medium="").count() / new.count() < 0.07
    assert max(purposes.count(";") for purposes in new.values_list("purposes", flat=True)) > 3


def test_applications_wait_are_refused_and_approved_on_business_days(loaded):
    assert {"approved", "refused"} <= set(PersonApplication.objects.believed().values_list("ended", flat=True))
    decided = PersonApplication.objects.believed().exclude(ended="").values_list("valid_to", flat=True)
    assert all(is_business_day(at.date()) for at in decided)


def test_corrections_and_withdrawals_come_in_most_years(loaded):
    gone = PersonEvent.objects.filter(superseded_at__isnull=False)
    believed = set(PersonEvent.objects.believed().values_list("source_key", flat=True))
    corrected = [event for event in gone if event.source_key in believed]
    assert len({event.superseded_at.year for event in corrected}) > 20
    assert any(event.source_key not in believed for event in gone)


def test_new_levels_from_april_2024_on_beside_the_old_ones(loaded):
    new = spans(begun="registered")
    before, after = (
        set(new.filter(**{f"valid_from__{side}": midnight(date(2024, 4, 1))}).values_list("level", flat=True))
        for side in ("lt", "gte")
    )
    assert before == {"full", "simple"}
    assert after == {"apply", "seek", "join", "mail", "trainee"}
    assert {"full", "simple"} <= set(spans(valid_to__isnull=True).values_list("level", flat=True))


def test_a_late_load_changes_october_after_it_was_reported(loaded):
    late = PersonEvent.objects.filter(recorded_at__gt=REPORTED, happened_at__lt=OCTOBER.end)
    assert {row.recorded_at.date() for row in late} == {date(2026, 11, 12)}
    assert {"registered", "left"} <= {row.kind for row in late}
    assert any(row.reason and row.happened_at.date() == date(2026, 9, 30) for row in late)
    then, now = Evaluation(clock.cut(REPORTED)), Evaluation(clock.cut())
    for key in ("people.total", "people.new", "people.left"):
        assert then.value(key, OCTOBER).state == "final"
        assert then.value(key, OCTOBER).value != now.value(key, OCTOBER).value, key
    brought = Load.objects.get(file_name="人材異動一覧_2026-10_追加.xlsx")
    assert brought.new + brought.corrected == late.count() == brought.rows


def test_every_month_has_its_sheet_compared_row_by_row(loaded):
    sheets = Load.objects.filter(kind="people").exclude(covers="").order_by("recorded_at")
    assert len({sheet.covers for sheet in sheets}) == len(sheets) == 23 * 12 + 1
    october = sheets.get(covers="2026-10-01..2026-10-31")
    known = PersonEvent.objects.known_at(october.recorded_at).filter(
        happened_at__gte=OCTOBER.start, happened_at__lt=OCTOBER.end
    )
    assert october.rows == october.unchanged == known.count() > 0


def test_the_running_month_is_covered_in_part(loaded):
    november = Coverage.objects.filter(kind="people", valid_from=midnight(date(2026, 11, 1)))
    assert {row.valid_to for row in november} == {midnight(date(2026, 11, 8)), midnight(date(2026, 11, 15))}


def test_all_is_recorded_on_business_days_in_office_hours_after_it_happened(loaded):
    for model in (*(party.event for party in PARTIES.values()), Coverage, Load, Plan):
        for at in model.objects.values_list("recorded_at", flat=True).distinct():
            assert is_business_day(at.date()), (model, at)
            assert 9 <= at.hour < 18, (model, at)
    for party in PARTIES.values():
        assert not any(row.happened_at > row.recorded_at for row in party.event.objects.all())


@pytest.mark.parametrize("kind", ["people", "organizations"])
def test_nobody_is_registered_twice_at_once(loaded, kind):
    rows = spans(kind).order_by("subject", "valid_from", "id").values_list("subject", "valid_from", "valid_to")
    for (subject, _, ends), (other, begins, _) in pairwise(rows):
        assert subject != other or (ends is not None and ends <= begins)


def counted(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return dict(cursor.fetchall())


@pytest.mark.parametrize("kind", ["people", "organizations"])
def test_the_bridge_holds_in_plain_sql(loaded, kind):
    """Without the engine: per level as recorded, so that no mapping comes in."""
    table = PARTIES[kind].registration._meta.db_table
    count = f"SELECT level, count(*) FROM {table} WHERE superseded_at IS NULL AND"
    was = f"SELECT previous_level, count(*) FROM {table} WHERE superseded_at IS NULL AND"
    first = date(2003, 10, 1)
    opening: dict[str, int] = {}
    while first < date(2026, 11, 1):
        start, end = (to_microseconds(midnight(day)) for day in (first, add_months(first, 1)))
        within = (start, end)
        parts = [
            (
                1,
                counted(
                    f"{count} begun IN ('registered', 'returned', 'moved') AND valid_from >= %s AND valid_from < %s GROUP BY 1",
                    *within,
                ),
            ),
            (-1, counted(f"{was} begun = 'moved' AND valid_from >= %s AND valid_from < %s GROUP BY 1", *within)),
            (
                -1,
                counted(
                    f"{count} ended IN ('left', 'removed', 'merged') AND valid_to >= %s AND valid_to < %s GROUP BY 1",
                    *within,
                ),
            ),
        ]
        total = counted(f"{count} valid_from < %s AND (valid_to IS NULL OR valid_to >= %s) GROUP BY 1", end, end)
        for level in opening.keys() | total.keys():
            moved = sum(sign * part.get(level, 0) for sign, part in parts)
            assert opening.get(level, 0) + moved == total.get(level, 0), (first, level)
        opening, first = total, add_months(first, 1)
    assert sum(opening.values()) > 20


def test_identities_are_unique_and_nobody_real(loaded):
    rows = list(Identity.objects.all())
    for name in ("subject", "number", "email"):
        assert len({getattr(row, name) for row in rows}) == len(rows)
    told = {key for party in PARTIES.values() for key in party.event.objects.values_list("subject", flat=True)}
    assert {row.subject for row in rows} == told
    invented = ("架空", "見本", "例示", "仮名", "想定", "例田", "仮設", "模擬", "試作", "空想", "仮想", "作例", "試例")
    assert all(row.name.startswith(invented) and row.address.startswith("架空県") for row in rows)
    assert all(row.email.endswith("@example.jp") for row in rows)


def test_the_contract_of_each_phase_and_plans_for_two_years(loaded):
    titles = ContractFact.objects.believed().filter(key="contract_title").order_by("valid_from")
    assert titles.last().value == "国際協力人材センター運営業務（令和8〜10年度）"
    assert titles.get(valid_from=midnight(date(2018, 4, 1))).value.endswith("（平成30〜令和2年度）")
    for earlier, later in pairwise(titles):
        assert earlier.valid_to == later.valid_from
    periods = Counter(Plan.objects.values_list("item", "period"))
    first = date(2024, 11, 1)
    while first <= OCTOBER.first:
        assert periods["M1", f"{first:%Y-%m}"] >= 2
        assert periods["M2", f"{first:%Y-%m}"] >= 2
        first = add_months(first, 1)


@pytest.mark.parametrize(
    "words",
    [
        ["--scale", "0.0005"],
        ["--scale", "21"],
        ["--scale", "nan"],
        ["--until", "2003-09-30"],
        ["--until", "2026-02-30"],
        ["--until", "2999-01-01"],
    ],
)
def test_what_cannot_be_loaded_is_refused_in_japanese_and_changes_nothing(ledger_db, words):
    done = ledger_db.command("demo", "load", *words)
    assert done.returncode == 1
    assert "ください" in done.stderr
    assert "Traceback" not in done.stderr
    assert clock.is_empty()
