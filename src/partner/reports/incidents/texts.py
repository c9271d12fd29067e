"""T4: cause, measures, prevention; what is new, what comes next. Facts stand until someone writes otherwise in the report."""

from partner.documents.blocks import Block, Heading, Paragraph, Run, Runs, Section, plain
from partner.facts.intake.kinds.declare import without_contacts
from partner.master.models import CatalogueEntry
from partner.reports import wording
from partner.reports.forms import Params, form
from partner.reports.incidents.incident import Case, case_of
from partner.reports.sheet import Sheet
from partner.reports.texts import DRAFT, blocks_of, written

_TEXTS = (("cause", "原因"), ("measures", "対処"), ("prevention", "再発防止"))
_OWED = Run("未入力", bold=True, attention=True)


@form("incident_texts")
def incident_texts(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """The full report owes all three; before it what is not known is 調査中."""
    case = case_of(sheet)
    found: list[Block] = [Section(entry.title, entry.item, message=_message(case), new_page=False)]
    if case.stage == "interim":
        found += [Heading("前の報告からの進展"), *_news(case)]
    for name, label in _TEXTS:
        found += [Heading(label), *_told(case, f"incident.{name}", label, getattr(case.row, name))]
    if not case.is_full:
        found += [Heading("今後の対応"), *_owed(case, "incident.next", "今後の対応", "")]
    return found


def _message(case: Case) -> Runs:
    known = [label for name, label in _TEXTS if getattr(case.row, name) or f"incident.{name}" in case.sheet.texts]
    if len(known) == len(_TEXTS):
        return plain("原因、対処及び再発防止は、次のとおりである。")
    open_ = "、".join(label for _, label in _TEXTS if label not in known)
    return plain(f"{open_}は、本書の時点で調査中である。" if not case.is_full else f"{open_}が未入力である。")


def _told(case: Case, place: str, label: str, told: str) -> list[Block]:
    """What a person wrote in the report, else the fact's own text; both were written by someone."""
    sheet = case.sheet
    sheet.places[place] = (label, told)
    row = sheet.texts.get(place)
    body = row.body if row else told
    if body:
        return _printed(case, label, place, body)
    if case.is_full:
        sheet.block("原因・対処・再発防止", f"「{label}」が未入力である。", place)
        return [Paragraph((_OWED,))]
    return [Paragraph(plain("調査中である。"))]


def _news(case: Case) -> list[Block]:
    """Drafted from the notes that are new, marked as a draft until someone edits it."""
    new = [note for note in case.notes if case.is_new(note)]
    draft = "\n\n".join(f"{wording.moment(note.happened_at)}：{note.text}" for note in new)
    return _owed(case, "incident.news", "前の報告からの進展", draft or "前の報告の後、新しい経過の記録はない。")


def _owed(case: Case, place: str, label: str, draft: str) -> list[Block]:
    body = written(case.sheet, place, label, draft)
    if body is not None:
        return _printed(case, label, place, body)
    return [Paragraph((DRAFT,)), *blocks_of(draft)] if draft else [Paragraph((_OWED,))]


def _printed(case: Case, label: str, place: str, body: str) -> list[Block]:
    """Nobody's mail address or telephone number gets onto the paper."""
    if any(without_contacts(body, place)):
        case.sheet.block("原因・対処・再発防止", f"「{label}」にメールアドレスか電話番号が書かれている。", place)
        return [Paragraph((Run("連絡先が書かれているため、表示しない。", attention=True),))]
    return blocks_of(body)
