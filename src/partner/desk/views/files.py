"""添付ファイル: what files are about, those that are there, and the door for more."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from partner.accounts import audit
from partner.accounts.permissions import allowed, needs
from partner.desk.file_adding import Added, add
from partner.desk.file_form import FileForm
from partner.desk.file_lists import LISTS
from partner.desk.file_originals import originals
from partner.desk.file_subjects import KINDS, SURVEYS, Subject, subject_of
from partner.desk.pages import Pages, address, with_refusals
from partner.facts.models import Attachment
from partner.ledger import clock
from partner.master.book import present

_ROLES = Attachment.Role.values
_GONE_SHOWN = 50


@needs("files.see")
@with_refusals
def files(request: HttpRequest) -> HttpResponse:
    """What files can be about, with how many there are."""
    kind = request.GET.get("of", "") if request.GET.get("of", "") in LISTS else "event"
    sought = request.GET.get("q", "").replace("\0", "").strip()[:80]
    chosen = LISTS[kind](sought)
    pages = Pages.of(request.GET.get("page", ""), chosen.length)
    context = {
        "tabs": [(label, address(request.path, {"of": one}), one == kind) for one, label in KINDS.items()],
        "kind": kind, "name": KINDS[kind], "sought": sought, "rows": chosen.page(pages),
        "paging": pages.links(request.path, {"of": kind, "q": sought}),
    }  # fmt: skip
    return render(request, "desk/files/list.html", context)


@needs("files.see")
@with_refusals
def files_about(request: HttpRequest, about: str) -> HttpResponse:
    """The files about one thing, and the form for more."""
    subject = subject_of(about)
    return _page(request, subject, _form(subject) if subject.roles else None)


@needs("files.keep")
@with_refusals
def files_add(request: HttpRequest, about: str) -> HttpResponse:
    """Keeps what can be kept; what cannot is named with its reason, and what was typed stays."""
    subject = subject_of(about)
    if request.method != "POST" or not subject.roles:
        return redirect("desk:files_about", about)
    form = _form(subject, request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, subject, form)
    added = add(subject, form.cleaned_data, audit.by_of(request))
    for row in added.rows:
        audit.record(request, "file_kept", detail=named(row))
    if added.refused:
        return _page(request, subject, form, added)
    messages.success(request, added.said)
    return redirect("desk:files_about", about)


def named(row: Attachment) -> str:
    """The file as audit rows have it: by number, never by a name that someone gave it."""
    return f"{row.about}　{row.get_role_display()}　{row.survey} {row.number}".replace("　 ", "　")


def _form(subject: Subject, *sent: Any) -> FileForm:
    now, book = clock.now(), present()
    return FileForm(subject, {code: book.label("survey", code, now) for code in SURVEYS}, *sent)


def _page(request: HttpRequest, subject: Subject, form: FileForm | None, added: Added | None = None) -> HttpResponse:
    every: Any = Attachment.objects.filter(about=subject.about)
    rows = list(every.filter(superseded_at=None).order_by("survey", "number"))
    rows.sort(key=lambda row: _ROLES.index(row.role))
    pages = Pages.of(request.GET.get("page", ""), len(rows))
    gone = every.filter(superseded_at__isnull=False).order_by("-superseded_at")
    may_keep = allowed(request, "files.keep")
    context = {
        "subject": subject, "name": KINDS[subject.kind], "rows": rows[pages.offset : pages.offset + pages.size],
        "paging": pages.links(request.path, {}), "gone": gone[:_GONE_SHOWN], "added": added, "may_keep": may_keep,
        "form": form if may_keep else None, "back": address("", {"of": subject.kind}),
        "papers": originals([subject.number])[subject.number] if subject.kind == "event" else [],
    }  # fmt: skip
    is_wrong = bool(form and form.errors) or added is not None
    return render(request, "desk/files/about.html", context, status=400 if is_wrong else 200)
