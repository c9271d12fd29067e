"""経費: which amounts count in which year, sums, rates, accruals with evidence, what lies over its budget, the final paper."""

import pytest

from partner.common.refusal import Refusal
from partner.facts import attachments
from partner.ledger import clock
from partner.reports.prepare import Report
from tests.cases import an_expense, at
from tests.papers import a_pdf
from tests.reports.composed import composed, settings, table, text_of, whys, write

pytestmark = [pytest.mark.both, pytest.mark.django_db]
LAST_DAY = "2027-03-31 12:00"


@pytest.fixture(autouse=True)
def _at_the_years_end(at_clock, settings, tmp_path):
    settings.DATA = tmp_path
    at_clock(at(LAST_DAY))
    clock.cut(at("2026-03-31 12:00"))


def an_account() -> None:
    """Two items: one within its budget, one over it; an accrual, a refund, two rates."""
    an_expense("B-1", "budget", "2026-04-01", 1_000_000, item="system")
    an_expense("B-2", "budget", "2026-04-01", 100_000, item="event")
    an_expense("C-1", "committed", "2026-04-02", 900_000, item="system")
    an_expense("S-1", "spent", "2027-03-31", 800_000, item="system")
    an_expense("S-2", "spent", "2026-10-05", 105_000)
    an_expense("S-2", "spent", "2026-10-05", 5_000, rate=8, title="飲料")
    an_expense("S-3", "spent", "2026-11-05", -1_000, reason="返金")
    an_expense("S-9", "spent", "2026-03-31", 7_000, fiscal_year=2025)  # another year's
    an_expense("A-1", "accrued", "2027-03-25", 50_000, item="system", evidence="請求書12")


def evidence(number: str = "A-1") -> None:
    attachments.keep(
        about=f"expense:{number}", role="evidence", number="001", title="請求書", name="x.pdf", chunks=[a_pdf()],
        by=("見本 花子", "事務局"),
    )  # fmt: skip


def paper(**more) -> Report:
    return composed("expenses", "FY2026", **more)


def yen(text: str) -> int:
    return int(text.replace(",", "").replace("−", "-").replace("▲", "-").replace("+", ""))


# ── the statement ──


def test_each_amount_and_the_sums():
    an_account()
    rows = table(paper(), "K2-1")
    assert rows["システム運用・保守費"][:7] == ("1,100,000", "990,000", "880,000", "55,000", "―", "935,000", "−165,000")
    assert rows["セミナー等実施費"][0] == "110,000"
    assert rows["セミナー等実施費"][5:] == ("119,800", "+9,800", "要注意")
    for letter in (0, 2, 5, 6):
        assert yen(rows["計"][letter]) == sum(yen(row[letter]) for label, row in rows.items() if label != "計")


def test_an_item_over_its_budget_owes_a_reason():
    an_account()
    evidence()
    assert whys(paper()) == ["理由が未入力である（セミナー等実施費：予算を9,800円上回る）。"]
    write("expenses", "FY2026", "expenses.event", "会場を広いものに変えたためである。")
    report = paper()
    assert whys(report) == []
    assert "会場を広いものに変えたためである。" in text_of(report)


@pytest.mark.parametrize(("net", "over"), [(100_000, False), (100_001, True)])
def test_an_item_at_its_budget_is_not_over_it(net, over):
    an_expense("B-1", "budget", "2026-04-01", 100_000, rate=0)
    an_expense("S-1", "spent", "2026-10-05", net, rate=0)
    row = table(paper(), "K2-1")["セミナー等実施費"]
    assert row[7] == ("要注意" if over else "")
    assert row[6] == ("+1" if over else "±0")


def test_an_item_without_a_budget_is_over_it():
    an_account()
    an_expense("S-5", "spent", "2026-10-05", 10, item="travel")
    row = table(paper(), "K2-1")["旅費"]
    assert (row[0], row[7]) == ("0", "要注意")


def test_a_year_without_records_blocks():
    an_expense("S-9", "spent", "2026-03-31", 7_000, fiscal_year=2025)
    assert whys(paper())[:2] == ["予算の記録がまだ取り込まれていない。", "支出の記録がまだ取り込まれていない。"]


