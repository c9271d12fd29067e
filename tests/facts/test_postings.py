"""Postings: what the events of a job or a training make, and the sheet through which they come."""

from datetime import datetime

import pytest

from partner.common.period import JST
from partner.facts.erasure import erase
from partner.facts.models import Identity
from partner.facts.models.coverage import Coverage
from partner.facts.models.postings import JobEvent, JobPublication, TrainingEvent, TrainingPublication
from partner.facts.streams import JOBS, ORGANIZATIONS
from partner.facts.walking import SequenceError
from partner.ledger import clock
from tests.facts.sheets import BY, counts, csv_file, places, refused, take
from tests.happened import derived

HEADERS = (
    "行キー",
    "求人番号",
    "異動区分",
    "発生日時",
    "団体管理番号",
    "団体種別",
    "主分野",
    "その他の分野",
    "掲載終了日",
)
ROW = "k1 | J1 | 公開 | 2026-10-01 09:00 | O1 | ngo | health | | 2026-10-31"


def spans(text):
    """From, to, begun, ended of the publications that these events make; the year and 00:00 left out."""
    return [
        (_short(span.valid_from), _short(span.valid_to), span.begun, span.ended)
        for span in derived(JOBS, "\n".join(f"J {line.strip()}" for line in text.strip().splitlines()))
    ]


def _short(at):
    return "" if at is None else f"{at:%m-%d}" if f"{at:%H%M%S}" == "000000" else f"{at:%m-%d %H:%M:%S}"


def objection(text):
    with pytest.raises(SequenceError) as caught:
        spans(text)
    return caught.value.reason


# ── what events make ──


def test_a_last_day_is_included_and_ends_by_itself():
    assert spans("2026-10-01 09:00:00 published ends=2026-10-31") == [
        ("10-01 09:00:00", "11-01", "published", "expired")
    ]
    assert spans("2026-10-31 published ends=2026-10-31") == [("10-31", "11-01", "published", "expired")]
    assert spans("2026-10-01 published") == [("10-01", "", "published", "")]


def test_closed_before_its_last_day_and_reopened():
    assert spans("""
        2026-10-01 published ends=2026-11-30
        2026-10-10 12:00:00 closed
        2026-10-20 reopened ends=2026-10-25
    """) == [("10-01", "10-10 12:00:00", "published", "closed"), ("10-20", "10-26", "reopened", "expired")]


def test_a_reopening_has_its_own_last_day_or_none():
    assert spans("2026-10-01 published ends=2026-10-05\n2026-10-20 reopened")[-1] == ("10-20", "", "reopened", "")


def test_mending_cuts_the_publication_and_moves_its_end():
    assert spans(
        "2026-10-01 published field=health ends=2026-10-31\n2026-10-20 mended field=water ends=2026-11-15"
    ) == [
        ("10-01", "10-20", "published", "mended"),
        ("10-20", "11-16", "mended", "expired"),
    ]
    kept = spans("2026-10-01 published field=health ends=2026-10-31\n2026-10-20 mended field=water")
    assert kept[-1] == ("10-20", "11-01", "mended", "expired")


def test_what_a_mending_leaves_out_stays():
    _, last = derived(
        JOBS,
        """
        J 2026-10-01 published org=X type=ngo field=health others=water,education
        J 2026-10-20 mended type=company
    """,
    )
    assert (last.organization, last.organization_type, last.field) == ("000000000000000X", "company", "health")
    assert sorted(last.all_fields.strip(";").split(";")) == ["education", "health", "water"]


def test_who_states_one_field_states_them_all_and_another_publisher_brings_his_own_type():
    _, last = derived(
        JOBS,
        """
        J 2026-10-01 published org=X type=ngo field=health others=water
        J 2026-10-20 mended org=Y field=education
    """,
    )
    assert (last.all_fields, last.organization_type) == (";education;", "")


def test_the_main_field_counts_once_among_all():
    (span,) = derived(JOBS, "J 2026-10-01 published field=health others=health,water")
    assert sorted(span.all_fields.strip(";").split(";")) == ["health", "water"]


def test_mended_at_the_instant_of_its_publication_is_published_so():
    """A day's publication and mending, both known by day only: one publication, with what was mended."""
    (span,) = derived(JOBS, "J 2026-10-01 published field=health\nJ 2026-10-01 mended field=water")
    assert (span.begun, span.field, span.valid_to) == ("published", "water", None)


