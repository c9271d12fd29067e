"""A block cut into lines, and the lines of the usual kind cut into their fields, by vectors over all of them at once.

Usual is a line with exactly three fields in quotes and no backslash, whose every part is found to be as the combined format wants
it. Whatever is not usual is for the format's own expression to judge: nothing is decided here that it would not say.
"""

import re

import numpy as np
from numpy.typing import NDArray

from partner.facts.access.formats import MORE
from partner.facts.access.moments import minute_began

TIME = 29  # bytes of `[01/Oct/2026:09:00:00 +0900] `
_QUOTES = 6
_LONGEST_SIZE = 18
_NEWLINE, _SPACE, _QUOTE, _BACKSLASH, _DASH, _ZERO = 10, 32, 34, 92, 45, 48
_HEAD = re.compile(rb"\S+ \S+ \S+ ")
_MINUTE = re.compile(rb"\[(\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d):")
_ZONE = re.compile(rb" ([+-]\d{4})\] ")
_ENDS = {False: re.compile(rb"\r?"), True: re.compile(MORE + rb"\r?")}
Places = NDArray[np.int64]


class Cut:
    """Where the lines of a block begin and end."""

    def __init__(self, text: bytes) -> None:
        self.text = text
        self.signs = np.frombuffer(text, np.uint8)
        places = (self.signs == _NEWLINE) | (self.signs == _QUOTE) | (self.signs == _BACKSLASH)
        self.special: Places = np.flatnonzero(places)
        self.kinds = self.signs[self.special]
        self.last_special: Places = np.flatnonzero(self.kinds == _NEWLINE)
        self.ends: Places = self.special[self.last_special]
        self.starts: Places = np.concatenate([np.zeros(1, np.int64), self.ends[:-1] + 1])

    def line(self, row: int) -> bytes:
        """One line without its end."""
        return self.text[self.starts[row] : self.ends[row]]


