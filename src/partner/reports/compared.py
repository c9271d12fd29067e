"""What periods are called where they stand side by side: in the heads of columns, in notes and in sentences."""

from dataclasses import dataclass
from functools import cache

from partner.common.period import Period, fiscal_year_of


@dataclass(frozen=True)
class Words:
    """The words of one form of period: 当月, 前月, 前年同月; the ends; what the change is called."""

    own: str
    last: str
    ago: str
    end: str
    own_end: str
    last_end: str


_WORDS = {
    "month": Words("当月", "前月", "前年同月", "月末", "当月末", "前月末"),
    "quarter": Words("当期", "前期", "前年同期", "期末", "当期末", "前期末"),
    "year": Words("当年度", "前年度", "前年度", "年度末", "当年度末", "前年度末"),
}
_SPAN = Words("期間中", "前の期間", "前年", "期間の末", "期間の末", "期間の前")


def words_of(period: Period) -> Words:
    """How one speaks of the period and those before it."""
    return _WORDS.get(period.form, _SPAN)


@cache
def last_head(period: Period) -> str:
    """The head of the column of the period before: 9月, 第1四半期, 前年度第4四半期, 令和7年度."""
    before = period.previous()
    is_earlier = period.form == "quarter" and fiscal_year_of(before.first) != fiscal_year_of(period.first)
    return f"前年度{before.column}" if is_earlier else before.column


@cache
def ago_head(period: Period) -> str:
    """The head of the column of the same period a year earlier: 前年10月, 前年度第2四半期."""
    earlier = period.year_before().column
    return {"month": f"前年{earlier}", "quarter": f"前年度{earlier}"}.get(period.form, earlier)


def has_year_ago(period: Period) -> bool:
    """Whether the same period of last year is another one than the period before: of a year it is the same."""
    return period.previous() != period.year_before()


def series_of(period: Period) -> list[Period]:
    """The periods of a small trend, the oldest first: thirteen months, five quarters, six years."""
    found = [period]
    for _ in range({"month": 12, "quarter": 4}.get(period.form, 5)):
        found.append(found[-1].previous())
    return found[::-1]


def thirteen_months(period: Period) -> list[Period]:
    """The thirteen months up to the period's last one."""
    return series_of(period.months()[-1])
