"""The states of a report and the steps between them: one table, nothing else decides."""

from dataclasses import dataclass

MAKING, CHECKING, APPROVING, APPROVED = "making", "checking", "approving", "approved"
SUBMITTED, RECEIVED, ACCEPTED = "submitted", "received", "accepted"
SENT_BACK, WITHDRAWN = "sent_back", "withdrawn"

LABELS = {
    MAKING: "作成中",
    CHECKING: "点検中",
    APPROVING: "承認待ち",
    APPROVED: "承認済み",
    SUBMITTED: "提出済み",
    RECEIVED: "受領",
    ACCEPTED: "受理",
    SENT_BACK: "差戻し",
    WITHDRAWN: "取下げ",
}
OPEN = (MAKING, SENT_BACK, WITHDRAWN)  # people write
INSIDE = (*OPEN, CHECKING, APPROVING, APPROVED)  # not (or no more) with JICA


@dataclass(frozen=True)
class Move:
    """One allowed step: from where, to where, who may, and what it needs."""

    name: str
    label: str
    done: str
    sources: tuple[str, ...]
    target: str
    permission: str
    needs_comment: bool = False
    four_eyes: bool = False  # not by whoever asked for the check
    part: str = ""  # the duty whose deputy may act
    also: str = ""  # another permission that suffices


MOVES = {
    move.name: move
    for move in (
        Move("ask_check", "点検を依頼する", "作成", OPEN, CHECKING, "reports.prepare", part="make"),
        Move("check", "点検済みにする", "点検", (CHECKING,), APPROVING, "reports.check", four_eyes=True, part="check"),
        Move("approve", "承認する", "承認", (APPROVING,), APPROVED, "reports.approve", four_eyes=True, part="approve"),
        Move(
            "return", "作成中へ戻す", "戻し", (CHECKING, APPROVING, APPROVED), MAKING, "reports.check",
            needs_comment=True, part="check", also="reports.approve",
        ),
        Move("submit", "提出する", "提出", (APPROVED,), SUBMITTED, "reports.submit", part="submit"),
        Move("receive", "受領を記録する", "受領", (SUBMITTED,), RECEIVED, "reports.submit", also="reports.accept"),
        Move("withdraw", "取り下げる", "取下げ", (SUBMITTED,), WITHDRAWN, "reports.approve", needs_comment=True),
        Move("send_back", "差し戻す", "差戻し", (RECEIVED,), SENT_BACK, "reports.accept", needs_comment=True),
        Move("accept", "受理する", "受理", (RECEIVED,), ACCEPTED, "reports.accept"),
    )
}  # fmt: skip


def moves_from(state: str) -> list[Move]:
    """The steps that lead out of a state, in their order."""
    return [move for move in MOVES.values() if state in move.sources]