def test_closed_and_reopened_on_one_day():
    assert spans("2026-10-01 published\n2026-10-10 reopened\n2026-10-10 closed") == [
        ("10-01", "10-10", "published", "closed"),
        ("10-10", "", "reopened", ""),
    ]


def test_published_and_closed_on_one_day_is_a_span_of_no_length():
    assert spans("2026-10-10 closed\n2026-10-10 published") == [("10-10", "10-10", "published", "closed")]


def test_at_the_end_of_its_last_day_it_may_be_closed_prolonged_or_reopened():
    """00:00 after the last day: sheets that know the day only close, prolong or reopen it there."""
    published = "2026-10-01 published ends=2026-10-31\n"
    assert spans(f"{published}2026-11-01 closed") == [("10-01", "11-01", "published", "closed")]
    assert spans(f"{published}2026-11-01 reopened") == [
        ("10-01", "11-01", "published", "expired"),
        ("11-01", "", "reopened", ""),
    ]
    assert spans(f"{published}2026-11-01 mended field=water ends=2026-11-30") == [
        ("10-01", "11-01", "published", "mended"),
        ("11-01", "12-01", "mended", "expired"),
    ]
    assert spans(f"{published}2026-11-01 reopened\n2026-11-01 closed") == [
        ("10-01", "11-01", "published", "closed"),
        ("11-01", "", "reopened", ""),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2026-10-01 closed", "終了の前に公開がありません"),
        ("2026-10-02 published\n2026-10-01 closed", "終了の前に公開がありません"),
        ("2026-10-01 mended field=water", "修正の前に公開がありません"),
        ("2026-10-01 reopened", "再開の前に公開がありません"),
        ("2026-10-01 published\n2026-10-02 published", "すでに公開されています"),
        ("2026-10-01 published\n2026-10-02 closed\n2026-10-03 published", "「再開」にしてください"),
        ("2026-10-01 published\n2026-10-02 reopened", "公開中です"),
        ("2026-10-01 published\n2026-10-02 closed\n2026-10-03 closed", "終了の時点で公開されていません"),
        ("2026-10-01 published ends=2026-10-05\n2026-10-06 00:00:01 closed", "終了の時点で公開されていません"),
        ("2026-10-01 published ends=2026-10-05\n2026-10-08 mended", "修正の時点で公開されていません"),
    ],
)
def test_what_cannot_be(text, said):
    assert said in objection(text)


# ── the sheet ──


@pytest.fixture
def sheet(tmp_path, in_november):
    """Writes a table of postings as a csv file; more columns can be named."""

    def write(rows, *more, name="a.csv", number="求人番号"):
        return csv_file(tmp_path / name, rows, headers=(HEADERS[0], number, *HEADERS[2:], *more))

    return write


@pytest.fixture
def organizations(tmp_path, in_november):
    """O1 is registered as an ngo on 1 September, becomes a company on 10 October, and leaves on 1 November."""
    rows = """
        o1 | O1 | 登録 | 2026-09-01 | full | ngo
        o2 | O1 | 種別変更 | 2026-10-10 12:00 | | company
        o3 | O1 | 退会 | 2026-11-01 | |
    """
    return take(csv_file(tmp_path / "o.csv", rows, "団体種別"), "organizations")


def publications(model=JobPublication):
    rows = model.objects.believed().order_by("subject", "valid_from", "id")
    return [(row.subject, _short(row.valid_from), _short(row.valid_to), row.begun, row.ended) for row in rows]


@pytest.mark.both
def test_new_unchanged_corrected_withdrawn(sheet):
    assert counts(take(sheet(ROW), "jobs")) == (1, 0, 0, 0)
    assert publications() == [("J1", "10-01 09:00:00", "11-01", "published", "expired")]
    tick = clock.last()
    assert counts(take(sheet(ROW, name="b.csv"), "jobs", again=True)) == (0, 0, 1, 0)
    assert clock.last() > tick  # the load itself
    assert counts(take(sheet(ROW.replace("10-31", "10-20"), name="c.csv"), "jobs")) == (0, 1, 0, 0)
    assert publications() == [("J1", "10-01 09:00:00", "10-21", "published", "expired")]
    known = JobPublication.objects.known_at(tick)
    assert [_short(row.valid_to) for row in known] == ["11-01"]
    assert counts(take(sheet(f"{ROW} | 取消", "取消", name="d.csv"), "jobs")) == (0, 1, 0, 0)
    assert publications() == []
    assert JobEvent.objects.count() == 2


