"""What was submitted: one submission with its files; every step of a report; every version of a text."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from partner.accounts import audit
from partner.accounts.permissions import allowed, needs
from partner.common.refusal import Refusal
from partner.desk.pages import Pages, with_refusals
from partner.desk.views.reports import TYPES
from partner.facts import texts
from partner.files import stored
from partner.submissions import evidence
from partner.submissions.expected import expected
from partner.submissions.models import Receipt, Submission, SubmittedFile
from partner.submissions.standing import Standing
from partner.submissions.states import LABELS, MOVES


@needs("reports.review")
@with_refusals
def submissions(request: HttpRequest) -> HttpResponse:
    """提出・受理の記録: every submission, the latest first."""
    rows: Any = Submission.objects.select_related("report").order_by("-at")
    pages = Pages.of(request.GET.get("page", ""), rows.count())
    shown = [_line(row) for row in rows[pages.offset : pages.offset + pages.size].prefetch_related("report__steps")]
    context = {"rows": shown, "paging": pages.links(request.path, {})}
    return render(request, "desk/submissions/list.html", context)


def _line(row: Submission) -> dict[str, Any]:
    steps = [step for step in row.report.steps.all() if step.submission_id == row.pk]  # type: ignore[attr-defined]
    return {
        "row": row,
        "name": row.report.name,
        "state": LABELS[steps[-1].state] if steps else "",
    }


@needs("reports.review")
@with_refusals
def submission(request: HttpRequest, number: int) -> HttpResponse:
    """One submission: what it holds, its files with their digests, how it went out and what came back."""
    return submission_page(request, number, {})


def submission_page(request: HttpRequest, number: int, kept: dict[str, str]) -> HttpResponse:
    """The page; `kept`: what was sent and refused, with the reason as `fault`, so that nobody writes it twice."""
    rows: Any = Submission.objects.select_related("report").prefetch_related("files", "deliveries__receipts", "steps")
    row = get_object_or_404(rows, pk=number)
    standing = Standing(row.report)
    is_last = standing.submission is not None and standing.submission.pk == row.pk
    context = {
        "row": row, "report": row.report, "name": row.report.name, "standing": standing,
        "state": standing.state_label if is_last else "後の提出に改められた", "is_last": is_last, "kept": kept,
        "steps": [{"step": step, "done": MOVES[step.name].done} for step in row.steps.all()],
        "may_see_work": allowed(request, "reports.see"), "may_deliver": allowed(request, "reports.submit"),
        "accepted": evidence.ACCEPTED, "most": evidence.MAX_BYTES // 1024 // 1024,
    }  # fmt: skip
    return render(request, "desk/submissions/submission.html", context, status=400 if kept else 200)


@needs("reports.review")
@with_refusals
def submission_file(request: HttpRequest, number: int, format: str) -> Any:
    """A file as it was submitted. Raises Refusal where it is damaged."""
    file = get_object_or_404(SubmittedFile, submission=number, format=format)
    return _kept_file(request, file.digest, file.name, TYPES.get(format, "application/octet-stream"), "提出ファイル")


@needs("reports.review")
@with_refusals
def receipt_file(request: HttpRequest, number: int, receipt: int) -> Any:
    """The file that shows that a delivery arrived. Raises Refusal where it is damaged."""
    row = get_object_or_404(Receipt.objects.exclude(digest=""), pk=receipt, delivery__submission=number)
    return _kept_file(request, row.digest, row.file_name, evidence.type_of(row.file_name), "受領の証拠")


def _kept_file(request: HttpRequest, digest: str, name: str, media_type: str, what: str) -> FileResponse:
    """To be saved, never opened in this site's name."""
    if not stored.is_whole(digest):
        raise Refusal(
            "file_damaged",
            f"保存されているファイル（{name}）が見つからないか、壊れています。システム運用に連絡してください。",
        )
    audit.record(request, "exported", detail=f"{what} {name}")
    opened = stored.place_of(digest).open("rb")
    return FileResponse(opened, as_attachment=True, filename=name, content_type=media_type)


@needs("reports.see")
@with_refusals
def steps(request: HttpRequest, kind: str, period: str) -> HttpResponse:
    """すべての経過 of one report."""
    standing = Standing(expected(kind, period))
    rows = [{"step": step, "done": MOVES[step.name].done, "state": LABELS[step.state]} for step in standing.steps]
    cuts: Any = standing.report.cuts.order_by("-id")  # type: ignore[attr-defined]
    context = {"report": standing.report, "name": standing.report.name, "rows": rows, "cuts": list(cuts[:20])}
    return render(request, "desk/work/steps.html", context)


@needs("reports.see")
@with_refusals
def text_history(request: HttpRequest, kind: str, period: str, place: str) -> HttpResponse:
    """Every version of one text with who wrote it."""
    report = expected(kind, period)
    context = {
        "report": report,
        "name": report.name,
        "place": place,
        "rows": texts.history(kind, period, place),
    }
    return render(request, "desk/work/history.html", context)
