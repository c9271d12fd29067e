"""The optional accelerator: `scan.c`, built by this machine's own C compiler where there is one, called without the GIL.

It is built by the first large load, within a second, into the environment's folder, and used by whoever finds it there.
`PARTNER_ACCELERATOR=off` leaves it aside. Without it `plain` gives the same answers.
"""

import ctypes
import itertools
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from partner.facts.access.addresses import STATIC
from partner.facts.access.scanned import ASIDE_BYTES, ASIDE_LINES, MOST_HELD, Block, Frame, Scanned, digest_of

SOURCE = Path(__file__).with_name("scan.c")
_FLAGS = ("-O3", "-shared", "-fPIC", "-std=c11")
_ENDINGS = "".join(f"{ending} " for ending in sorted(STATIC)).encode()
_COMPILERS = ("cc", "gcc", "clang")
_TOO_EARLY, _TOO_LATE, _NO_MEMORY = 1, 2, 3
_VISITORS, _AGENTS, _TARGETS = range(3)
_I64, _U32, _U64 = ctypes.c_int64, ctypes.c_uint32, ctypes.c_uint64


class _State(ctypes.Structure):
    """The beginning of `Scanner` in scan.c: the same fields in the same order."""

    _fields_ = (
        *((name, _I64) for name in ("lines", "malformed", "not_a_page", "is_static", "found", "first", "last", "asides", "anchors")),
        ("state", ctypes.c_int32),
        *((name, _U32) for name in ("agents", "targets", "visitors")),
        ("held", _U64),
        ("seconds", ctypes.POINTER(_I64)), ("visitor", ctypes.POINTER(_U32)), ("target", ctypes.POINTER(_U32)),
        ("hours", ctypes.POINTER(_I64)), ("hours_found", _I64),
        ("aside", _I64 * 3 * ASIDE_LINES), ("anchor", ctypes.POINTER(_I64 * 2)),
    )  # fmt: skip


def is_usable(is_worth_building: bool = False) -> bool:
    """Whether the accelerator is wanted, and there: where it is worth that, it is built."""
    if os.environ.get("PARTNER_ACCELERATOR", "on") == "off":
        return False
    return _library() is not None or (is_worth_building and not build())


@cache
def build() -> str:
    """Builds it. Says why not where that is so; empty where it is there now."""
    compiler = _compiler()
    if compiler is None:
        return "no C compiler (cc, gcc or clang)"
    target = _built()
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        made = Path(folder, target.name)
        done = subprocess.run([compiler, *_FLAGS, "-o", str(made), str(SOURCE)], capture_output=True, check=False)  # noqa: S603
        if done.returncode:
            return done.stderr.decode("utf-8", "replace")[-500:]
        made.rename(target)
    _library.cache_clear()
    return "" if _library() is not None else "built, but it cannot be loaded"


def has_compiler() -> bool:
    """Whether it could be built."""
    return _compiler() is not None


def _compiler() -> str | None:
    return next((found for name in _COMPILERS if (found := shutil.which(name))), None)


def _built() -> Path:
    """Where it lies: named by its own source, so that a changed one is built anew."""
    return Path(sys.prefix, "lib", "partner", f"scan-{sha256(SOURCE.read_bytes()).hexdigest()[:16]}.so")


@cache
def _library() -> ctypes.CDLL | None:
    if not _built().exists():
        return None
    try:
        library = ctypes.CDLL(str(_built()))
    except OSError:
        return None
    library.partner_scanner.restype = ctypes.POINTER(_State)
    library.partner_scanner.argtypes = (ctypes.c_int, ctypes.c_char_p)
    library.partner_scan.argtypes = (ctypes.POINTER(_State), ctypes.c_char_p, _I64, _I64, _I64, _I64)
    library.partner_scan.restype = None
    library.partner_words.argtypes = (ctypes.POINTER(_State), ctypes.c_int, ctypes.POINTER(ctypes.POINTER(_U64)))
    library.partner_words.restype = ctypes.c_void_p
    library.partner_agents.argtypes = (ctypes.POINTER(_State),)
    library.partner_agents.restype = ctypes.POINTER(_U32)
    library.partner_free.argtypes = (ctypes.POINTER(_State),)
    library.partner_free.restype = None
    return library


