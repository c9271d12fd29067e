"""The fourth quarter within the annual report: it has no report of its own (別紙4), so its parts stand here."""

from dataclasses import replace

from partner.common.period import Period, quarter
from partner.documents.blocks import Block, Paragraph, Section, plain
from partner.master.models import CatalogueEntry
from partner.reports.forms import Params, blocks_of, form, form_of
from partner.reports.issues import FOURTH
from partner.reports.sheet import Blocker, Sheet

_PARTS = ("heading", "issues", "narrative", "indicators", "outlook")
_SAID = "第4四半期は独立した四半期報告書を作らず、その項目を次に示す。"
_MONTHLY = "M"  # its months stand among the twelve


def last_quarter(year: Period) -> Period:
    """January to March of the fiscal year."""
    return quarter(year.months()[-3].first)


@form("fourth_quarter", last=True)
def fourth_quarter(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """What a quarterly report says beside its monthly items, then the headline of each of these for the quarter."""
    inner = _inner(sheet)
    found: list[Block] = [Paragraph(plain(_SAID))]
    for one in sheet.evaluation.book.catalogue("quarterly", sheet.at):
        if one.form in _PARTS and not one.item.startswith(_MONTHLY) and one.item != "Q4":
            found += [_begun(one.item, one.title)] if one.form == "heading" else blocks_of(inner, one)
    found += [_begun("Q4", "月次報告項目"), *_headlines(inner, sheet, entry)]
    _hand_over(inner, sheet, entry)
    return found


def _begun(item: str, title: str) -> Section:
    """An item of the quarter, as its own report would begin it; the annual report's contents name B1 alone."""
    return Section(title, item, new_page=False, listed=False)


def _inner(sheet: Sheet) -> Sheet:
    """A sheet of the quarter: its texts are the annual report's own, at places of their own."""
    inner = Sheet(
        last_quarter(sheet.period), sheet.evaluation, sheet.link_base, kind=sheet.kind, texts_at=sheet.texts_at
    )
    mine = {place: row for place, row in sheet.texts.items() if place.startswith(FOURTH)}
    efforts = {place: row for place, row in sheet.texts.items() if place.endswith(f".{inner.period.key}")}
    inner.__dict__["texts"] = efforts | {place.removeprefix(FOURTH): row for place, row in mine.items()}
    inner.issue = sheet.issue
    return inner


def _headlines(inner: Sheet, sheet: Sheet, entry: CatalogueEntry) -> list[Block]:
    """January, February, March, the quarter, and what it is compared with."""
    lines = [{"key": key, "label": f"{item}", "n": n} for n, (item, key) in enumerate(sheet.headlines.items(), 1)]
    named = {
        one.item: one for one in sheet.evaluation.book.catalogue(sheet.kind, sheet.at)
        if one.form == "item"
    }  # fmt: skip
    for line in lines:
        one = named[str(line["label"])]
        line.update(label=f"{one.item} {one.title}", unit=one.unit, style=_style(one))
    months = replace_entry(entry)
    return form_of("months")(inner, months, {"rows_of": "lines", "rows": lines, "head": "項目"})


def _style(one: CatalogueEntry) -> str:
    from partner.reports.forms import params_of

    return str(params_of(one).get("style", "count"))


def replace_entry(entry: CatalogueEntry) -> CatalogueEntry:
    """The entry of the table of headlines: a number of its own, units beside each line."""
    made = CatalogueEntry(
        report=entry.report, place=f"{entry.place}-M", item=entry.item, form="months", title="第4四半期の月次報告項目", unit="項目に併記",
        definitions="", params="{}", position=entry.position,
    )  # fmt: skip
    return made


def _hand_over(inner: Sheet, sheet: Sheet, entry: CatalogueEntry) -> None:
    """What the quarter printed, owes and may be written in becomes the annual report's."""
    sheet.printed += inner.printed
    sheet.places |= {f"{FOURTH}{place}": (f"第4四半期　{name}", draft) for place, (name, draft) in inner.places.items()}
    sheet.blockers += [
        replace(one, place=entry.item, why=f"第4四半期：{one.why}", text=f"{FOURTH}{one.text}" if one.text else "")
        for one in inner.blockers
        if isinstance(one, Blocker)
    ]
