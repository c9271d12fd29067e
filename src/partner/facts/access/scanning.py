"""Scanning: blocks of complete lines become numbers, two blocks at a time. What a number means is judged elsewhere, once for each.

A scanner numbers visitors (address and agent) and targets (a page request's address, without its query) in the order of
their first appearance, and says of each line whether it is of the format. There are two, which must always agree: `plain`
needs nothing, `compiled` is many times as fast where a C compiler was found.
"""

import sys
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context

from partner.facts.access import compiled, plain
from partner.facts.access.formats import Format, named
from partner.facts.access.handing import Hands
from partner.facts.access.scanned import Block, Frame, Scanned

AT_ONCE = 2
_WORTH_A_PROCESS = 96 * 1024 * 1024  # bytes: below, starting a second process takes longer than it saves
_WORTH_BUILDING = 24 * 1024 * 1024
_TURN = 0.0001  # seconds

Begun = Callable[[Block], "Future[Scanned]"]


def each(blocks: Iterator[Block], layout: str, frame: Frame, expected: int) -> Iterator[tuple[Block, Scanned]]:
    """Every block with what is in it, in order. `expected` is about how many bytes there will be."""
    chosen = named(layout)
    if chosen.flags is not None and compiled.is_usable(is_worth_building=expected > _WORTH_BUILDING):
        with _quick_turns(), ThreadPoolExecutor(1) as thread:  # the other core reads and judges meanwhile
            scan = compiled.Scanner(chosen.flags, frame).undigested
            for block, scanned in _elsewhere(blocks, lambda block: thread.submit(scan, block)):
                yield block, compiled.digested(block, scanned, frame)
    elif expected < _WORTH_A_PROCESS:
        scan = plain.Scanner(chosen, frame).scan
        yield from ((block, scan(block)) for block in blocks)
    else:
        with _processes(chosen, frame) as begun:
            yield from _elsewhere(blocks, begun)


def _elsewhere(blocks: Iterator[Block], begun: Begun) -> Iterator[tuple[Block, Scanned]]:
    under_way: deque[tuple[Block, Future[Scanned]]] = deque()
    for block in read_ahead(blocks):
        under_way.append((block, begun(block)))
        if len(under_way) > AT_ONCE:
            yield _first(under_way)
    while under_way:
        yield _first(under_way)


def read_ahead(blocks: Iterator[Block]) -> Iterator[Block]:
    """The same, the next one being read while one is used."""
    with ThreadPoolExecutor(1) as reader:
        following = reader.submit(next, blocks, None)
        while (block := following.result()) is not None:
            following = reader.submit(next, blocks, None)
            yield block


def _first(under_way: deque[tuple[Block, "Future[Scanned]"]]) -> tuple[Block, Scanned]:
    block, future = under_way.popleft()
    return block, future.result()


@contextmanager
def _quick_turns() -> Iterator[None]:
    """Threads wait less for each other: the scanner is done with a block each few milliseconds, as long as a turn usually lasts."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(_TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


@contextmanager
def _processes(layout: Format, frame: Frame) -> Iterator[Begun]:
    """As many processes as scan at once, each with its own scanner."""
    with (
        Hands() as hands,
        ProcessPoolExecutor(AT_ONCE, get_context("spawn"), plain.begin, (layout.name, frame)) as processes,
    ):

        def begun(block: Block) -> Future[Scanned]:
            handed = hands.give(block)
            future = processes.submit(plain.scan, handed)
            future.add_done_callback(lambda _: hands.take_back(handed))
            return future

        yield begun
