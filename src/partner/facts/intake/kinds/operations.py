"""Sheets of the system's operation: stops, works and events; response times."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from partner.facts.intake.kinds.declare import KEY, WITHDRAWN, Column, Kind, without_contacts
from partner.facts.models.operations import BUCKETS, Operation
from partner.facts.models.operations import OperationKind as K
from partner.facts.streams import OPERATIONS, RESPONSE_TIMES
from partner.ledger import clock

_STOPS = frozenset({K.OUTAGE, K.PLANNED_STOP})
_LASTS = frozenset({K.OUTAGE, K.PLANNED_STOP, K.UNKNOWN})
_MAY_COME = frozenset({K.PLANNED_STOP, K.MAINTENANCE, K.RELEASE, K.SERVICE})
_WORKS = frozenset({K.MAINTENANCE, K.RELEASE, K.BACKUP, K.PATCH, K.SECURITY_EVENT})
_ONE_AT_A_TIME = frozenset({K.OUTAGE, K.UNKNOWN, K.SERVICE})


def _check(read: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    begins, ends = read["valid_from"], read["valid_to"]
    if ends is not None and ends < begins:
        yield "ends_before_begin", "終了が開始より前です。", "valid_to"
    if begins > clock.now() and read["kind"] not in _MAY_COME:
        yield "in_the_future", "現在より後の日時です。", "valid_from"
    if ends is not None and ends > clock.now() and read["kind"] not in _MAY_COME:
        yield "in_the_future", "現在より後の日時です。", "valid_to"
    yield from without_contacts(read["title"], "title")


def _overlaps(changes: list[Any]) -> Iterator[tuple[Any, str, str, str]]:
    """Two outages of one system at one time are one outage told twice: minutes would be counted twice."""
    coming = [change for change in changes if change.new is not None and change.new.kind in _ONE_AT_A_TIME]
    if not coming:
        return
    gone = {change.old.pk for change in changes if change.old is not None}
    latest = [change.new.valid_to for change in coming]
    query: Any = Operation.objects
    known = query.believed().filter(kind__in={change.new.kind for change in coming}).exclude(pk__in=gone)
    if None not in latest:
        known = known.filter(valid_from__lt=max(latest))
    spans: dict[tuple[str, str], list[tuple[Any, Any]]] = defaultdict(list)
    for row in known:
        spans[row.kind, row.system].append((row, None))
    for change in coming:
        spans[change.new.kind, change.new.system].append((change.new, change))
    for rows in spans.values():
        yield from _clashes(sorted(rows, key=lambda one: (one[0].valid_from, one[1] is not None)))


def _clashes(rows: Iterable[tuple[Any, Any]]) -> Iterator[tuple[Any, str, str, str]]:
    """Those that begin before the one before them ended; of two, the one that comes with this file."""
    before: tuple[Any, Any] | None = None
    for row, change in rows:
        if before and (before[0].valid_to is None or row.valid_from < before[0].valid_to):
            blamed = change or before[1]
            if blamed is not None:
                other = before if blamed is change else (row, change)
                where = (
                    f"{other[1].row.line}行目" if other[1] else f"記録済みの{other[0].valid_from:%Y-%m-%d %H:%M}から"
                )
                yield blamed, "overlap", f"{where}の{K(row.kind).label}と時間が重なります。", "valid_from"
                if blamed is change:
                    continue
        if before is None or before[0].valid_to is not None:
            before = (row, change)


OPERATION = Kind(
    "operations",
    "運用・保守の記録",
    (
        KEY,
        Column("kind", "種別", "何の記録か。", True, "choice", choices=tuple(K.choices)),
        Column("system", "対象", "どのシステムか。", True, "code", list="system"),
        Column("valid_from", "開始日時", "", True, "moment", may_be_future=True),
        Column("valid_to", "終了日時", "続いている間は空。", type="moment", may_be_future=True),
        Column("cause", "原因", "障害停止と計画停止では必ず書く。", type="code", list="outage_cause", needed=_STOPS, allowed=_LASTS),
        Column("category", "区分", "作業の区分。停止では書かない。", type="code", list="work_kind", allowed=_WORKS),
        Column("result", "結果", "成功、失敗など。", type="code", list="operation_result"),
        Column("title", "件名", "短く。氏名や連絡先は書かない。", limit=80, wide=True),
        WITHDRAWN,
    ),
    OPERATIONS,
    at="valid_from",
    event="kind",
    check=_check,
    against=_overlaps,
    rules=(
        "1行に1つのことを書く。「サービス予定」は、サービスを提供することにしている期間を書く（24時間）。",
        "障害停止は計画外の停止である。保守のための停止は「計画停止」、監視が動いていなかった時間は「監視欠測」と書く。",
        "月をまたぐ停止は1行で書く。時間は月の境で分けて数え、件数は始まった月に数える。",
        "終了が分かったら、同じ行キーのまま書き直す。",
    ),
)  # fmt: skip


def _bucket(bound: int) -> Column:
    return Column(
        f"le_{bound}", f"{bound}ms以下", f"{bound}ミリ秒以下だった数（下の区切りより上）。", type="integer", least=0
    )


def _counts(members: dict[str, Any]) -> None:
    """Thirteen counts from the columns, or one from a probe's sample."""
    counts = [members.pop(f"le_{bound}") or 0 for bound in BUCKETS] + [members.pop("over") or 0]
    sample = members.pop("sample_ms")
    if sample is not None:
        counts[next((n for n, bound in enumerate(BUCKETS) if sample <= bound), len(BUCKETS))] += 1
    members["counts"] = ",".join(map(str, counts))
    members["failed"] = members["failed"] or 0


def _spelt(fact: Any) -> dict[str, Any]:
    """The counts as columns again; a probe's sample as the one count that it made."""
    return dict(zip([*(f"le_{bound}" for bound in BUCKETS), "over"], map(int, fact.counts.split(",")), strict=True))


def _has_samples(read: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    if set(read["counts"]) <= set("0,") and not read["failed"]:
        yield "missing_value", "測定が1つもありません。区切りごとの数か、測定値を書いてください。", "sample_ms"


RESPONSE_TIME = Kind(
    "response_times",
    "応答時間",
    (
        KEY,
        Column("page_group", "ページの種類", "", True, "code", list="page_group"),
        Column("valid_from", "測定の日時", "分布ではその1時間の始まり。監視では測定した時。", True, "moment"),
        *(_bucket(bound) for bound in BUCKETS),
        Column("over", f"{BUCKETS[-1]}ms超", "", type="integer", least=0),
        Column("sample_ms", "測定値（ms）", "監視の1回の測定。分布の列は空にする。", type="integer", least=0),
        Column("failed", "応答なし", "監視で応答がなかった回数。", type="integer", least=0),
        WITHDRAWN,
    ),
    RESPONSE_TIMES,
    at="valid_from",
    check=_has_samples,
    fill=_counts,
    spell=_spelt,
    rules=(
        "1行に、1種類のページの1時間の分布か、監視の1回の測定を書く。",
        "区切りは決まっている。どの期間も、区切りごとの数を足して合わせられる。",
    ),
)
