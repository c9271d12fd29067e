"""Both scanners of lines: the accelerator where this machine has a C compiler."""

from functools import cache

from partner.facts.access import compiled, plain
from partner.facts.access.formats import Format
from partner.facts.access.scanned import Frame

FRAME = Frame(0, 2**40, b"k" * 32)


@cache
def why_not_compiled() -> str:
    """Builds the accelerator; why that is not possible here, or nothing."""
    return "" if compiled.is_usable() else compiled.build()


def scanners(layout: Format) -> list[plain.Scanner | compiled.Scanner]:
    """A new one of each kind."""
    made: list[plain.Scanner | compiled.Scanner] = [plain.Scanner(layout, FRAME)]
    if layout.flags is not None and not why_not_compiled():
        made.append(compiled.Scanner(layout.flags, FRAME))
    return made