@pytest.mark.both
def test_a_whole_life_through_the_sheet(sheet):
    rows = """
        k1 | J1 | 公開 | 2026-09-30 23:59:59 | O1 | ngo | 保健医療 | 教育；水資源・防災 | 2026-11-30
        k2 | J1 | 修正 | 令和8年10月5日 | | | | | 2026/12/31
        k3 | J1 | 終了 | 2026-10-20 09:00 | | | | |
        k4 | J1 | 再開 | 2026-11-02 | | | | |
    """
    assert counts(take(sheet(rows), "jobs")) == (4, 0, 0, 0)
    assert [one[1:] for one in publications()][-2:] == [
        ("10-05", "10-20 09:00:00", "mended", "closed"),
        ("11-02", "", "reopened", ""),
    ]
    row = JobPublication.objects.believed().latest("valid_from")
    assert (row.field, row.organization_type) == ("health", "ngo")
    assert sorted(row.all_fields.strip(";").split(";")) == ["education", "health", "water"]


@pytest.mark.both
def test_trainings_are_a_kind_of_their_own(sheet):
    path = sheet("k1 | T1 | 公開 | 2026-10-01 | | ngo | education | |", number="研修番号")
    assert counts(take(path, "trainings", covers="2026-10")) == (1, 0, 0, 0)
    assert publications(TrainingPublication) == [("T1", "10-01", "", "published", "")]
    assert (TrainingEvent.objects.count(), JobEvent.objects.count()) == (1, 0)
    assert set(Coverage.objects.values_list("kind", flat=True)) == {"trainings"}


@pytest.mark.both
def test_a_month_without_postings_is_reported_as_such(sheet):
    assert counts(take(sheet([]), "jobs", covers="2026-10")) == (0, 0, 0, 0)
    covered = Coverage.objects.believed().get()
    assert (covered.kind, covered.valid_from) == ("jobs", datetime(2026, 10, 1, tzinfo=JST))
    assert places(refused(sheet([], name="b.csv"), "jobs")) == [("no_rows", None, None)]


@pytest.mark.both
@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-08-31 23:59:59", ""),
        ("2026-09-01", "ngo"),
        ("2026-10-10 11:59:59", "ngo"),
        ("2026-10-10 12:00", "company"),
        ("2026-10-31 23:59:59", "company"),
        ("2026-11-01", ""),
    ],
)
def test_a_type_left_out_is_the_publishers_at_that_instant(sheet, organizations, at, expected):
    take(sheet(f"k1 | J1 | 公開 | {at} | O1 | | health | |"), "jobs")
    assert JobPublication.objects.get().organization_type == expected


@pytest.mark.both
def test_a_publisher_who_changes_type_is_read_at_each_event_that_names_him(sheet, organizations):
    rows = """
        k1 | J1 | 公開 | 2026-10-01 | O1 | | health | |
        k2 | J1 | 修正 | 2026-10-05 | O1 | | water | |
        k3 | J1 | 修正 | 2026-10-12 | | | health | |
        k4 | J1 | 修正 | 2026-10-15 | O1 | | education | |
    """
    take(sheet(rows), "jobs")
    types = JobPublication.objects.order_by("valid_from").values_list("organization_type", flat=True)
    assert list(types) == ["ngo", "ngo", "ngo", "company"]


@pytest.mark.both
def test_a_type_that_is_written_stands_whatever_is_registered(sheet, organizations):
    take(sheet("k1 | J1 | 公開 | 2026-10-01 | O1 | 大学・教育研究機関 | health | |"), "jobs")
    assert JobPublication.objects.get().organization_type == "university"


@pytest.mark.both
def test_a_publisher_nobody_heard_of_gets_an_identity_with_his_number_and_no_type(sheet):
    take(sheet("k1 | J1 | 公開 | 2026-10-01 | O9 | | health | |"), "jobs")
    identity = Identity.objects.get()
    assert (identity.party, identity.number, identity.name) == ("organization", "O9", "")
    publication = JobPublication.objects.get()
    assert (publication.organization, publication.organization_type) == (identity.subject, "")


@pytest.mark.both
def test_a_publisher_registered_later_is_read_when_the_sheet_is_loaded_again(sheet, tmp_path):
    take(sheet("k1 | J1 | 公開 | 2026-10-01 | O1 | | health | |"), "jobs")
    registered = csv_file(tmp_path / "o.csv", "o1 | O1 | 登録 | 2026-09-01 | full | ngo", "団体種別")
    take(registered, "organizations")
    assert JobPublication.objects.believed().get().organization_type == ""
    assert counts(take(tmp_path / "a.csv", "jobs", again=True)) == (0, 1, 0, 0)
    assert JobPublication.objects.believed().get().organization_type == "ngo"


