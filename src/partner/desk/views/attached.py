"""One attached file: looked at or saved, and taken away."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from partner.accounts import audit
from partner.accounts.permissions import needs
from partner.common.refusal import Refusal
from partner.desk.file_subjects import KINDS, subject_of
from partner.desk.pages import with_refusals
from partner.desk.views.files import named
from partner.facts import attachments
from partner.facts.attachment_forms import PICTURES
from partner.facts.models import Attachment
from partner.files import stored

_ROWS: Any = Attachment.objects


def _found(number: int) -> Attachment:
    row: Attachment | None = _ROWS.believed().filter(pk=number).first() if number < 2**62 else None
    if row is None:
        raise Refusal("unknown_file", "このファイルはありません。取り下げられたか、番号が違います。")
    return row


@needs("files.see")
@with_refusals
def attached_file(request: HttpRequest, number: int) -> Any:
    """The file: a picture is shown, all else saved. Each look at an original is audited: it may bear handwriting."""
    row = _found(number)
    if not stored.is_whole(row.digest):
        message = f"ファイル「{row.number}」が失われているか、登録したときと違います。システム運用に連絡してください。"
        raise Refusal("file_lost", message)
    if row.role == Attachment.Role.ORIGINAL:
        audit.record(request, "original_seen", detail=named(row))
    answer = FileResponse(
        stored.place_of(row.digest).open("rb"), as_attachment="save" in request.GET or row.form not in PICTURES,
        filename=row.file_name, content_type=attachments.TYPES[row.form],
    )  # fmt: skip
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


@needs("files.keep")
@with_refusals
def attached_drop(request: HttpRequest, number: int) -> HttpResponse:
    """What taking it away will do; and, once confirmed, that. That it was there stays on the ledger."""
    row = _found(number)
    if request.method == "POST":
        attachments.drop(row)
        audit.record(request, "file_dropped", detail=named(row))
        messages.success(request, f"{row.get_role_display()}「{row.number} {row.title}」を取り下げました。")
        return redirect("desk:files_about", row.about)
    subject = subject_of(row.about)
    return render(request, "desk/files/drop.html", {"row": row, "subject": subject, "name": KINDS[subject.kind]})
