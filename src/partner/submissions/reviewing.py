"""What JICA looks at: a submission as sealed beside the one before it."""

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from partner.common.refusal import Refusal
from partner.files import stored
from partner.reports import wording
from partner.reports.corrections import row_of
from partner.submissions.differences import differences
from partner.submissions.models import Submission

_FRONT = {"summary.changes": "何が変わったか", "summary.requests": "ご確認いただきたい事項"}
_ELSEWHERE = ("summary", "explain", "correct")  # shown on the front page, beside the numbers
_NAMES = {"text": "結果", "outlook": "今後の展望", "lessons": "得られた教訓", "next": "次回に向けて"}


def sealed(submission: Submission) -> dict[str, Any]:
    """The submission's content as it was sealed. Raises Refusal where the kept file is gone or damaged."""
    file: Any = submission.files.filter(format="json").first()  # type: ignore[attr-defined]
    if file is None or not stored.is_whole(file.digest):
        raise Refusal(
            "file_damaged", "保存されている提出内容が見つからないか、壊れています。システム運用に連絡してください。"
        )
    found: dict[str, Any] = json.loads(stored.place_of(file.digest).read_text(encoding="utf-8"))
    return found


def before(submission: Submission) -> Submission | None:
    """The last submission of the report before it, of the same kind; of an incident, of its report before this one."""
    rows: Any = Submission.objects
    report = submission.report
    if report.slug == "incident":
        about = report.period.partition("/")[0]
        earlier = rows.filter(report__period__startswith=f"{about}/", report__due_at__lt=report.due_at)
        return earlier.order_by("-report__due_at", "-version").first()  # type: ignore[no-any-return]
    earlier = rows.filter(report__kind=report.kind, report__period_first__lt=report.period_first)
    return earlier.order_by("-report__period_first", "-version").first()  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Line:
    """One row: what the last report printed, what this one prints, and the change."""

    number: str
    name: str
    last: str
    this: str
    change: str
    rate: str
    explanation: str
    now: str  # where the last period's number is another one today
    key: str
    where: dict[str, str]

    @property
    def is_marked(self) -> bool:
        """Whether it moved beyond the threshold: it has an explanation."""
        return bool(self.explanation)


class Review:
    """One submission beside the one before."""

    def __init__(self, submission: Submission) -> None:
        self.submission = submission
        self.data = sealed(submission)

    @cached_property
    def previous(self) -> dict[str, Any] | None:
        """The sealed content of the report before; None for the first."""
        found = before(self.submission)
        return sealed(found) if found else None

    @cached_property
    def _given(self) -> dict[str, str]:
        """Row → what the last report had printed of its own period."""
        cells = self.previous["cells"] if self.previous else []
        return {row_of(cell["number"]): cell["text"] for cell in cells if cell["compared"] == "a"}

    def tables(self, item: str) -> list[dict[str, Any]]:
        """The item's tables with their lines, in their order."""
        found: dict[str, list[Line]] = {}
        cells = {cell["number"]: cell for cell in self.data["cells"]}
        for cell in self.data["cells"]:
            if cell["compared"] == "a" and cell["number"].startswith(f"{item}-"):
                found.setdefault(cell["number"].partition(".")[0], []).append(self._line(cell, cells))
        return [
            {"number": table, "title": self.data["rows"].get(table, ""), "lines": lines}
            for table, lines in found.items()
        ]

    def _line(self, cell: dict[str, Any], cells: dict[str, Any]) -> Line:
        row = row_of(cell["number"])
        then, change = cells.get(f"{row}b"), cells.get(f"{row}c")
        given = self._given.get(row)
        shown = then["text"] if then else "—"
        return Line(
            cell["number"], self.data["rows"].get(row, row), given if given is not None else shown, cell["text"],
            change["text"] if change else "—", _rate(cell, then), self.data["texts"].get(f"explain.{cell['number']}", ""),
            shown if given is not None and given != shown else "", cell["key"], cell["where"],
        )  # fmt: skip

    def sections(self) -> list[dict[str, Any]]:
        """What has to be ticked: each section that the contract asks for, with its tables, plans and texts."""
        found = []
        for item in ticks_of(self.data):
            tables = self.tables(item)
            marked = sum(line.is_marked for table in tables for line in table["lines"])
            found.append({
                "key": item, "title": self.data.get("sections", {}).get(item, ""), "headline": self.data["headlines"].get(item),
                "tables": tables, "marked": marked, "plans": self._plans(item), "texts": self._written(f"{item}."),
            })  # fmt: skip
        return found

    def _written(self, begins: str) -> list[dict[str, Any]]:
        """The texts whose places begin so, last and this."""
        before = self.previous["texts"] if self.previous else {}
        places = [place for place in self.data["texts"] if place.startswith(begins)]
        return [self._beside(place, _name_of(place), before.get(place, "")) for place in places]

    def _beside(self, place: str, name: str, then: str) -> dict[str, Any]:
        return {"name": name, "last": then, "this": differences(then, self.data["texts"].get(place, ""))}

    def _plans(self, item: str) -> dict[str, Any]:
        now, then = (_told(data, item) for data in (self.data, self.previous))
        return {"last": then, "this": differences(then, now)}

    def texts(self) -> list[dict[str, Any]]:
        """The front page's texts, and those of no section, last and this, with what was added."""
        before = self.previous["texts"] if self.previous else {}
        of_sections = (*ticks_of(self.data), *_ELSEWHERE)
        own = [place for place in self.data["texts"] if place.partition(".")[0] not in of_sections]
        places = {**_FRONT, **{place: _name_of(place) for place in own}}
        return [
            self._beside(place, name, before.get(place, ""))
            for place, name in places.items() if self.data["texts"].get(place) or before.get(place)
        ]  # fmt: skip


def ticks_of(data: dict[str, Any]) -> list[str]:
    """The sections that JICA ticks before it accepts: those with a headline; where none has one, every numbered one."""
    return list(data["headlines"]) or list(data.get("sections", {}))


def _name_of(place: str) -> str:
    return _NAMES.get(place.rpartition(".")[2], "本文")


def _told(data: dict[str, Any] | None, item: str) -> str:
    return "\n".join(f"{when}　{text}" for when, text in (data or {"plans": {}})["plans"].get(item, []))


def _rate(cell: dict[str, Any], then: dict[str, Any] | None) -> str:
    if then is None or not isinstance(cell["value"], int) or not isinstance(then["value"], int):
        return "—"
    rate = wording.rate(cell["value"] - then["value"], then["value"])
    return f"{rate}%" if rate not in ("", "＊") else rate or "—"
