"""What stops a report, each with whose it is and where to act; and the four flags 完全・整合・期限内・承認."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from partner.submissions import states
from partner.submissions.assignments import Assignments
from partner.submissions.models import Comment, Composed
from partner.submissions.schedule import Stage
from partner.submissions.standing import Standing

ITEM = re.compile(r"[A-Z]+[0-9]+")  # M1, Q3, A7: a section that the contract asks for


@dataclass(frozen=True)
class Block:
    """One thing without which the report cannot be submitted."""

    place: str  # the item in whose section it stands, or 表紙
    why: str
    who: str
    by: datetime | None
    anchor: str  # where on the report's page
    is_text: bool  # a person has to write or settle; else records or names are missing


def blocks(composed: Composed, people: Assignments, stages: list[Stage], comments: list[Comment]) -> list[Block]:
    """Everything that stops it, in the order of the report; what is said and not settled comes last."""
    by = {stage.name: stage.at for stage in stages}
    order = {one["number"] or one["title"]: n for n, one in enumerate(composed.data["sections"])}
    found = [_of(one, people, by) for one in composed.data["blockers"]]
    found.sort(key=lambda block: order.get(block.place, -1))  # the cover has no section
    for comment in open_comments(comments):
        place = comment.place.partition("-")[0] or "全体"
        why = f"コメントが未解決である（{comment.by_name}：{comment.body[:40]}）。"
        found.append(Block(place, why, people.who("texts"), by.get("check"), f"comment-{comment.pk}", True))
    return found


def _of(one: dict[str, Any], people: Assignments, by: dict[str, datetime]) -> Block:
    text = one.get("text", "")
    place = one["section"] or one["place"]
    part = "texts" if text else "cover" if place == "表紙" else place
    anchor = f"t-{text}" if text else f"s-{place}"
    when = by.get("cut" if text or part == "cover" else "sources")
    return Block(place, one["why"], people.who(part), when, anchor, bool(text))


def open_comments(comments: list[Comment]) -> list[Comment]:
    """The first words of what nobody has settled."""
    settled = {comment.parent_id for comment in comments if comment.settles}
    return [comment for comment in comments if comment.parent_id is None and comment.pk not in settled]


@dataclass(frozen=True)
class Flag:
    """One of the four: what it says and how it stands (done, work, way, late, open)."""

    name: str
    words: str
    tone: str


def flags(standing: Standing, found: list[Block], items: int, left: int, now: datetime) -> list[Flag]:
    """完全, 整合, 期限内, 承認: four answers that are never mixed."""
    return [_complete(found, items), _consistent(found), _on_time(standing, left, now), _approved(standing)]


def items_of(composed: Composed) -> int:
    """How many of its sections the contract asks for."""
    return sum(ITEM.match(one["number"] or "") is not None for one in composed.data["sections"])


def _complete(found: list[Block], items: int) -> Flag:
    lacking = {block.place for block in found if not block.is_text}
    of_items = len({place.partition("-")[0] for place in lacking if ITEM.match(place)})
    if not lacking:
        return Flag("完全", "そろった", "done")
    return Flag("完全", f"{items - of_items}／{items}項目" if of_items else f"要確認 {len(lacking)}", "work")


def _consistent(found: list[Block]) -> Flag:
    open_ = len([block for block in found if block.is_text])
    return Flag("整合", f"要確認 {open_}", "work") if open_ else Flag("整合", "一致", "done")


def _on_time(standing: Standing, left: int, now: datetime) -> Flag:
    late = standing.is_late(now)
    if standing.sent_at:
        return Flag("期限内", "期限後に提出", "late") if late else Flag("期限内", "期限内", "done")
    if late:
        return Flag("期限内", "期限超過", "late")
    return Flag("期限内", f"あと{left}営業日" if left else "本日", "late" if left <= 2 else "way")


def _approved(standing: Standing) -> Flag:
    if standing.state == states.ACCEPTED:
        return Flag("承認", "受理", "done")
    if standing.state in (states.SENT_BACK, states.WITHDRAWN):
        return Flag("承認", standing.state_label, "late")
    done = {states.MAKING: 0, states.CHECKING: 1, states.APPROVING: 2}.get(standing.state, 3)
    if done == 3:
        return Flag("承認", "済", "done")
    return Flag("承認", f"{done}／3", "way" if done else "open")
