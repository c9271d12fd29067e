"""この数値の数え方: where a number on paper leads. The definition is for anyone; value and records by role."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from partner.accounts.permissions import allowed
from partner.common.command import read_instant
from partner.desk import labels
from partner.desk.cuts import Cuts
from partner.desk.opened import Opened
from partner.desk.pages import address, with_refusals
from partner.facts.periods import asked_period
from partner.figures.declare import find
from partner.figures.engine import check_where
from partner.ledger import clock

_OURS = ("known_at", "cell")


@with_refusals
def counted(request: HttpRequest, key: str, period: str) -> HttpResponse:
    """What is counted, by which rule, what is left out; no number and no record. Who may see more goes on to it."""
    figure, cut = find(key), _cut(request.GET.get("known_at", ""))
    asked = asked_period(period, cut)
    query = {name: str(value) for name, value in request.GET.items() if name != "cell"}
    there = address(reverse("desk:figure", args=[key, period]), query)
    if allowed(request, "figures.see"):
        return redirect(there)
    where = {name: str(value) for name, value in request.GET.items() if name not in _OURS}
    check_where(figure, where)
    opened = Opened(figure, asked, where, Cuts(due=cut, then=None, now=cut, cut=cut, named=False))
    context = {
        "opened": opened, "figure": figure, "period": asked, "cut": cut,
        "cell": request.GET.get("cell", "")[:20], "there": there, "item": labels.TITLES.get(figure.item, ""),
    }  # fmt: skip
    return render(request, "desk/counted.html", context)


def _cut(text: str) -> datetime:
    """The named moment; never one that would move the ledger's clock, since anyone may ask."""
    last = clock.last()
    return min(read_instant(text.replace(" ", "+")), last) if text and text != "now" else last
