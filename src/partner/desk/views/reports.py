"""Reports: the fiscal year's list, one composed report inside the desk, and its files."""

from datetime import datetime
from typing import Any

from csp.decorators import csp
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe

from partner.accounts.permissions import allowed, needs
from partner.common.command import read_period
from partner.common.period import Period, fiscal_year_label, fiscal_year_of, jst_day
from partner.common.refusal import Refusal
from partner.desk import turning
from partner.desk.cuts import Cuts, data_cut, read_cuts
from partner.desk.pages import address, with_refusals
from partner.desk.year import lines_of
from partner.documents.html import document_style_hash, render_fragment
from partner.documents.links import sections_of
from partner.facts.periods import asked_period
from partner.files.models import ReferenceFile
from partner.ledger import clock
from partner.master.book import present
from partner.reports.kinds import KINDS, kind_of, name_of
from partner.reports.prepare import Report, is_made, prepare
from partner.reports.render import FORMATS, read_formats
from partner.reports.render import render as render_file
from partner.submissions.deadlines import Deadline, closed_days, of_fiscal_year, of_period
from partner.submissions.expected import seen
from partner.submissions.standing import states_of

FIRST_YEAR, LAST_YEAR = 2003, 2098
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "html": "text/html; charset=utf-8", "json": "application/json; charset=utf-8",
}  # fmt: skip
_FILES_BESIDE = 3
FILE_LABELS = {
    "pdf": "PDF",
    "docx": "Word",
    "xlsx": "Excel",
    "html": "HTML（1ファイル）",
    "csv": "CSV（全セル）",
    "json": "JSON（全数値）",
}


@needs("reports.see")
@with_refusals
def reports(request: HttpRequest) -> HttpResponse:
    """The reports of a fiscal year with their due dates; the months lead to their report."""
    today = jst_day(clock.now())
    this_year = fiscal_year_of(today)
    year = _year(request.GET.get("year", ""), this_year)
    deadlines, states = of_fiscal_year(year, closed_days()), states_of("monthly")
    by_period, happened = lines_of(year, clock.now(), closed_days())
    path = reverse("desk:reports")
    context = {
        "year": year, "label": fiscal_year_label(year),
        "months": [_month(one, states) for one in sorted(deadlines, key=lambda one: one.period) if one.kind == "monthly"],
        "others": by_period, "happened": happened,
        "before": address(path, {"year": str(year - 1)}) if year > FIRST_YEAR else "",
        "after": address(path, {"year": str(year + 1)}) if year < this_year + 1 else "",
        "today": today,
    }  # fmt: skip
    return render(request, "desk/reports/list.html", context)


def _year(text: str, default: int) -> int:
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and FIRST_YEAR <= int(text) <= LAST_YEAR):
        raise Refusal("bad_year", f"年度「{text}」は読めません。2026 のように書いてください（{FIRST_YEAR}年度から）。")
    return int(text)


def _month(deadline: Deadline, states: dict[str, str]) -> dict[str, Any]:
    """One month: over or not, due or not, where its report is."""
    period, now = read_period(deadline.period), clock.now()
    is_over = period.end <= now
    cut = data_cut(period)
    days = deadline.counting.days[-1].number if deadline.counting.days else None
    return {
        "period": period, "deadline": deadline, "cut": cut, "day": days, "is_over": is_over,
        "is_cut": cut <= now, "is_past": deadline.due_at < now,
        "is_now": period.start <= now < period.end,
        "url": reverse("desk:report", args=["monthly", period.key]) if is_over else "",
        "work": reverse("desk:work", args=["monthly", period.key]) if is_over else "",
        "state": states.get(period.key, ""),
    }  # fmt: skip


def _read(request: HttpRequest, kind: str, period_key: str) -> tuple[Period, Cuts]:
    """The period and cut of the address. Raises Refusal where no report of that kind is made."""
    book = present()
    if kind not in KINDS or not is_made(kind, book, clock.last()):
        made = "、".join(one.name for one in KINDS.values() if is_made(one.key, book, clock.last()))
        raise Refusal("unknown_kind", f"報告書の種類「{kind}」は、この版では作成できません。作成できるもの：{made}")
    period = asked_period(period_key, clock.last())
    kind_of(kind).must_have(period)
    kind_of(kind).must_fit(period)
    if period.is_month:
        return period, read_cuts(request, period)
    row = seen(kind, period.key)
    cuts = read_cuts(request, period, max(row.cut_planned_at, row.made_at))  # known when it was asked for
    return asked_period(period_key, cuts.cut), cuts


def _due(kind: str, period: Period) -> datetime:
    """When it is due: as computed for a month, as fixed or agreed for the others."""
    return of_period(kind, period, closed_days()).due_at if period.is_month else seen(kind, period.key).due


def _covers(kind: str, period: Period) -> str:
    """10月分, 第2四半期分; 令和8年9月12日 of an event, the number and stage of an incident."""
    if period.form == "span":
        return kind_of(kind).covers(period).partition("（")[0] if period.event else kind_of(kind).covers(period)
    return f"{period.column}分"


def _turns(kind: str, period: Period) -> dict[str, Any]:
    """The reports before and after."""
    found = {"previous": turning.before(period), "following": turning.after(period, clock.now())}
    urls = {f"{name}_url": reverse("desk:report", args=[kind, one.key]) for name, one in found.items() if one}
    return {**found, **urls}


