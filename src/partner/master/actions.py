"""Changing master data: from a date on, with a reason, on both clocks."""

from datetime import datetime
from typing import Any

from django.db import transaction

from partner.common.period import jst_day, midnight
from partner.common.refusal import Refusal
from partner.ledger import write
from partner.master.book import holds
from partner.master.models import BY_DAY, Code, Dated


def _row(model: type[Dated], keys: dict[str, Any], values: dict[str, Any], **rest: Any) -> Dated:
    return model(**keys, **values, **rest)


def set_from(
    model: type[Dated], *, keys: dict[str, Any], values: dict[str, Any], holds_from: datetime, reason: str, by: tuple[str, str],
) -> Dated:  # fmt: skip
    """From `holds_from` on, the thing named by `keys` has these values; what was believed for later is closed.

    `by` is (name, role). Raises Refusal for an unknown member.
    """
    _must_begin_a_period(model, keys, holds_from)
    unknown = (set(keys) | set(values)) - set(model.key_fields) - set(model.value_fields)
    if unknown or set(keys) != set(model.key_fields):
        raise Refusal("bad_member", f"この一覧にない項目です：{'、'.join(sorted(unknown)) or '見出しの不足'}")
    stamp = {"reason": reason, "by_name": by[0], "by_role": by[1]}
    with transaction.atomic():
        believed = list(model.objects.believed().filter(**keys).order_by("valid_from"))
        changed = [row for row in believed if row.valid_to is None or row.valid_to > holds_from]
        new = [_row(model, keys, values, valid_from=holds_from, valid_to=None, **stamp)]
        new += [_until(row, holds_from, stamp) for row in changed if row.valid_from < holds_from]
        write.supersede(model.objects.filter(pk__in=[row.pk for row in changed]))
        write.record(new)
    return new[0]


def _must_begin_a_period(model: type[Dated], keys: dict[str, Any], at: datetime) -> None:
    """Lists and their mapping change at a month's start only, so that each period is counted under one (catalogue §2)."""
    if model is Code and keys.get("list") not in BY_DAY and at != midnight(jst_day(at).replace(day=1)):
        raise Refusal("not_a_period_start", "一覧の変更は月の初日からだけ有効にできます。")


def end_at(model: type[Dated], *, keys: dict[str, Any], ends_at: datetime, reason: str, by: tuple[str, str]) -> None:
    """The thing named by `keys` holds no longer from `ends_at` on. Raises Refusal where it does not hold then."""
    _must_begin_a_period(model, keys, ends_at)
    with transaction.atomic():
        believed = list(model.objects.believed().filter(**keys))
        if not any(holds(row, ends_at) for row in believed):
            raise Refusal("not_in_force", "その日に有効な行がありません。")
        changed = [row for row in believed if row.valid_to is None or row.valid_to > ends_at]
        stamp = {"reason": reason, "by_name": by[0], "by_role": by[1]}
        new = [_until(row, ends_at, stamp) for row in changed if row.valid_from < ends_at]
        write.supersede(model.objects.filter(pk__in=[row.pk for row in changed]))
        write.record(new)


def _until(row: Dated, ends_at: datetime, stamp: dict[str, str]) -> Dated:
    """The same row, ending earlier."""
    names = (*row.key_fields, *row.value_fields, "source")
    kept = {name: getattr(row, name) for name in names}
    return type(row)(**kept, valid_from=row.valid_from, valid_to=ends_at, **stamp)
