"""経費確定金額: the amount itself, on a short paper of its own, due on the year's last business day and not before."""

from partner.common.calendar import last_business_day_on_or_before
from partner.common.period import jst_day
from partner.documents.blocks import Block, KeyValues, Run, Runs, Section, plain
from partner.facts.models.expenses import ExpenseStage as S
from partner.master.models import CatalogueEntry
from partner.reports import wording
from partner.reports.expenses.lines import Account, total
from partner.reports.forms import Params, form
from partner.reports.sheet import Sheet


@form("expense_final")
def expense_final(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """The final amount with its net, its tax, and what is in it."""
    account = Account(sheet)
    due = last_business_day_on_or_before(sheet.period.last, sheet.evaluation.book.closed_days)
    if jst_day(sheet.cut) < due:
        sheet.block(
            entry.title, f"年度の最終営業日（{wording.day(due)}）より前のデータ締切では、確定した金額を示せない。"
        )
    net, tax = (sum(getattr(row, name) for row in account.counted) for name in ("net", "tax"))
    settled = {row.number for row in account.of(S.FINAL)}
    open_ = [row for row in account.of(S.ACCRUED) if row.number not in settled]
    entries: tuple[tuple[str, Runs], ...] = (
        ("経費確定金額", (Run(f"{account.yen(net + tax)}円", bold=True), Run(f"（税抜 {account.yen(net)}円、消費税 {account.yen(tax)}円）"))),
        ("うち支払済", plain(f"{account.yen(total(account.of(S.SPENT, S.FINAL)))}円")),
        ("うち未払計上", plain(f"{account.yen(total(open_))}円（{len({row.number for row in open_})}件）")),
        ("予算", plain(f"{account.yen(total(account.of(S.BUDGET)))}円")),
        ("提出期限", plain(f"{wording.day(due)}17:00（年度の最終営業日。その日より前には提出しない）")),
    )  # fmt: skip
    message = (
        Run(f"{sheet.period.label}の経費確定金額は"),
        Run(f"{account.yen(net + tax)}円", bold=True),
        Run("である。"),
    )
    return [Section(entry.title, entry.item, params.get("source", ""), message), KeyValues(entries)]
