"""What a load changed: the facts that came with it, those it took back, and the records that followed."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import QuerySet

from partner.facts.intake.kinds import KINDS, Kind
from partner.facts.models import Load
from partner.facts.streams import ORGANIZATIONS, PEOPLE
from partner.figures.records import models_by_prefix


@cache
def numbered() -> dict[type, str]:
    """The models whose rows have a page of their own, and how their numbers begin."""
    parties = {party.application: f"{prefix}A" for party, prefix in ((PEOPLE, "P"), (ORGANIZATIONS, "O"))}
    return {**{model: prefix for prefix, model in models_by_prefix().items()}, **parties}


@dataclass(frozen=True)
class Loaded:
    """A load of a kind that this version knows."""

    load: Load
    kind: Kind

    @property
    def came(self) -> QuerySet[Any]:
        """The facts that it recorded, in the file's order."""
        return self.kind.stream.told.objects.filter(load=self.load.pk, recorded_at=self.load.recorded_at).order_by("pk")

    @property
    def went(self) -> QuerySet[Any]:
        """The facts that it withdrew, with nothing in their place."""
        told, tick = self.kind.stream.told, self.load.recorded_at
        replaced = told.objects.filter(recorded_at=tick).values("source_key")
        return told.objects.filter(superseded_at=tick).exclude(source_key__in=replaced).order_by("pk")

    @property
    def replaced(self) -> QuerySet[Any]:
        """The facts that it corrected: what was believed of their rows until then."""
        return self.kind.stream.told.objects.filter(
            superseded_at=self.load.recorded_at, source_key__in=self.came.values("source_key")
        )

    def stretch(self, offset: int, limit: int) -> list[dict[str, Any]]:
        """Some of them, those that came first; each with when, what, and the records that it made."""
        came = list(self.came[offset : offset + limit])
        more, start = limit - len(came), max(0, offset - self.came.count())
        went = list(self.went[start : start + more]) if more else []
        corrected = self._corrected(came)
        records = self._records([*came, *went])
        shown = [(row, "corrected" if row.source_key in corrected else "new") for row in came]
        return [self._shown(row, how, records) for row, how in [*shown, *((row, "withdrawn") for row in went)]]

    def _corrected(self, rows: list[Any]) -> set[str]:
        """The keys of those that were known before."""
        keys = [row.source_key for row in rows]
        before = self.kind.stream.told.objects.filter(source_key__in=keys, recorded_at__lt=self.load.recorded_at)
        undone = Load.objects.filter(superseded_at__isnull=False).values("pk")
        return set(before.exclude(load__in=undone).values_list("source_key", flat=True))

    def _records(self, rows: list[Any]) -> dict[str, list[str]]:
        """Subject → the numbers of the records that the load made."""
        found: dict[str, list[str]] = defaultdict(list)
        subjects = [row.subject for row in rows if hasattr(row, "subject")]
        for model in self.kind.stream.spans.values():
            prefix = numbered().get(model)
            made = model.objects.filter(subject__in=subjects, recorded_at=self.load.recorded_at)
            for span in made.order_by("valid_from", "pk") if prefix else ():
                found[span.subject].append(f"{prefix}-{span.pk}")
        return found

    def _shown(self, row: Any, how: str, records: dict[str, list[str]]) -> dict[str, Any]:
        kind = self.kind
        at = getattr(row, kind.column(kind.at).member, None) if kind.at else None
        event = kind.column(kind.event) if kind.event else None
        what = dict(event.choices).get(getattr(row, event.member), "") if event else ""
        model = numbered().get(type(row))
        numbers = [f"{model}-{row.pk}"] if model else records.get(getattr(row, "subject", ""), [])
        return {
            "row": row, "at": at, "by_day": getattr(row, "by_day", False), "what": str(what), "how": how,
            "records": numbers, "is_believed": row.superseded_at is None,
        }  # fmt: skip


def of(load: Load) -> Loaded | None:
    """What that load changed; None for a kind that this version does not know."""
    kind = KINDS.get(load.kind)
    return Loaded(load, kind) if kind else None
