"""The top bar's search: a record number, a figure's key or name, and, for those who see names, a registrant."""

import re
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from partner.accounts.permissions import allowed, needs
from partner.common.period import jst_day, month
from partner.desk import names
from partner.facts.models import Identity
from partner.facts.streams import PARTIES
from partner.figures.declare import declared
from partner.ledger import clock

MOST = 20
_RECORD = re.compile(r"(PR|OR|PA|OA)-?(\d{1,18})", re.IGNORECASE)


@needs("figures.see")
def search(request: HttpRequest) -> HttpResponse:
    """An exact record number or key opens its page; anything else lists what was found."""
    asked = request.GET.get("q", "").replace("\0", "").strip()[:80]  # PostgreSQL takes no NUL
    number = _RECORD.fullmatch(asked)
    if number and allowed(request, "records.see"):
        return redirect("desk:record", f"{number[1].upper()}-{number[2]}")
    period = month(jst_day(clock.now())).previous()
    if any(figure.key == asked for figure in declared()):
        return redirect("desk:figure", asked, period.key)
    figures = [one for one in declared() if asked and (asked in one.label or asked.lower() in one.key)]
    people = _people(request, asked) if asked and names.may_see(request) else []
    context = {
        "asked": asked,
        "period": period,
        "figures": figures,
        "people": people,
        "may_see": names.may_see(request),
    }
    return render(request, "desk/search.html", context)


def _people(request: HttpRequest, asked: str) -> list[dict[str, Any]]:
    """Registrants by name or number, each with his latest record; the look is audited."""
    found = list(Identity.objects.filter(Q(name__icontains=asked) | Q(number__iexact=asked)).order_by("name")[:MOST])
    names.seen(request, [one.subject for one in found], "検索結果")
    shown = []
    for one in found:
        party = next(party for party in PARTIES.values() if party.code == one.party)
        rows = party.registration.objects.believed().filter(subject=one.subject)
        latest = rows.order_by("-valid_from", "-id").first()
        prefix = "PR" if one.party == Identity.Party.PERSON else "OR"
        shown.append({"name": one.name, "number": one.number, "record": f"{prefix}-{latest.pk}" if latest else ""})
    return shown
