"""What an enquiry asks: figures, periods, a breakdown and filters, read from a form or an address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from partner.common.period import Period, add_months, fiscal_year, month, parse_period, quarter
from partner.common.refusal import Refusal
from partner.figures.declare import Declared, find
from partner.figures.engine import Evaluation
from partner.master.book import UNKNOWN
from partner.reports.axes import DIMENSIONS

MOST_FIGURES, MOST_PERIODS = 6, 400
CHARTS = {"": "なし", "line": "折れ線（推移）", "bar": "横棒（最後の期間）"}
UNITS = {"month": "月", "quarter": "四半期", "year": "年度"}


@dataclass(frozen=True)
class Asked:
    """Figures in their order, periods in theirs, at most one breakdown, filters by code."""

    figures: tuple[Declared, ...]
    periods: tuple[Period, ...]
    by: str = ""
    where: Mapping[str, str] | None = None
    chart: str = ""

    @property
    def filters(self) -> dict[str, str]:
        """The filters; empty where there are none."""
        return dict(self.where or {})


def read(
    figures: Sequence[str], periods: Sequence[Period], by: str, where: Mapping[str, str], chart: str, evaluation: Evaluation
) -> Asked:  # fmt: skip
    """The question, checked. A filter may be written as a code or as its label. Raises Refusal with what can be asked."""
    if not figures:
        raise Refusal("no_figure", "数値を1つ以上選んでください。")
    if len(figures) > MOST_FIGURES:
        raise Refusal("too_many", f"数値は{MOST_FIGURES}つまでにしてください（いま{len(figures)}つ）。")
    if chart not in CHARTS:
        raise Refusal("unknown_chart", "図の種類を選んでください。")
    chosen = tuple(find(key) for key in dict.fromkeys(figures))
    for name in (by, *where):
        _must_have(chosen, name)
    if by in where:
        raise Refusal("twice", f"「{DIMENSIONS.get(by, by)}」は、内訳か絞り込みのどちらかにしてください。")
    codes = {name: _code(chosen[0], name, text.strip(), periods[-1], evaluation) for name, text in where.items()}
    return Asked(chosen, tuple(periods), by, codes, chart)


def _must_have(figures: Sequence[Declared], name: str) -> None:
    for figure in figures:
        if name and name not in figure.dimensions:
            known = "、".join(DIMENSIONS.get(one, one) for one in figure.dimensions) or "なし"
            words = f"「{figure.label}」は「{DIMENSIONS.get(name, name)}」では分けられません。使える内訳：{known}"
            raise Refusal("unknown_dimension", words)


def _code(figure: Declared, name: str, text: str, period: Period, evaluation: Evaluation) -> str:
    rows = {row["code"]: row["label"] for row in evaluation.rows(figure.key, period, (name,))}
    found = [code for code, label in rows.items() if text in (code, label)]
    if not found:
        some = "、".join(label for code, label in rows.items() if code != UNKNOWN)[:200]
        raise Refusal(
            "unknown_code", f"「{DIMENSIONS.get(name, name)}」に「{text[:40]}」はありません。使えるもの：{some}"
        )
    return found[0]


def spanned(unit: str, first: str, last: str, today: date) -> list[Period]:
    """Every period of the unit from the one to the other, both named by any month, quarter or year within.

    Raises Refusal for what cannot be read, runs backwards, lies ahead or is longer than anyone would read.
    """
    if unit not in UNITS:
        raise Refusal("unknown_unit", "期間の単位を選んでください。")
    begins, ends = _read(first).first, _read(last).last
    if begins > ends:
        raise Refusal("backwards", "期間の初めが終わりより後になっています。")
    if begins > today:
        raise Refusal("ahead", "これから先の期間は集計できません。")
    found = [_of(unit, begins)]
    while found[-1].until <= min(ends, today):
        found.append(_of(unit, found[-1].until))
        if len(found) > MOST_PERIODS:
            raise Refusal(
                "too_long", f"期間は{MOST_PERIODS}までにしてください。単位を四半期か年度にすると長く取れます。"
            )
    return found


def _read(text: str) -> Period:
    try:
        return parse_period(text.strip())
    except ValueError as error:
        raise Refusal("bad_period", str(error)) from None


def _of(unit: str, day: date) -> Period:
    if unit == "month":
        return month(day)
    fiscal = day.year if day.month >= 4 else day.year - 1
    if unit == "year":
        return fiscal_year(fiscal)
    return quarter(add_months(day.replace(day=1), -((day.month - 4) % 3)))
