"""The working page of a report, and each thing that people do on it."""

import re
import secrets
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.backends.utils import csrf_input
from django.urls import reverse
from django.views.decorators.http import require_POST

from partner.accounts.permissions import allowed, needs
from partner.common.period import fiscal_year_label
from partner.common.refusal import Refusal
from partner.desk.pages import with_refusals
from partner.desk.repeated import repeated
from partner.desk.views.reports import FILE_LABELS, references_beside
from partner.desk.working import Working
from partner.ledger import clock
from partner.submissions import compositions, states
from partner.submissions.actions import Actor, move, take_cut
from partner.submissions.checking import CHECKED, pass_on
from partner.submissions.expected import expected, seen
from partner.submissions.sealing import submit

_DONE = {
    "ask_check": "点検を依頼しました。", "check": "点検済みにしました。", "approve": "承認しました。", "return": "作成中へ戻しました。",
    "receive": "受領を記録しました。", "withdraw": "取り下げました。",
}  # fmt: skip
_EXAMPLE = "例：9月26日のセミナーと、大学での秋季ガイダンスにより増えた。"
_PART = re.compile(rb"<!--part ([0-9]+)-->")


@needs("reports.see")
@with_refusals
def work(request: HttpRequest, kind: str, period: str) -> HttpResponse:
    """One report while it is made: sections, texts, what stops it, steps, comments."""
    user: Any = request.user
    page = Working(seen(kind, period), user, clock.now())
    if page.waits:
        return render(request, "desk/work/waiting.html", _waiting(request, page))
    report, sections = page.report, page.sections()
    body = {
        "sections": sections, "beside": references_beside(request), "may_comment": allowed(request, "reports.comment"),
        "last_word": page.last_word, "may_write": page.may_write, "user": user, "csrf_input": csrf_input(request),
        "autosave": f"{report.slug}/{report.period}/", "example": _EXAMPLE if page.period.is_month else "",
    }  # fmt: skip
    preview = reverse("desk:report", args=[kind, period])
    context = {
        "page": page, "report": report, "standing": page.standing, "period": page.period, "name": page.report.name,
        "contents": repeated("contents", sections=sections), "body": repeated("sections", **body),
        "year": page.report.fiscal_year, "year_label": fiscal_year_label(page.report.fiscal_year),
        "preview": preview, "files": FILE_LABELS, "request_key": secrets.token_hex(16),
        "may_comment": allowed(request, "reports.comment"), "may_assign": allowed(request, "reports.assign"),
        "may_return": any(allowed(request, name) for name in ("reports.check", "reports.approve")),
        "is_returnable": page.standing.state in states.MOVES["return"].sources,
        "stops": repeated("stops", blocks=page.blocks),
        "may_withdraw": allowed(request, "reports.approve") and page.standing.state == states.SUBMITTED,
    }  # fmt: skip
    return _with_parts(render(request, "desk/work/page.html", context), sections)


def _waiting(request: HttpRequest, page: Working) -> dict[str, Any]:
    """What is known of a report of which nothing can be made now."""
    return {
        "page": page, "report": page.report, "standing": page.standing, "year": page.report.fiscal_year,
        "year_label": fiscal_year_label(page.report.fiscal_year), "may_assign": allowed(request, "reports.assign"),
    }  # fmt: skip


def _with_parts(response: HttpResponse, sections: list[dict[str, Any]]) -> HttpResponse:
    """Half a megabyte, made when the report was composed, takes its places once the template has made the rest.

    A place is a comment of HTML: nothing that a person wrote can be one, since it is escaped.
    """
    parts = {str(one["part"]).encode(): compositions.html_of(one) for one in sections}
    response.content = _PART.sub(lambda place: parts[place[1]], response.content)
    return response


def back(kind: str, period: str, anchor: str = "") -> HttpResponse:
    return redirect(reverse("desk:work", args=[kind, period]) + (f"#{anchor}" if anchor else ""))


@needs("reports.see")
@require_POST
def work_act(request: HttpRequest, kind: str, period: str) -> HttpResponse:
    """A step, a cut, or counting again. What is refused is said on the page, and nothing has changed."""
    user: Any = request.user
    by, now, name = Actor.of(user), clock.now(), request.POST.get("act", "")
    try:
        report = expected(kind, period)
        said = _act(request, report, name, by, now)
        messages.success(request, said)
    except Refusal as refusal:
        for fault in refusal.faults[:5]:
            messages.error(request, str(fault))
        if len(refusal.faults) > 5:
            messages.error(
                request, f"ほかに{len(refusal.faults) - 5}件あります。「提出を止めているもの」をご覧ください。"
            )
    return back(kind, period)


def _act(request: HttpRequest, report: Any, name: str, by: Actor, now: datetime) -> str:
    comment = request.POST.get("comment", "")
    if name == "cut":
        taken = take_cut(report=report, by=by, now=now)
        compositions.compose(report, taken.cut)
        return "データ締切をとり、集計し直しました。"
    if name == "count":
        compositions.compose(report, clock.last())
        return "いまの記録で集計し直しました。"
    if name in CHECKED:
        pass_on(report=report, name=name, by=by, now=now, comment=comment)
    elif name == "submit":
        made = submit(
            report=report, by=by, now=now, request_key=request.POST.get("key", "")[:40] or "-", comment=comment
        )
        return f"第{made.version}回として提出しました。送付の記録と受領を残してください。"
    elif name in _DONE:
        move(report=report, name=name, by=by, now=now, comment=comment)
    else:
        raise Refusal("unknown_step", "この操作はありません。")
    return _DONE[name]
