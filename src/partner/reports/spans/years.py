"""The year against up to five earlier ones, with the breaks in each series."""

from collections.abc import Iterator

from partner.common.period import Period
from partner.documents.blocks import Block, Column, Row, Table
from partner.figures.declare import find
from partner.master.models import CatalogueEntry
from partner.reports import wording
from partner.reports.comparison import rate_of
from partner.reports.forms import Params, form
from partner.reports.sheet import Sheet

_LETTERS = "abcdef"
_RECLASSIFIED = {"people": "people.reclassified", "organizations": "organizations.reclassified"}


def earlier(period: Period, count: int = 5) -> list[Period]:
    """The period and up to so many before it, the oldest first."""
    found = [period]
    for _ in range(count):
        found.append(found[-1].previous())
    return found[::-1]


@form("years")
def years_table(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """A line for the headline of each item, or for each key of `params["keys"]`."""
    years = earlier(sheet.period)
    keys = list(dict.fromkeys(params.get("keys") or sheet.headlines.values()))
    rows = tuple(_row(sheet, entry, key, n, years) for n, key in enumerate(keys, 1))
    columns = (
        Column("項目", kind="label"),
        *(Column(year.column, width=17, letter=letter, tint=year == sheet.period) for letter, year in zip(_LETTERS, years, strict=True)),
        Column("増減", width=14, letter="g", group="前年度比"), Column("率%", width=12, letter="h", group="前年度比"),
    )  # fmt: skip
    table = Table(
        columns, rows, alt=f"{entry.title}。各項目の主な数値を、{years[0].column}から{years[-1].column}まで並べる。",
        number=entry.place, title=entry.title, unit="項目に併記",
        notes=(_broken(sheet, keys, years), "前：前フェーズ報告値。記録がない年度は記録なしと示す。"),
    )  # fmt: skip
    return [table]


def _row(sheet: Sheet, entry: CatalogueEntry, key: str, n: int, years: list[Period]) -> Row:
    figure, address = find(key), f"{entry.place}.{n:02d}"
    style = wording.style_of(figure.unit)
    values = [sheet.evaluation.value(key, year) for year in years]
    names = [f"y{len(years) - place}" for place in range(1, len(years) - 1)]
    cells = [
        sheet.cell(address + letter, value, key, year, style=style, compared=compared)
        for letter, value, year, compared in zip(_LETTERS, values, years, [*names, "b", "a"], strict=True)
    ]
    cells += [
        sheet.difference(address + "g", values[-1], values[-2], key, {}, "c", style),
        rate_of(sheet, address + "h", values[-1], values[-2], style),
    ]
    return Row(f"{figure.item} {figure.label}（{figure.unit}）", tuple(cells), number=f"{n:02d}")


def _broken(sheet: Sheet, keys: list[str], years: list[Period]) -> str:
    """Which series cannot be compared over these years as they stand."""
    found = [f"{find(key).item} {'、'.join(told)}" for key in keys if (told := list(breaks(sheet, key, years)))]
    if not found:
        return "系列の断絶：ない（この間に、区分の対応も数え方も改められていない）。"
    return f"系列の断絶（改定前後の値は、そのままでは比べられない）：{'；'.join(found)}。"


def breaks(sheet: Sheet, key: str, years: list[Period]) -> Iterator[str]:
    """In which of these years the series broke: 定義変更 with what it moved, or a definition that was changed."""
    reclassified = _RECLASSIFIED.get(find(key).kind)
    for year in (one for one in years if one.start < sheet.cut):
        moved = sheet.evaluation.value(reclassified, year).value if reclassified else 0
        if moved:
            yield f"{year.column} 定義変更（期首{wording.signed(moved)}）"
        changed = sheet.evaluation.book.redefined(year.start, min(year.end, sheet.cut), _definitions(sheet, key))
        if changed:
            yield f"{year.column} 数え方の変更（{'・'.join(changed)}）"


def _definitions(sheet: Sheet, key: str) -> set[str]:
    """The definitions named by the tables that print the figure."""
    kind, item = find(key).kind, find(key).item
    named = [
        entry.definitions
        for entry in sheet.evaluation.book.catalogue(sheet.kind, sheet.at)
        if entry.item == item and (f'"{key}"' in entry.params or f'"kind": "{kind}"' in entry.params)
    ]
    return {number for each in named for number in each.split(",") if number}
