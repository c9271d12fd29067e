"""Blocks for the scanners of other processes, in memory that they share: through a pipe each would be copied four times over."""

from collections import deque
from dataclasses import dataclass
from functools import cache
from multiprocessing.shared_memory import SharedMemory

from partner.facts.access.scanned import Block

_ROOM = 10 * 1024 * 1024  # a block has about eight


@dataclass(frozen=True)
class Handed:
    """Where a block's text stands, and how long it is."""

    name: str
    length: int
    row: int

    @property
    def block(self) -> Block:
        """The block, in the process that it was handed to."""
        return Block(bytes(_text(_seen(self.name))[: self.length]), self.row)


class Hands:
    """Hands blocks over, and uses the memory of those that came back again."""

    def __init__(self) -> None:
        self._free: deque[SharedMemory] = deque()
        self._given: dict[str, SharedMemory] = {}

    def __enter__(self) -> "Hands":
        return self

    def __exit__(self, *_: object) -> None:
        for memory in (*self._free, *self._given.values()):
            _gone(memory)

    def give(self, block: Block) -> Handed:
        """The block for another process."""
        length = len(block.text)
        memory = self._free.popleft() if self._free else SharedMemory(create=True, size=max(_ROOM, length))
        if memory.size < length:
            _gone(memory)
            memory = SharedMemory(create=True, size=length)
        _text(memory)[:length] = block.text
        self._given[memory.name] = memory
        return Handed(memory.name, length, block.row)

    def take_back(self, handed: Handed) -> None:
        """Nobody reads it any more."""
        self._free.append(self._given.pop(handed.name))


def _text(memory: SharedMemory) -> memoryview:
    assert memory.buf is not None
    return memory.buf


def _gone(memory: SharedMemory) -> None:
    memory.close()
    memory.unlink()


@cache
def _seen(name: str) -> SharedMemory:
    return SharedMemory(name)
