"""The form of an enquiry as it stands in an address: a question can be tried out, kept as a bookmark, and then saved."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict

from partner.common.period import Period, month
from partner.common.refusal import Refusal
from partner.desk.labels import TITLES
from partner.figures.declare import declared
from partner.figures.engine import Evaluation
from partner.reports.axes import DIMENSIONS
from partner.submissions.enquiries.asked import CHARTS, UNITS, Asked, read, spanned

FILTERS = 2


@dataclass(frozen=True)
class Question:
    """What was filled in, whether it can be asked or not."""

    filled: QueryDict
    today: date

    @property
    def is_begun(self) -> bool:
        """Whether anything was chosen."""
        return "figure" in self.filled or "first" in self.filled

    def asked(self, evaluation: Evaluation) -> Asked:
        """The question. Raises Refusal."""
        filled = self.filled
        periods = spanned(filled.get("unit", "month"), filled.get("first", ""), filled.get("last", ""), self.today)
        return read(
            filled.getlist("figure"), periods, filled.get("by", ""), self._where(), filled.get("chart", ""), evaluation
        )

    def _where(self) -> dict[str, str]:
        where: dict[str, str] = {}
        for n in range(1, FILTERS + 1):
            name, text = self.filled.get(f"narrow{n}", ""), self.filled.get(f"to{n}", "").strip()
            if name and not text:
                raise Refusal("empty_filter", f"「{DIMENSIONS.get(name, name)}」をどれに絞り込むかを書いてください。")
            if name:
                where[name] = text
        return where

    def form(self) -> dict[str, Any]:
        """What the form shows: the choices, and what was filled in."""
        filled, before = self.filled, month(self.today).previous()
        chosen = set(filled.getlist("figure"))
        items: dict[str, list[dict[str, Any]]] = {}
        for one in declared():
            items.setdefault(one.item, []).append({"figure": one, "chosen": one.key in chosen})
        return {
            "items": [
                {"item": item, "title": TITLES.get(item, item), "figures": rows, "open": any(row["chosen"] for row in rows)}
                for item, rows in items.items()
            ],
            "dimensions": [(name, label, filled.get("by") == name) for name, label in DIMENSIONS.items() if name not in ("day", "posting", "page_group")],
            "filters": [{"n": n, "name": filled.get(f"narrow{n}", ""), "text": filled.get(f"to{n}", "")} for n in range(1, FILTERS + 1)],
            "units": [(key, label, filled.get("unit", "month") == key) for key, label in UNITS.items()],
            "charts": [(key, label, filled.get("chart", "") == key) for key, label in CHARTS.items()],
            "first": filled.get("first", _year_back(before).key), "last": filled.get("last", before.key),
        }  # fmt: skip

    @property
    def carried(self) -> list[tuple[str, str]]:
        """The question without its figures, as the form that saves it carries it along."""
        names = ["first", "last", "unit", "by", "chart"]
        names += [f"{part}{n}" for n in range(1, FILTERS + 1) for part in ("narrow", "to")]
        return [(name, str(self.filled[name])) for name in names if name in self.filled]


def _year_back(period: Period) -> Period:
    return month(period.first.replace(year=period.first.year - 1))
