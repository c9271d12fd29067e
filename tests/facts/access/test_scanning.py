"""Both scanners say the same of every line as the format's own expression, however lines are cut into blocks."""

import random
from datetime import datetime

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from partner.common.period import JST
from partner.facts.access import compiled, plain, scanned, scanning
from partner.facts.access.formats import LONGEST_LINE, NAMED, Format
from partner.facts.access.reading import LogFile
from partner.facts.access.scanned import Block, Scanned
from tests.facts.access.logs import by_chance, line
from tests.facts.access.scanners import FRAME, scanners, why_not_compiled

START = datetime(2026, 9, 30, 20, tzinfo=JST)
USUAL = [layout for layout in NAMED.values() if layout.flags is not None]
SIGNS = b' "\\-[]:/+09GETab\t\r\x0b\x0c\x00\xff?.'


class Reader:
    """Tells a scanner's answers in full."""

    def __init__(self, scanner: "plain.Scanner | compiled.Scanner") -> None:
        self.scanner = scanner
        self._vocabulary: tuple[int, ...] = ()

    def read(self, block: Block) -> tuple:
        found = self.scanner.scan(block)
        if found.vocabulary != self._vocabulary:
            self._vocabulary = found.vocabulary
            self.agents, self.visitors, self.targets = [], [], []
        self.agents += found.new_agents
        self.visitors += zip(found.new_visitors, found.new_visitors_agents.tolist(), strict=True)
        self.targets += found.new_targets
        return self.told(found)

    def told(self, found: Scanned) -> tuple:
        rows = zip(found.seconds.tolist(), found.visitors.tolist(), found.targets.tolist(), strict=True)
        named = [
            (second, self.visitors[visitor][0], self.agents[self.visitors[visitor][1]], self.targets[target])
            for second, visitor, target in rows
        ]
        counts = (
            found.lines,
            found.malformed,
            found.not_a_page,
            found.static,
            found.asides,
            found.hours,
            found.first,
            found.last,
        )
        return (*counts, sorted(named), found.anchors, found.untimely)


def spoiled(lines: list[bytes], chance: random.Random) -> list[bytes]:
    """Some signs of some lines replaced."""
    found = []
    for text in map(bytearray, lines):
        for _ in range(chance.choice([0, 0, 0, 1, 2, 3])):
            if text:
                text[chance.randrange(len(text))] = chance.choice(SIGNS)
        found.append(bytes(text).replace(b"\n", b""))
    return found


def must_agree(layout: Format, lines: list[bytes], size: int, row: int = 0) -> None:
    readers = [Reader(scanner) for scanner in scanners(layout)]
    for start in range(0, len(lines), size):
        some = lines[start : start + size]
        block = Block(b"".join(text + b"\n" for text in some), row + start)
        answers = [reader.read(block) for reader in readers]
        assert all(answer == answers[0] for answer in answers)
        parsed = [layout.parse(text.removesuffix(b"\r")) for text in some]
        assert answers[0][:2] == (len(some), parsed.count(None))
        assert answers[0][5] == {one.second // 3600 for one in parsed if one}


def in_layout(layout: Format, text: bytes, chance: random.Random) -> bytes:
    if layout.name == "common":
        return text.rpartition(b' "-" "')[0] or text
    if layout.name == "combined":
        return text + chance.choice([b"", b"", b"", b"\r", b" 0.1", b" -"])
    return (
        text + chance.choice([b"", b" 0.123", b" -", b" 1 2.5", b" x", b" 1.", b" "])
        if layout.name == "combined_time"
        else text
    )


@pytest.mark.parametrize("layout", USUAL, ids=lambda layout: layout.name)
@pytest.mark.parametrize("seed", range(6))
def test_scanners_agree_with_each_other_and_with_the_expression(layout, seed):
    chance = random.Random(seed)
    lines = spoiled([in_layout(layout, text, chance) for text in by_chance(seed, START, visitors=150)], chance)
    years = [text for text in lines if (one := layout.parse(text)) is None or one.second > 0]
    must_agree(layout, years, chance.choice([1, 7, 137, 5000]), row=chance.choice([0, 4000, 50_001]))


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.binary(max_size=60), max_size=6), st.integers(0, 4200))
@example([b""], 0)
@example([b"\r"], 0)
@example([b'a - - [01/Oct/2026:00:00:00 +0900] "GET / HTTP/1.1" 200 1 "-" "x"', b""], 4095)
def test_any_bytes_at_all(texts, row):
    good = line(START)
    lines = [
        part.replace(b"\n", b"") for text in texts for part in (text, good[: len(text)] + text + good[len(text) :])
    ]
    for layout in USUAL:
        if lines:
            must_agree(layout, lines, 3, row)


@pytest.mark.parametrize("size", [1, 100, 10_000])
def test_numbers_begin_anew_when_too_many_are_held(monkeypatch, size):
    monkeypatch.setattr(plain, "MOST_HELD", 2000)
    monkeypatch.setattr(compiled, "MOST_HELD", 2000)
    must_agree(NAMED["combined"], by_chance(3, START, visitors=200), size)


@pytest.mark.parametrize("accelerator", ["on", "off"])
def test_a_large_log_is_scanned_by_two_at_once_as_by_one(tmp_path, monkeypatch, accelerator):
    if accelerator == "on" and why_not_compiled():
        pytest.skip(f"no accelerator here: {why_not_compiled()}")
    monkeypatch.setenv("PARTNER_ACCELERATOR", accelerator)
    monkeypatch.setattr("partner.facts.access.reading._PIECE", 50_000)
    path = tmp_path / "a.log"
    path.write_bytes(b"".join(text + b"\n" for text in by_chance(5, START, visitors=900)))
    totals = []
    for expected in (0, 10**9):
        found = [one for _, one in scanning.each(LogFile(path).blocks(), "combined", FRAME, expected)]
        assert len(found) > 5
        totals.append([(one.lines, one.malformed, len(one.seconds), one.anchors) for one in found])
    assert totals[0] == totals[1]


@pytest.mark.parametrize("length", [LONGEST_LINE - 1, LONGEST_LINE, LONGEST_LINE + 1, 3 * LONGEST_LINE])
def test_a_line_longer_than_any_request_is_malformed_and_those_beside_it_are_not(tmp_path, monkeypatch, length):
    monkeypatch.setattr("partner.facts.access.reading._PIECE", 300_000)
    good = line(START)
    long = line(START, agent="x" * (length - len(line(START, agent=""))))
    assert len(long) == length
    path = tmp_path / "a.log"
    path.write_bytes(b"\n".join([good, long, good, b""]))
    for layout in (NAMED["combined"],):
        for scanner in scanners(layout):
            found = [scanner.scan(block) for block in LogFile(path).blocks()]
            assert sum(one.lines for one in found) == 3
            assert sum(one.malformed for one in found) == (length > LONGEST_LINE)


def test_the_anchored_rows_are_the_same_everywhere():
    whole = scanned.anchored(9000, 0).tolist()
    assert len(whole) == 4096 + (9000 - 4096) // 32 + 1
    for size in (1, 15, 31, 32, 33, 4096, 5000):
        pieces = [(start, scanned.anchored(min(size, 9000 - start), start)) for start in range(0, 9000, size)]
        assert [start + row for start, rows in pieces for row in rows.tolist()] == whole
