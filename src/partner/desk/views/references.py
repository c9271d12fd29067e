"""前フェーズの報告書: the predecessor's reports as files, beside the items and periods they report on."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from partner.accounts import audit
from partner.accounts.permissions import allowed, needs
from partner.common.period import jst_day, parse_period
from partner.common.refusal import Refusal
from partner.desk import labels
from partner.desk.pages import Pages, with_refusals
from partner.files import references as kept
from partner.files import stored
from partner.files.models import ReferenceFile
from partner.ledger import clock

_MISSING = {"required": "入力してください。"}
_FIELDS = {"too_large": "sheet", "empty_file": "sheet", "bad_form": "sheet", "has_macros": "sheet", "kept_already": "sheet",
           "bad_period": "period", "unknown_item": "item"}  # fmt: skip


def _items() -> list[tuple[str, str]]:
    return [(item, f"{item}　{labels.TITLES[item]}") for item in kept.ITEMS]


class ReferenceForm(forms.Form):
    """A file, and where it belongs."""

    sheet = forms.FileField(
        label="ファイル",
        allow_empty_file=True,
        help_text="PDF、Excel（xlsx）、Word（docx）。50 MBまで。",
        error_messages={"required": "ファイルを選んでください。", "invalid": "ファイルを選んでください。"},
        widget=forms.FileInput(attrs={"accept": ".pdf,.xlsx,.docx", "data-most": kept.MAX_BYTES}),
    )
    source = forms.CharField(
        label="報告書の名前", max_length=200, error_messages=_MISSING, help_text="例：令和7年度 第3四半期報告書"
    )
    period = forms.CharField(
        label="報告の対象期間",
        max_length=16,
        error_messages=_MISSING,
        help_text="月は 2026-03、四半期は 2025Q3、年度は FY2025 のように書きます。",
    )
    item = forms.ChoiceField(label="項目", required=False, choices=[("", "報告書の全体"), *_items()])
    pages = forms.CharField(label="ページ", max_length=120, required=False, help_text="例：12〜15ページ、表4")


@needs("references.see")
@with_refusals
def references(request: HttpRequest) -> HttpResponse:
    """All files by period, the latest first, and by item; what was taken away stands last."""
    item = request.GET.get("item", "") if request.GET.get("item", "") in kept.ITEMS else ""
    rows = [row for row in ReferenceFile.objects.believed() if not item or row.item == item]
    rows.sort(key=lambda row: (row.item, row.pk))
    rows.sort(key=lambda row: parse_period(row.period).end, reverse=True)
    pages = Pages.of(request.GET.get("page", ""), len(rows))
    gone = ReferenceFile.objects.filter(superseded_at__isnull=False).order_by("-superseded_at")
    context = {
        "rows": [_row(row) for row in rows[pages.offset : pages.offset + pages.size]], "chosen": item, "items": _items(),
        "paging": pages.links(request.path, {"item": item}), "may_keep": allowed(request, "references.keep"),
        "gone": [_row(row) for row in gone[:50]],
    }  # fmt: skip
    return render(request, "desk/references/list.html", context)


def _row(row: ReferenceFile) -> dict[str, Any]:
    title = labels.TITLES.get(row.item, "")
    return {
        "row": row,
        "period": parse_period(row.period).label,
        "item": f"{row.item}　{title}" if row.item else "全体",
    }


@needs("references.keep")
@with_refusals
def reference_add(request: HttpRequest) -> HttpResponse:
    """Keeps one more."""
    is_sent = request.method == "POST"
    form = ReferenceForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    if is_sent and form.is_valid():
        told = form.cleaned_data
        sheet = told.pop("sheet")
        try:
            row = kept.keep(name=sheet.name, chunks=sheet.chunks(), by=audit.by_of(request), **told)
        except Refusal as refusal:
            form.add_error(_FIELDS.get(refusal.faults[0].code), refusal.faults[0].message)
        else:
            audit.record(request, "reference_kept", detail=f"{row.pk}　{row.item or '全体'}　{row.period}")
            messages.success(request, f"「{row.file_name}」を登録しました。")
            return redirect("desk:references")
    return render(request, "desk/references/add.html", {"form": form}, status=400 if form.errors else 200)


def _found(number: int) -> ReferenceFile:
    row = ReferenceFile.objects.believed().filter(pk=number).first() if number < 2**62 else None
    if row is None:
        raise Refusal("unknown_file", "このファイルはありません。取り下げられたか、番号が違います。")
    return row


@needs("references.see")
@with_refusals
def reference_file(request: HttpRequest, number: int) -> Any:
    """The file itself, to be saved and never opened in this site's name."""
    row = _found(number)
    if not stored.is_whole(row.digest):
        raise Refusal(
            "unknown_file", "ファイルの中身が登録したときと違うか、なくなっています。管理者に知らせてください。"
        )
    answer = FileResponse(
        stored.place_of(row.digest).open("rb"),
        as_attachment=True,
        filename=row.file_name,
        content_type=kept.TYPES[row.form],
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer


@needs("references.keep")
@with_refusals
@require_POST
def reference_drop(request: HttpRequest, number: int) -> HttpResponse:
    """Takes one away, its content with it."""
    row = _found(number)
    is_gone = kept.drop(row)
    audit.record(request, "reference_dropped", detail=f"{row.pk}　{row.item or '全体'}　{row.period}")
    content = (
        "取り下げ、中身を消しました"
        if is_gone
        else "取り下げました。ほかで使われている同じファイルの中身は残しています"
    )
    until = jst_day(clock.now())
    messages.success(request, f"「{row.file_name}」を{content}。{until:%Y-%m-%d}まで登録されていたことは残ります。")
    return redirect("desk:references")
