"""One figure opened: its value at both moments, how it is counted, what it is made of."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from partner.common.period import Period
from partner.common.refusal import Refusal
from partner.desk import attained, labels
from partner.desk.cuts import Cuts
from partner.desk.pages import address
from partner.desk.turning import earlier
from partner.documents.charts import draw
from partner.documents.plots import WalkChart, WalkStep
from partner.facts.models import Coverage, Loss
from partner.figures.declare import Declared
from partner.figures.engine import Evaluation, Value, Where
from partner.figures.indicators import Attainment
from partner.ledger.fields import MICROSECOND
from partner.reports import meanings, wording
from partner.reports.quality import style_of
from partner.reports.walk import Walk, walk

STEPS = {
    "new": ("新規", 1),
    "moved_in": ("変更 増", 1),
    "moved_out": ("変更 減", -1),
    "left": ("退会", -1),
    "reclassified": ("定義変更", 1),
}
ALWAYS = ("new", "left")


@dataclass(frozen=True)
class Covered:
    """Days for which a source was declared complete (or lost), and when that was last said."""

    source: str
    loss: bool
    since: datetime
    until: datetime
    told_at: datetime


def dimensions_of(figure: Declared) -> list[str]:
    """What a figure can be split by, in the order of its declaration."""
    return list(dict.fromkeys(name for by in figure.by for name in by.split(",")))


@dataclass(frozen=True)
class Opened:
    """The figure for a period under a filter, as known at the moments of `cuts`."""

    figure: Declared
    period: Period
    where: Where
    cuts: Cuts
    by: str = ""

    @cached_property
    def evaluation(self) -> Evaluation:
        """What is shown. A standing number is counted for all three periods in one scan."""
        evaluation = Evaluation(self.cuts.cut)
        if self.is_registration and self.figure.key.endswith(".total"):
            ends = [self.period.end, *(period.end for _, period in earlier(self.period, self.cuts.cut))]
            evaluation.prime(self.figure.kind, ends, self._asked)
        return evaluation

    @cached_property
    def _asked(self) -> tuple[str, ...]:
        """The dimensions that the page asks for: they are counted together."""
        level = "level" if self.is_registration else ""
        return tuple(dict.fromkeys(name for name in (*self.where, level, self.by) if name))

    @cached_property
    def _then(self) -> Evaluation | None:
        if self.cuts.then is None:
            return None
        return self.evaluation if self.cuts.cut == self.cuts.then else Evaluation(self.cuts.then)

    @cached_property
    def _now(self) -> Evaluation:
        return self.evaluation if self.cuts.cut == self.cuts.now else Evaluation(self.cuts.now)

    @cached_property
    def value(self) -> Value:
        """The number that is shown."""
        return self._value(self.evaluation)

    @cached_property
    def then(self) -> Value | None:
        """The number at the data cut; None while that has not come."""
        return self._value(self._then) if self._then else None

    @cached_property
    def now(self) -> Value:
        """The number now."""
        return self._value(self._now)

    @property
    def gap(self) -> int | None:
        """Now less then."""
        if self.then is None or self.then.value is None or self.now.value is None:
            return None
        return self.now.value - self.then.value

    def _value(self, evaluation: Evaluation, period: Period | None = None) -> Value:
        return evaluation.value(self.figure.key, period or self.period, self.where, self._asked)

    @cached_property
    def dimensions(self) -> list[str]:
        """What the figure can be split by."""
        return dimensions_of(self.figure)

    @cached_property
    def at(self) -> Any:
        """The moment whose lists name the codes."""
        return self.period.end - MICROSECOND

    def code_label(self, dimension: str, code: str) -> str:
        """A code's label in the period."""
        axis = self.evaluation.axes(self.figure, self.period)[dimension]
        return self.evaluation.label(axis, code, self.period)

    @cached_property
    def filters(self) -> list[tuple[str, str]]:
        """The filter as dimension and label."""
        return [(name, self.code_label(name, code)) for name, code in self.where.items()]

    @property
    def title(self) -> str:
        """全登録者数（国際協力人材）; a stock at a month's end says so."""
        prefix = "月末の" if self.figure.type == "stock" and self.period.is_month else ""
        return prefix + labels.title_of(self.figure.label, [label for _, label in self.filters])

    @property
    def moment(self) -> str:
        """When the figure holds."""
        return labels.moment_of(self.figure.type, self.period)

    def compared(self) -> list[dict[str, Any]]:
        """What it is compared with (`turning.earlier`), with the change to this period."""
        end = "末" if self.figure.type == "stock" and self.period.is_month else ""
        found = []
        for word, period in earlier(self.period, self.cuts.cut):
            before = self._value(self.evaluation, period)
            change = None if None in (before.value, self.value.value) else self.value.value - before.value  # type: ignore[operator]
            found.append({"word": word + end, "period": period, "value": before.value, "change": change})
        return found

    @property
    def meaning(self) -> str:
        """What is counted, in one sentence; of others than registrations the definitions say it."""
        return meanings.meaning(self.figure)

    # How it is counted

    def definitions(self) -> list[Any]:
        """The definitions in master data that speak of this figure."""
        return meanings.definitions(self.figure, self.where, self.evaluation.book, self.at)

    @property
    def is_registration(self) -> bool:
        """Whether it counts registrations of persons or organisations."""
        return self.figure.kind in labels.KINDS

    @property
    def is_survey(self) -> bool:
        """Whether it counts responses, of which no share is claimed below ten (rule 13)."""
        return "response_rate" in self.figure.measures

    @property
    def style(self) -> str:
        """How its numbers are printed."""
        return style_of(self.indicator.gauge) if self.indicator else wording.style_of(self.figure.unit)

    @property
    def unit(self) -> str:
        """In what it is measured; of an indicator in its own unit."""
        return self.indicator.gauge.row.unit if self.indicator else self.figure.unit

    @cached_property
    def indicator(self) -> Attainment | None:
        """The indicator that the filter names, of the figure that is derived from others."""
        return attained.chosen(self.evaluation, self.period, self.where) if self.figure.derived else None

    def measures(self) -> list[tuple[str, str]]:
        """What stands beside the headline, in words."""
        if self.figure.derived:
            return attained.measures(self.indicator) if self.indicator else []
        found = dict(self.value.measures)
        if self.is_survey and (found.get("invited") or 0) < wording.SMALL_BASE:
            found["response_rate"] = None
        return [
            (labels.MEASURES.get(name, name), labels.measured(name, found.get(name))) for name in self.figure.measures
        ]

    def counted_levels(self) -> str:
        """Which levels are counted in the report column of the filter; empty where there is no choice."""
        column = self.where.get("level")
        if not column:
            return ""
        axis = self.evaluation.axes(self.figure, self.period)["level"]
        rows = self.evaluation.book.codes(axis.list, self.at)
        return "、".join(row.label for row in rows if (row.reported_as or row.code) == column)

    @property
    def level_label(self) -> str:
        """The report column of the filter, in words."""
        return dict(self.filters).get("level", "")

    def left_out(self) -> list[dict[str, Any]]:
        """Beside a total: applications that wait and are not in it, and the suspended that are."""
        if not self.figure.key.endswith(".total") or not self.is_registration:
            return []
        where = {
            name: code for name, code in self.where.items() if name == "level" or self.figure.kind == "organizations"
        }
        found = []
        for name, words in (("pending", "審査中の申請（含めない）"), ("suspended", "うち利用停止中（含む）")):
            key = f"{self.figure.kind}.{name}"
            value = self.evaluation.value(key, self.period, where)
            found.append({"key": key, "words": words, "value": value.value, "where": where})
        return found

    def coverage(self) -> list["Covered"]:
        """For which days of the period the source was declared complete, or lost; what adjoins is joined."""
        told: tuple[Any, ...] = (Coverage, Loss)
        rows = [
            row
            for model in told
            for row in model.objects.known_at(self.cuts.cut).filter(
                kind__in=self.evaluation.sources(self.figure, self.period),
                valid_from__lt=self.period.end,
                valid_to__gt=self.period.start,
            )
        ]
        found: list[Covered] = []
        for row in sorted(rows, key=lambda row: (row.source, row.loss, row.valid_from, row.valid_to, row.pk)):
            last = found[-1] if found else None
            if last and (last.source, last.loss) == (row.source, row.loss) and row.valid_from <= last.until:
                found[-1] = Covered(
                    row.source, row.loss, last.since, max(last.until, row.valid_to), max(last.told_at, row.recorded_at)
                )
            else:
                found.append(Covered(row.source, row.loss, row.valid_from, row.valid_to, row.recorded_at))
        return found

    # What it is made of

    def split(self, dimension: str, path: str, state: dict[str, str]) -> dict[str, Any]:
        """One breakdown: labels with links, bars, shares, and what differs now."""
        also = self._asked
        rows = self.evaluation.rows(self.figure.key, self.period, (dimension,), self.where, also)
        axis = self.evaluation.axes(self.figure, self.period)[dimension]
        values = [Decimal(row["value"] or 0) for row in rows]
        total, longest = self.value.value or 0, max((abs(value) for value in values), default=Decimal()) or 1
        adds = self.figure.type in ("flow", "stock", "distinct") and self.style == "count"
        has_shares = adds and not (self.is_survey and total < wording.SMALL_BASE)  # rule 13
        gaps = self._gaps(dimension, also)
        lines = [
            {
                **row,
                "value": None if row["value"] is None else value,
                "link": address(path, state, **{dimension: row["code"], "by": None, "page": None}),
                "bar": f"{max(Decimal(), value) * 100 / longest:.2f}",
                "share": _share(row["value"], total) if has_shares else None,
                "gap": gaps.get(row["code"], 0) if gaps is not None else None,
            }
            for row, value in zip(rows, values, strict=True)
        ]
        shares = [line["share"] for line in lines if line["share"] is not None]
        return {
            "name": labels.DIMENSIONS.get(dimension, dimension),
            "remark": labels.REMARKS.get(dimension, ""), "lines": lines, "multiple": axis.multiple, "total": total,
            "sum": sum(values) if adds else self.value.value, "gap": self.gap if gaps is not None else None,
            "has_shares": has_shares, "is_small": adds and not has_shares,
            "share_sum": sum(shares) if shares else None,
            "share_is_off": bool(shares) and sum(shares) != 100,
        }  # fmt: skip

    def _gaps(self, dimension: str, also: tuple[str, ...]) -> dict[str, Decimal] | None:
        """Code → now less then; None while there is no then."""
        if self._then is None:
            return None
        then, now = (
            {
                row["code"]: Decimal(row["value"] or 0)
                for row in one.rows(self.figure.key, self.period, (dimension,), self.where, also)
            }
            for one in (self._then, self._now)
        )
        return {code: now.get(code, Decimal()) - then.get(code, Decimal()) for code in {*now, *then}}

    def bridge(self) -> "Bridge | None":
        """From the end of the month before to this one; only for totals that a walk explains."""
        axis = "organization_type" if "organization_type" in self.where else "level"
        explained = (
            self.is_registration
            and self.figure.key.endswith(".total")
            and self.period.is_month
            and set(self.where) <= {axis}
        )
        if not explained or self.value.value is None:
            return None
        try:
            found = walk(self.evaluation, self.figure.kind, self.period, axis)
        except Refusal as refusal:
            return Bridge([], "", "", broken=str(refusal))
        return _bridge(self, found, self.where.get(axis, ""))


