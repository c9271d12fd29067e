"""The last reports as they were written, checked, approved, submitted and accepted: by the product's own steps."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from partner.common.calendar import add_business_days
from partner.common.period import DAY, midnight, month
from partner.common.refusal import Refusal
from partner.demo import USERS
from partner.facts.models.texts import ReportText
from partner.figures.engine import Evaluation
from partner.ledger import clock, write
from partner.ledger.fields import to_microseconds
from partner.reports.prepare import prepare
from partner.submissions import schedule, sealing, states
from partner.submissions.actions import Actor
from partner.submissions.checking import digest_of
from partner.submissions.expected import expected, make_ahead
from partner.submissions.following import as_they_stand
from partner.submissions.models import DataCut, ExpectedReport, Step, Submission, SubmittedFile
from partner.submissions.periods import period_of
from partner.submissions.standing import Standing

_LABELS = {"reporter": "報告担当", "checker": "点検", "manager": "業務責任者", "jica": "確認者（機構）"}
_PEOPLE = {role: Actor(login, name, role, _LABELS[role]) for login, name, role in USERS if role in _LABELS}
_WHY = "催しと広報の時期が前月と異なることによる。"
_MINUTE = timedelta(minutes=1)
_LATELY = DAY * 62


def tell(until: date, months: int) -> int:
    """Tells of the last so many months that were due by the day, and of what else fell due lately; returns the last tick."""
    period, chosen, last = month(until.replace(day=1)), list[ExpectedReport](), 0
    for _ in range(months + 2):
        period = period.previous()
        report = expected("monthly", period.key)
        if report.due_at.date() < until and len(chosen) < months:
            chosen.append(report)
    for report in sorted([*chosen, *_others(until)], key=lambda one: one.due_at):
        last = max(last, _told(report, until))
    return last


def _others(until: date) -> list[ExpectedReport]:
    """The quarter's, the events' and the incidents' reports that the home page would miss."""
    now = midnight(until)
    make_ahead(now)
    rows = as_they_stand().filter(due_at__gte=now - _LATELY, due_at__lt=now).exclude(kind="monthly")
    return [row for row in rows if not row.is_waived]


def _told(report: ExpectedReport, until: date) -> int:
    """One report's way; nothing where records are missing."""
    cut = report.cut_planned_at
    evaluation = Evaluation(cut)  # counted once for the draft and what was submitted
    try:
        period = period_of(report, cut)
        drafted = prepare(report.slug, period, cut, texts_at=cut, evaluation=evaluation)
    except Refusal:
        return 0
    if any(not one["text"] for one in drafted.data["blockers"]):
        return 0
    moments = _moments(report)
    write.record(list(_texts(report, drafted, moments[0])), at=moments[0])
    DataCut.objects.create(report=report, cut=cut, at=cut, **_PEOPLE["reporter"].signed)
    submission = _submission(report, period, moments, evaluation)
    _answers(report, submission, until)
    return to_microseconds(moments[-1])


def _moments(report: ExpectedReport) -> list[datetime]:
    """Written, handed on, checked, approved, submitted: each a little before its stage of the back-schedule ends."""
    planned = {stage.name: stage.at for stage in schedule.stages(report)}
    check, approve = planned["check"], planned["approve"]
    return [
        report.cut_planned_at + 15 * _MINUTE, check - 60 * _MINUTE, check - 10 * _MINUTE, approve - 20 * _MINUTE,
        report.due_at - 60 * _MINUTE,
    ]  # fmt: skip


def _texts(report: ExpectedReport, made: Any, at: datetime) -> Iterator[ReportText]:
    by = _PEOPLE["reporter"]
    for one in made.data["blockers"]:
        draft = made.places[one["text"]][1].replace("要因は確認中。", _WHY)
        yield ReportText(
            report=report.slug, period=report.period, place=one["text"], body=draft or f"{_WHY}この後の動きを見る。",
            by_name=by.name, by_role=by.role_label, recorded_at=at,
        )  # fmt: skip


def _step(report: ExpectedReport, number: int, name: str, by: Actor, at: datetime, **more: Any) -> Step:
    return Step(report=report, number=number, name=name, state=states.MOVES[name].target, at=at, **by.signed, **more)


def _submission(report: ExpectedReport, period: Any, moments: list[datetime], evaluation: Evaluation) -> Submission:
    """Handed on, checked, approved and submitted. Composed once: what was approved is what is submitted."""
    written, *on_the_way, at = moments
    by, known = _PEOPLE["reporter"], {"cut": report.cut_planned_at, "texts_at": written}
    ways = zip((("ask_check", "reporter"), ("check", "checker"), ("approve", "manager")), on_the_way, strict=True)
    steps = [_step(report, n, name, _PEOPLE[who], then, **known) for n, ((name, who), then) in enumerate(ways, 1)]
    standing = Standing(report, steps)
    made = prepare(report.slug, period, **known, issue=sealing.issue_of(standing, by, at, ""), evaluation=evaluation)
    digest = digest_of(made)
    for step in steps:
        step.digest = digest
        step.save(force_insert=True)
    files = [sealing.kept(made, name, standing, at) for name in sealing.FORMATS]
    submission = Submission.objects.create(
        report=report, version=1, request_key=f"demonstration-{report.period}", canonical_digest=digest, **known,
        due_at=report.due_at, program=sealing.__version__, at=at, **by.signed,
    )  # fmt: skip
    for file in files:
        file.submission = submission
    SubmittedFile.objects.bulk_create(files)
    _step(report, len(steps) + 1, "submit", by, at, submission=submission).save(force_insert=True)
    write.record(list(sealing.given(made, submission)), at=at)
    return submission


def _answers(report: ExpectedReport, submission: Submission, until: date) -> None:
    """JICA received it the next business day, and accepted it five later, if those days have come."""
    jica = _PEOPLE["jica"]
    for name, days, comment in (("receive", 1, "確認画面で受領した。"), ("accept", 6, "")):
        day = add_business_days(submission.at.date(), days)
        at = datetime.combine(day, submission.at.timetz())
        if at.date() <= until and at <= clock.now():
            number = Step.objects.filter(report=report).count() + 1
            _step(report, number, name, jica, at, submission=submission, comment=comment).save(force_insert=True)
