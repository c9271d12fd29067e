"""提出: the report as approved becomes a numbered submission with its files. Once, however often it is asked for."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from partner import __version__
from partner.common.refusal import Refusal
from partner.facts import record
from partner.facts.models.texts import GivenFigure
from partner.files import stored
from partner.ledger import clock
from partner.master.book import Book
from partner.reports.corrections import where_text
from partner.reports.prepare import Report, prepare
from partner.reports.render import FORMATS, render
from partner.reports.standing import Issue, Signed
from partner.submissions.actions import Actor, add_step, allowed, fresh, locked
from partner.submissions.agreed import agreed
from partner.submissions.assignments import Assignments
from partner.submissions.checking import digest_of, must_be_free
from partner.submissions.models import ExpectedReport, Step, Submission, SubmittedFile
from partner.submissions.periods import period_of
from partner.submissions.standing import Standing
from partner.submissions.states import MOVES

_MOST = 200 * 1024 * 1024
_STEPS = {"ask_check": "作成", "check": "点検", "approve": "承認"}


def submit(*, report: ExpectedReport, by: Actor, now: datetime, request_key: str, comment: str = "") -> Submission:
    """Makes the files of what was approved, keeps them, and adds submission and step in one transaction.

    The same `request_key` again (a double click, a lost answer) gives the submission that was made.
    Raises Refusal where it is not approved, was changed since, lies before its first day, or is late without a word why.
    """
    there = Submission.objects.filter(request_key=request_key, report=report).first()
    if there is not None:
        return there
    report = fresh(report)
    standing = Standing(report)
    by = allowed(MOVES["submit"], standing, by, Assignments(report))
    approval = _must_be_ready(standing, now, comment)
    issue = issue_of(standing, by, now, comment)
    period = period_of(report, approval.cut)
    made = prepare(report.slug, period, approval.cut, texts_at=approval.texts_at, issue=issue)  # type: ignore[arg-type]
    if digest_of(made) != approval.digest:
        raise Refusal("changed_since", "承認の後に内容が変わっています。作成中へ戻して、もう一度承認を受けてください。")
    must_be_free(made, report)
    files = [kept(made, name, standing, now) for name in FORMATS]
    with transaction.atomic():
        return _seal(report, by, now, request_key, comment, approval, files, made)


def _must_be_ready(standing: Standing, now: datetime, comment: str) -> Step:
    approval = standing.approval
    if approval is None:
        raise Refusal("not_approved", "承認されていないため、提出できません。")
    first = standing.report.not_before
    if first and now.date() < first:
        raise Refusal("too_early", f"{first.month}月{first.day}日より前には提出できません（{standing.report.rule}）。")
    if now > standing.report.due and not standing.submissions and not comment.strip():
        raise Refusal("late", "期限を過ぎています。遅れた理由を書いてください。報告書の記録に残ります。")
    return approval


def issue_of(standing: Standing, by: Actor, now: datetime, comment: str) -> Issue:
    """What the paper says of itself: which submission it is, and who stands for it."""
    signed = [
        Signed(_STEPS[step.name], _named(step.by_name, step.for_name), step.by_role, step.at, step.comment)
        for step in standing.round if step.name in _STEPS
    ]  # fmt: skip
    signed.append(Signed("提出", _named(by.name, by.for_name), by.role_label, now, comment.strip()))
    changes: Any = standing.report.due_changes.all()  # type: ignore[attr-defined]
    latest = max(changes, key=lambda row: row.pk, default=None)
    ground = f"{latest.get_kind_display()}：{latest.ground}" if latest else ""
    return Issue(len(standing.submissions) + 1, now, standing.report.due, tuple(signed), ground)


def _named(name: str, for_name: str) -> str:
    return f"{name}（{for_name}の代理）" if for_name else name


def kept(made: Report, format: str, standing: Standing, now: datetime) -> SubmittedFile:
    """The report in one format, kept under its digest; the row is not saved yet."""
    content = render(made, format)
    digest, size, _ = stored.keep([content], _MOST)
    name = file_name(standing.report, len(standing.submissions) + 1, now)
    return SubmittedFile(format=format, name=f"{name}.{format}", digest=digest, size=size)


def sealed_text(submission: Submission, format: str) -> str | None:
    """What was kept in a format of text; None where none was, or where its file is gone or damaged."""
    file: Any = submission.files.filter(format=format).first()  # type: ignore[attr-defined]
    if file is None or not stored.is_whole(file.digest):
        return None
    return stored.place_of(file.digest).read_text(encoding="utf-8")


def file_name(report: ExpectedReport, version: int, now: datetime) -> str:
    """The agreed name of a file, without its ending."""
    form = agreed(Book(clock.last()), "file_name", now)
    parts = {
        "{kind}": report.kind.replace("/", "-"),
        "{period}": report.period.replace(":", "-").replace("/", "-"),
        "{version}": str(version),
    }
    for mark, text in parts.items():
        form = form.replace(mark, text)
    return form


def _seal(
    report: ExpectedReport, by: Actor, now: datetime, request_key: str, comment: str, approval: Step,
    files: list[SubmittedFile], made: Report,
) -> Submission:  # fmt: skip
    standing = locked(report)
    there = Submission.objects.filter(request_key=request_key).first()
    if there is not None:
        return there
    allowed(MOVES["submit"], standing, by, Assignments(report))
    if standing.approval is None or standing.approval.pk != approval.pk:
        raise Refusal("changed_meanwhile", "提出の準備の間に、報告書が戻されました。画面を開き直してください。")
    submission = Submission.objects.create(
        report=report, version=len(standing.submissions) + 1, request_key=request_key, cut=approval.cut,
        texts_at=approval.texts_at, canonical_digest=approval.digest, due_at=report.due, program=__version__, at=now,
        **by.signed,
    )  # fmt: skip
    for file in files:
        file.submission = submission
    SubmittedFile.objects.bulk_create(files)
    add_step(MOVES["submit"], standing, by, now, comment=comment, submission=submission)
    record.record(list(given(made, submission)))
    return submission


def given(made: Report, submission: Submission) -> Iterator[GivenFigure]:
    """The numbers of its own period as printed, and of an annual report those of March, which was not over: what later
    reports are compared with."""
    last = made.period.months()[-1].key if made.kind == "annual" else ""
    for cell in made.data["cells"]:
        is_own, is_last = cell["compared"] == "a", cell["compared"].startswith("m") and cell["period"] == last
        if (is_own or is_last) and cell["value"] is not None and cell["number"]:
            yield GivenFigure(
                report=made.kind, period=made.period.key, of=last if is_last else "", submission=submission.version, cell=cell["number"],
                key=cell["key"], where=where_text(cell["where"]), value=Decimal(cell["value"]), text=cell["text"], cut=made.cut,
            )  # fmt: skip
