"""What the Centre states: plans, figures of earlier reports, declared losses; and the sheets through which they come."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from partner.common.period import JST, month
from partner.facts.intake.undoing import undo
from partner.facts.models import Coverage, Load, Loss, Plan, ReportedFigure
from partner.figures.engine import figures
from partner.figures.states import States
from partner.ledger import clock
from tests.facts.sheets import BY, counts, csv_file, places, refused, take
from tests.told import covered

HEADERS = {
    "plans": ("行キー", "項目", "報告書の期間", "順", "時期", "予定"),
    "reported_figures": ("行キー", "数値のキー", "内訳", "期間", "値", "報告書", "頁"),
    "losses": ("行キー", "対象", "出典", "始まり", "終わり", "理由"),
}
PLAN = "k1 | M5 | 2026-10 | 1 | 11月14日（土） | 出張相談会を開く。"
FIGURE = "k1 | people.total | level=full | 2026-03 | 28,510 | 令和8年3月 月次報告書 | 3"
LOSS = "k1 | アクセスログ | web1 | 2026-10-10 09:00 | 2026-10-10 12:30 | 機器の故障"
OCTOBER = month(date(2026, 10, 1))


@pytest.fixture
def sheet(tmp_path, in_november):
    """Writes a table of a kind as a csv file; more columns can be named."""

    def write(kind, rows, *more, name="a.csv"):
        return csv_file(tmp_path / name, rows, headers=(*HEADERS[kind], *more))

    return write


# ── plans ──


def plans():
    rows = Plan.objects.believed().order_by("item", "position", "pk")
    return [(row.item, row.period, row.position, row.when, row.text) for row in rows]


@pytest.mark.both
def test_plans_new_unchanged_corrected_withdrawn(sheet):
    more = f"{PLAN}\nk2 | M9 | 2026Q3 |   | 11月下旬 | サーバーを更新する。"
    assert counts(take(sheet("plans", more), "plans")) == (2, 0, 0, 0)
    assert plans() == [
        ("M5", "2026-10", 1, "11月14日（土）", "出張相談会を開く。"),
        ("M9", "2026Q3", 0, "11月下旬", "サーバーを更新する。"),
    ]
    then = clock.last()
    assert counts(take(sheet("plans", more, name="b.csv"), "plans", again=True)) == (0, 0, 2, 0)
    mended = PLAN.replace("14日（土）", "21日（土）")
    assert counts(take(sheet("plans", mended, name="c.csv"), "plans")) == (0, 1, 0, 0)
    assert counts(take(sheet("plans", f"{mended} | 取消", "取消", name="d.csv"), "plans")) == (0, 1, 0, 0)
    assert [row[0] for row in plans()] == ["M9"]
    assert Plan.objects.known_at(then).get(item="M5").when == "11月14日（土）"


@pytest.mark.both
@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (PLAN.replace("M5", "M0"), ("unknown_code", 2, "項目")),
        (PLAN.replace("M5", "相談"), ("unknown_code", 2, "項目")),
        (PLAN.replace("2026-10", "2026-13"), ("bad_period", 2, "報告書の期間")),
        (PLAN.replace("| 1 |", "| -1 |"), ("out_of_range", 2, "順")),
        (PLAN.replace("11月14日（土）", ""), ("missing_value", 2, "時期")),
        (PLAN.replace("出張相談会を開く。", ""), ("missing_value", 2, "予定")),
        (PLAN.replace("出張相談会を開く。", "あ" * 401), ("too_long", 2, "予定")),
        (PLAN.replace("11月14日（土）", "電話090-1234-5678"), ("personal_data", 2, "時期")),
        *(
            (PLAN.replace("を開く", f"を開く。{contact}"), ("personal_data", 2, "予定"))
            for contact in (
                "nobody@example.jp", "ｎｏｂｏｄｙ＠ｅｘａｍｐｌｅ．ｊｐ", "0312345678", "03-1234-5678", "０３−１２３４−５６７８",
                "(03)1234-5678", "TEL090 1234 5678", "+81-3-1234-5678", "0120-123-456", "03ー1234ー5678",
            )
        ),
    ],
)  # fmt: skip
def test_bad_plans_are_refused_with_their_place(sheet, row, expected):
    faults = refused(sheet("plans", row), "plans")
    assert places(faults) == [expected]
    assert "1234" not in faults[0].message
    assert Plan.objects.count() == 0


@pytest.mark.both
@pytest.mark.parametrize(
    "text",
    [
        "2026-11-14 09:00から17:00まで、定員100人。",
        "令和08年度の事業費10,000,000円の確認を終える。",
        "求人番号0012345を閉じる。",
        "11/14 0900-1700に出張相談会を開く。",
    ],
)
def test_dates_sums_and_numbers_are_no_contacts(sheet, text):
    assert counts(take(sheet("plans", PLAN.replace("出張相談会を開く。", text)), "plans"))[0] == 1


@pytest.mark.both
def test_plans_are_complete_for_no_days(sheet):
    said = []
    assert counts(take(sheet("plans", PLAN), "plans", covers="2026-10", say=said.append)) == (1, 0, 0, 0)
    assert Coverage.objects.count() == 0
    assert any("記録しません" in one for one in said)
    assert not any("速報値" in one for one in said)
    assert places(refused(sheet("plans", [], name="b.csv"), "plans", covers="2026-10")) == [("no_rows", None, None)]


# ── figures of earlier reports ──


@pytest.mark.both
def test_reported_figures_new_unchanged_corrected_withdrawn(sheet):
    kind = "reported_figures"
    rows = f"{FIGURE}\nk2 | access.top.page_views | | FY2025 | 1234567.25 | 令和7年度 年間業務完了報告書 |"
    assert counts(take(sheet(kind, rows), kind)) == (2, 0, 0, 0)
    assert [(row.key, row.where, row.period, row.value) for row in ReportedFigure.objects.order_by("key")] == [
        ("access.top.page_views", "", "FY2025", Decimal("1234567.25")),
        ("people.total", "level=full", "2026-03", Decimal(28510)),
    ]
    then = clock.last()
    assert counts(take(sheet(kind, rows, name="b.csv"), kind, again=True)) == (0, 0, 2, 0)
    mended = FIGURE.replace("28,510", "28,501")
    assert counts(take(sheet(kind, mended, name="c.csv"), kind)) == (0, 1, 0, 0)
    assert ReportedFigure.objects.known_at(then).get(key="people.total").value == 28510
    assert ReportedFigure.objects.believed().get(key="people.total").value == 28501
    assert counts(take(sheet(kind, f"{mended} | 取消", "取消", name="d.csv"), kind)) == (0, 1, 0, 0)
    assert ReportedFigure.objects.believed().count() == 1
    assert Coverage.objects.count() == 0


@pytest.mark.both
def test_negative_and_long_values_are_kept_exactly(sheet):
    rows = """
        k1 | people.change | | 2026-03 | -17 | 月次報告書 |
        k2 | operations.availability | | 2026-03 | 0.999512 | 月次報告書 |
        k3 | expenses.final | | FY2025 | 9999999999999 | 年間業務完了報告書 |
    """
    take(sheet("reported_figures", rows), "reported_figures")
    values = list(ReportedFigure.objects.order_by("pk").values_list("value", flat=True))
    assert values == [Decimal(-17), Decimal("0.999512"), Decimal(9999999999999)]
    assert counts(take(sheet("reported_figures", rows, name="b.csv"), "reported_figures", again=True))[2] == 3


@pytest.mark.both
@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (FIGURE.replace("people.total", "登録者数"), ("unknown_figure", 2, "数値のキー")),
        (FIGURE.replace("people.total", "people"), ("unknown_figure", 2, "数値のキー")),
        (FIGURE.replace("level=full", "full"), ("bad_where", 2, "内訳")),
        (FIGURE.replace("2026-03", "3月"), ("bad_period", 2, "期間")),
        (FIGURE.replace("28,510", "多数"), ("bad_value", 2, "値")),
        (FIGURE.replace("28,510", ""), ("missing_value", 2, "値")),
        (FIGURE.replace("28,510", "0.1234567"), ("bad_value", 2, "値")),
        (FIGURE.replace("28,510", "100000000000000"), ("out_of_range", 2, "値")),
        (FIGURE.replace("令和8年3月 月次報告書", ""), ("missing_value", 2, "報告書")),
        (FIGURE.replace("月次報告書", "nobody@example.jp"), ("personal_data", 2, "報告書")),
        (f"{FIGURE}\n{FIGURE.replace('k1', 'k2').replace('28,510', '1')}", ("told_twice", 3, "数値のキー")),
    ],
)
def test_bad_reported_figures_are_refused_with_their_place(sheet, rows, expected):
    assert places(refused(sheet("reported_figures", rows), "reported_figures")) == [expected]
    assert ReportedFigure.objects.count() == 0


# ── losses ──


def hours_of(kind):
    judged = States(clock.cut()).judge(kind, OCTOBER)
    return judged.state, [f"{start:%m-%d %H:%M}..{end:%m-%d %H:%M}" for start, end in judged.losses]


@pytest.mark.both
def test_a_loss_settles_its_hours_and_is_carried_as_a_gap(sheet):
    at_ten = LOSS.replace("アクセスログ", "people").replace("10-10 09:00", "10-20").replace("10-10 12:30", "11-01")
    take(csv_file(sheet("losses", at_ten).with_name("p.csv"), [], headers=("行キー", "管理番号", "異動区分", "発生日時")),
         "people", covers="2026-10-01..2026-10-19")  # fmt: skip
    assert hours_of("people") == ("provisional", [])
    take(sheet("losses", at_ten, name="b.csv"), "losses")
    assert hours_of("people") == ("final", ["10-20 00:00..11-01 00:00"])
    figure = figures(OCTOBER, clock.cut(), ["people.new"])["people.new"]
    assert (figure["value"], figure["state"]) == (0, "final")
    assert figure["gaps"] == [{"from": "2026-10-20T00:00:00+09:00", "to": "2026-11-01T00:00:00+09:00"}]


@pytest.mark.both
def test_a_loss_is_corrected_withdrawn_and_taken_back(sheet):
    row = LOSS.replace("アクセスログ", "consultations")
    covered("2026-09", kind="consultations")
    take(sheet("losses", row), "losses")
    then = clock.last()
    assert hours_of("consultations") == ("provisional", ["10-10 09:00..10-10 12:30"])
    longer = row.replace("12:30", "18:00")
    assert counts(take(sheet("losses", longer, name="b.csv"), "losses")) == (0, 1, 0, 0)
    assert hours_of("consultations")[1] == ["10-10 09:00..10-10 18:00"]
    undo(Load.objects.believed().latest("pk"), by=BY)
    assert hours_of("consultations")[1] == ["10-10 09:00..10-10 12:30"]
    withdrawn = sheet("losses", f"{row} | 取消", "取消", name="c.csv")
    assert counts(take(withdrawn, "losses")) == (0, 1, 0, 0)
    assert hours_of("consultations") == ("provisional", [])
    assert States(then).judge("consultations", OCTOBER).losses != ()


@pytest.mark.both
def test_a_loss_declared_within_what_was_called_complete_is_a_gap(sheet):
    covered("2026-10", kind="jobs")
    take(sheet("losses", LOSS.replace("アクセスログ", "jobs")), "losses")
    assert hours_of("jobs") == ("final", ["10-10 09:00..10-10 12:30"])


@pytest.mark.both
def test_what_a_source_tells_after_all_is_no_gap_any_more(sheet):
    take(sheet("losses", LOSS.replace("アクセスログ", "jobs")), "losses")
    covered("2026-10", kind="jobs")
    assert hours_of("jobs") == ("final", [])
    assert Loss.objects.believed().count() == 1


@pytest.mark.both
@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (LOSS.replace("アクセスログ", "電話"), ("unknown_code", 2, "対象")),
        (LOSS.replace("10-10 12:30", "10-10 09:00"), ("ends_before_begin", 2, "終わり")),
        (LOSS.replace("10-10 12:30", "10-09"), ("ends_before_begin", 2, "終わり")),
        (LOSS.replace("2026-10-10 12:30", "2026-11-21"), ("in_the_future", 2, "終わり")),
        (LOSS.replace("2026-10-10 12:30", ""), ("missing_value", 2, "終わり")),
        (LOSS.replace("機器の故障", ""), ("missing_value", 2, "理由")),
        (LOSS.replace("機器の故障", "連絡先 03-1234-5678"), ("personal_data", 2, "理由")),
        (LOSS.replace("web1", "nobody@example.jp"), ("personal_data", 2, "出典")),
    ],
)
def test_bad_losses_are_refused_with_their_place(sheet, row, expected):
    assert places(refused(sheet("losses", row), "losses")) == [expected]
    assert Loss.objects.count() == 0


@pytest.mark.both
def test_a_month_lost_as_a_whole_is_final_and_one_vast_gap(sheet):
    row = LOSS.replace("アクセスログ", "consultations").replace("10-10 09:00", "10-01").replace("10-10 12:30", "11-01")
    take(sheet("losses", row), "losses")
    assert hours_of("consultations") == ("final", ["10-01 00:00..11-01 00:00"])
    assert datetime(2026, 11, 1, tzinfo=JST) == OCTOBER.end
