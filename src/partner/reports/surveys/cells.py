"""Cells of survey tables: each count with its records; no share below ten answers (rule 13)."""

from dataclasses import dataclass
from typing import Any

from partner.documents.blocks import Cell
from partner.figures.engine import Value, Where
from partner.figures.tabulated import Tabulation
from partner.reports import wording
from partner.reports.sheet import Sheet
from partner.reports.surveys.asked import CHANGED, KEY

TOO_FEW = f"回答が{wording.SMALL_BASE}件に満たないときは、割合と前回との差を示さない（＊）。平均は参考にとどまる。"


@dataclass(frozen=True)
class Pen:
    """Prints one tabulation in a column: `compared` is a for this time, b for the last."""

    sheet: Sheet
    tabulation: Tabulation | None
    compared: str

    def number(self, address: str, value: Any, where: Where, style: str = "count", **more: Any) -> Cell:
        """A number with its records; 未入力 of this time, 記録なし of the last."""
        one = self.tabulation
        if one is None:
            return Cell("記録なし", state="not_computed", number=address)
        state = one.state if value is not None or one.state == "missing" else "not_applicable"
        stated = Value(None if state == "missing" else value, state)
        about = {"survey": one.survey, **where}
        return self.sheet.cell(
            address, stated, KEY, one.period, about, compared=self.compared, style=style, **more
        )  # fmt: skip


def share(address: str, part: int, whole: int, **more: Any) -> Cell:
    """Part of whole in per cent; ＊ below ten."""
    if whole < wording.SMALL_BASE:
        return Cell("＊", state="not_computed", number=address)
    percent = wording.share(part, whole)
    return Cell(str(percent), number=address, **more)


def changed(address: str = "") -> Cell:
    """Nothing is compared across a change of the questionnaire."""
    return Cell(CHANGED, state="not_applicable", number=address)


def none(address: str = "") -> Cell:
    """A place where nothing can stand: the mean of a question without a scale."""
    return Cell("―", state="not_applicable", number=address)
