"""The monthly report: it adds up, says what is missing, and is the same bytes for the same cut."""

import hashlib
import json
import re
from datetime import date, datetime

import pytest

from partner.common.period import JST, fiscal_year, month
from partner.common.refusal import Refusal
from partner.documents.blocks import Row, Table
from partner.facts.streams import ORGANIZATIONS
from partner.figures.engine import Evaluation
from partner.ledger import clock
from partner.reports import walk as walks
from partner.reports.prepare import prepare
from partner.reports.render import render
from tests.told import covered, told

pytestmark = pytest.mark.django_db
OCTOBER = month(date(2026, 10, 1))


@pytest.fixture
def small_centre():
    """Three persons and one organisation, October complete."""
    told(
        """
        A 2025-09-01 registered simple medium=sns purposes=job,training
        B 2026-09-10 registered full
        C 2026-10-03 registered full medium=search purposes=job
        A 2026-10-05 moved full
        B 2026-10-06 left
        """
    )
    told("O 2026-10-01 registered full type=ngo\nO 2026-10-09 retyped type=other", ORGANIZATIONS)
    for kind in ("people", "organizations"):
        covered("2026-10", kind=kind)


def tables(report):
    return {block.number: block for block in report.document.blocks if isinstance(block, Table) and block.number}


def cells(report):
    return {cell["number"]: cell for cell in report.data["cells"] if cell["number"]}


def test_every_cell_of_the_walk_stands_at_its_address(small_centre):
    found = cells(prepare("monthly", OCTOBER, clock.cut()))
    column = [found[f"M1-1.{row:02}a"]["value"] for row in range(1, 9)]
    #      opening new returned in out left total change
    assert column == [2, 1, 0, 1, 1, 1, 2, 0]
    assert [found[f"M1-1.{row:02}a"]["value"] for row in range(9, 17)] == [1, 1, 0, 1, 0, 1, 2, 1]
    assert found["M1-1.07a"]["key"] == "people.total"
    assert found["M1-1.09a"]["period"] == "2026-09"


def test_the_frame_stands_and_what_is_missing_blocks(small_centre):
    report = prepare("monthly", OCTOBER, clock.cut())
    assert report.is_draft
    sections = [
        block.number
        for block in report.document.blocks
        if getattr(block, "number", "").startswith("M") and not isinstance(block, Table)
    ]
    assert [number for number in sections if len(number) == 2] == [f"M{n}" for n in range(1, 10)]
    texts = {cell.text for row in tables(report)["M3-1"].rows if isinstance(row, Row) for cell in row.cells if cell}
    assert texts == {"未入力", "未算出", "記録なし"}
    assert {"表紙", "M3"} <= {one["place"] for one in report.data["blockers"]}


def test_the_same_cut_gives_the_same_bytes(small_centre):
    cut = clock.cut()
    for name in ("json", "html", "pdf"):
        digests = {hashlib.sha256(render(prepare("monthly", OCTOBER, cut), name)).hexdigest() for _ in range(2)}
        assert len(digests) == 1, name


def test_json_holds_the_figures_as_the_engine_counts_them(small_centre):
    cut = clock.cut()
    data = json.loads(render(prepare("monthly", OCTOBER, cut), "json"))
    assert data["figures"]["people.total"] == Evaluation(cut).figure("people.total", OCTOBER)
    assert data["known_at"] == cut.isoformat()


def test_no_report_where_the_bridge_does_not_hold(small_centre, monkeypatch):
    monkeypatch.setitem(walks.PARTS, "new", 2)
    with pytest.raises(Refusal) as refused:
        prepare("monthly", OCTOBER, clock.cut())
    assert refused.value.faults[0].code == "bridge_broken"
    assert "people 2026-10" in str(refused.value)


def test_what_a_breakdown_sums_to_is_the_walk(small_centre):
    found = cells(prepare("monthly", OCTOBER, clock.cut()))
    media = [cell["value"] for number, cell in found.items() if number.startswith("M1-2.") and number.endswith("a")]
    *parts, total = media
    assert sum(parts) == total == found["M1-1.02a"]["value"]
    types = [cell["value"] for number, cell in found.items() if number.startswith("M2-2.") and number.endswith("e")]
    assert sum(types[:-1]) == types[-1] == found["M2-1.07a"]["value"] == 1


@pytest.mark.parametrize(
    ("kind", "period", "code"),
    [
        ("monthly", fiscal_year(2026), "bad_period"),
        ("monthly", month(date(2100, 1, 1)), "period_not_over"),
        ("weekly", OCTOBER, "unknown_kind"),
        ("quarterly", OCTOBER, "bad_period"),
    ],
)
def test_what_cannot_be_composed_is_refused(small_centre, kind, period, code):
    with pytest.raises(Refusal) as refused:
        prepare(kind, period, clock.cut())
    assert refused.value.faults[0].code == code


def test_an_empty_ledger_still_has_its_frame(at_clock):
    at_clock(datetime(2026, 11, 9, tzinfo=JST))
    report = prepare("monthly", OCTOBER, clock.cut(clock.now()))
    assert cells(report)["M1-1.07a"]["state"] == "missing"
    assert b"%PDF" in render(report, "pdf")[:8]


def test_fictional_data_say_so_on_every_page(small_centre):
    from partner.common.period import midnight
    from partner.master import actions
    from partner.master.models import ContractFact

    actions.set_from(
        ContractFact, keys={"key": "fictional"}, values={"label": "x", "value": "架空である。"},
        holds_from=midnight(date(2003, 10, 1)), reason="見本", by=("見本", "管理者"),
    )  # fmt: skip
    report = prepare("monthly", OCTOBER, clock.cut())
    assert report.document.footer_right == "架空のデータ"
    assert report.document.cover.note == "架空である。"


def test_the_walk_says_of_every_number_what_the_figure_says(at_clock):
    """The opening too: of a month that nothing covers it is no zero, though the months after it are complete."""
    at_clock(datetime(2026, 11, 9, tzinfo=JST))
    told("A 2026-09-01 registered simple\nB 2026-10-03 registered full")
    told("O 2026-10-01 registered full type=ngo", ORGANIZATIONS)
    covered("2026-04", "2026-05", "2026-09", "2026-10")
    covered("2026-10", kind="organizations")
    cut = clock.cut()
    report = prepare("monthly", OCTOBER, cut)
    found, evaluation = cells(report), Evaluation(cut)
    months = [month(date(year, n, 1)) for year in (2025, 2026) for n in range(1, 13)]
    periods = {period.key: period for period in (*months, OCTOBER.fiscal_year_to_date())}
    counted = [
        cell
        for cell in found.values()
        if re.fullmatch(r"M[12]-1\.(0[1-9]|[12]\d)[abeh]|M2-2\.\d\d[abce]", cell["number"])
    ]
    for cell in counted:
        value = evaluation.value(cell["key"], periods[cell["period"]], cell["where"])
        assert (cell["value"], cell["state"]) == (value.value, value.state), cell["number"]
    assert {found[f"M1-1.01{letter}"]["text"] for letter in "eh"} == {"記録なし"}
    assert (found["M1-1.01a"]["text"], found["M1-1.01b"]["text"], found["M1-1.02h"]["text"]) == ("1", "記録なし", "2")
    assert found["M2-1.01a"]["text"] == found["M2-2.01a"]["text"] == "記録なし"
