"""From a question to a numbered 参考提出: asked, computed, approved by another person, sent; and asked again."""

from datetime import date, datetime
from hashlib import sha256

from django.db import transaction
from django.db.models import Max

from partner.accounts.roles import may
from partner.common.period import Period, parse_period
from partner.common.refusal import Refusal
from partner.documents.canonical import canonical_json
from partner.figures.engine import Evaluation
from partner.ledger import clock
from partner.submissions.actions import Actor, alone
from partner.submissions.enquiries.asked import Asked, read
from partner.submissions.enquiries.computed import computed
from partner.submissions.models import Enquiry, EnquiryAnswer, EnquiryStep

LONGEST = 4_000
_DONE = EnquiryStep.Name


def ask(
    *, asked: Asked, subject: str, asked_by: str, asked_on: date | None, question: str, by: Actor, now: datetime
) -> EnquiryAnswer:  # fmt: skip
    """Keeps the question with its first answer, under the next number. Raises Refusal; then nothing is kept."""
    _must_make(by)
    subject, asked_by = subject.strip(), asked_by.strip()
    if not subject:
        raise Refusal("subject_missing", "件名を書いてください。")
    if not asked_by:
        raise Refusal("asked_by_missing", "照会元（課室名など。個人名は書かない）を書いてください。")
    if asked_on is None or asked_on > now.date():
        raise Refusal("bad_day", "照会を受けた日を入力してください。今日より後の日にはできません。")
    if len(subject) > 120 or len(asked_by) > 120 or len(question) > LONGEST:
        raise Refusal("too_long", f"件名と照会元は120字、照会の内容は{LONGEST:,}字までにしてください。")
    with transaction.atomic():
        alone()
        number = (Enquiry.objects.aggregate(last=Max("number"))["last"] or 0) + 1
        row = Enquiry.objects.create(
            number=number, subject=subject, asked_by=asked_by, asked_on=asked_on, question=question.strip(),
            figures=[one.key for one in asked.figures], periods=[one.key for one in asked.periods], by=asked.by,
            where=asked.filters, chart=asked.chart, at=now, **by.signed,
        )  # fmt: skip
        return _answer(row, by, now)


def ask_again(*, enquiry: Enquiry, by: Actor, now: datetime) -> EnquiryAnswer:
    """The same question with what is known now: another answer, which again needs approval."""
    _must_make(by)
    with transaction.atomic():
        alone()
        last = enquiry.answers.order_by("-version").first()
        if last is not None and not last.steps.exists():
            raise Refusal(
                "not_decided", f"第{last.version}回の回答がまだ承認されていません。先に承認か差し戻しをしてください。"
            )
        return _answer(enquiry, by, now)


def _answer(enquiry: Enquiry, by: Actor, now: datetime) -> EnquiryAnswer:
    cut = max(clock.cut(now), clock.last())
    evaluation = Evaluation(cut)
    data = computed(question_of(enquiry, evaluation), evaluation)
    version = enquiry.answers.count() + 1
    digest = sha256(canonical_json(data).encode()).hexdigest()
    return EnquiryAnswer.objects.create(
        enquiry=enquiry, version=version, cut=cut, data=data, digest=digest, at=now, **by.signed
    )


def question_of(enquiry: Enquiry, evaluation: Evaluation) -> Asked:
    """The stored question, as it can be computed."""
    periods: list[Period] = [parse_period(key) for key in enquiry.periods]
    return read(enquiry.figures, periods, enquiry.by, enquiry.where, enquiry.chart, evaluation)


def state_of(answer: EnquiryAnswer) -> str:
    """`waiting`, or the name of the last step."""
    names = {step.name for step in answer.steps.all()}
    return next((name for name in ("sent", "declined", "approved") if name in names), "waiting")


def decide(*, answer: EnquiryAnswer, name: str, comment: str, by: Actor, now: datetime) -> EnquiryStep:
    """承認 or 差し戻し by someone who did not make it, once; 送付 after the approval. Raises Refusal."""
    comment = comment.strip()[:400]
    with transaction.atomic():
        alone()
        state = state_of(answer)
        wanted = {_DONE.APPROVED: "waiting", _DONE.DECLINED: "waiting", _DONE.SENT: "approved"}
        if name not in wanted:
            raise Refusal("unknown_step", "承認・差し戻し・送付のどれかを選んでください。")
        permission = "enquiries.make" if name == _DONE.SENT else "enquiries.approve"
        if not may(by.role, permission):
            raise Refusal("not_yours", f"「{_DONE(name).label}」の権限がありません。")
        if state != wanted[_DONE(name)]:
            raise Refusal("decided", "この回答は、すでに処理されています。画面を開き直してください。")
        if name != _DONE.SENT and answer.by_login == by.login:
            raise Refusal("four_eyes", "自分が作成した回答は、自分では承認できません。ほかの人に頼んでください。")
        if name == _DONE.DECLINED and not comment:
            raise Refusal("comment_missing", "差し戻しには理由が必要です。理由を書いてください。")
        if name == _DONE.SENT and not comment:
            raise Refusal("comment_missing", "送付の方法（メール、窓口など）を書いてください。")
        return EnquiryStep.objects.create(answer=answer, name=name, comment=comment, at=now, **by.signed)


def _must_make(by: Actor) -> None:
    if not may(by.role, "enquiries.make"):
        raise Refusal("not_yours", "照会への回答は、報告担当か業務責任者が作ります。")
