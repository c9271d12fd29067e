"""Two processes scan as one does: blocks go over in shared memory, larger ones than usual too, and nothing of it is left."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from partner.common.period import JST
from partner.facts.access import handing, scanning
from partner.facts.access.handing import Hands
from partner.facts.access.scanned import Block, Frame, Scanned
from tests.facts.access.logs import line

FRAME = Frame(0, 2**40, b"k" * 16)
START = datetime(2026, 10, 1, tzinfo=JST)


def blocks() -> Iterator[Block]:
    """Seven blocks with visitors who come again, and one line that is none."""
    row = 0
    for block in range(7):
        lines = [line(START + timedelta(seconds=row + n), address=f"192.0.2.{(block * 3 + n) % 9}") for n in range(40)]
        lines.append(b"no line")
        yield Block(b"".join(one + b"\n" for one in lines), row)
        row += len(lines)


def shared() -> set[str]:
    """What of shared memory is held."""
    return {path.name for path in Path("/dev/shm").iterdir() if path.name.startswith("psm_")}  # noqa: S108


def views(found: Iterator[tuple[Block, Scanned]]) -> list[tuple[int, bytes]]:
    """Second and address of each page view, however visitors are numbered."""
    addresses: dict[tuple[int, ...], list[bytes]] = {}
    told = []
    for _, scanned in found:
        known = addresses.setdefault(scanned.vocabulary, [])
        known += scanned.new_visitors
        told += [
            (second, known[visitor])
            for second, visitor in zip(scanned.seconds.tolist(), scanned.visitors.tolist(), strict=True)
        ]
    return told


def test_two_processes_find_what_one_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARTNER_ACCELERATOR", "off")
    alone = views(scanning.each(blocks(), "combined", FRAME, 0))
    monkeypatch.setattr(scanning, "_WORTH_A_PROCESS", 0)
    before = shared()
    assert views(scanning.each(blocks(), "combined", FRAME, 1)) == alone
    assert len(alone) == 7 * 40
    assert shared() <= before


def test_memory_is_used_again_and_grows_for_a_larger_block(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handing, "_ROOM", 8)
    with Hands() as hands:
        first = hands.give(Block(b"ab\n", 0))
        assert first.block == Block(b"ab\n", 0)
        hands.take_back(first)
        again = hands.give(Block(b"c\n", 1))
        assert (again.name, again.block.text) == (first.name, b"c\n")
        hands.take_back(again)
        larger = hands.give(Block(b"x" * 50_000 + b"\n", 2))
        assert larger.block.text == b"x" * 50_000 + b"\n"