class Usual:
    """The lines of the usual kind: where their quotes are, their seconds since 1970, and whether they were answered 200 or 304.

    `heads` and `ends` keep what was found of the texts before the time and behind the agent, `minutes` of times; `has_more` says
    whether times may stand behind the agent.
    """

    def __init__(
        self,
        cut: Cut,
        *,
        has_more: bool,
        heads: dict[bytes, bool],
        ends: dict[bytes, bool],
        minutes: dict[bytes, int | None],
    ) -> None:
        self._cut, self._heads, self._ends, self._minutes = cut, heads, ends, minutes
        self._end = _ENDS[has_more]
        rows = np.flatnonzero(np.diff(cut.last_special, prepend=-1) == _QUOTES + 1)
        first = cut.last_special[rows] - _QUOTES
        quoted = (cut.kinds[first[:, None] + np.arange(_QUOTES)] == _QUOTE).all(axis=1)
        self._choose(rows[quoted], cut.special[first[quoted, None] + np.arange(_QUOTES)])
        self._keep_those(self._is_long_enough())
        for test in (self._has_its_fields, self._has_size, self._has_head, self._has_end):
            self._keep_those(test())
        began, of_minute = self._times()
        fitting = (began >= 0) & (of_minute < 60)
        self._keep_those(fitting)
        self.seconds: Places = (began + of_minute)[fitting]
        others = np.ones(len(cut.ends), np.bool_)
        others[self.rows] = False
        self.others: Places = np.flatnonzero(others)

    def texts(self, starts: Places, ends: Places) -> list[bytes]:
        """These stretches of the block."""
        text = self._cut.text
        return [text[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]

    @property
    def starts(self) -> Places:
        """Where the lines begin."""
        return self._cut.starts[self.rows]

    @property
    def is_answered(self) -> NDArray[np.bool_]:
        """Whether the status is 200 or 304."""
        first, second, third = (self._at(self.quotes[:, 1], offset) for offset in (2, 3, 4))
        return ((first == 50) & (second == 48) & (third == 48)) | ((first == 51) & (second == 48) & (third == 52))

    def _choose(self, rows: Places, quotes: Places) -> None:
        self.rows, self.quotes = rows, quotes

    def _keep_those(self, fitting: NDArray[np.bool_]) -> None:
        if not fitting.all():
            self._choose(self.rows[fitting], self.quotes[fitting])

    def _at(self, places: Places, offset: int) -> NDArray[np.uint8]:
        return self._cut.signs[places + offset]

    def _is_long_enough(self) -> NDArray[np.bool_]:
        return (self.quotes[:, 0] - self.starts > TIME) & (self.quotes[:, 2] - self.quotes[:, 1] > 7)

    def _has_its_fields(self) -> NDArray[np.bool_]:
        """` 200 ` behind the request, a space before the next field, and one between the last two."""
        after = self.quotes[:, 1]
        fits = (
            (self._at(after, 1) == _SPACE)
            & (self._at(after, 5) == _SPACE)
            & (self._at(self.quotes[:, 2], -1) == _SPACE)
        )
        for digit in (2, 3, 4):
            fits &= self._at(after, digit) - _ZERO < 10
        return fits & (self.quotes[:, 4] == self.quotes[:, 3] + 2) & (self._at(self.quotes[:, 3], 1) == _SPACE)

    def _has_size(self) -> NDArray[np.bool_]:
        """Digits, or a dash."""
        begins, widths = self.quotes[:, 1] + 6, self.quotes[:, 2] - self.quotes[:, 1] - 7
        fits = widths <= _LONGEST_SIZE
        for place in range(int(min(widths.max(initial=0), _LONGEST_SIZE))):
            signs = self._cut.signs[np.minimum(begins + place, self.quotes[:, 2])]
            fits &= (place >= widths) | (signs - _ZERO < 10)
        return fits | ((widths == 1) & (self._at(begins, 0) == _DASH))

    def _times(self) -> tuple[Places, Places]:
        """When each line's minute began (-1 where it is no time), and its second (100 where it is none)."""
        signs = self._cut.signs[(self.quotes[:, 0] - TIME)[:, None] + np.arange(TIME)]
        apart = np.ones(len(signs), np.bool_)
        apart[1:] = (signs[1:, :19] != signs[:-1, :19]).any(axis=1) | (signs[1:, 21:] != signs[:-1, 21:]).any(axis=1)
        began = np.array([self._began(one.tobytes()) for one in signs[apart]], np.int64)
        tens, ones = signs[:, 19] - _ZERO, signs[:, 20] - _ZERO
        seconds = np.where((tens < 6) & (ones < 10), tens.astype(np.int64) * 10 + ones, 100)
        return began[np.cumsum(apart) - 1], seconds

    def _began(self, time: bytes) -> int:
        key = time[:19] + time[21:]
        if key not in self._minutes:
            minute, zone = _MINUTE.fullmatch(time[:19]), _ZONE.fullmatch(time[21:])
            self._minutes[key] = minute_began(minute[1], zone[1]) if minute and zone else None
        began = self._minutes[key]
        return -1 if began is None else began

    def _has_head(self) -> NDArray[np.bool_]:
        heads = self.texts(self.starts, self.quotes[:, 0] - TIME)
        return self._found(heads, self._heads, _HEAD)

    def _has_end(self) -> NDArray[np.bool_]:
        """Nothing behind the agent; or what the format allows there, and a carriage return."""
        begins, ends = self.quotes[:, 5] + 1, self._cut.ends[self.rows]
        if (begins == ends).all():
            return np.ones(len(begins), np.bool_)
        return self._found(self.texts(begins, ends), self._ends, self._end)

    def _found(
        self, texts: list[bytes], known: dict[bytes, bool], expression: "re.Pattern[bytes]"
    ) -> NDArray[np.bool_]:
        for text in set(texts).difference(known):
            known[text] = expression.fullmatch(text) is not None
        return np.array([known[text] for text in texts], np.bool_)
