"""The last months' reports as they were written, checked, approved, submitted and accepted: by the product's own steps."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from partner.common.period import DAY, month
from partner.common.refusal import Refusal
from partner.demo import USERS
from partner.facts.models.texts import ReportText
from partner.figures.engine import Evaluation
from partner.ledger import clock, write
from partner.ledger.fields import to_microseconds
from partner.reports.prepare import prepare
from partner.submissions import sealing, states
from partner.submissions.actions import Actor
from partner.submissions.checking import digest_of
from partner.submissions.expected import expected
from partner.submissions.models import DataCut, ExpectedReport, Step, Submission, SubmittedFile
from partner.submissions.standing import Standing

_LABELS = {"reporter": "報告担当", "checker": "点検", "manager": "業務責任者", "jica": "確認者（機構）"}
_PEOPLE = {role: Actor(login, name, role, _LABELS[role]) for login, name, role in USERS if role in _LABELS}
_WHY = "催しと広報の時期が前月と異なることによる。"
_HOUR = timedelta(hours=1)


def tell(until: date, months: int) -> int:
    """Tells of the last so many months that were due by the day; returns the last tick."""
    period, chosen, last = month(until.replace(day=1)), list[tuple[ExpectedReport, Any]](), 0
    for _ in range(months + 2):
        period = period.previous()
        report = expected("monthly", period.key)
        if report.due_at.date() < until and len(chosen) < months:
            chosen.append((report, period))
    for report, period in reversed(chosen):
        last = max(last, _told(report, period, until))
    return last


def _told(report: ExpectedReport, period: Any, until: date) -> int:
    """One month's way; nothing where records are missing."""
    cut = report.cut_planned_at
    evaluation = Evaluation(cut)  # counted once for the draft, what was checked and what was submitted
    try:
        drafted = prepare(report.kind, period, cut, texts_at=cut, evaluation=evaluation)
    except Refusal:
        return 0
    if any(not one["text"] for one in drafted.data["blockers"]):
        return 0
    rows = list(_texts(report, drafted, cut + _HOUR))
    write.record(rows, at=cut + _HOUR)
    moments = [cut + 2 * _HOUR, cut + 4 * _HOUR, report.due_at - 5 * _HOUR, report.due_at - 3 * _HOUR]
    DataCut.objects.create(report=report, cut=cut, at=cut, **_PEOPLE["reporter"].signed)
    made = prepare(report.kind, period, cut, texts_at=moments[0], evaluation=evaluation)
    digest = digest_of(made)
    for name, who, at in zip(
        ("ask_check", "check", "approve"), ("reporter", "checker", "manager"), moments, strict=False
    ):
        _step(report, name, _PEOPLE[who], at, cut=cut, texts_at=moments[0], digest=digest)
    submission = _submission(report, period, moments, digest, evaluation)
    _answers(report, submission, until)
    return to_microseconds(moments[-1])


def _texts(report: ExpectedReport, made: Any, at: datetime) -> Iterator[ReportText]:
    by = _PEOPLE["reporter"]
    for one in made.data["blockers"]:
        draft = made.places[one["text"]][1].replace("要因は確認中。", _WHY)
        yield ReportText(
            report=report.kind, period=report.period, place=one["text"], body=draft or f"{_WHY}来月の動きを見る。",
            by_name=by.name, by_role=by.role_label, recorded_at=at,
        )  # fmt: skip


def _step(report: ExpectedReport, name: str, by: Actor, at: datetime, **more: Any) -> None:
    move = states.MOVES[name]
    number = Step.objects.filter(report=report).count() + 1
    Step.objects.create(report=report, number=number, name=name, state=move.target, at=at, **by.signed, **more)


def _submission(
    report: ExpectedReport, period: Any, moments: list[datetime], digest: str, evaluation: Evaluation
) -> Submission:
    by, at, cut = _PEOPLE["reporter"], moments[3], report.cut_planned_at
    standing = Standing(report)
    issue = sealing.issue_of(standing, by, at, "")
    made = prepare(report.kind, period, cut, texts_at=moments[0], issue=issue, evaluation=evaluation)
    files = [sealing.kept(made, name, standing, at) for name in sealing.FORMATS]
    submission = Submission.objects.create(
        report=report, version=1, request_key=f"demonstration-{report.period}", cut=cut, texts_at=moments[0], canonical_digest=digest,
        due_at=report.due_at, program=sealing.__version__, at=at, **by.signed,
    )  # fmt: skip
    for file in files:
        file.submission = submission
    SubmittedFile.objects.bulk_create(files)
    _step(report, "submit", by, at, submission=submission)
    write.record(list(sealing.given(made, submission)), at=at)
    return submission


def _answers(report: ExpectedReport, submission: Submission, until: date) -> None:
    """JICA received it the next day, and accepted it nine days later, if those days have come."""
    jica = _PEOPLE["jica"]
    for name, days, comment in (("receive", 1, "確認画面で受領した。"), ("accept", 9, "")):
        at = submission.at + DAY * days
        if at.date() <= until and at <= clock.now():
            _step(report, name, jica, at, submission=submission, comment=comment)
