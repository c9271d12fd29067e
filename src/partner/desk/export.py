"""The records of a figure as CSV for a spreadsheet: UTF-8 with a mark at its beginning, no formula can hide in it."""

import csv
from collections.abc import Iterator
from datetime import datetime
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from partner.accounts import audit
from partner.common.period import JST
from partner.desk import names
from partner.desk.listed import Listed
from partner.desk.opened import Opened

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
CHUNK = 500
_COLUMNS = (
    ("増減", "sign"), ("記録番号", "id"), ("登録番号", "subject_masked"), ("有効になった日時", "valid_from"),
    ("有効でなくなった日時", "valid_to"), ("記録した日時", "recorded_at"), ("登録区分", "level_label"),
    ("団体種別", "type_label"), ("接触媒体", "medium_label"), ("登録目的", "purposes_label"), ("経緯", "begun_label"),
    ("終わり方", "ended_label"),
)  # fmt: skip


_OTHERS = (
    ("増減", "sign"), ("記録番号", "id"), ("日時", "valid_from"), ("終わり", "valid_to"), ("記録した日時", "recorded_at"),
)  # fmt: skip


class _Echo:
    """What csv writes is what it hands back."""

    def write(self, text: str) -> str:
        return text


def guarded(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _cell(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{value.astimezone(JST):%Y-%m-%d %H:%M:%S}"
    return str(value) if isinstance(value, int) else guarded(str(value or ""))


def _lines(listed: Listed, with_names: bool) -> Iterator[str]:
    writer = csv.writer(_Echo())
    if not listed.opened.is_registration:
        yield from _others(listed, writer)
        return
    heads = [head for head, _ in _COLUMNS]
    yield "\ufeff" + str(writer.writerow([*heads, "氏名"] if with_names else heads))
    waiting: list[dict[str, Any]] = []

    def written() -> Iterator[str]:
        known = names.names_of(row["subject"] for row in waiting) if with_names else {}
        for row in waiting:
            cells = [_cell(row.get(name)) for _, name in _COLUMNS]
            cells += [guarded(known.get(row["subject"], names.GONE))] if with_names else []
            yield str(writer.writerow(cells))

    for row in listed:
        waiting.append(row)
        if len(waiting) >= CHUNK:
            yield from written()
            waiting = []
    yield from written()


def _others(listed: Listed, writer: Any) -> Iterator[str]:
    """Records of any other kind: their times, then each member that says something as 名称＝値. No names."""
    yield "\ufeff" + str(writer.writerow([*(head for head, _ in _OTHERS), "内容"]))
    for row in listed:
        said = "；".join(f"{name}＝{text}" for name, text in row["told"])
        yield str(writer.writerow([*(_cell(row.get(name)) for _, name in _OTHERS), guarded(said)]))


def csv_response(request: HttpRequest, opened: Opened, listed: Listed) -> HttpResponse:
    """Streams the file; who took it, and how many records, is audited before the first line leaves."""
    with_names = names.may_see(request) and opened.is_registration
    what = f"{opened.figure.key} {opened.period.key} {listed.length}件"
    audit.record(request, "exported", detail=f"{what}　{'氏名を含む' if with_names else '番号と日付のみ'}")
    response = StreamingHttpResponse(_lines(listed, with_names), content_type="text/csv; charset=utf-8")
    key = opened.period.key.replace(":", "-").replace("/", "-")
    name = "-".join([opened.figure.key.replace(".", "-"), key, *opened.where.values()])
    response["Content-Disposition"] = (
        f'attachment; filename="{"".join(c for c in name if c.isalnum() or c in "-_")}.csv"'
    )
    response["Cache-Control"] = "no-store"
    return cast(HttpResponse, response)  # both answer a view; only the stubs part them
