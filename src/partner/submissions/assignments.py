"""Who answers for what: owners and deputies of a part, for all reports or one. The latest word holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Exists, OuterRef, Q

from partner.accounts.models import User
from partner.submissions.models import Assignment, ExpectedReport

OWNER, DEPUTY = Assignment.Duty.OWNER, Assignment.Duty.DEPUTY
PARTS = {
    "cover": "表紙・契約の記載",
    "records": "元の記録",
    "texts": "本文・説明",
    "make": "作成",
    "check": "点検",
    "approve": "承認",
    "submit": "提出・受領",
}
_BY_DEFAULT = {
    "cover": "業務責任者・管理者", "records": "事務局", "texts": "報告担当", "make": "報告担当", "check": "点検",
    "approve": "業務責任者", "submit": "報告担当",
}  # fmt: skip


def _rows(reports: Sequence[ExpectedReport]) -> list[Any]:
    """What was decided for these reports or for all, in its order; `is_gone` where the person left."""
    return list(_told().filter(Q(report__in=reports) | Q(report__isnull=True)))


@cache
def _told() -> Any:
    """All that was decided, to be narrowed; built once, as it takes as long to build as to ask."""
    rows: Any = Assignment.objects
    gone = Exists(User.objects.filter(username=OuterRef("login"), is_active=False))
    return rows.annotate(is_gone=gone).order_by("id")


@dataclass(frozen=True)
class Person:
    """Someone by sign-in name and name."""

    login: str
    name: str


class Assignments:
    """The people in charge of one report, with what holds for all reports beneath."""

    def __init__(self, report: ExpectedReport, told: list[Any] | None = None) -> None:
        """`told`: the rows of this report and of others, where they are known already."""
        self._gone: set[str] = set()
        self._found: dict[tuple[str, str], Person] = {}
        rows = [row for row in (_rows([report]) if told is None else told) if row.report_id in (None, report.pk)]
        for row in sorted(rows, key=lambda row: row.report_id is not None):
            self._found[row.part, row.duty] = Person(row.login, row.name)
            if row.is_gone:
                self._gone.add(row.login)

    @classmethod
    def of_all(cls, reports: Sequence[ExpectedReport]) -> list["Assignments"]:
        """Those of each of the reports, asked together."""
        told = _rows(reports)
        return [cls(report, told) for report in reports]

    def person(self, part: str, duty: str = OWNER) -> Person | None:
        """Who has the duty; an item (M5) falls back on the records, what is nobody's on nobody."""
        found = self._found.get((part, duty))
        if found is None and part not in PARTS:
            found = self._found.get(("records", duty))
        return found if found and found.login else None

    def who(self, part: str) -> str:
        """The owner as printed; where he left, the deputy, and that he left; else the role that does it."""
        owner, deputy = self.person(part), self.person(part, DEPUTY)
        if owner and owner.login not in self._gone:
            return owner.name
        if deputy and deputy.login not in self._gone:
            return f"{deputy.name}（代理）"
        role = _BY_DEFAULT.get(part, _BY_DEFAULT["records"])
        return f"{role}（担当の{owner.name}は利用を終えています。決め直してください）" if owner else role

    def stands_in(self, login: str, part: str) -> str:
        """Whose deputy the person is for the part; empty where he is none."""
        deputy, owner = self.person(part, DEPUTY), self.person(part)
        if deputy is None or deputy.login != login:
            return ""
        return owner.name if owner else _BY_DEFAULT.get(part, part)
