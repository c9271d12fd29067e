"""Figures: the list of a period, and one figure opened to its records."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from partner.accounts.permissions import allowed, needs
from partner.common.command import read_period
from partner.common.period import Period, jst_day, month
from partner.desk import attained, labels, names
from partner.desk.cuts import Cuts, read_cuts
from partner.desk.listed import Listed, Sought, changes
from partner.desk.opened import Opened, dimensions_of
from partner.desk.pages import Pages, address, with_refusals
from partner.facts.periods import asked_period
from partner.figures.declare import Declared, declared, find
from partner.figures.engine import Evaluation, Where, check_where
from partner.ledger import clock
from partner.reports import wording
from partner.reports.kinds import kind_of, name_of

CONTROLS = ("known_at", "by", "how", "q", "page", "period")


def last_closed() -> Period:
    """The month before the present one."""
    return month(jst_day(clock.now())).previous()


@needs("figures.see")
@with_refusals
def figures(request: HttpRequest) -> HttpResponse:
    """All figures of a period with what they were before."""
    asked = request.GET.get("period", "")
    period = read_period(asked) if asked else last_closed()
    cuts = read_cuts(request, period)
    evaluation = Evaluation(cuts.cut)
    _prime(evaluation, period)
    tables: dict[str, dict[str, Any]] = {}
    for figure in declared():
        is_registration = figure.kind in labels.KINDS
        rows = evaluation.rows(figure.key, period, ("level",)) if is_registration else []
        unit = figure.unit if is_registration else ""
        table = tables.setdefault(
            figure.item,
            {
                "item": figure.item,
                "title": labels.TITLES.get(figure.item, figure.item),
                "unit": unit,
                "levels": rows,
                "rows": [],
            },
        )
        table["rows"].append(_row(evaluation, figure, period, rows, cuts))
    state = {"period": period.key}
    path = reverse("desk:figures")
    context = {
        "period": period, "cuts": cuts, "tables": list(tables.values()), "switch": _switch(path, state, cuts),
        "before": address(path, {"period": period.previous().key}), "after": _after(path, period),
    }  # fmt: skip
    return render(request, "desk/figures/list.html", context)


def _prime(evaluation: Evaluation, period: Period) -> None:
    """Counts every standing set that the list asks for in one scan of each kind."""
    months = [part for one in (period, period.previous(), period.year_before()) for part in one.months()]
    for kind in labels.KINDS:
        evaluation.prime(kind, [at for part in months for at in (part.start, part.end)], ("level",))


def _after(path: str, period: Period) -> str:
    following = month(period.until)
    return address(path, {"period": following.key}) if period.is_month and following.start <= clock.now() else ""


def _switch(path: str, state: dict[str, str], cuts: Cuts) -> list[dict[str, Any]]:
    """The two sides of 提出時点 / 現在 with their addresses."""
    return [
        {"name": one.name, "at": one.at, "chosen": one.chosen, "url": address(path, state, known_at=one.known_at)}
        for one in cuts.choices
    ]


def _row(
    evaluation: Evaluation, figure: Declared, period: Period, levels: list[dict[str, Any]], cuts: Cuts
) -> dict[str, Any]:
    value, before, year_ago = (
        evaluation.value(figure.key, at) for at in (period, period.previous(), period.year_before())
    )
    path = reverse("desk:figure", args=[figure.key, period.key])
    known_at = {"known_at": cuts.known_at}
    change = None if None in (value.value, before.value) else value.value - before.value  # type: ignore[operator]
    return {
        "figure": figure, "style": wording.style_of(figure.unit), "value": value, "state": labels.STATES[value.state], "before": before.value, "change": change,
        "year_ago": year_ago.value, "url": address(path, known_at),
        "levels": [(row["value"], address(path, known_at, level=row["code"])) for row in levels],
    }  # fmt: skip


def _open(request: HttpRequest, key: str, period_key: str) -> tuple[Opened, dict[str, str]]:
    """The figure that the address names, and the address's state. Raises Refusal."""
    figure = find(key)
    period = asked_period(period_key, clock.last())
    where = {name: str(code) for name, code in request.GET.items() if name not in CONTROLS and code}
    check_where(figure, where)
    cuts = read_cuts(request, period)
    period = asked_period(period_key, cuts.cut) if period.form == "span" else period  # its days as known then
    opened = Opened(figure, period, where, cuts, _chosen(request, figure, where))
    opened.evaluation.must_know(figure, period, where)
    return opened, {**where, "known_at": cuts.known_at}


@needs("figures.see")
@with_refusals
def figure(request: HttpRequest, key: str, period: str) -> HttpResponse:
    """One figure: both numbers, how it is counted, what it is made of, and its records."""
    opened, state = _open(request, key, period)
    path = reverse("desk:figure", args=[key, opened.period.key])
    item = opened.figure.item
    context = {
        "opened": opened, "cuts": opened.cuts, "item": item,
        "item_title": labels.TITLES.get(item, item), "state_label": labels.STATES[opened.value.state],
        "compared": opened.compared(), "switch": _switch(path, opened.where, opened.cuts),
        "changes": changes(opened), "bridge": _bridge(opened, state), "is_people": opened.figure.kind == "people",
        "left_out": _left_out(opened, state), "chips": _chips(opened, path, state),
        "report": _report(opened), "report_name": _report_name(opened),
        "attainments": attained.rows(opened.evaluation, opened.period, path, state) if opened.figure.derived else None,
        "sees_master": allowed(request, "master.see"), **_split(opened, path, state), **_records(request, opened, path, state),
    }  # fmt: skip
    return render(request, "desk/figures/figure.html", context)


