"""The fixtures and the set-up itself."""

import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.databases import ROOT


@pytest.mark.both
def test_a_fresh_database_has_real_commits_that_threads_see(ledger_db: Any) -> None:
    from django.contrib.auth.models import Group

    Group.objects.create(name="one")
    seen: list[int] = []
    thread = threading.Thread(target=lambda: seen.append(Group.objects.filter(name="one").count()))
    thread.start()
    thread.join()
    assert seen == [1]


@pytest.mark.both
def test_the_next_fresh_database_knows_nothing_of_the_one_before(ledger_db: Any) -> None:
    from django.contrib.auth.models import Group

    assert not Group.objects.filter(name="one").exists()


@pytest.mark.both
def test_another_process_opens_the_same_database(ledger_db: Any) -> None:
    from django.contrib.auth.models import Group

    Group.objects.create(name="two")
    code = "from django.contrib.auth.models import Group; print(Group.objects.filter(name='two').count())"
    answer = ledger_db.command("shell", "--no-imports", "-c", code)
    assert (answer.stdout.strip(), answer.returncode) == ("1", 0), answer.stderr


@pytest.mark.both
def test_one_transaction_is_rolled_back(db: None) -> None:
    from django.contrib.auth.models import Group

    assert not Group.objects.filter(name="one").exists()


def test_the_tests_never_touch_the_real_data_folder(settings: Any) -> None:
    assert Path(settings.DATA) != ROOT / "data"
    assert os.environ["PARTNER_DATA"] == str(settings.DATA)


def test_the_site_is_served_and_seen_by_chromium(page: Any) -> None:
    answer = page.goto("/accounts/login/")
    assert answer.status == 200


def script(tmp_path: Path, *programs: str) -> "subprocess.CompletedProcess[str]":
    """A copy of the script in a folder of its own, with nothing but these programs on its PATH."""
    bare = tmp_path / "bare"
    bare.mkdir()
    for name in programs:
        (bare / name).symlink_to(str(shutil.which(name)))
    checkout = tmp_path / "a checkout"
    checkout.mkdir()
    shutil.copy(ROOT / "partner", checkout)
    (checkout / "requirements.lock").touch()
    line = [checkout / "partner", "figures", "2026-10"]
    return subprocess.run(line, env={"PATH": str(bare)}, capture_output=True, text=True, check=False)


def test_without_python_the_script_says_what_to_install_in_both_languages(tmp_path: Path) -> None:
    answer = script(tmp_path, "sh", "dirname", "cat", "cksum")
    assert answer.returncode == 1
    assert "Python 3.11 以上が見つかりません" in answer.stderr
    assert "apt-get install python3 python3-venv" in answer.stderr
    assert "was not found" in answer.stderr


def test_the_help_needs_no_environment(tmp_path: Path) -> None:
    answer = subprocess.run(
        [ROOT / "partner"], env={"PATH": "/usr/bin:/bin"}, cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "使い方 / Usage" in answer.stdout


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def test_a_port_in_use_is_said_before_anything_is_done(ledger_db: Any) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        answer = ledger_db.command("run", "--port", port)
    assert (answer.returncode, answer.stdout) == (1, "")
    assert f"ポート {port} は使用中です" in answer.stderr


@pytest.mark.slow
def test_run_serves_and_ends_cleanly_on_ctrl_c(ledger_db: Any) -> None:
    port = free_port()
    running = ledger_db.start("run", "--empty", "--port", port)
    try:
        until = time.monotonic() + 60
        status = 0
        while not status and time.monotonic() < until and running.poll() is None:
            try:
                with urllib.request.urlopen(f"http://localhost:{port}/accounts/login/", timeout=30) as page:
                    status = page.status
            except urllib.error.URLError:
                time.sleep(0.2)
        assert status == 200
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=20)
        assert running.returncode == 0, err
        assert f"http://localhost:{port}/desk/" in out
    finally:
        running.kill()


@pytest.fixture
def made(ledger_db: Any, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """A ledger that stands still; the list of reports that were asked for."""
    asked: list[tuple[str, ...]] = []

    def ask(*words: str) -> dict[str, Any]:
        asked.append(words)
        path = Path(words[words.index("--out") + 1]) / "report.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words[2])
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        file = {"format": "txt", "path": str(path), "sha256": digest}
        return {"kind": "monthly", "period": words[2], "known_at": words[-1], "files": [file]}

    monkeypatch.setattr("partner.desk.first_start.ask", ask)
    return asked


def test_the_report_is_made_once_and_again_when_something_has_changed(
    made: list[tuple[str, ...]], at_clock: Callable[[datetime], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    from partner.common.period import JST
    from partner.desk.first_start import monthly_report
    from partner.ledger import clock

    at_clock(datetime(2026, 11, 9, 17, tzinfo=JST))
    first = monthly_report(print)
    assert (first["period"], first["known_at"]) == ("2026-10", "2026-11-01T00:00:00+09:00")
    assert json.dumps(monthly_report(print)) == json.dumps(first)
    assert len(made) == 1

    Path(first["files"][0]["path"]).write_text("changed by hand")
    assert monthly_report(print) == first
    assert len(made) == 2

    clock.cut(datetime(2026, 11, 9, 12, tzinfo=JST))  # as any recorded fact does
    assert monthly_report(print)["known_at"] == "2026-11-09T12:00:00+09:00"
    assert len(made) == 3

    monkeypatch.setattr("partner.desk.first_start._program", lambda: "a newer program")
    monthly_report(print)
    assert len(made) == 4

    at_clock(datetime(2026, 12, 1, 0, 0, tzinfo=JST))
    assert monthly_report(print)["period"] == "2026-11"


def test_the_doctor_names_what_is_missing_and_how_to_get_it(ledger_db: Any) -> None:
    checks = {check["name"]: check for check in json.loads(ledger_db.command("doctor", "--json").stdout)["checks"]}
    assert checks["python"]["state"] == checks["fonts"]["state"] == checks["database"]["state"] == "ok"
    assert {"chromium", "postgresql", "mail", "disk", "clock", "data"} <= set(checks)
    ledger_db.data.chmod(0o755)
    opened = json.loads(ledger_db.command("doctor", "--json").stdout)["checks"]
    assert next(check for check in opened if check["name"] == "data")["how"].endswith(f"chmod 700 '{ledger_db.data}'")


def test_a_database_that_does_not_answer_is_a_finding_and_no_traceback(ledger_db: Any) -> None:
    env = {**ledger_db.env, "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing"}
    line = ledger_db._line(("doctor", "--json"))
    answer = subprocess.run(line, env=env, capture_output=True, text=True, check=False)
    checks = {check["name"]: check["state"] for check in json.loads(answer.stdout)["checks"]}
    assert (answer.returncode, checks["database"]) == (0, "missing")
