"""What a survey's numbers bear, drafted: each sentence with its n and its records, marked until a person edits it.

Said is only what is larger than chance: two means whose difference is at least twice its standard error
(√(s₁²/n₁ + s₂²/n₂)); below ten answers nothing is compared at all.
"""

import math
from collections.abc import Iterator

from partner.documents.blocks import Block, Finding, Heading, Paragraph, Run
from partner.figures.engine import Where
from partner.figures.tabulated import Answered
from partner.master.models import CatalogueEntry
from partner.reports import texts, wording
from partner.reports.forms import Params, form
from partner.reports.sheet import Sheet
from partner.reports.surveys.asked import KEY, Asked, Question, asked
from partner.reports.surveys.remarks import by_category, remarks

NOTABLE = 2.0  # standard errors: chance alone makes such a difference about once in twenty
_MARK = Run("記録から作成。人が確かめて書き改めるまで提出できない。")
_HALF = 0.5


@form("survey_analysis")
def survey_analysis(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """The analysis as a person left it, or the draft with its mark. Nothing is drafted of nothing."""
    one = asked(sheet, entry, params)
    if one.now.is_empty:
        return []
    drafted = list(findings(one))
    name = f"{one.place} 分析"
    body = texts.written(sheet, f"{entry.place}.analysis", name, texts.body_of(drafted))
    if body is not None:
        return [Heading(name), *texts.blocks_of(body)]
    return [Heading(name), Paragraph((texts.DRAFT, _MARK)), *drafted]


def findings(one: Asked) -> Iterator[Finding]:
    """The sentences of the draft, in the order of reading."""
    yield _response(one)
    if one.now.completed < wording.SMALL_BASE:
        said = f"回答完了が{one.now.completed}件で10件に満たないため、割合、順位、前回との違いは述べない。"
        yield Finding("回答が少ない", (Run(said), *_records(one, {})))
        return
    yield from _extremes(one)
    yield from _changes(one)
    yield from _remarked(one)


def _records(one: Asked, where: Where) -> tuple[Run, ...]:
    """The cell where the number stands, and the screen that opens it."""
    about = {"survey": one.survey, **where}
    cells = [
        cell.number for cell in one.sheet.printed
        if cell.key == KEY and cell.where == about and cell.period == one.period.key and cell.compared == "a"
    ]  # fmt: skip
    number = (cells[-1:] if where else cells[1:2]) or [""]  # a question's mean; the completed responses
    cell = (Run(number=number[0]),) if number[0] else ()
    return (*cell, Run("　元の記録", link=one.sheet.link(KEY, one.period, about)))


def _response(one: Asked) -> Finding:
    now, plan = one.now, one.now.plan
    head = f"回答完了は{now.completed:,}件"
    if now.rate is None or now.invited < wording.SMALL_BASE:
        return Finding(head, (Run("依頼の数が記録されていないか少ないため、回答率は述べない。"), *_records(one, {})))
    percent = wording.share(now.completed, now.invited)
    said = f"依頼{now.invited:,}件に対する回答率は{percent}％である。"
    if plan is not None and plan.goal is not None:
        said += (
            f"目標の{plan.goal}％に{'達した' if now.completed * 100 >= plan.goal * now.invited else '達していない'}。"
        )
    if now.rate < _HALF:
        said += "半数以上が回答していないため、結果は回答した者の評価として読む。"
    return Finding(head, (Run(said), *_records(one, {})))


def _rated(one: Asked) -> list[tuple[Question, Answered]]:
    """Questions on a scale with ten answers at least."""
    each = [(question, one.now.of(question.code)) for question in one.questions if question.is_scale]
    return [(question, found) for question, found in each if found.scores.total() >= wording.SMALL_BASE]


def apart(one: Answered, other: Answered) -> float:
    """How many standard errors two means are apart."""
    assert one.mean is not None
    assert other.mean is not None
    gap, error = abs(float(one.mean - other.mean)), math.hypot(one.error, other.error)
    return 0.0 if not gap else gap / error if error else math.inf


def _extremes(one: Asked) -> Iterator[Finding]:
    rated = sorted(_rated(one), key=lambda pair: pair[1].mean or 0)
    if len(rated) < 2:
        return
    (low, least), (high, most) = rated[0], rated[-1]
    if apart(least, most) < NOTABLE:
        said = f"{len(rated)}問の平均に、偶然を超える差はみられない（最高{_said(most)}、最低{_said(least)}）。"
        yield Finding("設問の間の差は小さい", (Run(said), *_records(one, {})))
        return
    said = f"最も高いのは「{high.label}」の{_said(most)}、最も低いのは「{low.label}」の{_said(least)}である。"
    yield Finding(f"「{high.label}」が高く、「{low.label}」が低い", (Run(said), *_records(one, {"question": low.code})))


def _said(answered: Answered) -> str:
    return f"{answered.mean}点（n＝{answered.scores.total():,}）"


def _changes(one: Asked) -> Iterator[Finding]:
    compared = [(question, now, one.before(question.code)) for question, now in _rated(one)]
    pairs = [
        (question, now, last)
        for question, now, last in compared
        if last is not None and last.scores.total() >= wording.SMALL_BASE
    ]
    moved = [(question, now, last) for question, now, last in pairs if apart(now, last) >= NOTABLE]
    for question, now, last in moved:
        verb = "上がった" if (now.mean or 0) > (last.mean or 0) else "下がった"
        said = f"前回の{_said(last)}から{_said(now)}に{verb}。要因は確認中。"
        yield Finding(f"「{question.label}」が{verb}", (Run(said), *_records(one, {"question": question.code})))
    if pairs and not moved:
        yield Finding(
            "前回からの変化は小さい", (Run(f"比べられる{len(pairs)}問に、偶然を超える変化はない。"), *_records(one, {}))
        )
    if one.changed:
        labels = "、".join(f"「{question.label}」" for question in one.questions if question.code in one.changed)
        yield Finding("前回と比べない設問がある", (Run(f"{labels}は設問を変えたため、前回と比べない。"),))


def _remarked(one: Asked) -> Iterator[Finding]:
    rows = [row for row in remarks(one) if row.is_checked]
    if rows:
        parts = "、".join(f"{label}{len(each)}件" for label, each in by_category(one, rows))
        yield Finding(f"自由記述は{len(rows)}件", (Run(f"内訳は{parts}である。"),))
