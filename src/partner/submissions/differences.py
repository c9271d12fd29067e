"""What a text says that the one before did not."""

import difflib


def differences(then: str, now: str) -> list[tuple[str, bool]]:
    """The new text in pieces, each with whether it was not there before."""
    found: list[tuple[str, bool]] = []
    matcher = difflib.SequenceMatcher(None, then, now, autojunk=False) if len(then) * len(now) < 4_000_000 else None
    if matcher is None:
        return [(now, then != now)]
    for tag, _, _, first, last in matcher.get_opcodes():
        if tag != "delete":
            found.append((now[first:last], tag != "equal"))
    return found
