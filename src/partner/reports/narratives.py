"""What people write in a report: the account of the work, and 今後の展望. Until a person has written, a draft stands."""

from partner.documents.blocks import Block, Entry, Finding, Heading, Paragraph, Plans, Run, Section, plain
from partner.master.models import CatalogueEntry
from partner.reports import texts
from partner.reports.drafts import draft_of
from partner.reports.forms import Params, form
from partner.reports.plans import plans_for
from partner.reports.sheet import Sheet

_FROM_RECORDS = "記録から作成。人が確かめて書き改めるまで提出できない。"
_NOTHING = "記録から書けることがない。担当者が記入する。"
# Short items: a page for each would leave most of it empty.
_FLOWING = {("annual", item) for item in ("A3", "A4", "A8", "B2")} | {("service", item) for item in ("S4", "S5", "S6")}


@form("heading")
def heading(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """Begins an item that is no single figure."""
    message = plain(params["message"]) if params.get("message") else ()
    new_page = params.get("new_page", True) and (sheet.kind, entry.item) not in _FLOWING
    return [Section(entry.title, entry.item, params.get("source", ""), message, new_page=new_page)]


@form("narrative", last=True)
def narrative(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """A text at the place `Q2.text`, drafted from the records (`params["draft"]`), each sentence with its records."""
    drafted = draft_of(sheet, params.get("draft", ""))
    body = texts.written(sheet, f"{entry.item}.text", entry.title, texts.body_of(drafted))
    if body is not None:
        return [Heading(entry.title), *texts.blocks_of(body)]
    return [Heading(entry.title), _mark(drafted), *drafted]


@form("outlook")
def outlook(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """今後の展望 at the place `Q2.outlook`; the last month's 今後の予定 are its draft."""
    planned = plans_for(sheet, sheet.period.months()[-1], entry.item)
    draft = "\n".join(f"{row.when}：{row.text}" for row in planned)
    name = f"{entry.item} {entry.title}"
    body = texts.written(sheet, f"{entry.item}.outlook", name, draft)
    if body is not None:
        return [Plans(tuple(_entries(body)), title=entry.title)]
    entries = tuple(Entry(row.when, row.text) for row in planned)
    if not entries:
        return [Plans((Entry("未入力", "この項目の今後の展望は、まだ書かれていない。"),), title=entry.title)]
    mark = Paragraph((texts.DRAFT, Run("最後の月の月次報告書に記した予定である。人が書き改めるまで提出できない。")))
    return [Plans(entries, title=entry.title), mark]


def _entries(body: str) -> list[Entry]:
    """A line each; what stands before ： is when."""
    lines = [line.strip() for line in body.splitlines() if line.strip()]
    parts = [line.partition("：") for line in lines]
    return [
        Entry(when, text) if text and len(when) <= 12 else Entry("", line)
        for line, (when, _, text) in zip(lines, parts, strict=True)
    ]


def _mark(drafted: list[Finding]) -> Paragraph:
    return Paragraph((texts.DRAFT, Run(_FROM_RECORDS if drafted else _NOTHING)))
