"""A block cut into lines, and the lines of the usual kind cut into their fields, by vectors over all of them at once.

Usual is a line with exactly three fields in quotes and no backslash, whose every part is found to be as the combined format wants
it. Whatever is not usual is for the format's own expression to judge: nothing is decided here that it would not say.
"""

import re

import numpy as np
from numpy.typing import NDArray

from partner.facts.access.formats import MORE
from partner.facts.access.moments import minute_began
from partner.facts.access.words import WIDTHS, WORD, are_digits, are_signs, padded, word, words_of

TIME = 29  # bytes of `[01/Oct/2026:09:00:00 +0900] `
_QUOTES = 6
_NEWLINE, _SPACE, _QUOTE, _BACKSLASH, _DASH, _ZERO = 10, 32, 34, 92, 45, 48
_HEAD = re.compile(rb"\S+ \S+ \S+ ")
_MINUTE = re.compile(rb"\[(\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d):")
_ZONE = re.compile(rb" ([+-]\d{4})\] ")
_ENDS = {False: re.compile(rb"\r?"), True: re.compile(MORE + rb"\r?")}
Places = NDArray[np.int64]
_AROUND, _SPACES = word(b"\0\xff\0\0\0\xff\0\0"), word(b"\0 \0\0\0 \0\0")  # in `" 200 512`
_STATUS, _BESIDE_STATUS = word(b"\0\0\xff\xff\xff\0\0\0"), word(b"00\x00\x00\x00000")
_OK, _NOT_MODIFIED = word(b"\0\x00200\0\0\0"), word(b"\0\x00304\0\0\0")
_SECOND = word(b"\0\0\0\xff\xff\0\0\0")  # in `00:59 +0`
_NOBODY, _LONGEST_ADDRESS = b" - - ", 48