def test_the_triangle_is_a_setting():
    an_account()
    assert "▲" not in text_of(paper())
    settings(expense_triangle="▲")
    report = paper()
    assert table(report, "K2-1")["システム運用・保守費"][6] == "▲165,000"
    assert "−165,000" not in text_of(report)
    cells = {cells[5]: cells[13] for cells in report.sheets[0].rows}
    assert cells["K2-1.01g"] == -165_000


def test_a_number_that_follows_from_several_figures_is_told_as_none_of_them():
    an_account()
    keys = {cells[5]: cells[6] for cells in paper().sheets[0].rows}
    assert [keys[f"K2-1.01{letter}"] for letter in "abcf"] == [
        "expenses.budget",
        "expenses.committed",
        "expenses.spent",
        "",
    ]
    assert keys["K2-1.02b"] == ""


# ── rates ──


def test_two_rates_stand_apart_and_add_up():
    an_account()
    rows = table(paper(), "K2-2")
    assert rows["8％"] == ("1", "5,000", "400", "5,400")
    assert rows["10％"] == ("4", "954,000", "95,400", "1,049,400")
    assert rows["計"] == ("5", "959,000", "95,800", "1,054,800")


def test_what_is_not_taxed_has_a_row_of_its_own():
    an_expense("S-1", "spent", "2026-10-05", 100, rate=0)
    assert table(paper(), "K2-2")["対象外（0％）"] == ("1", "100", "0", "100")


# ── accruals ──


def test_an_accrual_without_its_evidence_blocks():
    an_account()
    assert "伝票A-1の証憑が添付されていない。" in whys(paper())
    settings(expense_evidence="番号")
    report = paper()
    assert not [why for why in whys(report) if "証憑" in why]
    assert table(report, "K2-3")["A-1"][4] == "請求書12（番号のみ）"


def test_evidence_that_is_attached_is_named():
    an_account()
    evidence()
    assert table(paper(), "K2-3")["A-1"][3:] == ("55,000", "請求書12（添付 001）")


def test_what_settles_an_accrual_takes_its_place(at_clock):
    an_account()
    evidence()
    at_clock(at("2027-05-10 12:00"))
    an_expense("A-1", "final", "2027-04-20", 45_000, item="system", reason="請求額が見積りを下回った。")
    report = paper()
    assert table(report, "K2-1")["システム運用・保守費"][5] == "929,500"
    assert table(report, "K2-4")["A-1"][1:] == ("55,000", "49,500", "−5,500", "請求額が見積りを下回った。")


def test_a_final_amount_under_another_number_is_not_counted_beside_its_accrual_unseen():
    an_account()
    an_expense("A-1x", "final", "2027-03-31", 45_000, item="system")
    assert "確定の伝票A-1xに、同じ伝票番号の未払計上がない。" in whys(paper())


def test_a_difference_without_a_reason_is_owed(at_clock):
    an_account()
    evidence()
    an_expense("A-1", "final", "2027-04-20", 45_000, item="system")
    assert "伝票A-1の差額の理由が未入力である。" in whys(paper())
    write("expenses", "FY2026", "expenses.after.A-1", "数量が減ったためである。")
    report = paper()
    assert table(report, "K2-4")["A-1"][4] == "数量が減ったためである。"
    assert not [why for why in whys(report) if "差額" in why]


# ── the paper of the final amount ──


def test_the_final_amount_is_what_was_spent_and_accrued():
    an_account()
    text = text_of(paper())
    assert "1,054,800円" in text
    assert "（税抜 959,000円、消費税 95,800円）" in text
    assert "令和9年3月31日（水）17:00（年度の最終営業日。その日より前には提出しない）" in text


@pytest.mark.parametrize(("now", "blocks"), [("2027-03-30 23:59", True), ("2027-03-31 00:00", False)])
def test_not_before_the_last_business_day(at_clock, now, blocks):
    at_clock(at(now))
    an_account()
    assert any("最終営業日" in why for why in whys(paper())) is blocks


def test_a_year_that_has_not_begun():
    with pytest.raises(Refusal):
        composed("expenses", "FY2027")
