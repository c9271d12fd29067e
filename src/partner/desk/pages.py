"""What the desk's pages share: refusals as pages, addresses that keep their state, paging."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from partner.common.refusal import Refusal

View = Callable[..., HttpResponse]
UNKNOWN = {
    "unknown_figure",
    "unknown_kind",
    "unknown_record",
    "unknown_list",
    "unknown_format",
    "unknown_row",
    "unknown_code",
    "unknown_work",
    "unknown_load",
    "unknown_file",
    "unknown_report",
}
PER_PAGE = 50


def with_refusals(view: View) -> View:
    """A refusal becomes a page in Japanese: 404 for what does not exist, 400 for what cannot be done."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Refusal as refusal:
            missing = refusal.faults[0].code in UNKNOWN
            context = {"faults": refusal.faults, "missing": missing}
            return render(request, "desk/refused.html", context, status=404 if missing else 400)

    return guarded


def address(path: str, state: dict[str, str], **changes: str | int | None) -> str:
    """The path with its state in the query; empty values are left out."""
    wanted = {name: str(value) for name, value in {**state, **changes}.items() if value not in ("", None)}
    return f"{path}?{urlencode(wanted)}" if wanted else path


def whole_number(text: str) -> int:
    """A page number as it stands in an address; 1 for anything else."""
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 10 else 1


@dataclass(frozen=True)
class Pages:
    """Which stretch of a list is shown. Beyond the end, the last one is."""

    number: int
    count: int
    length: int
    size: int = PER_PAGE

    @classmethod
    def of(cls, asked: str, length: int, size: int = PER_PAGE) -> "Pages":
        """The asked page of a list of that length."""
        count = max(1, -(-length // size))
        return cls(min(whole_number(asked), count), count, length, size)

    @property
    def offset(self) -> int:
        """Where the stretch begins."""
        return (self.number - 1) * self.size

    @property
    def first(self) -> int:
        """The number of its first row, counted from 1; 0 for an empty list."""
        return self.offset + 1 if self.length else 0

    @property
    def last(self) -> int:
        """The number of its last row."""
        return min(self.offset + self.size, self.length)

    @property
    def shown(self) -> Sequence[int | None]:
        """The pages to offer: the first, the last and those around this one; None is a gap."""
        near = sorted({1, self.count, *range(max(1, self.number - 1), min(self.count, self.number + 1) + 1)})
        found: list[int | None] = []
        for number in near:
            if found and found[-1] is not None and number > found[-1] + 1:
                found.append(None)
            found.append(number)
        return found

    def links(self, path: str, state: dict[str, str], mark: str = "") -> dict[str, Any]:
        """The same as addresses, for the template."""

        def to(number: int) -> str:
            return address(path, state, page=number if number > 1 else None) + mark

        return {
            "pages": self,
            "entries": [(number, to(number) if number else "") for number in self.shown],
            "before": to(self.number - 1) if self.number > 1 else "",
            "after": to(self.number + 1) if self.number < self.count else "",
        }
