"""What JICA looks at: a submission as sealed beside the one before it."""

import json
import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from partner.common.refusal import Refusal
from partner.reports import wording
from partner.reports.corrections import row_of
from partner.reports.service.before import earlier_events
from partner.submissions.addresses import number_of
from partner.submissions.differences import differences
from partner.submissions.models import Submission
from partner.submissions.printed import printed
from partner.submissions.sealing import sealed_text

_FRONT = {"summary.changes": "何が変わったか", "summary.requests": "ご確認いただきたい事項"}
_ELSEWHERE = ("summary", "explain", "correct")  # shown on the front page, beside the numbers
_NAMES = {"text": "結果", "outlook": "今後の展望", "lessons": "得られた教訓", "next": "次回に向けて"}


def sealed(submission: Submission) -> dict[str, Any]:
    """The submission's content as it was sealed. Raises Refusal where the kept file is gone or damaged."""
    text = sealed_text(submission, "json")
    if text is None:
        raise Refusal(
            "file_damaged", "保存されている提出内容が見つからないか、壊れています。システム運用に連絡してください。"
        )
    found: dict[str, Any] = json.loads(text)
    return found


def before(submission: Submission) -> Submission | None:
    """The last submission of the report before it, of the same kind; of an incident, of its report before this one;
    of an event, of the last event of its category that was reported on.
    """
    rows: Any = Submission.objects
    report = submission.report
    if report.slug == "incident":
        about = report.period.partition("/")[0]
        earlier = rows.filter(report__period__startswith=f"{about}/", report__due_at__lt=report.due_at)
        return earlier.order_by("-report__due_at", "-version").first()  # type: ignore[no-any-return]
    if report.slug == "service":
        held = earlier_events(number_of(report.period), submission.cut)
        found = (rows.filter(report__period=one.key).order_by("-version").first() for one in held)
        return next((one for one in found if one), None)
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
    def last(self) -> Submission | None:
        """The submission it stands beside; None for the first."""
        return before(self.submission)

    @cached_property
    def previous(self) -> dict[str, Any] | None:
        """The sealed content of the report before; None for the first."""
        return sealed(self.last) if self.last else None

    @cached_property
    def _given(self) -> dict[str, dict[str, Any]]:
        """Cell → what the last report had printed there of its own period."""
        cells = self.previous["cells"] if self.previous else []
        return {cell["number"]: cell for cell in cells if cell["compared"] == "a"}

    @cached_property
    def _own(self) -> list[dict[str, Any]]:
        return [cell for cell in self.data["cells"] if cell["compared"] == "a" and cell["number"]]

    @cached_property
    def _beside_own(self) -> dict[tuple[str, str], dict[str, Any]]:
        """Row and column (b: the period before, c: the change on it) → its cell, where a row tells of its period once."""
        told = Counter(row_of(cell["number"]) for cell in self._own)
        return {
            (row_of(cell["number"]), cell["compared"]): cell for cell in self.data["cells"]
            if cell["compared"] in ("b", "c") and told[row_of(cell["number"])] == 1
        }  # fmt: skip

    def tables(self, item: str) -> list[dict[str, Any]]:
        """The section's tables with their lines, in their order."""
        found: dict[str, list[Line]] = {}
        for cell in self._own:
            table = cell["number"].partition(".")[0]
            if self._home(table) == item:
                found.setdefault(table, []).append(self._line(cell))
        return [
            {"number": table, "title": self.data["rows"].get(table, ""), "lines": lines}
            for table, lines in found.items()
        ]

    def _line(self, cell: dict[str, Any]) -> Line:
        row, given = row_of(cell["number"]), self._given.get(cell["number"])
        then, change = (self._beside_own.get((row, letter)) for letter in "bc")
        last, now = (one["text"] if one else "—" for one in (given or then, then))
        return Line(
            cell["number"], self._named(cell["number"]), last, cell["text"],
            change["text"] if change else _change(cell, given), _rate(cell, then or given),
            self.data["texts"].get(f"explain.{cell['number']}", ""),
            now if given and then and now != last else "", cell["key"], cell["where"],
        )  # fmt: skip

    def _named(self, number: str) -> str:
        """What the row is called; with the head of the column, where other columns tell of the same period."""
        name = self.data["rows"].get(row_of(number), row_of(number))
        head = self.data.get("heads", {}).get(number, "")
        return f"{name}　{head}" if head else name

    def sections(self) -> list[dict[str, Any]]:
        """What has to be ticked: each section that the contract asks for, with its tables, plans and texts."""
        found, titles = [], dict(self.data.get("sections", ()))
        for item in ticks_of(self.data):
            tables = self.tables(item)
            marked = sum(line.is_marked for table in tables for line in table["lines"])
            found.append({
                "key": item, "title": titles.get(item, ""), "headline": self.data["headlines"].get(item),
                "tables": tables, "printed": self._printed.get(item, ""), "marked": marked,
                "plans": self._plans(item), "texts": self._written(item),
            })  # fmt: skip
        return found

    @cached_property
    def _printed(self) -> dict[str, Any]:
        """What stands in the sections, words and marks that the comparison does not tell too."""
        return printed(self.submission)

    def _home(self, place: str) -> str:
        """The section in which a text or a table stands."""
        return str(self.data.get("homes", {}).get(place) or re.split(r"[.-]", place)[0])

    def _name_of(self, place: str) -> str:
        """What the text is called, as the report calls it; of those sealed before names were written down by its place."""
        return str(self.data.get("names", {}).get(place) or _NAMES.get(place.rpartition(".")[2], "本文"))

    def _written(self, item: str) -> list[dict[str, Any]]:
        """The texts of the section, last and this; explanations stand beside their numbers."""
        before = self.previous["texts"] if self.previous else {}
        told = [place for place in self.data["texts"] if place.partition(".")[0] not in _ELSEWHERE]
        places = [place for place in told if self._home(place) == item]
        return [self._beside(place, self._name_of(place), before.get(place, "")) for place in places]

    def _beside(self, place: str, name: str, then: str) -> dict[str, Any]:
        return {"name": name, "last": then, "this": self._marked(then, self.data["texts"].get(place, ""))}

    def _marked(self, then: str, now: str) -> list[tuple[str, bool]]:
        """What is new carries a mark, where there is a report before."""
        return differences(then, now) if self.last else [(now, False)]

    def _plans(self, item: str) -> dict[str, Any]:
        now, then = (_told(data, item) for data in (self.data, self.previous))
        return {"last": then, "this": differences(then, now)}

    def texts(self) -> list[dict[str, Any]]:
        """The front page's texts, and those of no section, last and this, with what was added."""
        before = self.previous["texts"] if self.previous else {}
        of_sections = ticks_of(self.data)
        own = [
            place
            for place in self.data["texts"]
            if self._home(place) not in of_sections and place.partition(".")[0] not in _ELSEWHERE
        ]
        places = {**_FRONT, **{place: self._name_of(place) for place in own}}
        return [
            self._beside(place, name, before.get(place, ""))
            for place, name in places.items() if self.data["texts"].get(place) or before.get(place)
        ]  # fmt: skip


def ticks_of(data: dict[str, Any]) -> list[str]:
    """The sections that JICA ticks before it accepts: every numbered one, in the report's order."""
    told = [number for number, _ in data.get("sections", ())]
    return told or list(data["headlines"])  # sealed before sections were written down


def _told(data: dict[str, Any] | None, item: str) -> str:
    return "\n".join(f"{when}　{text}" for when, text in (data or {"plans": {}})["plans"].get(item, []))


def _change(cell: dict[str, Any], given: dict[str, Any] | None) -> str:
    """On what the last report had printed, where this one prints no change itself."""
    if given is None or not isinstance(cell["value"], int) or not isinstance(given["value"], int):
        return "—"
    return wording.signed(cell["value"] - given["value"])


def _rate(cell: dict[str, Any], then: dict[str, Any] | None) -> str:
    if then is None or not isinstance(cell["value"], int) or not isinstance(then["value"], int):
        return "—"
    rate = wording.rate(cell["value"] - then["value"], then["value"])
    return f"{rate}%" if rate not in ("", "＊") else rate or "—"
