"""What is not final yet in this report, item by item: provisional, missing, lost for good."""

from partner.documents.blocks import Block, Paragraph, Run, Runs, plain
from partner.master.models import CatalogueEntry
from partner.reports.sheet import Sheet
from partner.reports.sources import SOURCES, ready

_MOST = 4  # lines that page 2 has room for


def open_points(sheet: Sheet, items: list[CatalogueEntry]) -> list[Block]:
    """A line for each item one of whose sources is not complete."""
    said = [_said(sheet, entry.item) for entry in items]
    if sum(map(bool, said)) > _MOST:
        names = "、".join(entry.item for entry, runs in zip(items, said, strict=True) if runs)
        return [Paragraph(plain(f"{names}。いつまでそろっているかは「出典のそろい」による。"))]
    return [Paragraph(runs) for runs in said if runs] or [Paragraph(plain("なし。すべて確報である。"))]


def _said(sheet: Sheet, item: str) -> Runs:
    runs: list[Run] = []
    for kind, (of_item, name) in SOURCES.items():
        judged = sheet.evaluation.states.judge(kind, sheet.period)
        if of_item != item or (judged.state == "final" and not judged.losses):
            continue
        word = {"missing": "未入力", "provisional": "速報値"}.get(judged.state, "欠測")
        runs += [Run(f"{item}　{word}　", bold=True, attention=word == "未入力"), Run(f"{name}：{ready(sheet, kind)}")]
    return tuple(runs)
