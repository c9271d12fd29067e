"""Recorded: a question, what became of it, minutes with their decisions, an amendment. Rows are only ever added."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from partner.accounts.roles import may
from partner.common.refusal import Refusal
from partner.submissions.actions import Actor, alone
from partner.submissions.models import Agreement, AgreementNote, Amendment, Minutes

_KIND = AgreementNote.Kind
STATES = {"open": "未合意", "answered": "機構の回答あり", "agreed": "合意済み", "dropped": "取下げ"}


def state_of(agreement: Agreement) -> str:
    """`open`, `answered`, `agreed` or `dropped`: what was last said, a new proposal opens it again."""
    state = "open"
    for note in sorted(agreement.notes.all(), key=lambda one: one.pk):
        state = {_KIND.PROPOSAL: "open", _KIND.ANSWER: "answered", _KIND.AGREED: "agreed", _KIND.DROPPED: "dropped"}[
            _KIND(note.kind)
        ]
    return state


def open_question(
    *, subject: str, question: str, proposal: str, until_agreed: str, concerns: str, by: Actor, now: datetime
) -> Agreement:  # fmt: skip
    """A question under the next code. Raises Refusal without a subject, a question or a proposal."""
    _must(by, "agreements.keep")
    _must_say({"件名": subject, "協議する点": question, "提案": proposal})
    with transaction.atomic():
        alone()
        codes = [int(code[1:]) for code in Agreement.objects.values_list("code", flat=True) if code[1:].isdigit()]
        return Agreement.objects.create(
            code=f"A{max(codes, default=0) + 1:02}", subject=subject.strip()[:120], question=question.strip(), proposal=proposal.strip(),
            until_agreed=until_agreed.strip(), concerns=concerns.strip()[:200], opened_on=now.date(), at=now, **by.signed,
        )  # fmt: skip


def say(
    *, agreement: Agreement, kind: str, text: str, by: Actor, now: datetime, agreed_on: date | None = None,
    holds_from: date | None = None, minutes: Minutes | None = None,
) -> AgreementNote:  # fmt: skip
    """An answer of JICA, another proposal, the agreement, or that it is dropped.

    An agreement needs its day, the day from which it holds, and either JICA's answer here or the minutes it stands in.
    """
    if kind not in _KIND.values:
        raise Refusal("unknown_kind", "記録の種類を選んでください。")
    _must(by, "agreements.answer" if kind == _KIND.ANSWER else "agreements.keep")
    _must_say({"内容": text})
    with transaction.atomic():
        alone()
        fresh = Agreement.objects.prefetch_related("notes").get(pk=agreement.pk)
        if kind == _KIND.AGREED:
            _must_be_agreed(fresh, agreed_on, holds_from, minutes, now.date())
        return AgreementNote.objects.create(
            agreement=agreement, kind=kind, text=text.strip(), agreed_on=agreed_on, holds_from=holds_from, minutes=minutes,
            at=now, **by.signed,
        )  # fmt: skip


def _must_be_agreed(
    agreement: Agreement, agreed_on: date | None, holds_from: date | None, minutes: Minutes | None, today: date
) -> None:
    if agreed_on is None or holds_from is None:
        raise Refusal("day_missing", "合意した日と、いつの期間から適用するかを入力してください。")
    if agreed_on > today:
        raise Refusal("agreed_ahead", "合意した日が、今日より後になっています。")
    if minutes is None and state_of(agreement) != "answered":
        raise Refusal(
            "no_evidence", "機構の回答がまだありません。合意を記した打合簿を選ぶか、機構の回答を待ってください。"
        )


def record_minutes(
    *, held_on: date | None, subject: str, attendants: str, body: str, decisions: str, by: Actor, now: datetime,
    corrects: Minutes | None = None,
) -> Minutes:  # fmt: skip
    """打合簿 under the next number; it never changes. A mistake is mended by minutes that replace it, once."""
    _must(by, "agreements.keep")
    _must_say({"件名": subject, "出席者": attendants, "内容": body})
    if held_on is None or held_on > now.date():
        raise Refusal("bad_day", "開催日を入力してください。今日より後の日にはできません。")
    with transaction.atomic():
        alone()
        if corrects is not None and Minutes.objects.filter(corrects=corrects).exists():
            raise Refusal("replaced", f"打合簿 第{corrects.number}号は、すでに訂正されています。")
        return Minutes.objects.create(
            number=_next(Minutes), held_on=held_on, subject=subject.strip()[:120], attendants=attendants.strip(), body=body.strip(),
            decisions=decisions.strip(), corrects=corrects, at=now, **by.signed,
        )  # fmt: skip


def record_amendment(
    *, concluded_on: date | None, holds_from: date | None, subject: str, change: str, by: Actor, now: datetime
) -> Amendment:  # fmt: skip
    """変更契約 with the day it was concluded and the day from which it holds."""
    _must(by, "agreements.keep")
    _must_say({"件名": subject, "変更の内容": change})
    if concluded_on is None or holds_from is None:
        raise Refusal("day_missing", "締結日と適用日を入力してください。")
    if concluded_on > now.date():
        raise Refusal("bad_day", "締結日が、今日より後になっています。")
    with transaction.atomic():
        alone()
        return Amendment.objects.create(
            number=_next(Amendment), concluded_on=concluded_on, holds_from=holds_from, subject=subject.strip()[:120],
            change=change.strip(), at=now, **by.signed,
        )  # fmt: skip


def _next(model: Any) -> int:
    return (model.objects.aggregate(last=Max("number"))["last"] or 0) + 1


def _must(by: Actor, permission: str) -> None:
    if not may(by.role, permission):
        raise Refusal("not_yours", "この記録をする権限がありません。")


def _must_say(said: dict[str, str]) -> None:
    for name, text in said.items():
        if not text.strip():
            raise Refusal("missing", f"「{name}」を書いてください。")
        if len(text) > 8_000:
            raise Refusal("too_long", f"「{name}」は8,000字までにしてください（いま{len(text):,}字）。")