@pytest.mark.both
def test_an_erased_publisher_leaves_the_counts(sheet, organizations):
    take(sheet("k1 | J1 | 公開 | 2026-10-01 | O1 | | health | |"), "jobs")
    old = Identity.objects.get().subject
    erase(ORGANIZATIONS, "O1", by=BY, reason="団体の申出による")
    row = JobPublication.objects.believed().get()
    assert row.organization not in ("", old)
    assert JobEvent.objects.get().organization == row.organization
    assert row.organization_type == "ngo"
    assert take(sheet("k1 | J1 | 公開 | 2026-10-01 | O1 | | health | |", name="b.csv"), "jobs", again=True)["unchanged"]
    assert Identity.objects.count() == 0


@pytest.mark.both
@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("k1 | J1 | 終了 | 2026-10-01 | | | | |", ("no_sequence", 2, "異動区分")),
        ("k1 | J1 | 再開 | 2026-10-01 | | | | |", ("no_sequence", 2, "異動区分")),
        ("k1 | J1 | 公開 | 2026-10-01 | | ngo | | |", ("missing_value", 2, "主分野")),
        ("k1 | J1 | 公開 | 2026-10-10 | | ngo | health | | 2026-10-09", ("ends_before_begin", 2, "掲載終了日")),
        ("k1 | J1 | 公開 | 2026-10-10 | | ngo | health | | 2026-10-32", ("bad_date", 2, "掲載終了日")),
        ("k1 | J1 | 公開 | 2026-11-21 | | ngo | health | |", ("in_the_future", 2, "発生日時")),
        ("k1 | J1 | 公開 | 2026-10-10 | | ngo | 宇宙 | |", ("unknown_code", 2, "主分野")),
        ("k1 | J1 | 公開 | 2026-10-10 | | ngo | health | 教育；宇宙 |", ("unknown_code", 2, "その他の分野")),
        ("k1 | J1 | 公開 | 2026-10-10 | | ngo2 | health | |", ("unknown_code", 2, "団体種別")),
        ("k1 | J1 | 終了 | 2026-10-10 | | | health | |", ("out_of_place", 2, "主分野")),
        ("k1 | | 公開 | 2026-10-10 | | ngo | health | |", ("missing_value", 2, "求人番号")),
        ("k1 | J1 | 掲載 | 2026-10-10 | | ngo | health | |", ("unknown_code", 2, "異動区分")),
    ],
)
def test_bad_rows_are_refused_with_their_place(sheet, row, expected):
    assert expected in places(refused(sheet(row), "jobs"))
    assert JobEvent.objects.count() == 0


@pytest.mark.both
def test_a_last_day_may_lie_ahead_but_not_the_event(sheet):
    assert counts(take(sheet("k1 | J1 | 公開 | 2026-11-19 | | ngo | health | | 2027-03-31"), "jobs")) == (1, 0, 0, 0)
    assert publications() == [("J1", "11-19", "04-01", "published", "expired")]


@pytest.mark.both
def test_a_publication_withdrawn_under_its_closing_is_refused(sheet):
    take(sheet(f"{ROW}\nk2 | J1 | 終了 | 2026-10-20 | | | | |"), "jobs")
    faults = refused(sheet(f"{ROW} | 取消", "取消", name="b.csv"), "jobs")
    assert places(faults) == [("no_sequence", 2, "異動区分")]
    assert "2026-10-20" in faults[0].message


@pytest.mark.both
def test_the_good_rows_of_a_file_are_taken(sheet):
    rows = f"{ROW}\nk2 | J2 | 終了 | 2026-10-20 | | | | |\nk3 | J3 | 公開 | 2026-10-20 | | | water | |"
    assert counts(take(sheet(rows), "jobs", good_rows=True, covers="2026-10")) == (2, 0, 0, 1)
    assert [one[0] for one in publications()] == ["J1", "J3"]
    assert Coverage.objects.count() == 0


@pytest.mark.both
def test_a_dry_run_changes_nothing(sheet, organizations):
    tick = clock.last()
    assert counts(take(sheet(ROW), "jobs", dry_run=True)) == (1, 0, 0, 0)
    assert (clock.last(), JobEvent.objects.count()) == (tick, 0)
