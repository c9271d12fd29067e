"""The desk's rail, grouped by work; each entry only for those who may open it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from partner.accounts.permissions import allowed
from partner.accounts.roles import Role
from partner.desk import demonstration
from partner.ledger import clock
from partner.master.book import present
from partner.master.models import Proposal


@dataclass(frozen=True)
class Entry:
    """One line of the rail. `short` stands under its icon where the rail is folded."""

    group: Any
    label: Any
    short: Any
    name: str
    icon: str
    permission: str


ENTRIES = (
    Entry("", _("ホーム"), _("ホーム"), "desk:home", "home", "desk.see"),
    Entry(_("報告"), _("報告書"), _("報告"), "desk:reports", "report", "reports.see"),
    Entry(_("報告"), _("確認待ちの報告書"), _("確認"), "desk:reviews", "audit", "reports.review"),
    Entry(_("報告"), _("提出・受理の記録"), _("提出"), "desk:submissions", "check", "reports.review"),
    Entry(_("報告"), _("照会対応"), _("照会"), "desk:enquiries", "find", "enquiries.see"),
    Entry(_("報告"), _("合意事項・打合簿"), _("合意"), "desk:agreements", "info", "agreements.see"),
    Entry(_("報告"), _("期限カレンダー"), _("期限"), "desk:due", "calendar", "calendar.see"),
    Entry(_("報告"), _("メールの送信記録"), _("メール"), "desk:outbox", "leave", "outbox.see"),
    Entry(_("報告"), _("前フェーズの報告書"), _("前報告"), "desk:references", "beside", "references.see"),
    Entry(_("数値"), _("数値一覧"), _("数値"), "desk:figures", "figure", "figures.see"),
    Entry(_("数値"), _("アクセス統計"), _("アクセス"), "desk:access", "access", "figures.see"),
    Entry(_("数値"), _("取込"), _("取込"), "desk:intake", "load", "intake.load"),
    Entry(_("数値"), _("添付ファイル"), _("添付"), "desk:files", "beside", "files.see"),
    Entry(_("数値"), _("取込状況"), _("そろい"), "desk:sources", "source", "intake.see"),
    Entry(_("管理"), _("定義・期限・様式"), _("定義"), "desk:master", "master", "master.see"),
    Entry(_("管理"), _("利用者・権限"), _("利用者"), "desk:users", "users", "users.manage"),
    Entry(_("管理"), _("監査記録"), _("監査"), "desk:audit", "audit", "audit.see"),
)


def context(request: HttpRequest) -> dict[str, Any]:
    """For every template: the rail, the house's name, and the sentence that says the data are fictional."""
    user: Any = getattr(request, "user", None)
    is_in = bool(user and user.is_authenticated)
    return {
        "navigation": _groups(request) if is_in and allowed(request, "desk.see") else [],
        "can_search": is_in and allowed(request, "figures.see"),
        "house": _("報告確認") if is_in and user.role == Role.JICA else _("事務局デスク"),
        "fictional": fictional(),
        "demonstration": demonstration.people,  # asked by the sign-in page alone
    }


def _groups(request: HttpRequest) -> list[dict[str, Any]]:
    groups: list[dict[str, Any]] = []
    here = request.path
    for entry in ENTRIES:
        if not allowed(request, entry.permission):
            continue
        try:
            url = reverse(entry.name)
        except NoReverseMatch:  # not in this version
            continue
        if not groups or groups[-1]["title"] != entry.group:
            groups.append({"title": entry.group, "entries": []})
        is_current = here == url or (entry.name != "desk:home" and here.startswith(url))
        waiting = _open_proposals() if entry.name == "desk:master" and allowed(request, "master.record") else 0
        groups[-1]["entries"].append({
            "label": entry.label, "short": entry.short, "url": url, "icon": entry.icon,
            "is_current": is_current, "waiting": waiting,
        })  # fmt: skip
    return groups


def _open_proposals() -> int:
    return Proposal.objects.filter(state=Proposal.State.OPEN).count()


def fictional() -> str:
    """The contract fact `fictional` as known now; empty for a real Centre."""
    return present().contract("fictional", clock.now())