def _texts_at(cuts: Cuts) -> datetime:
    """Texts are written after the data cut: those known now, unless the address names a moment."""
    return cuts.cut if cuts.named else max(clock.last(), cuts.cut)


@needs("reports.see")
@with_refusals
def report(request: HttpRequest, kind: str, period: str) -> HttpResponse:
    """The composed report with its sections at the left; what is printed is what the files hold."""
    month, cuts = _read(request, kind, period)
    made = prepare(kind, month, cuts.cut, link_base="", texts_at=_texts_at(cuts))
    path = reverse("desk:report", args=[kind, month.key])
    due_at = _due(kind, month)
    context = {
        "report": made, "period": month, "cuts": cuts, "name": name_of(kind), "covers": _covers(kind, month), "due_at": due_at,
        "is_past": due_at < clock.now(),
        "sections": _sections(made, references_beside(request)), "blockers": made.data["blockers"], "blocked": _blocked(made),
        "fragment": mark_safe(render_fragment(made.document)),  # noqa: S308 - Jinja escaped it
        "switch": [
            {"name": one.name, "at": one.at, "chosen": one.chosen, "url": address(path, {}, known_at=one.known_at)}
            for one in cuts.choices
        ],
        "files": [
            {"name": FILE_LABELS[name], "url": address(reverse("desk:report_file", args=[kind, month.key, name]), {"known_at": cuts.known_at})}
            for name in FILE_LABELS
        ],
        "page": address(reverse("desk:report_page", args=[kind, month.key]), {"known_at": cuts.known_at}),
        "year": fiscal_year_of(month.first), "year_label": fiscal_year_label(fiscal_year_of(month.first)),
        **_turns(kind, month),
    }  # fmt: skip
    return render(request, "desk/reports/report.html", context)


def references_beside(request: HttpRequest) -> dict[str, list[Any]]:
    """The predecessor's reports by the item they report on (empty: the whole), the latest first, a few of each."""
    if not allowed(request, "references.see"):
        return {}
    return clock.remembered("references beside", _references)


def _references() -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    rows: Any = ReferenceFile.objects
    for row in rows.believed().order_by("-period", "-id"):
        found.setdefault(row.item, []).append(row)
    return {item: rows[:_FILES_BESIDE] for item, rows in found.items()}


def _sections(made: Report, references: dict[str, list[Any]]) -> list[dict[str, Any]]:
    """The sections with what blocks in each, and the files that stand beside it."""
    counts: dict[str, int] = {}
    for entry in made.data["blockers"]:
        item = (entry["section"] or entry["place"]).partition("-")[0]
        counts[item] = counts.get(item, 0) + 1
    return [
        {
            "anchor": anchor, "section": section, "blocked": counts.get(section.number, 0) if section.number else 0,
            "files": references.get(section.number, []) if section.number or n == 0 else [],
        }
        for n, (anchor, section) in enumerate(sections_of(made.document))
    ]  # fmt: skip


def _blocked(made: Report) -> list[dict[str, Any]]:
    """What blocks submission, by place."""
    found: dict[str, list[str]] = {}
    for entry in made.data["blockers"]:
        found.setdefault((entry["section"] or entry["place"]).partition("-")[0], []).append(entry["why"])
    anchors = {section.number: anchor for anchor, section in sections_of(made.document) if section.number}
    return [{"place": place, "anchor": anchors.get(place, ""), "whys": whys} for place, whys in found.items()]


@needs("reports.see")
@with_refusals
def report_file(request: HttpRequest, kind: str, period: str, format: str) -> HttpResponse:
    """The report as a file, made as it is asked for; links in it lead to this site's public address."""
    if format not in FORMATS:
        read_formats(format)
    month, cuts = _read(request, kind, period)
    made = prepare(kind, month, cuts.cut, texts_at=_texts_at(cuts))
    response = HttpResponse(render_file(made, format), content_type=TYPES[format])
    response["Content-Disposition"] = f'attachment; filename="{_file_name(kind, month, cuts.cut, format)}"'
    return response


def _file_name(kind: str, period: Period, cut: datetime, ending: str) -> str:
    """monthly-2026-10-as-of-20261106T1200.pdf"""
    key = period.key.replace(":", "-").replace("/", "-")
    return f"{kind}-{key}-as-of-{cut:%Y%m%dT%H%M}.{ending}"


_PAPER = {"default-src": ["'none'"], "style-src": [f"'{document_style_hash()}'"], "img-src": ["data:"], "base-uri": ["'none'"],
          "form-action": ["'none'"], "frame-ancestors": ["'none'"]}  # fmt: skip


@needs("reports.see")
@with_refusals  # type: ignore[arg-type]
@csp(_PAPER)  # type: ignore[arg-type]
def report_page(request: HttpRequest, kind: str, period: str) -> HttpResponse:
    """The one-file page itself, to read and print: nothing runs in it, and its one style is allowed by its digest."""
    month, cuts = _read(request, kind, period)
    return HttpResponse(render_file(prepare(kind, month, cuts.cut, texts_at=_texts_at(cuts)), "html"))
