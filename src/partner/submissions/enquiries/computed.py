"""An enquiry computed at a cut: plain data that says the same in every form, and what it leaves open."""

from collections.abc import Iterator
from typing import Any

from partner.common.period import Period
from partner.figures.declare import Declared
from partner.figures.engine import Evaluation, as_json
from partner.ledger.fields import MICROSECOND
from partner.reports import wording
from partner.reports.axes import DIMENSIONS
from partner.reports.meanings import REGISTRATIONS, definitions, meaning
from partner.submissions.enquiries.asked import Asked

Data = dict[str, Any]


def computed(asked: Asked, evaluation: Evaluation) -> Data:
    """The answer: each figure's line, split by codes where that was asked, one value a period."""
    last = asked.periods[-1]
    _prime(asked, evaluation)
    lines = [line for figure in asked.figures for line in _lines(asked, figure, evaluation)]
    return {
        "cut": evaluation.cut.isoformat(),
        "figures": [_figure(asked, figure, evaluation) for figure in asked.figures],
        "periods": [{"key": one.key, "label": one.label, "short": _short(one)} for one in asked.periods],
        "by": asked.by, "by_label": DIMENSIONS.get(asked.by, asked.by), "chart": asked.chart,
        "where": [_filter(asked, name, code, evaluation, last) for name, code in asked.filters.items()],
        "lines": lines, "caveats": list(_caveats(asked, lines, evaluation)),
    }  # fmt: skip


def _short(period: Period) -> str:
    return f"{period.first.year}年{period.first.month}月" if period.is_month else period.label.split("（")[0]


def _prime(asked: Asked, evaluation: Evaluation) -> None:
    """Counts every standing set that is asked for in one scan of each kind, flows in one of each figure."""
    names = (*([asked.by] if asked.by else []), *asked.filters)
    evaluation.states.read({source for figure in asked.figures for source in figure.sources})
    for figure in asked.figures:
        if figure.kind in REGISTRATIONS and figure.type == "stock":
            evaluation.prime(figure.kind, [at for one in asked.periods for at in (one.start, one.end)], names)
        evaluation.prime_months(figure.key, list(asked.periods), names)


def _figure(asked: Asked, figure: Declared, evaluation: Evaluation) -> Data:
    at = asked.periods[-1].end - MICROSECOND
    spoken = definitions(figure, [asked.by, *asked.filters], evaluation.book, at)
    return {
        "key": figure.key, "label": figure.label, "unit": figure.unit, "item": figure.item, "type": figure.type,
        "version": figure.version, "meaning": meaning(figure), "style": wording.style_of(figure.unit),
        "definitions": [{"number": row.number, "name": row.name, "counted": row.counted, "left_out": row.left_out} for row in spoken],
    }  # fmt: skip


def _filter(asked: Asked, name: str, code: str, evaluation: Evaluation, period: Period) -> Data:
    axis = evaluation.axes(asked.figures[0], period)[name]
    label = evaluation.label(axis, code, period)
    return {"name": name, "label": DIMENSIONS.get(name, name), "code": code, "code_label": label}


def _lines(asked: Asked, figure: Declared, evaluation: Evaluation) -> Iterator[Data]:
    """The figure's own line, then one for each code that any of the periods knows, in the order of the last."""
    filters = asked.filters
    also = (asked.by,) if asked.by else ()
    whole = [evaluation.value(figure.key, one, filters, also) for one in asked.periods]
    cells = [{"value": as_json(one.value), "state": one.state} for one in whole]
    yield {"figure": figure.key, "code": "", "label": figure.label, "cells": cells}
    if not asked.by:
        return
    split = [evaluation.rows(figure.key, one, (asked.by,), filters) for one in asked.periods]
    labels = {row["code"]: row["label"] for rows in reversed(split) for row in reversed(rows)}
    known = [row["code"] for row in split[-1]]
    for code in [*known, *sorted(set(labels) - set(known))]:
        told = [next((row for row in rows if row["code"] == code), None) for rows in split]
        cells = [_cell(row, one.state) for row, one in zip(told, whole, strict=True)]
        yield {"figure": figure.key, "code": code, "label": labels[code], "cells": cells}


def _cell(row: Data | None, state: str) -> Data:
    """A code that a period's list does not have is 該当なし there; where records may still come, none is no zero."""
    if row is not None and row["value"] is not None:
        return {"value": row["value"], "state": state}
    return {"value": None, "state": "not_applicable" if state == "final" else "missing"}


def _caveats(asked: Asked, lines: list[Data], evaluation: Evaluation) -> Iterator[str]:
    """What a reader must know before using the numbers."""
    yield f"データ締切 {wording.moment(evaluation.cut)} までに記録された事実による。提出済みの報告書の値とは、締切の違いにより一致しないことがある。"
    for state, words in (
        ("provisional", "速報値（記録がまだそろっていない）"),
        ("missing", "記録なし（ゼロではない）"),
    ):
        found = [
            period
            for n, period in enumerate(asked.periods)
            if any(line["cells"][n]["state"] == state for line in lines if not line["code"])
        ]
        if found:
            yield f"{words}の期間：{_spans(found)}。"
    if asked.by and any(evaluation.axes(one, asked.periods[-1])[asked.by].multiple for one in asked.figures):
        yield "複数の内訳に数えるものがあるため、内訳の計（延べ）は全体と一致しない。"
    if any(one.type in ("ratio", "distinct") for one in asked.figures):
        yield "率及び実数（重複を除く数）は、期間の値を足しても長い期間の値にならない。"


def _spans(periods: list[Period]) -> str:
    """Neighbours joined: 2024年4月から2024年9月まで、2025年1月."""
    runs: list[list[Period]] = []
    for one in periods:
        if runs and runs[-1][-1].until == one.first:
            runs[-1].append(one)
        else:
            runs.append([one])
    said = [_short(run[0]) if len(run) == 1 else f"{_short(run[0])}から{_short(run[-1])}まで" for run in runs]
    return "、".join(said[:6]) + (f"ほか{len(said) - 6}か所" if len(said) > 6 else "")
