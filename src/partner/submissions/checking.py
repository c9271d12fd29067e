"""点検の依頼, 点検, 承認: steps that hold only while nothing stops the report."""

import hashlib
from datetime import datetime

from django.db import transaction

from partner.common.refusal import Fault, Refusal
from partner.documents.canonical import canonical_json
from partner.ledger import clock
from partner.reports.prepare import Report, prepare
from partner.submissions.actions import Actor, add_step, allowed, locked
from partner.submissions.assignments import Assignments
from partner.submissions.blocking import open_comments
from partner.submissions.models import Comment, ExpectedReport, Step
from partner.submissions.periods import period_of
from partner.submissions.standing import Standing
from partner.submissions.states import MOVES
from partner.submissions.written import written_at

CHECKED = ("ask_check", "check", "approve")


def pass_on(*, report: ExpectedReport, name: str, by: Actor, now: datetime, comment: str = "") -> Step:
    """One step further inside the house, with what was seen: cut, moment of the texts and digest of the content.

    Composing is slow and stands outside the lock; what was written meanwhile is found and refuses the step.
    """
    standing = Standing(report)
    allowed(MOVES[name], standing, by, Assignments(report))
    if standing.cut is None:
        raise Refusal("no_cut", "データ締切がまだです。先に「データ締切をとる」を押してください。")
    texts_at = clock.last()
    made = prepare(report.slug, period_of(report, standing.cut), standing.cut, texts_at=texts_at)
    must_be_free(made, report)
    digest = digest_of(made)
    _must_be_what_was_checked(standing, name, digest)
    with transaction.atomic():
        standing = locked(report)
        by = allowed(MOVES[name], standing, by, Assignments(report))
        if standing.cut != made.cut or _touched_since(report, texts_at):
            raise Refusal(
                "changed_meanwhile", "確かめている間に、データ締切か本文が変わりました。もう一度お試しください。"
            )
        return add_step(MOVES[name], standing, by, now, comment=comment, cut=made.cut, texts_at=texts_at, digest=digest)


def digest_of(made: Report) -> str:
    """SHA-256 of figures, cells, states and texts as canonical JSON."""
    return hashlib.sha256(canonical_json(made.data).encode()).hexdigest()


def must_be_free(made: Report, report: ExpectedReport) -> None:
    """Raises Refusal with everything that stops the report."""
    faults = [Fault("blocked", f"{one['section'] or one['place']}：{one['why']}") for one in made.data["blockers"]]
    said = Comment.objects.filter(report=report)
    faults += [Fault("open_comment", f"コメントが未解決です（{one.by_name}）。") for one in open_comments(list(said))]
    if faults:
        raise Refusal.of(faults)


def _must_be_what_was_checked(standing: Standing, name: str, digest: str) -> None:
    """Whoever approves approves what was checked."""
    seen = standing.last("check") if name == "approve" else standing.last("ask_check") if name == "check" else None
    if seen is not None and seen.digest != digest:
        raise Refusal(
            "changed_since",
            f"{'点検' if name == 'approve' else '点検の依頼'}の後に内容が変わっています。作成中へ戻して、もう一度進めてください。",
        )


def _touched_since(report: ExpectedReport, texts_at: datetime) -> bool:
    written = written_at(report)
    return written is not None and written > texts_at
