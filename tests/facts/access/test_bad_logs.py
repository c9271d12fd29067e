"""What is brought in place of a good log: refused with file and row, and nothing changes; or counted and kept aside."""

import gzip
import json
import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import zstandard

from partner.common.period import JST
from partner.common.refusal import Refusal
from partner.facts.access import store
from partner.facts.models import AccessBatch, AccessPart, Coverage
from partner.ledger import clock
from tests.facts.access.compared import known, take
from tests.facts.access.logs import BROKEN, by_chance, line

pytestmark = pytest.mark.usefixtures("in_november")
NOON = datetime(2026, 10, 5, 12, tzinfo=JST)
GOOD = b"".join(line(NOON + timedelta(seconds=n)) + b"\n" for n in range(40))


def cut_gzip() -> bytes:
    packed = gzip.compress(GOOD, mtime=0)
    return packed[: len(packed) // 2]


def broken_gzip() -> bytes:
    packed = bytearray(gzip.compress(os.urandom(2000).hex().encode() + GOOD))
    packed[len(packed) // 2] ^= 0xFF
    return bytes(packed)


def packed_zstd() -> bytes:
    return zstandard.compress(os.urandom(2000).hex().encode() + GOOD)


BAD = {
    "not_gzip": ("a.log.gz", GOOD),
    "cut_gzip": ("a.log.gz", cut_gzip()),
    "broken_gzip": ("a.log.gz", broken_gzip()),
    "not_zstd": ("a.log.zst", GOOD),
    "cut_zstd": ("a.log.zst", packed_zstd()[:-20]),
    "broken_zstd": ("a.log.zst", packed_zstd()[:8] + os.urandom(400)),
    "another_format": ("a.log", b'{"time": "2026-10-05T12:00:00+09:00", "uri": "/"}\n' * 20),
    "no_time_zone": ("a.log", GOOD.replace(b" +0900]", b"]")),
    "in_the_future": ("a.log", GOOD + line(datetime(2099, 1, 1, tzinfo=JST)) + b"\n"),
    "before_origin": ("a.log", GOOD + line(datetime(1970, 1, 1, 12, tzinfo=JST)) + b"\n"),
}


@pytest.mark.parametrize("code", BAD)
def test_a_bad_file_is_refused_by_name_and_nothing_changes(tmp_path, code):
    good, bad = tmp_path / "good.log", tmp_path / BAD[code][0]
    good.write_bytes(GOOD)
    bad.write_bytes(BAD[code][1])
    tick = clock.last()
    with pytest.raises(Refusal) as refused:
        take(good, bad)
    fault, other = refused.value.faults
    assert (fault.code, fault.file) == (code, bad.name)
    assert (other.code, other.file) == ("not_taken", "good.log"), "the good file is told apart"
    assert any("ぁ" <= sign <= "ん" for sign in fault.message)
    if code in ("in_the_future", "before_origin"):
        assert fault.row == 41
    assert clock.last() == tick
    assert (
        AccessBatch.objects.count() == AccessPart.objects.count() == Coverage.objects.filter(kind="access").count() == 0
    )
    assert [
        path
        for path in store.root().rglob("*")
        if path.is_file() and path.parent.name != "keys" and path.name != "lines.key"
    ] == []
    assert take(good)["page_views"] == 40, "the good one alone is taken"


@pytest.mark.parametrize(
    ("name", "code"), [("missing.log", "not_found"), ("folder", "is_folder"), ("binary.log", "another_format")]
)
def test_what_is_no_file_of_lines_is_refused(tmp_path, name, code):
    (tmp_path / "folder").mkdir()
    (tmp_path / "binary.log").write_bytes(bytes(range(256)) * 300)
    with pytest.raises(Refusal) as refused:
        take(tmp_path / name)
    assert (refused.value.faults[0].code, refused.value.faults[0].file) == (code, name)


def test_bytes_without_a_single_line_are_refused(tmp_path):
    (tmp_path / "a.log").write_bytes(b"\x00\x01\x02" * 1000)
    with pytest.raises(Refusal, match="読める行がほとんどありません"):
        take(tmp_path / "a.log")


def test_an_empty_file_holds_nothing_and_is_said_to(tmp_path):
    said: list[str] = []
    (tmp_path / "a.log").touch()
    (tmp_path / "b.log.gz").write_bytes(gzip.compress(b""))
    answer = take(tmp_path / "a.log", tmp_path / "b.log.gz", say=said.append)
    assert (answer["lines"], AccessBatch.objects.count()) == (0, 0)
    assert said[0] == "a.log：行がありません。何も取り込んでいません。"


@pytest.mark.parametrize("bad", BROKEN)
def test_a_line_that_is_not_exactly_the_format_is_counted_and_kept_aside(tmp_path, bad):
    path = tmp_path / "a.log"
    path.write_bytes(GOOD + bad + b"\n" + line(NOON + timedelta(hours=1)) + b"\n")
    answer = take(path)
    assert (answer["lines"], answer["malformed"], answer["page_views"]) == (42, 1, 41)
    (aside,) = (store.root() / "aside").iterdir()
    assert aside.read_bytes() == b"41\t" + bad + b"\n"
    assert aside.stat().st_mode & 0o077 == 0


def test_lines_of_ten_megabytes_are_malformed_and_take_no_more_memory_than_others(tmp_path):
    path = tmp_path / "a.log"
    long = line(NOON, target="/" + "a" * 10_000_000)
    path.write_bytes(GOOD + long + b"\n" + b"x" * 10_000_000 + b"\n" + GOOD + b"y" * 10_000_000)
    answer = take(path)
    assert (answer["lines"], answer["malformed"], answer["page_views"]) == (82, 2, 80)
    assert answer["files"][0]["unfinished"] is True
    (aside,) = (store.root() / "aside").iterdir()
    assert aside.stat().st_size < 2000


def test_raw_bytes_in_a_good_line_make_it_no_worse(tmp_path):
    path = tmp_path / "a.log"
    raw = (
        line(NOON, target="/RAW", agent="AGENT")
        .replace(b"RAW", b"\xe7\xa0\x94\x00")
        .replace(b"AGENT", b"Moz\xff\xfe\x01")
    )
    path.write_bytes(GOOD + raw + b"\n")
    answer = take(path)
    assert (answer["malformed"], answer["page_views"]) == (0, 41)
    assert known()[NOON.date()][0] == 41


def test_lines_that_end_as_on_windows_are_lines(tmp_path):
    path = tmp_path / "a.log"
    path.write_bytes(GOOD.replace(b"\n", b"\r\n"))
    assert take(path)["page_views"] == 40


def test_a_full_disk_leaves_the_store_as_it_was(file, monkeypatch):
    path = file("a.log", by_chance(1, NOON))

    def full(target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store, "_sync", full)
    with pytest.raises(Refusal) as refused:
        take(path)
    assert refused.value.faults[0].code == "cannot_write"
    monkeypatch.undo()
    assert AccessPart.objects.count() == 0


@pytest.mark.parametrize(("options", "code"), [({"layout": "w3c"}, "bad_format"), ({"source": " "}, "bad_source")])
def test_options_that_mean_nothing_are_refused(file, options, code):
    with pytest.raises(Refusal) as refused:
        take(file("a.log", [line(NOON)]), **options)
    assert refused.value.faults[0].code == code


def test_the_commands_answer_in_json_with_their_exit_codes(ledger_db, tmp_path):
    path = tmp_path / "a.log"
    path.write_bytes(GOOD)
    loaded = ledger_db.command("access", "load", path, "--json")
    answer = json.loads(loaded.stdout)
    assert loaded.returncode == 0
    assert {name: answer[name] for name in ("lines", "malformed", "static", "crawler", "not_a_page_request", "page_views")} == {
        "lines": 40, "malformed": 0, "static": 0, "crawler": 0, "not_a_page_request": 0, "page_views": 40,
    }  # fmt: skip
    count = json.loads(
        ledger_db.command("access", "count", "--from", "2026-10-04", "--to", "2026-10-05", "--json").stdout
    )
    assert (count["page_views"], count["visits"], [day["page_views"] for day in count["by"]]) == (40, 1, [None, 40])
    by_page = json.loads(
        ledger_db.command(
            "access", "count", "--from", "2026-10-05", "--to", "2026-10-05", "--by", "page", "--json"
        ).stdout
    )
    assert by_page["by"] == [{"page": "/", "page_views": 40, "visits": 1}]
    nothing = json.loads(
        ledger_db.command("access", "count", "--from", "2025-10-05", "--to", "2025-10-05", "--json").stdout
    )
    assert (nothing["page_views"], nothing["visits"]) == (None, None), "no data is no zero"
    gaps = json.loads(ledger_db.command("access", "gaps", "--json").stdout)
    assert gaps["sources"] == [
        {"source": "portal", "from": "2026-10-05T12:00:00+09:00", "to": "2026-10-05T12:00:40+09:00", "gaps": []}
    ]
    refused = ledger_db.command("access", "load", tmp_path / "none.log", "--json")
    assert (refused.returncode, json.loads(refused.stdout)["errors"][0]["file"]) == (1, "none.log")
    for wrong in (("--from", "2026-10-05"), ("--from", "2026-10-05", "--to", "2026-10-04"), ("--from", "x", "--to", "y"),
                  ("--from", "2026-10-05", "--to", "2026-10-05", "--timeout", "61")):  # fmt: skip
        assert ledger_db.command("access", "count", *wrong, "--json").returncode == 2
