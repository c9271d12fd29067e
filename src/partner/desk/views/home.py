"""The first page: what is due, what stops it, what came in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from partner.accounts.permissions import allowed, needs
from partner.desk.agenda import Agenda
from partner.desk.repeated import repeated
from partner.ledger import clock


@needs("desk.see")
def home(request: HttpRequest) -> HttpResponse:
    """Next deadline, reports ahead, what stops them, the sources, three months."""
    if not allowed(request, "reports.see"):  # JICA: what waits for it comes first
        return redirect("desk:reviews" if allowed(request, "reports.review") else "desk:figures")
    agenda = Agenda(clock.now())
    last = agenda.latest[0]["period"]
    context = {
        "agenda": agenda,
        "left": agenda.left(agenda.next.due_on) if agenda.next else None,
        "stops": repeated(
            "stops_home",
            blocks=agenda.blocks,
            url=reverse("desk:work", args=["monthly", last.key]),
            month=last.short_label,
        ),
        "can_see_sources": allowed(request, "records.see"),
    }
    return render(request, "desk/home.html", context)
