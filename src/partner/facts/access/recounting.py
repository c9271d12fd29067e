"""Who does not count, judged again on purpose by the lists of now: a restatement, known from its own tick on.

A renewed list of crawlers, networks or probes changes nothing by itself. Addresses and agents are kept for a time only
(`expiring`); of days whose are gone nothing can be judged again.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db import transaction

from partner.common.locks import file_lock
from partner.common.refusal import Fault, Refusal
from partner.facts.access import expiring, lists, rules, store
from partner.facts.access.agents import Verdict, judged
from partner.facts.access.engine import connected
from partner.facts.access.formats import named
from partner.facts.access.rules import Rules
from partner.facts.models.access import AccessBatch, AccessPart
from partner.ledger import clock, write

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_PER_VISITOR = np.dtype([("visitor", "<i8"), ("verdict", "i1")])
_BATCHES = "SELECT DISTINCT batch FROM read_parquet($paths) ORDER BY batch"
_JUDGED = """
CREATE OR REPLACE TABLE judged AS
WITH batches AS (SELECT batch, row_number() OVER () - 1 AS number FROM (SELECT unnest(string_split($batches, ',')) AS batch))
SELECT batch, visitor, any_value(verdict) AS verdict FROM judged_visitors JOIN batches USING (number) GROUP BY batch, visitor
"""
Say = Callable[[str], None]


def recount(first: date, last: date, say: Say = lambda text: None, *, is_trial: bool = False) -> dict[str, Any]:
    """Judges the page views of these days again; says per day and verdict how many there are then, and how many there were.

    With `is_trial` nothing is recorded. Raises Refusal for days whose addresses and agents have expired; then nothing was changed.
    """
    with file_lock("access"), store.workplace() as work, connected(work) as engine:
        recounting = _Recounting(engine)
        days = (
            AccessPart.objects.believed()
            .filter(day__gte=first, day__lte=last)
            .order_by("day")
            .values_list("day", flat=True)
        )
        try:
            for day in dict.fromkeys(days):
                recounting.take(day)
                say(f"{day}：判定し直しました。")
            if is_trial:
                recounting.give_up()
            else:
                recounting.commit()
        except BaseException:
            recounting.give_up()
            raise
    return {"from": first.isoformat(), "to": last.isoformat(), "lists": recounting.version, "days": recounting.answer}


class _Recounting:
    def __init__(self, engine: "DuckDBPyConnection") -> None:
        self.answer: list[dict[str, Any]] = []
        self._engine = engine
        self._lists = lists.known(clock.last())
        self.version = rules.version(self._lists)
        self._verdicts: dict[tuple[str, Rules], Any] = {}
        self._batches = {batch.key: batch for batch in AccessBatch.objects.believed()}
        self._made: list[tuple[AccessPart, Sequence[AccessPart]]] = []

    def take(self, day: date) -> None:
        """Judges one day; its new part is on disk afterwards, where any verdict has changed."""
        parts = list(AccessPart.objects.believed().filter(day=day).order_by("id"))
        paths = {"paths": [str(store.root() / part.path) for part in parts]}
        batches = [key for (key,) in self._engine.execute(_BATCHES, paths).fetchall()]
        self._learn(day, batches)
        found = self._engine.execute(store.VERDICTS, paths).fetchall()
        if sum(number for _, _, number in found) != sum(part.rows for part in parts):
            raise RuntimeError(f"{day}: page views of visitors that nobody named")
        self.answer.append({"day": day.isoformat(), "before": _named(found, 0), "after": _named(found, 1)})
        if any(before != after for before, after, _ in found):
            self._made.append((store.judged_again(self._engine, day, parts, self.version), parts))

    def commit(self) -> None:
        """Records the new parts in the old ones' place, all with one tick."""
        if not self._made:
            return
        with transaction.atomic():
            write.supersede(AccessPart.objects.filter(pk__in=[old.pk for _, parts in self._made for old in parts]))
            write.record([part for part, _ in self._made])

    def give_up(self) -> None:
        """Removes what was written."""
        store.drop([part for part, _ in self._made if part.pk is None])

    def _learn(self, day: date, batches: Sequence[str]) -> None:
        """Puts the verdict on each visitor of the day's batches before the engine."""
        found = [
            self._of_batch(self._batches[key], rules.of(self._batches[key].source, day, self._lists)) for key in batches
        ]
        numbers = np.concatenate([np.full(len(one), number) for number, one in enumerate(found)])
        held = np.concatenate(found)
        columns = {"number": numbers, "visitor": held["visitor"].copy(), "verdict": held["verdict"].copy()}
        self._engine.register("judged_visitors", columns)
        self._engine.execute(_JUDGED, {"batches": ",".join(batches)})
        self._engine.unregister("judged_visitors")

    def _of_batch(self, batch: AccessBatch, valid: Rules) -> Any:
        if (batch.key, valid) not in self._verdicts:
            known = expiring.named(batch.key)
            if known is None:
                message = "アドレスとユーザーエージェントの保存期間（90日）を過ぎたため、判定し直せません。取り込んだときの判定のまま残ります。"
                raise Refusal.of([Fault("expired", message, file=batch.file_name)])
            has_agent = named(batch.format).has_agent
            verdicts = {
                visitor: judged(address, agent if has_agent else None, valid) for visitor, address, agent in known
            }
            self._verdicts[batch.key, valid] = np.array(list(verdicts.items()), _PER_VISITOR)
        return self._verdicts[batch.key, valid]


def _named(found: Sequence[tuple[int, int, int]], which: int) -> dict[str, int]:
    counts: Counter[int] = Counter()
    for row in found:
        counts[row[which]] += row[2]
    return {verdict.name.lower(): counts[verdict.value] for verdict in Verdict}
