"""What files may be about, listed with how many files there are: events, accrued vouchers, annual reports."""

from collections import Counter
from typing import Any

from django.db.models import Count, Max, Min, Q, Sum

from partner.common.period import fiscal_year_of, jst_day
from partner.desk.file_originals import originals
from partner.desk.file_subjects import days_of
from partner.desk.pages import Pages
from partner.facts.models import Attachment, CentreEvent, Expense
from partner.facts.models.expenses import ExpenseStage
from partner.ledger import clock
from partner.submissions.expected import expected
from partner.submissions.models import ExpectedReport

_FILES: Any = Attachment.objects


def _counts(abouts: list[str]) -> Counter[tuple[str, str]]:
    """How many files of each role there are about each."""
    rows = _FILES.believed().filter(about__in=abouts).values_list("about", "role").annotate(n=Count("id"))
    return Counter({(about, role): n for about, role, n in rows})


class Events:
    """催し, the latest first: originals beside completed responses, photos, material."""

    def __init__(self, sought: str) -> None:
        rows: Any = CentreEvent.objects
        wanted = Q(number__icontains=sought) | Q(title__icontains=sought)
        self.rows = rows.believed().filter(wanted).order_by("-valid_from", "-id")
        self.length = self.rows.count()

    def page(self, pages: Pages) -> list[dict[str, Any]]:
        """One stretch."""
        rows = list(self.rows[pages.offset : pages.offset + pages.size])
        counts = _counts([f"event:{row.number}" for row in rows])
        papers = originals([row.number for row in rows])
        return [self._line(row, counts, papers[row.number]) for row in rows]

    def _line(self, row: Any, counts: Counter[tuple[str, str]], papers: Any) -> dict[str, Any]:
        about = f"event:{row.number}"
        return {
            "about": about, "number": row.number, "title": row.title, "days": days_of(row), "papers": papers,
            "state": row.get_state_display(), "photos": counts[about, "photo"], "materials": counts[about, "material"],
        }  # fmt: skip


class Accruals:
    """未払計上の伝票: those without evidence first, then the latest."""

    def __init__(self, sought: str) -> None:
        rows: Any = Expense.objects
        wanted = Q(number__icontains=sought) | Q(title__icontains=sought)
        accrued = rows.believed().filter(wanted, stage=ExpenseStage.ACCRUED).values("number")
        told = accrued.annotate(name=Min("title"), at=Max("valid_from"), net=Sum("net"), tax=Sum("tax"))
        found = sorted(told, key=lambda row: (row["at"], row["number"]), reverse=True)
        counts = _counts([f"expense:{row['number']}" for row in found])
        lines = [self._line(row, counts[f"expense:{row['number']}", "evidence"]) for row in found]
        self.lines = sorted(lines, key=lambda line: line["evidence"] > 0)
        self.length = len(self.lines)

    def _line(self, row: dict[str, Any], files: int) -> dict[str, Any]:
        about, day = f"expense:{row['number']}", f"{jst_day(row['at']):%Y-%m-%d}"
        yen = row["net"] + row["tax"]
        return {
            "about": about,
            "number": row["number"],
            "title": row["name"],
            "day": day,
            "yen": yen,
            "evidence": files,
        }

    def page(self, pages: Pages) -> list[dict[str, Any]]:
        """One stretch."""
        return self.lines[pages.offset : pages.offset + pages.size]


class Reports:
    """年間業務完了報告書, the latest year first; that of the year before is there too."""

    def __init__(self, sought: str) -> None:
        year = fiscal_year_of(jst_day(clock.last()))
        for one in (year - 1, year):
            expected("annual", f"FY{one}")
        rows = ExpectedReport.objects.filter(kind="annual", period__icontains=sought).order_by("-fiscal_year")
        self.rows = rows
        self.length = rows.count()

    def page(self, pages: Pages) -> list[dict[str, Any]]:
        """One stretch."""
        rows = list(self.rows[pages.offset : pages.offset + pages.size])
        counts = _counts([f"report:{row.period}" for row in rows])
        return [
            {"about": f"report:{row.period}", "year": row.fiscal_year, "title": row.name,
             "materials": counts[f"report:{row.period}", "material"]}
            for row in rows
        ]  # fmt: skip


LISTS: dict[str, type[Events] | type[Accruals] | type[Reports]] = {
    "event": Events,
    "expense": Accruals,
    "report": Reports,
}