def _report(opened: Opened) -> str:
    """The report that prints the figure; empty while there can be none."""
    if opened.period.form == "span":
        kind = "service" if opened.period.event else "incident"
        return address(reverse("desk:report", args=[kind, opened.period.key]), {"known_at": opened.cuts.known_at})
    if not opened.period.is_month or opened.period.end > opened.cuts.cut:
        return ""
    return address(reverse("desk:report", args=["monthly", opened.period.key]), {"known_at": opened.cuts.known_at})


def _report_name(opened: Opened) -> str:
    """月次報告書 10月分, 個別サービス実施報告書 令和8年9月12日."""
    kind = {"month": "monthly", "quarter": "quarterly", "year": "annual"}.get(opened.period.form)
    kind = kind or ("service" if opened.period.event else "incident")
    return f"{name_of(kind)} {kind_of(kind).covers(opened.period).partition('（')[0]}"


def _chips(opened: Opened, path: str, state: dict[str, str]) -> list[dict[str, str]]:
    """What narrows the figure; each can be taken away."""
    return [
        {"name": labels.DIMENSIONS.get(name, name), "label": label, "without": address(path, state, **{name: None})}
        for name, label in opened.filters
    ]


def _left_out(opened: Opened, state: dict[str, str]) -> list[dict[str, Any]]:
    known_at = {"known_at": state["known_at"]}
    return [
        {
            **row,
            "url": address(reverse("desk:figure", args=[row["key"], opened.period.key]), {**row["where"], **known_at}),
        }
        for row in opened.left_out()
    ]


def _bridge(opened: Opened, state: dict[str, str]) -> Any:
    found = opened.bridge()
    for row in found.rows if found else []:
        row["url"] = address(
            reverse("desk:figure", args=[f"{opened.figure.kind}.{row['key']}", row["period"].key]), state
        )
    return found


def _chosen(request: HttpRequest, figure: Declared, where: Where) -> str:
    """The breakdown that the address asks for, else the one that says most; empty where none is left."""
    left = [name for name in dimensions_of(figure) if name not in where]
    asked = request.GET.get("by", "")
    if asked in left:
        return asked
    return next((name for name in ("medium", "organization_type") if name in left), left[0] if left else "")


def _split(opened: Opened, path: str, state: dict[str, str]) -> dict[str, Any]:
    """The breakdown that is chosen, and the tabs of all."""
    chosen = opened.by
    if not chosen:
        return {"tabs": [], "split": None}
    names_ = [name for name in opened.dimensions if name not in opened.where]
    tabs = [
        {
            "name": labels.DIMENSIONS.get(name, name),
            "chosen": name == chosen,
            "url": address(path, state, by=name) + "#split",
        }
        for name in names_
    ]
    return {"tabs": tabs, "split": opened.split(chosen, path, state), "by": chosen}


def _records(request: HttpRequest, opened: Opened, path: str, state: dict[str, str]) -> dict[str, Any]:
    """The stretch of records that is shown, with names for those who may see them (one audit row)."""
    if not allowed(request, "records.see"):
        return {"sees_records": False}
    sought = _sought(request)
    listed = Listed(opened, sought)
    pages = Pages.of(request.GET.get("page", ""), listed.length)
    rows = listed.page(pages)
    subjects = [row["subject"] for row in rows if row["subject"]]
    found = names.seen(request, subjects, f"{opened.figure.key} {opened.period.key}") if subjects else {}
    for row in rows:
        row["name"] = found.get(row["subject"], names.GONE) if row["subject"] else ""
    narrowed = {**state, "by": request.GET.get("by", ""), "how": sought.how, "q": sought.number}
    return {
        "sees_records": True, "sees_names": names.may_see(request),
        "names_stand": opened.is_registration or bool(subjects), "listed": listed, "rows": rows, "sought": sought,
        "paging": pages.links(path, narrowed, "#records"), "kept": [(name, value) for name, value in {**state, "by": narrowed["by"]}.items() if value],
        "all_records": address(path, state) + "#records",
        "csv": address(reverse("desk:figure_csv", args=[opened.figure.key, opened.period.key]), {**state, "how": sought.how, "q": sought.number}),
    }  # fmt: skip


def _sought(request: HttpRequest) -> Sought:
    return Sought(request.GET.get("how", "")[:20], request.GET.get("q", "")[:40])


@needs("records.see")
@with_refusals
def figure_csv(request: HttpRequest, key: str, period: str) -> HttpResponse:
    """The listed records as a file: numbers and dates; names only for those who may see them. Audited."""
    from partner.desk.export import csv_response

    opened, _ = _open(request, key, period)
    return csv_response(request, opened, Listed(opened, _sought(request)))
