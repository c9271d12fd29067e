"""Indicators on a figure's page: each with its target, forecast and state, in the unit in which it is measured."""

from decimal import Decimal
from typing import Any

from partner.common.period import Period
from partner.desk.pages import address
from partner.figures import attainment, forecasting
from partner.figures.engine import Evaluation, Where
from partner.figures.indicators import Attainment
from partner.figures.quality import attainments
from partner.reports import wording
from partner.reports.quality import style_of

_CHIPS = {"met": "done", "expected": "done", "attention": "work", "missed": "stop"}


def chosen(evaluation: Evaluation, period: Period, where: Where) -> Attainment | None:
    """The indicator that the filter names."""
    return next((one for one in attainments(evaluation, period) if one.code == where.get("indicator")), None)


def measures(one: Attainment) -> list[tuple[str, str]]:
    """What stands beside the number of one indicator, in words."""
    made, unit = one.forecast, one.gauge.row.unit
    span = "" if made.low is None or made.high is None else f"（{_number(one, made.low)}〜{_number(one, made.high)}）"
    found = [
        ("状態", attainment.LABELS.get(one.state, "未算出")), ("目標値", _with_unit(one, one.target) or "目標値未設定"),
        ("達成率", "" if one.rate is None else wording.number(one.rate, "percent") + "％"), ("当期", _with_unit(one, one.in_period.value)),
        ("見込み", _with_unit(one, made.value) + span), ("見込みの方法", forecasting.words(made)),
        ("必要な数", "" if one.needed[0] is None else f"月{one.needed[0]:,}{unit}"), ("理由", one.person.reason if one.person else ""),
    ]  # fmt: skip
    return [(name, text) for name, text in found if text]


def rows(evaluation: Evaluation, period: Period, path: str, state: dict[str, str]) -> list[dict[str, Any]]:
    """All indicators, those at risk first, each with the address that opens it."""
    found = sorted(attainments(evaluation, period), key=lambda one: attainment.RISK.index(one.state))
    return [
        {
            "label": one.gauge.label, "unit": one.gauge.row.unit, "url": address(path, state, indicator=one.code),
            "attained": _number(one, one.attained.value), "target": _number(one, one.target),
            "rate": "" if one.rate is None else wording.number(one.rate, "percent"), "forecast": _number(one, one.forecast.value),
            "state": attainment.LABELS.get(one.state, "未算出"), "chip": _CHIPS.get(one.state, ""),
        }
        for one in found
    ]  # fmt: skip


def _number(one: Attainment, value: Decimal | int | None) -> str:
    return "" if value is None else wording.number(value, style_of(one.gauge))


def _with_unit(one: Attainment, value: Decimal | int | None) -> str:
    return "" if value is None else _number(one, value) + one.gauge.row.unit
