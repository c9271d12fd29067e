"""Lists of a few hundred: as many as one query takes."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

SIZE = 500


def chunked(items: Iterable[Any]) -> Iterator[list[Any]]:
    """The items in lists of `SIZE`."""
    iterator = iter(items)
    while chunk := list(islice(iterator, SIZE)):
        yield chunk
