"""What the working page of a report shows: sections with their state, texts, what stops it, steps, comments."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import quote

from django.urls import reverse

from partner.accounts.models import User
from partner.accounts.roles import may
from partner.common.period import Period
from partner.common.refusal import Refusal
from partner.desk.beside import Beside
from partner.desk.text_places import TextPlace, section_of
from partner.facts.models.texts import ReportText
from partner.ledger import clock
from partner.reports.compared import words_of
from partner.submissions import compositions, schedule, states
from partner.submissions.actions import Actor
from partner.submissions.assignments import Assignments
from partner.submissions.blocking import Block, Flag, blocks, flags, items_of, open_comments
from partner.submissions.commenting import said
from partner.submissions.expected import extra_days
from partner.submissions.models import Comment, Composed, ExpectedReport
from partner.submissions.periods import period_of
from partner.submissions.standing import Standing
from partner.submissions.states import MOVES, Move
from partner.submissions.writing import drafts_of

_TEXTS: Any = ReportText.objects
STEPS = (
    ("ask_check", "作成"),
    ("check", "点検"),
    ("approve", "承認"),
    ("submit", "提出"),
    ("receive", "受領"),
    ("accept", "受理"),
)
_NEXT = ("ask_check", "check", "approve", "submit", "receive")


@dataclass(frozen=True)
class Working:
    """The page of one report for one person, as of one moment."""

    report: ExpectedReport
    user: User
    now: datetime

    @cached_property
    def standing(self) -> Standing:
        """Where it stands."""
        return Standing(self.report)

    @cached_property
    def period(self) -> Period:
        """Its period."""
        return period_of(self.report, self.standing.cut)

    @property
    def last_word(self) -> str:
        """前月, 前期, 前年度: what the period before is called."""
        return words_of(self.period).last

    @cached_property
    def composed(self) -> Composed:
        """What it holds. Raises Refusal where it cannot be composed."""
        return compositions.shown(self.report, self.standing.cut)

    @cached_property
    def extra(self) -> Any:
        """Closed days."""
        return extra_days()

    @cached_property
    def stages(self) -> list[schedule.Stage]:
        """Its back-schedule."""
        return schedule.stages(self.report, self.extra)

    @cached_property
    def people(self) -> Assignments:
        """Who answers for what."""
        return Assignments(self.report)

    @cached_property
    def comments(self) -> list[Comment]:
        """Everything said about it."""
        return self._comments[0]

    @cached_property
    def _comments(self) -> tuple[list[Comment], list[Comment]]:
        return said(self.report)

    @cached_property
    def carried(self) -> list[Comment]:
        """What was said about earlier ones and is not settled."""
        return self._comments[1]

    @cached_property
    def waits(self) -> str:
        """Why nothing can be made of it now: it is 不要, not over, or of a kind that is not composed yet. Empty: it can."""
        if self.report.is_waived:
            return f"{self.report.name}は不要とされています。"
        try:
            self.composed  # noqa: B018 - asked for, so that what refuses it is known
        except Refusal as refusal:
            return str(refusal.faults[0])
        return ""

    @cached_property
    def beside(self) -> Beside:
        """What else is to be known: another due date, surveys that close late, the legal clocks of a leak."""
        return Beside(self.report, self.standing, self.now, self.extra)

    @cached_property
    def blocks(self) -> list[Block]:
        """What stops it."""
        return blocks(self.composed, self.people, self.stages, self.comments)

    @cached_property
    def flags(self) -> list[Flag]:
        """The four."""
        left = schedule.left(self.now.date(), self.report.due.date(), self.extra)
        return flags(self.standing, self.blocks, items_of(self.composed), left, self.now)

    @cached_property
    def texts(self) -> dict[str, list[TextPlace]]:
        """Section number (要約 for the front) → its texts."""
        rows = clock.remembered(f"texts of {self.report.slug} {self.report.period}", self._recorded)
        drafts = drafts_of(self.report)
        owed = {one.get("text") for one in self.composed.data["blockers"]}
        found: dict[str, list[TextPlace]] = {}
        url, history = (self._address(name) for name in ("desk:work_text", "desk:work_history"))
        for place, one in self.composed.data["places"].items():
            typed = drafts.get(place, [])
            mine = next((row for row in typed if row.login == self.user.username), None)
            others = [row for row in typed if row is not mine]
            text = TextPlace(
                place,
                one["name"],
                one["draft"],
                rows.get(place),
                mine,
                others,
                place in owed,
                url(place),
                history(place),
            )
            found.setdefault(one["section"] or section_of(place), []).append(text)
        return found

    def _recorded(self) -> dict[str, ReportText]:
        """Place → the text that stands there."""
        found = _TEXTS.believed().filter(report=self.report.slug, period=self.report.period)
        return {row.place: row for row in found}

    def _address(self, name: str) -> Callable[[str], str]:
        """Asked of Django once, not once for each of fifty places."""
        told = reverse(name, args=[self.report.slug, self.report.period, "PLACE"])
        return lambda place: told.replace("PLACE", quote(place))

    def sections(self) -> list[dict[str, Any]]:
        """The sections in order: what is complete folds to a line, what needs work is open."""
        stopping: dict[str, list[Block]] = {}
        for block in self.blocks:
            stopping.setdefault(block.place, []).append(block)
        found = []
        for number, one in enumerate(self.composed.data["sections"], 1):
            key = one["number"] or one["title"]
            stops = stopping.get(key, [])
            found.append({
                **one, "part": number, "key": key, "stops": stops, "texts": self.texts.get(key, []), "headline": self.composed.data["headlines"].get(key),
                "is_open": bool(stops) and self.standing.is_open, "comments": self._said(key),
            })  # fmt: skip
        return found

    def _said(self, key: str) -> int:
        return len([one for one in open_comments(self.comments) if one.place.partition("-")[0] == key])

    def threads(self) -> list[dict[str, Any]]:
        """Comments with their answers, open ones first."""
        open_ = {one.pk for one in open_comments(self.comments)}
        found = [
            {"first": one, "answers": [row for row in self.comments if row.parent_id == one.pk], "is_open": one.pk in open_}
            for one in self.comments if one.parent_id is None
        ]  # fmt: skip
        return sorted(found, key=lambda one: not one["is_open"])

    def steps(self) -> list[dict[str, Any]]:
        """The way to 受理: who did what when, who is next and until when."""
        done = {step.name: step for step in self.standing.round}
        at = {"ask_check": "cut", "check": "check", "approve": "approve", "submit": "submit"}
        planned = {stage.name: stage.at for stage in self.stages}
        part = {"ask_check": "make", "receive": "submit"}
        return [
            {
                "name": name, "label": label, "step": done.get(name), "planned": planned.get(at.get(name, "")),
                "who": "機構" if name == "accept" else self.people.who(part.get(name, name)),
                "is_next": self.next is not None and self.next.name == name,
            }
            for name, label in STEPS
        ]  # fmt: skip

    @cached_property
    def next(self) -> Move | None:
        """The step that leads on from here."""
        return next((MOVES[name] for name in _NEXT if self.standing.state in MOVES[name].sources), None)

    @property
    def why_not(self) -> str:
        """Why this person cannot take the next step now; empty where he can."""
        move = self.next
        if move is None:
            return ""
        if self.standing.cut is None:
            return "先に「データ締切をとる」を押してください。"
        if move.name in ("ask_check", "check", "approve") and self.blocks:
            return f"{move.label}ことができません：提出を止めているものが{len(self.blocks)}件あります。"
        return self._not_mine(move)

    def _not_mine(self, move: Move) -> str:
        by = Actor.of(self.user)
        if not (may(by.role, move.permission) or self.people.stands_in(by.login, move.part)):
            return f"「{move.label}」のは{self.people.who(move.part)}です。"
        preparer = self.standing.preparer
        if move.four_eyes and preparer and preparer.by_login == by.login:
            return "自分が作成した報告書は、自分では点検・承認できません。"
        return ""

    @cached_property
    def may_write(self) -> bool:
        """Whether this person can change texts now."""
        return self.standing.is_open and may(self.user.role, "reports.prepare")

    @property
    def may_cut(self) -> bool:
        """Whether this person can take the cut now."""
        is_time = self.standing.is_open or self.standing.state == states.CHECKING
        return is_time and may(self.user.role, "reports.prepare")
