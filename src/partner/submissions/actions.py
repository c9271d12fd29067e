"""What people do with a report: take the cut, and the steps from 作成中 to 受理. Each is one transaction, or nothing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from partner.accounts.models import User
from partner.accounts.roles import may
from partner.common.refusal import Refusal
from partner.ledger import clock
from partner.ledger.models import Clock
from partner.submissions import states
from partner.submissions.assignments import Assignments
from partner.submissions.models import DataCut, ExpectedReport, Step, Submission
from partner.submissions.periods import must_be_over
from partner.submissions.standing import Standing
from partner.submissions.states import MOVES, Move

LONGEST_COMMENT = 4_000


@dataclass(frozen=True)
class Actor:
    """Who acts, as copied into rows; `for_name`: whose deputy he is in this."""

    login: str
    name: str
    role: str
    role_label: str
    for_name: str = ""

    @classmethod
    def of(cls, user: User) -> "Actor":
        """The person who is signed in."""
        return cls(user.username, user.display_name or user.username, user.role, user.get_role_display())

    @property
    def signed(self) -> dict[str, str]:
        """As rows hold it."""
        return {"by_login": self.login, "by_name": self.name, "by_role": self.role_label}


def alone() -> None:
    """From here to the commit nobody else acts: numbers have no gaps, and nothing is decided twice."""
    Clock.objects.select_for_update().get()
    Clock.objects.update(last=F("last"))  # SQLite locks with a write


def locked(report: ExpectedReport) -> Standing:
    """Where the report stands, while nobody else can move it."""
    alone()
    return Standing(fresh(report))


def fresh(report: ExpectedReport) -> ExpectedReport:
    """The report as it is now, whatever the caller had read before."""
    return ExpectedReport.objects.prefetch_related("due_changes", "waivers").get(pk=report.pk)


def take_cut(*, report: ExpectedReport, by: Actor, now: datetime) -> DataCut:
    """From now on the report holds what is known at this moment. It can be taken again until the check is asked for."""
    if not may(by.role, "reports.prepare"):
        raise Refusal("not_yours", "データ締切は、報告担当か業務責任者がとります。")
    with transaction.atomic():
        standing = locked(report)
        if not standing.is_open and standing.state != states.CHECKING:
            raise Refusal(
                "not_open",
                f"「{standing.state_label}」の報告書のデータ締切はとり直せません。先に作成中へ戻してください。",
            )
        must_be_wanted(standing.report)
        must_be_over(report, now)
        cut = max(clock.cut(now), clock.last())  # ticks may run ahead of a machine's clock that was set back
        return DataCut.objects.create(report=report, cut=cut, at=now, **by.signed)


def must_be_wanted(report: ExpectedReport) -> None:
    """Raises Refusal for a report that need not be made (不要)."""
    if report.is_waived:
        raise Refusal("waived", f"{report.name}（{report.label}）は不要とされています。")


def allowed(move: Move, standing: Standing, by: Actor, people: Assignments) -> Actor:
    """The person as he acts in this step: by his role, or as a deputy. Raises Refusal with the reason."""
    if standing.state not in move.sources:
        raise Refusal(
            "wrong_state",
            f"この報告書は「{standing.state_label}」です。「{move.label}」はできません。画面を開き直してください。",
        )
    must_be_wanted(standing.report)
    if not (may(by.role, move.permission) or (move.also and may(by.role, move.also))):
        stands_for = people.stands_in(by.login, move.part) if move.part else ""
        if not stands_for:
            raise Refusal(
                "not_yours", f"「{move.label}」の権限がありません。担当：{people.who(move.part or 'approve')}"
            )
        by = Actor(by.login, by.name, by.role, by.role_label, stands_for)
    preparer = standing.preparer
    if move.four_eyes and preparer and preparer.by_login == by.login:
        raise Refusal("four_eyes", "自分が作成した報告書は、自分では点検・承認できません。ほかの人に頼んでください。")
    return by


def add_step(
    move: Move, standing: Standing, by: Actor, now: datetime, *, comment: str = "", submission: Submission | None = None,
    **more: Any,
) -> Step:  # fmt: skip
    """The row of a step; the unique number refuses a second one at the same place."""
    comment = comment.strip()
    if move.needs_comment and not comment:
        raise Refusal("comment_missing", f"「{move.label}」には理由が必要です。理由を書いてください。")
    if len(comment) > LONGEST_COMMENT:
        raise Refusal("too_long", f"{LONGEST_COMMENT:,}字までにしてください（いま{len(comment):,}字）。")
    return Step.objects.create(
        report=standing.report, number=len(standing.steps) + 1, name=move.name, state=move.target, comment=comment,
        submission=submission or standing.submission, for_name=by.for_name, at=now, **by.signed, **more,
    )  # fmt: skip


def move(*, report: ExpectedReport, name: str, by: Actor, now: datetime, comment: str = "") -> Step:
    """A step that needs nothing but the person: 戻し, 受領, 取下げ, 差戻し, 受理. Checked steps are in `checking`."""
    with transaction.atomic():
        standing = locked(report)
        by = allowed(MOVES[name], standing, by, Assignments(report))
        return add_step(MOVES[name], standing, by, now, comment=comment)
