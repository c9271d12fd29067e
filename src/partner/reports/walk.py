"""The walk: opening ＋ new ＋ moved in − moved out − left (± reclassified) ＝ total. True in every column, or no report."""

from dataclasses import dataclass

from partner.common.period import Period, add_months, month
from partner.common.refusal import Refusal
from partner.figures.declare import declared
from partner.figures.engine import Evaluation, Value
from partner.figures.sets import Numbers
from partner.reports.compared import thirteen_months

ALL = ""
_FEW = 3  # months: of so few it is quicker to ask for each what is printed
ALSO = {"people": ("level", "medium", "purpose", "begun"), "organizations": ("level", "organization_type", "begun")}
STANDING = {"people": ("level",), "organizations": ("level", "organization_type")}
PARTS = {
    "opening": 1,
    "new": 1,
    "moved_in": 1,
    "moved_out": -1,
    "retyped_in": 1,
    "retyped_out": -1,
    "left": -1,
    "reclassified": 1,
}


def prime(evaluation: Evaluation, period: Period) -> None:
    """Counts the standing sets of all columns and charts in one scan each."""
    earliest = min(period.year_before().first, thirteen_months(period)[0].first)
    count = len(Period(add_months(earliest, -1), period.until, "").months())
    months = [month(add_months(period.until, -n)) for n in range(1, count + 1)]
    ends = [*(at.end for at in months), period.fiscal_year_to_date().start]
    for kind, dimensions in STANDING.items():
        evaluation.prime(kind, ends, dimensions)
    if len(period.months()) > _FEW:
        prime_flows(evaluation, Period(months[-1].first, period.until, ""))


def prime_flows(evaluation: Evaluation, whole: Period) -> None:
    """Counts what happens in each month of the span in one scan of each kind of facts, by all that figures are split by."""
    for figure in declared():
        if figure.adds:
            evaluation.prime_months(figure.key, [whole], figure.dimensions)


def opening_period(period: Period) -> Period:
    """The month whose end is the period's beginning."""
    return month(period.first).previous()


@dataclass(frozen=True)
class Walk:
    """The walk of one kind over one period: part → code of the axis ('' for all together) → number."""

    evaluation: Evaluation
    kind: str
    period: Period
    axis: str
    parts: dict[str, dict[str, int]]

    def value(self, part: str, code: str = ALL) -> Value:
        """One number of the walk with its state: that of the opening and the total is of the month whose end it is."""
        ends = {"opening": opening_period(self.period), "total": self.period.months()[-1]}
        return self.stated(self.parts[part].get(code, 0), ends.get(part, self.period))

    def stated(self, number: int, period: Period | None = None) -> Value:
        """A number with the state that the total of the period has (this one's, if not said)."""
        at = period or self.period
        return self.evaluation.stated(Numbers(number), self.evaluation.judge(f"{self.kind}.total", at), at)

    def codes(self) -> set[str]:
        """Every code that any part counted."""
        return {code for part in self.parts.values() for code in part if code != ALL}


def walk(evaluation: Evaluation, kind: str, period: Period, axis: str = "level") -> Walk:
    """Counts every part of the walk by the axis. Raises Refusal where it does not add up."""
    standing, flowing = STANDING[kind], ALSO[kind]

    def by_code(key: str, at: Period, also: tuple[str, ...]) -> dict[str, int]:
        counts = evaluation.counts(f"{kind}.{key}", at, (axis,), also)
        numbers = {codes[0]: number for codes, number in counts.items()}
        return numbers | {ALL: sum(numbers.values())}

    parts = {
        "opening": by_code("total", opening_period(period), standing),
        "total": by_code("total", period, standing),
        "reclassified": by_code("reclassified", period, standing),
        "change": by_code("change", period, standing),
    }
    flows = ["new", "moved_in", "moved_out", "left"]
    flows += ["retyped_in", "retyped_out"] if kind == "organizations" and axis == "organization_type" else []
    parts |= {part: by_code(part, period, flowing if part == "new" else ()) for part in flows}
    parts["returned"] = _returned(evaluation, kind, period, axis, flowing)
    found = Walk(evaluation, kind, period, axis, parts)
    must_add_up(found)
    return found


def _returned(evaluation: Evaluation, kind: str, period: Period, axis: str, also: tuple[str, ...]) -> dict[str, int]:
    counts = evaluation.counts(f"{kind}.new", period, (axis, "begun"), also)
    numbers = {codes[0]: number for codes, number in counts.items() if codes[1] == "returned"}
    return numbers | {ALL: sum(numbers.values())}


def must_add_up(found: Walk) -> None:
    """The bridge (catalogue §2). Raises Refusal naming each code for which it does not hold."""
    wrong = []
    for code in sorted({*found.codes(), ALL}):
        expected = sum(sign * found.parts[part].get(code, 0) for part, sign in PARTS.items() if part in found.parts)
        actual = found.parts["total"].get(code, 0)
        if expected != actual:
            wrong.append(f"{code or '合計'}：計算 {expected:,}、月末 {actual:,}")
    if wrong:
        raise Refusal(
            "bridge_broken",
            f"増減の検算が合わないため報告書を作成しません（{found.kind} {found.period.key}）。{'；'.join(wrong)}",
        )
