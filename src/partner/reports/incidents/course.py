"""T3: what was done and learnt, in its order; what is new since the report before."""

from partner.documents.blocks import Block, Cell, Column, Paragraph, Row, Section, Table, plain
from partner.facts.models.incidents import IncidentNote
from partner.master.models import CatalogueEntry
from partner.reports import wording
from partner.reports.forms import Params, form
from partner.reports.incidents.incident import Case, case_of
from partner.reports.sheet import Sheet

_COLUMNS = (
    Column("番号", kind="label", width=12), Column("日時", kind="text", width=50), Column("経過", kind="text"),
    Column("新", kind="text", width=10, centre=True),
)  # fmt: skip


@form("incident_course")
def incident_course(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """The notes as known at the cut. While an incident lasts an interim report without any is owed."""
    case = case_of(sheet)
    notes = case.notes
    section = Section(entry.title, entry.item, message=plain(_message(case, notes)) if notes else (), new_page=False)
    if not notes:
        if case.stage != "first":
            sheet.block(entry.title, "経過が未入力である。")
        return [section, Paragraph(plain("経過の記録はまだない。"))]
    rows = tuple(_row(case, n, note) for n, note in enumerate(notes, 1))
    since = case.before[-1] if case.before else None
    told = (
        f"新：前の報告（{since[0]}）の期限（{wording.moment(since[1])}）より後に起きた、又は記録された経過。"
        if since
        else ""
    )
    table = Table(
        _COLUMNS, rows, number=entry.place, title="経過", alt=f"事案{case.row.number}の経過を、日時の順に示す",
        notes=(told,) if told else (),
    )  # fmt: skip
    return [section, table]


def _row(case: Case, n: int, note: IncidentNote) -> Row:
    cells = (
        Cell(wording.moment(note.happened_at)),
        Cell(note.text),
        Cell("新" if case.is_new(note) else "", strong=True),
    )
    return Row(f"{n:02d}", cells)


def _message(case: Case, notes: list[IncidentNote]) -> str:
    if not case.before:
        return f"経過は{len(notes)}件である。"
    new = sum(case.is_new(note) for note in notes)
    return (
        f"経過は{len(notes)}件で、うち{new}件が前の報告の後のものである。"
        if new
        else "前の報告の後、新しい経過はない。"
    )
