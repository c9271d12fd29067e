"""The fixtures and the set-up itself."""

import os
import threading
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
