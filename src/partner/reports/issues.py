"""Q1, A1: the year's priority issues (重点課題), what was done for each in the quarter or in all four, and what came of it."""

from typing import Any

from partner.common.period import fiscal_year_of
from partner.documents.blocks import Block, Heading, KeyValues, Paragraph, Run, Runs, plain
from partner.facts.models.texts import ReportText
from partner.facts.models.undertakings import IssueEffort, PriorityIssue
from partner.facts.texts import texts_of
from partner.master.models import CatalogueEntry
from partner.reports.forms import Params, form
from partner.reports.happened import happened
from partner.reports.sheet import Sheet
from partner.reports.texts import DRAFT, plain_of, runs_of

FOURTH = "Q4."  # begins the places of the fourth quarter's texts in the annual report
_MISSING = Run("未入力", bold=True, attention=True)


@form("issues")
def issues(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """Each issue of the year. None told at all blocks; so does one for which nothing was told of a quarter."""
    found = _issues(sheet)
    if not found:
        sheet.block(entry.item, "重点課題がまだ記録されていない。")
        return [Paragraph((_MISSING,))]
    efforts = _efforts(sheet)
    blocks = [block for issue in found for block in _issue(sheet, entry, issue, efforts)]
    return [Paragraph(_message(sheet, found)), *blocks]


def _issues(sheet: Sheet) -> list[PriorityIssue]:
    rows: Any = PriorityIssue.objects
    year = fiscal_year_of(sheet.period.first)
    return list(rows.known_at(sheet.texts_at).filter(fiscal_year=year).order_by("number", "id"))


def quarters(sheet: Sheet) -> list[str]:
    """The quarter itself; of a year its four, in order."""
    if "Q" in sheet.period.key:
        return [sheet.period.key]
    return [f"{fiscal_year_of(sheet.period.first)}Q{n}" for n in range(1, 5)]


def _efforts(sheet: Sheet) -> dict[tuple[int, str], IssueEffort]:
    """By issue and quarter. Texts: as known when the report's texts are, not at its data cut."""
    rows: Any = IssueEffort.objects
    told = rows.known_at(sheet.texts_at).filter(period__in=quarters(sheet)).order_by("id")
    return {(row.number, row.period): row for row in told}


def _message(sheet: Sheet, found: list[PriorityIssue]) -> Runs:
    unset = sum(not issue.goal for issue in found)
    goals = f"うち{unset}件は目標値未設定である。" if unset else "すべてに目標がある。"
    return plain(f"{fiscal_year_of(sheet.period.first)}年度の重点課題は{len(found)}件で、{goals}")


def _issue(
    sheet: Sheet, entry: CatalogueEntry, issue: PriorityIssue, efforts: dict[tuple[int, str], IssueEffort]
) -> list[Block]:
    goal = plain(issue.goal) if issue.goal else (Run("目標値未設定", bold=True),)
    aim: tuple[tuple[str, Runs], ...] = (
        ("ねらい", plain(issue.aim)), ("指標", plain(issue.measure or "―")), ("目標", goal),
    )  # fmt: skip
    lines, owed = list(aim), list[Block]()
    for quarter in quarters(sheet):
        if told := efforts.get((issue.number, quarter)):
            lines += _told(told, quarter)
        elif body := _written(sheet, issue, quarter):
            lines.append((f"第{quarter[-1]}四半期の取組", runs_of(" ".join(body.split()))))
        else:
            owed += _owed(sheet, entry, issue, quarter)
    return [Heading(f"{issue.number}　{issue.title}"), KeyValues(tuple(lines)), *owed]


def _place(issue: PriorityIssue, quarter: str) -> str:
    """Where someone writes in the report what the sheet did not tell."""
    return f"issue.{issue.number}.{quarter}"


def _name(issue: PriorityIssue, quarter: str) -> str:
    return f"重点課題{issue.number}「{issue.title}」第{quarter[-1]}四半期の取組"


def _written(sheet: Sheet, issue: PriorityIssue, quarter: str) -> str:
    """What someone wrote in this report, else in that quarter's own."""
    place = _place(issue, quarter)
    row = sheet.texts.get(place)
    if row is None and quarter != sheet.period.key:
        row = _elsewhere(sheet, quarter).get(place)
    if row is not None:
        sheet.places[place] = (_name(issue, quarter), row.body)
    return row.body if row else ""


def _elsewhere(sheet: Sheet, quarter: str) -> dict[str, ReportText]:
    """The texts of that quarter's report; the fourth has none of its own, its texts are the annual report's."""
    if not quarter.endswith("Q4"):
        return texts_of("quarterly", quarter, sheet.texts_at)
    return {place.removeprefix(FOURTH): row for place, row in sheet.texts.items() if place.startswith(FOURTH)}


def _told(told: IssueEffort, quarter: str) -> tuple[tuple[str, Runs], ...]:
    name = f"第{quarter[-1]}四半期"
    entries: list[tuple[str, Runs]] = [(f"{name}の取組", plain(told.effort))]
    further = (("結果", told.result), ("指標の実績", told.attained))
    return (*entries, *((label, plain(said)) for label, said in further if said))


def _owed(sheet: Sheet, entry: CatalogueEntry, issue: PriorityIssue, quarter: str) -> list[Block]:
    """What the records of the period say, marked 下書き: which of it was done for the issue only a person knows."""
    place, name = _place(issue, quarter), _name(issue, quarter)
    said = happened(sheet) if quarter == sheet.period.key else []
    sheet.places[place] = (name, "\n\n".join(plain_of(runs) for runs in said))
    sheet.block(entry.item, f"「{name}」が未入力である。", place)
    heading = (Run(f"第{quarter[-1]}四半期の取組　"), DRAFT if said else _MISSING)
    return [Paragraph(heading), *(Paragraph(runs) for runs in said)]
