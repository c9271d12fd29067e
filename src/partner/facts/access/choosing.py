"""Which of two sources counts where both tell of the same site: its web server's log, or the pages it wrote down itself."""

from datetime import datetime

from partner.common.period import midnight
from partner.facts.access import rules
from partner.facts.access.hours import KIND
from partner.facts.models.coverage import Coverage
from partner.ledger.fields import to_microseconds

# Source, and from when to when (microseconds since 1970) it does not count.
Overridden = tuple[tuple[str, int, int], ...]


def overridden(cut: datetime) -> Overridden:
    """For which hours which source is left aside: those that the one preferred then covers too."""
    found = []
    for number, dated in enumerate(rules.PREFERRED):
        until = rules.PREFERRED[number + 1].since if number + 1 < len(rules.PREFERRED) else None
        first, *lesser = dated.value
        rows = Coverage.objects.known_at(cut).filter(kind=KIND, source=first, loss=False).order_by("valid_from")
        for start, end in rows.values_list("valid_from", "valid_to"):
            since = start if dated.since == rules.ALWAYS else max(start, midnight(dated.since))
            end = end if until is None else min(end, midnight(until))
            if since < end:
                found += [(source, to_microseconds(since), to_microseconds(end)) for source in lesser]
    return tuple(found)