class Scanner:
    """Numbers what is in blocks. `scan` keeps its numbers from one block to the next, until too many are held. Of one thread at a time."""

    def __init__(self, flags: int, frame: Frame) -> None:
        library = _library()
        assert library is not None
        self._library, self._flags, self._frame = library, flags, frame
        self._generation = 0
        self._state = library.partner_scanner(flags, _ENDINGS)
        self._begin()

    def __del__(self) -> None:
        self._library.partner_free(self._state)

    def _begin(self) -> None:
        self._told = [0, 0, 0]

    def scan(self, block: Block) -> Scanned:
        return digested(block, self.undigested(block), self._frame)

    def undigested(self, block: Block) -> Scanned:
        """What is in a block, without the digests of its anchored lines: those can be made on another core meanwhile."""
        if self._state.contents.held > MOST_HELD:
            self._library.partner_free(self._state)
            self._state = self._library.partner_scanner(self._flags, _ENDINGS)
            self._generation += 1
            self._begin()
        text, frame = block.text, self._frame
        self._library.partner_scan(self._state, text, len(text), block.row, frame.first, frame.last)
        found, known = self._state.contents, self._told[_VISITORS]
        if found.state == _NO_MEMORY:
            raise MemoryError
        return Scanned(
            (id(self), self._generation), found.lines, found.malformed, found.not_a_page, found.is_static,
            [(row, text[at : at + min(length, ASIDE_BYTES)]) for row, at, length in found.aside[: found.asides]],
            set(_array(found.hours, found.hours_found, np.int64).tolist()),
            found.first if found.hours_found else None, found.last if found.hours_found else None,
            _array(found.seconds, found.found, np.int64), _array(found.visitor, found.found, np.uint32),
            _array(found.target, found.found, np.uint32), self._new_words(_AGENTS, found.agents),
            self._new_words(_VISITORS, found.visitors), self._new_agents_of(known), self._new_words(_TARGETS, found.targets),
            [], {_TOO_EARLY: False, _TOO_LATE: True}.get(found.state), _array(found.anchor, found.anchors, np.int64),
        )  # fmt: skip

    def _new_agents_of(self, before: int) -> NDArray[np.uint32]:
        return _array(self._library.partner_agents(self._state), self._state.contents.visitors, np.uint32, before)

    def _new_words(self, which: int, count: int) -> list[bytes]:
        before, self._told[which] = self._told[which], count
        return self._words(which, before, count)

    def _words(self, which: int, first: int, end: int) -> list[bytes]:
        if first == end:
            return []
        pointer = ctypes.POINTER(_U64)()
        start = self._library.partner_words(self._state, which, ctypes.byref(pointer))
        ends: list[int] = _array(pointer, end + 1, np.uint64, first).tolist()
        held = ctypes.string_at(start + ends[0], ends[-1] - ends[0])
        return [held[one - ends[0] : two - ends[0]] for one, two in itertools.pairwise(ends)]


def digested(block: Block, scanned: Scanned, frame: Frame) -> Scanned:
    """The same with the digests of its anchored lines."""
    if scanned.anchored_at is not None:
        places: list[list[int]] = scanned.anchored_at.tolist()
        scanned.anchors = [digest_of(block.text[at : at + length], frame.key) for at, length in places]
        scanned.anchored_at = None
    return scanned


def _array(pointer: "ctypes._Pointer[Any]", length: int, kind: type, first: int = 0) -> NDArray[Any]:
    """A copy, as the scanner uses its memory again."""
    if first >= length:
        return np.empty(0, kind)
    return np.ctypeslib.as_array(pointer, (length,))[first:].copy()