class Cut:
    """Where the lines of a block begin and end; its signs, and the eight signs from each place on as one number."""

    def __init__(self, text: bytes) -> None:
        self.text = text
        self.signs = np.frombuffer(text, np.uint8)
        self.words = words_of(text)
        places = self.signs == _NEWLINE
        for sign in (_QUOTE, _BACKSLASH):
            places |= self.signs == sign
        self.special: Places = np.flatnonzero(places)
        self.kinds = self.signs[self.special]
        self._pass_over_escaped()
        self.last_special: Places = np.flatnonzero(self.kinds == _NEWLINE)
        self.ends: Places = self.special[self.last_special]
        self.starts: Places = np.concatenate([np.zeros(1, np.int64), self.ends[:-1] + 1])

    def _pass_over_escaped(self) -> None:
        """A quote behind a backslash ends no field. Of several backslashes in a row none is passed over: their line is not usual."""
        backslashes = np.flatnonzero(self.kinds == _BACKSLASH)
        if not len(backslashes):
            return
        follows = np.zeros(len(self.kinds) + 1, np.bool_)  # whether it stands right behind the one before
        follows[1:-1] = np.diff(self.special) == 1
        doubled = follows & (np.append(self.kinds, 0) == _BACKSLASH)
        doubled[1:] &= np.append(0, self.kinds)[1:] == _BACKSLASH
        alone = backslashes[~(doubled[backslashes] | doubled[backslashes + 1])]
        passed = np.zeros(len(self.kinds) + 1, np.bool_)
        passed[alone] = True
        passed[alone[follows[alone + 1]] + 1] = True
        passed = passed[:-1] & (self.kinds != _NEWLINE)
        self.special, self.kinds = self.special[~passed], self.kinds[~passed]

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
        heads: dict[bytes, int],
        ends: dict[bytes, int],
        minutes: dict[bytes, int | None],
    ) -> None:
        self._cut, self._heads, self._ends, self._minutes = cut, heads, ends, minutes
        self._end = _ENDS[has_more]
        rows = np.flatnonzero(np.diff(cut.last_special, prepend=-1) == _QUOTES + 1)
        first = cut.last_special[rows] - _QUOTES
        quoted = (cut.kinds[first[:, None] + np.arange(_QUOTES)] == _QUOTE).all(axis=1)
        self._choose(rows[quoted], cut.special[first[quoted, None] + np.arange(_QUOTES)])
        self._keep_those(self._is_long_enough())
        self._keep_those(self._has_its_fields())
        self._keep_those(self._has_end())
        self._keep_those(self._has_head())
        began, of_minute = self._times()
        fitting = (began >= 0) & (of_minute < 60)
        self._keep_those(fitting)
        self.seconds: Places = (began + of_minute)[fitting]
        others = np.ones(len(cut.ends), np.bool_)
        others[self.rows] = False
        self.others: Places = np.flatnonzero(others)

    def texts(self, starts: Places, ends: Places) -> list[bytes]:
        """These stretches of the block."""
        return list(map(self._cut.text.__getitem__, map(slice, starts.tolist(), ends.tolist())))

    @property
    def is_answered(self) -> NDArray[np.bool_]:
        """Whether the status is 200 or 304."""
        status = self._cut.words[self.quotes[:, 1]] & _STATUS
        return (status == _OK) | (status == _NOT_MODIFIED)

    @property
    def starts(self) -> Places:
        """Where the lines begin."""
        return self._cut.starts[self.rows]

    def _choose(self, rows: Places, quotes: Places) -> None:
        self.rows, self.quotes = rows, quotes

    def _keep_those(self, fitting: NDArray[np.bool_]) -> None:
        if not fitting.all():
            self._choose(self.rows[fitting], self.quotes[fitting])

    def _at(self, places: Places, offset: int) -> NDArray[np.uint8]:
        return self._cut.signs[places + offset]

    def _is_long_enough(self) -> NDArray[np.bool_]:
        """So long that all that is looked at as a word lies within the line; of a size of more than eight digits no one has heard."""
        size = self.quotes[:, 2] - self.quotes[:, 1] - 7
        return (self.quotes[:, 0] - self.starts > TIME) & (size > 0) & (size <= WORD)

    def _has_its_fields(self) -> NDArray[np.bool_]:
        """` 200 ` behind the request, then digits or a dash, a space before the next field, and one between the last two."""
        first, second, third, fourth = (self.quotes[:, one] for one in (1, 2, 3, 4))
        status = self._cut.words[first]
        fits = ((status & _AROUND) == _SPACES) & are_digits((status & _STATUS) | _BESIDE_STATUS)
        width = second - first - 7
        size = padded(self._cut.words[first + 6], width)
        fits &= are_digits(size) | ((width == 1) & (self._at(first, 6) == _DASH))
        return fits & (self._at(second, -1) == _SPACE) & (fourth == third + 2) & (self._at(third, 1) == _SPACE)

    def _times(self) -> tuple[Places, Places]:
        """When each line's minute began (-1 where it is no time), and its second (100 where it is none)."""
        begins = self.quotes[:, 0] - TIME
        words = [self._cut.words[begins + offset] for offset in (0, 8, 16, 21)]
        tens, ones = ((words[2] >> np.uint64(shift) & np.uint64(0xFF)).astype(np.int64) - _ZERO for shift in (24, 32))
        words[2] = words[2] & ~_SECOND
        apart = np.ones(len(begins), np.bool_)
        apart[1:] = False
        for each in words:
            apart[1:] |= each[1:] != each[:-1]
        times = self.texts(begins[apart], begins[apart] + TIME)
        began = np.array([self._began(time) for time in times], np.int64)
        are_digits = (tens >= 0) & (tens < 6) & (ones >= 0) & (ones < 10)
        return began[np.cumsum(apart) - 1], np.where(are_digits, tens * 10 + ones, 100)

    def _began(self, time: bytes) -> int:
        key = time[:19] + time[21:]
        if key not in self._minutes:
            minute, zone = _MINUTE.fullmatch(time[:19]), _ZONE.fullmatch(time[21:])
            self._minutes[key] = minute_began(minute[1], zone[1]) if minute and zone else None
        began = self._minutes[key]
        return -1 if began is None else began

    def heads(self, places: Places) -> tuple[list[bytes], Places]:
        """What stands before the time of these lines, and the numbers of it."""
        texts = self.texts(self.starts[places], self.quotes[places, 0] - TIME)
        return texts, self._numbered(texts, self._heads, _HEAD)

    def _has_head(self) -> NDArray[np.bool_]:
        """An address and ` - - `; or whatever else the format allows there."""
        starts, times = self.starts, self.quotes[:, 0] - TIME
        width = times - len(_NOBODY) - starts
        fits = (
            (width > 0)
            & (width <= _LONGEST_ADDRESS)
            & ((self._cut.words[times - len(_NOBODY)] & WIDTHS[len(_NOBODY)]) == word(_NOBODY))
        )
        for begins in range(0, int(width[fits].max(initial=0)), WORD):
            here = np.minimum(np.maximum(width - begins, 0), WORD)
            address = self._cut.words[starts + np.minimum(begins, np.maximum(width, 0))]
            fits &= are_signs(padded(address, here))
        others = np.flatnonzero(~fits)
        fits[others] = self.heads(others)[1] >= 0
        return fits

    def _has_end(self) -> NDArray[np.bool_]:
        """Nothing behind the agent; or what the format allows there, and a carriage return."""
        begins, ends = self.quotes[:, 5] + 1, self._cut.ends[self.rows]
        fits = begins == ends
        more = np.flatnonzero(~fits)
        fits[more] = self._numbered(self.texts(begins[more], ends[more]), self._ends, self._end) >= 0
        return fits

    def _numbered(self, texts: list[bytes], known: dict[bytes, int], expression: "re.Pattern[bytes]") -> Places:
        """The number of each text, -1 where the expression does not fit it."""
        for text in set(texts).difference(known):
            known[text] = len(known) if expression.fullmatch(text) else -1
        return np.fromiter(map(known.__getitem__, texts), np.int64, len(texts))
