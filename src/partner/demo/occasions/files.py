"""Files about what was told: originals of a survey on paper, photos of an event, bills of what is accrued, a year's annexes."""

import hashlib
from collections.abc import Iterator
from datetime import date
from typing import Any

from partner.common.calendar import add_business_days
from partner.common.period import era_year
from partner.demo.centre import business_day
from partner.demo.occasions import pictures
from partner.demo.occasions.programme import PROGRAMME, Planned
from partner.demo.rows import BY
from partner.demo.surroundings import at
from partner.facts.models import Attachment, Expense, SurveyAnswer, SurveyResponse
from partner.files import stored
from partner.master.models import Code

_MOST = 20 * 1024 * 1024
_PHOTOS = (
    "会場の前方のスクリーンに講演の資料が映り、参加者が席から見ている。",
    "会場の座席がほぼ埋まり、参加者が登壇者の話を聞いている。",
)


_YEARS = (2024, 2025)
_MATERIALS = (
    ("「PARTNER」周知用ちらし", ("国際協力の仕事をさがす", "研修・セミナーをさがす", "キャリアを相談する", "メールで求人を受け取る")),
    ("キャリア相談の進め方", ("予約を受け、相談の内容を確かめる", "相談員と日時を決める", "対面、オンライン又はメールで行う", "アンケートをたずねる")),
)  # fmt: skip


def write(until: date) -> int:
    """Keeps all files and records what they are about; returns how many."""
    rows = [row for event in PROGRAMME if not event.cancelled for row in _of_event(event, until)]
    rows += [*_bills(until), *_annexes(until)]
    Attachment.objects.bulk_create(rows)
    return len(rows)


def _of_event(event: Planned, until: date) -> Iterator[Attachment]:
    told = add_business_days(event.closes_on, 1)
    if told > until:
        return
    if event.survey == "no8":
        yield from _originals(event, told)
    if event.form != "online":
        for n, alt in enumerate(_PHOTOS, 1):
            yield _row(f"event:{event.number}", "photo", f"{n:03}", f"会場の様子{n}", pictures.hall(n), told, alt=alt)


def _originals(event: Planned, told: date) -> Iterator[Attachment]:
    """One for each completed response."""
    responses: Any = SurveyResponse.objects
    answers: Any = SurveyAnswer.objects
    labels = dict(Code.objects.filter(list="survey_question", code__startswith="no8.").values_list("code", "label"))
    subjects = (
        responses.believed()
        .filter(event=event.number, begun="completed")
        .order_by("subject")
        .values_list("subject", flat=True)
    )
    said: dict[str, list[Any]] = {subject: [] for subject in subjects}
    for answer in answers.believed().filter(event=event.number, kind="completed").order_by("question"):
        said[answer.subject].append(answer)
    for n, rows in enumerate(said.values(), 1):
        scores = [(labels.get(row.question, row.question), row.score) for row in rows if row.score]
        position = next((row.answer.rpartition(".")[2] for row in rows if row.score is None), "")
        name = {"student": "学生", "worker": "就業中", "seeker": "求職中", "other": "その他"}.get(position, "")
        content = pictures.questionnaire(event.title, n, scores, name)
        yield _row(f"event:{event.number}", "original", f"{n:03}", f"No.8 回答{n:03}", content, told, survey="no8")


def _bills(until: date) -> Iterator[Attachment]:
    rows: Any = Expense.objects
    for row in rows.believed().filter(stage="accrued").order_by("number"):
        told = row.recorded_at.date()
        if told <= until:
            content = pictures.invoice(row.title, row.net + row.tax)
            yield _row(f"expense:{row.number}", "evidence", "001", f"請求書 {row.number}", content, told)


def _annexes(until: date) -> Iterator[Attachment]:
    """関連の資料 of each annual report."""
    for year in _YEARS:
        told = business_day(date(year + 1, 3, 10))
        if told <= until:
            for n, (title, lines) in enumerate(_MATERIALS, 1):
                content = pictures.leaflet(title, f"{era_year(date(year, 5, 1))}度", lines)
                yield _row(f"report:FY{year}", "material", f"{n:03}", title, content, told)


def _row(about: str, role: str, number: str, title: str, content: bytes, told: date, **more: str) -> Attachment:
    digest, size, _ = stored.keep([content], _MOST)
    assert digest == hashlib.sha256(content).hexdigest()
    row = Attachment(
        about=about, role=role, number=number, title=title, digest=digest, size=size, form="png",
        file_name=f"{role}-{number}.png", by_name=BY[0], by_role=BY[1], **more,
    )  # fmt: skip
    row.recorded_at = at(told, 17)
    return row
