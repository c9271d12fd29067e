"""The small tables: page 2, the states of values, the counted days."""

from partner.documents.blocks import BusinessDays, Legend, Summary
from partner.documents.charts import draw_sparkline
from partner.documents.word import styles
from partner.documents.word.links import Marks
from partner.documents.word.pictures import Pictures
from partner.documents.word.tables import TableWriter
from partner.documents.word.xml import cell, paragraph, row, run, table, together
from partner.documents.words import summary_heads, trend_alt

_SUMMARY = (41.0, 24.0, 10.0, 15.0, 13.0, 15.0, 13.0, 25.0, 14.0)
_RIGHT, _CENTRE = '<w:jc w:val="right"/>', '<w:jc w:val="center"/>'

_FEW_DAYS = 10  # beyond these a remark of four characters stands in one line only if smaller


def summary(block: Summary, writer: TableWriter, marks: Marks, pictures: Pictures, words: dict[str, str]) -> str:
    """One line an item: headline figure, its changes, thirteen months."""
    widths = list(_SUMMARY)
    last, ago, trend = summary_heads(block.heads, words)
    names = (
        (words["item"], 1), (block.period, 1), ("", 1), (last, 2), (ago, 2), (trend, 1), (words["number"], 1),
    )  # fmt: skip
    heads, at = [], 0
    for name, span in names:
        look = _CENTRE if span > 1 else _RIGHT if at else ""
        heads.append(cell(paragraph(run(name), "PCHead", look), sum(widths[at : at + span]), span=span))
        at += span
    head = row(heads, head=True)
    rows = [head]
    for one in block.rows:
        picture = draw_sparkline(one.series, trend_alt(one.name, one.trend, words))
        spark = pictures.take(picture.svg, picture.width, picture.alt)
        number = marks.inside("c", one.number, run(one.number, "PCCellNumber"))
        cells = [
            cell(paragraph(run(f"{one.item} ", "PCItem") + run(one.name), "PCLabel"), widths[0]),
            cell(paragraph(writer.value(one.value), "PCHeadline"), widths[1]),
            cell(paragraph(run(one.unit, "PCQuiet"), "PCWords"), widths[2]),
        ]
        changes = (one.month_change, one.month_rate, one.year_change, one.year_rate)
        cells += [cell(paragraph(run(text), "PCNumber"), widths[n]) for n, text in enumerate(changes, 3)]
        cells += [cell(paragraph(inner, "PCWords", _RIGHT), widths[n]) for n, inner in ((7, spark), (8, number))]
        rows.append(row(cells))
    return table(rows, widths, styles.TABLE, block.alt) + paragraph(run(block.note), "PCNote")


def legend(block: Legend, writer: TableWriter, words: dict[str, str], width: float) -> str:
    """How values look, and what that means."""
    widths = [width * 0.28, width * 0.72]
    head = row(
        [
            cell(paragraph(run(words["shown"]), "PCHead", _RIGHT), widths[0]),
            cell(paragraph(run(words["meaning"]), "PCHead"), widths[1]),
        ],
        head=True,
    )
    rows = [
        row([cell(paragraph(writer.value(one.cell), "PCNumber"), widths[0]), cell(paragraph(run(one.meaning), "PCWords"), widths[1])])
        for one in block.entries
    ]  # fmt: skip
    title = paragraph(run(block.title), "Heading2") if block.title else ""
    return title + table([head, *rows], widths, styles.TABLE, block.alt) + paragraph("", "PCNote")


def business_days(block: BusinessDays, words: dict[str, str], width: float) -> str:
    """The days up to the deadline, counted."""
    first = 20.0
    widths = [first, *[(width - first) / len(block.days)] * len(block.days)]

    def line(name: str, texts: list[str], style: str = "", *, head: bool = False, size: float = 0) -> str:
        cells = [cell(paragraph(run(name), "PCHead"), first)]
        for n, text in enumerate(texts):
            look = "PCAttention" if block.days[n].due else style
            cells.append(cell(paragraph(run(text, look, size=size), "PCHead", _CENTRE), widths[n + 1]))
        return row(cells, head=head)

    rows = [
        line(block.month, [day.label for day in block.days], head=True),
        line(words["business_day"], [day.count or words["not_counted"] for day in block.days], "PCStrong"),
        line(
            words["remarks"],
            ["\n".join(day.remarks) for day in block.days],
            size=6.5 if len(block.days) > _FEW_DAYS else 0,
        ),
    ]
    return table(together(rows), widths, styles.TABLE, block.alt) + paragraph("", "PCNote")
