"""Names beside records: for those who may see them, and every look leaves an audit row."""

from collections.abc import Iterable

from django.http import HttpRequest

from partner.accounts import audit
from partner.accounts.permissions import allowed
from partner.facts.models import Identity

SHOWN = "records.names"
GONE = "消去済み"


def may_see(request: HttpRequest) -> bool:
    """Whether whoever is signed in may read names."""
    return allowed(request, SHOWN)


def names_of(subjects: Iterable[str]) -> dict[str, str]:
    """Subject key → name. A subject whose identity was deleted is left out."""
    return dict(Identity.objects.filter(subject__in=set(subjects)).values_list("subject", "name"))


def seen(request: HttpRequest, subjects: Iterable[str], detail: str) -> dict[str, str]:
    """The names of a page's subjects for one who may see them, audited; nothing for anyone else."""
    if not may_see(request):
        return {}
    found = names_of(subjects)
    if found:
        audit.record(request, "names_seen", detail=f"{detail}（{len(found)}名）")
    return found
