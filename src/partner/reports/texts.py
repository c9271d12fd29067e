"""What a person wrote, as runs of text; and the mark of what nobody has edited yet."""

import re
from collections.abc import Iterator

from partner.documents.blocks import Block, Finding, Paragraph, Run, Runs
from partner.reports.sheet import Sheet

DRAFT = Run("下書き　", bold=True, attention=True)
_NUMBER = re.compile(r"\[([A-Z]\d{1,2}-\d{1,2}(?:\.\d{2,3}[a-z]{0,2})?)\]")
_HEAD = "■"
_ITEM = re.compile(r"[A-Z]\d{1,2}")


def runs_of(text: str) -> Runs:
    """A line of text; a cell number in square brackets becomes a reference."""
    found: list[Run] = []
    for n, part in enumerate(_NUMBER.split(text)):
        if part:
            found.append(Run(number=part) if n % 2 else Run(part))
    return tuple(found)


def blocks_of(body: str) -> list[Block]:
    """A text as blocks: a line that begins with ■ heads what follows it, an empty line ends a paragraph."""
    return [
        Finding(head.removeprefix(_HEAD).strip(), runs_of(text)) if head else Paragraph(runs_of(text))
        for head, text in _parts(body)
        if head or text
    ]


def _parts(body: str) -> Iterator[tuple[str, str]]:
    head, lines = "", list[str]()
    for line in (*body.splitlines(), _HEAD):
        if line.startswith(_HEAD) or (not line.strip() and not head):
            yield head, "".join(lines)
            head, lines = (line if line != _HEAD else ""), []
        elif line.strip():
            lines.append(line.strip())


def body_of(findings: list[Finding]) -> str:
    """The reverse: what the person who edits a draft begins with."""
    return "\n".join(f"{_HEAD}{one.head}\n{plain_of(one.runs)}" for one in findings)


def plain_of(runs: Runs) -> str:
    """Runs as a person writes them: cell numbers in brackets, no links."""
    return "".join(f"[{run.number}]" if run.number else "" if run.link else run.text for run in runs).rstrip()


def item_of(place: str, otherwise: str = "") -> str:
    """The item under which a text is written: Q2 of Q2.text, S4 of S4-16.analysis, 要約 of summary.changes."""
    head = place.partition(".")[0].partition("-")[0]
    return head if _ITEM.fullmatch(head) else "要約" if head == "summary" else otherwise


def written(sheet: Sheet, place: str, name: str, draft: str) -> str | None:
    """What a person wrote at the place, or None: then the draft stands, is marked as one, and blocks."""
    sheet.places[place] = (name, draft)
    row = sheet.texts.get(place)
    if row is None:
        sheet.block(item_of(place, name), f"「{name}」が下書きのままである。", place)
    return row.body if row else None
