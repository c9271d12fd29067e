"""The standard comparison: a period, the one before with its change, the same of last year with its change, to date.

Of a year the period before is the same of last year, and the year is its own sum to date: no column is printed twice.
Of other days (an event's) there is nothing to compare with.
"""

from partner.common.period import Period
from partner.documents.blocks import Cell, Column
from partner.figures.engine import Value, Where
from partner.reports import wording
from partner.reports.compared import ago_head, last_head
from partner.reports.sheet import Sheet

Periods = dict[str, Period]  # column letter → period
_LETTERS = {"year": "abcd", "span": "a"}


def letters_of(sheet: Sheet) -> str:
    """The columns that are printed."""
    return _LETTERS.get(sheet.period.form, "abcdefgh")


def periods_of(sheet: Sheet) -> Periods:
    """The columns that hold a period of their own."""
    every = {"a": sheet.period, "b": sheet.previous, "e": sheet.year_ago, "h": sheet.to_date}
    return {letter: period for letter, period in every.items() if letter in letters_of(sheet)}


def columns_of(sheet: Sheet, head: str) -> tuple[Column, ...]:
    """The heads, in the widths of the paper, after the label column."""
    last, ago = f"{sheet.words.last}比", f"{sheet.words.ago}比"
    period = sheet.period
    columns = (
        Column(period.column, width=16, letter="a", tint=True), Column(last_head(period), width=16, letter="b"),
        Column("増減", width=13.5, letter="c", group=last), Column("率%", width=13, letter="d", group=last),
        Column(ago_head(period), width=16, letter="e"),
        Column("増減", width=14, letter="f", group=ago), Column("率%", width=13, letter="g", group=ago),
        Column("年度累計", width=17.5, letter="h"),
    )  # fmt: skip
    shown = letters_of(sheet)
    return (Column(head, kind="label"), *(column for column in columns if column.letter in shown))


def cells_of(
    sheet: Sheet, address: str, key: str, where: Where, values: dict[str, Value], periods: Periods, *,
    style: str = "count", change: bool = False,
) -> tuple[Cell, ...]:  # fmt: skip
    """The cells of a row. `values` and `periods`: what each column holds, and of which period it is."""

    def counted(letter: str) -> Cell:
        return sheet.cell(
            address + letter, values[letter], key, periods[letter], where, compared=letter, style=style, change=change
        )

    def moved(base: str, difference: str, rate: str) -> list[Cell]:
        now, then = values["a"], values[base]
        return [
            sheet.difference(address + difference, now, then, key, where, difference, style),
            rate_of(sheet, address + rate, now, then, style),
        ]

    shown, cells = letters_of(sheet), [counted("a")]
    if "b" in shown:
        cells += [counted("b"), *moved("b", "c", "d")]
    if "e" in shown:
        cells += [counted("e"), *moved("e", "f", "g"), counted("h")]
    return tuple(cells)


def rate_of(sheet: Sheet, address: str, value: Value, base: Value, style: str) -> Cell:
    """A share has no rate of change: its change stands in points."""
    if style.startswith("percent"):
        return Cell("pt", state="not_applicable", number=address)
    return sheet.rate(address, value, base)


def beside_words(sheet: Sheet) -> str:
    """前月、前年同月、年度累計: what a table's alternative text names."""
    if len(letters_of(sheet)) == 1:
        return wording.day(sheet.period.last)
    names = [sheet.words.last, *([sheet.words.ago, "年度累計"] if "e" in letters_of(sheet) else [])]
    return "、".join(names)