@dataclass(frozen=True)
class Bridge:
    """The walk as a drawing and as rows; `broken` says where it does not add up."""

    rows: list[dict[str, Any]]
    svg: str
    formula: str
    broken: str = ""


def _share(value: int | None, total: int) -> Any:
    return None if not total or value is None else wording.share(value, total)


def _moves(opened: Opened, found: Walk, code: str) -> Iterator[tuple[str, str, int]]:
    """Part, words and signed number, without those that are nothing; moves between columns cancel out in the whole."""
    steps = dict(STEPS)
    if "retyped_in" in found.parts:
        steps = {
            "new": STEPS["new"],
            "retyped_in": ("種別 増", 1),
            "retyped_out": ("種別 減", -1),
            **{k: STEPS[k] for k in ("left", "reclassified")},
        }
    for part, (words, sign) in steps.items():
        number = found.parts[part].get(code, 0)
        between = part.startswith(("moved", "retyped"))
        if part in ALWAYS or (number and not (between and not code)):
            yield part, words, sign * number


def _bridge(opened: Opened, found: Walk, code: str) -> Bridge:
    period, before = opened.period, opened.period.previous()
    opening, total = found.parts["opening"].get(code, 0), found.parts["total"].get(code, 0)
    moves = list(_moves(opened, found, code))
    steps = [WalkStep(f"{before.first.month}月末", opening, "end")]
    steps += [
        WalkStep(words, abs(number), "plus" if number >= 0 and part not in ("left",) else "minus")
        for part, words, number in moves
    ]
    steps.append(WalkStep(f"{period.first.month}月末", total, "end"))
    formula = (
        f"{opening:,} "
        + " ".join(f"{'−' if number < 0 or part == 'left' else '＋'} {abs(number):,}" for part, _, number in moves)
        + f" ＝ {total:,}"
    )
    alt = (
        f"前月末{opening:,}{opened.figure.unit}から"
        + "、".join(f"{words}{wording.signed(number)}" for _, words, number in moves)
        + f"で{total:,}{opened.figure.unit}。"
    )
    chart = WalkChart(
        "",
        "前月末からの動き",
        opened.figure.unit,
        alt,
        tuple(steps),
        axis_remark="縦軸は途中（{start}）から始めています。",
    )
    rows = [{"words": f"{before.first.month}月末", "value": opening, "end": True, "key": "total", "period": before}]
    rows += [
        {"words": words, "value": number, "end": False, "key": part, "period": period} for part, words, number in moves
    ]
    rows.append({"words": f"{period.first.month}月末", "value": total, "end": True, "key": "total", "period": period})
    return Bridge(rows, draw(chart, "screen", 480), formula)
