"""What a file can be about: an event of the Centre, a voucher of the expenses, the annual report of a fiscal year."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from partner.common.period import jst_day
from partner.common.refusal import Refusal
from partner.facts.models import Attachment, CentreEvent, Expense
from partner.facts.models.events import last_day
from partner.submissions.expected import expected

R = Attachment.Role
KINDS = {"event": "催し", "expense": "未払計上の伝票", "report": "年間業務完了報告書"}
ROLES = {"event": (R.ORIGINAL, R.PHOTO, R.MATERIAL), "expense": (R.EVIDENCE,), "report": (R.MATERIAL,)}
SURVEYS = ("no6", "no7", "no8")  # those whose answers may be on paper
_OF_SHEETS = {"events": "event", "expenses": "expense"}


@dataclass(frozen=True)
class Subject:
    """One of them, with its title, its days, and the roles that a file about it can have."""

    kind: str
    number: str
    title: str
    detail: str = ""
    roles: tuple[R, ...] = ()

    @property
    def about(self) -> str:
        """As attachments name it: `event:E-12`."""
        return f"{self.kind}:{self.number}"


def days_of(event: Any) -> str:
    """The first and last day of an event."""
    first, last = jst_day(event.valid_from), last_day(event)
    return f"{first:%Y-%m-%d}" + (f" 〜 {last:%Y-%m-%d}" if last != first else "")


def _event(number: str) -> tuple[str, str] | None:
    rows: Any = CentreEvent.objects
    row = rows.believed().filter(number=number).first()
    return (row.title, f"{row.get_state_display()}　{days_of(row)}") if row else None


def _expense(number: str) -> tuple[str, str] | None:
    rows: Any = Expense.objects
    row = rows.believed().filter(number=number).order_by("-stage", "id").first()
    return (row.title, f"{row.fiscal_year}年度　{jst_day(row.valid_from):%Y-%m-%d}") if row else None


def _report(number: str) -> tuple[str, str] | None:
    try:
        row = expected("annual", number)
    except Refusal:
        return None
    return row.name, f"{row.fiscal_year}年度　関連の資料（別添）"


_FOUND: dict[str, Callable[[str], tuple[str, str] | None]] = {"event": _event, "expense": _expense, "report": _report}


def subject_of(about: str) -> Subject:
    """What the files are about. What was withdrawn keeps its files, and takes no more. Raises Refusal `unknown_row`."""
    kind, _, number = about.partition(":")
    if found := _FOUND[kind](number):
        return Subject(kind, number, *found, ROLES[kind])
    if Attachment.objects.filter(about=about).exists():
        return Subject(kind, number, "（取り消された記録）")
    raise Refusal("unknown_row", f"{KINDS[kind]}「{number[:40]}」の記録はありません。番号を確かめてください。")


def about_of(sheet: str, row: Any) -> str:
    """What files about a recorded row are about; empty where its kind has none."""
    return f"{_OF_SHEETS[sheet]}:{row.number}" if sheet in _OF_SHEETS else ""
