"""A whole report is the same file for ever: in another folder, zone, hash seed, and a year later."""

import hashlib
import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from partner.common.command import instant_text
from partner.ledger import clock
from partner.reports.prepare import prepare
from partner.reports.render import FORMATS, render
from tests import ready

ROOT = Path(__file__).resolve().parents[2]
_AGAIN = """
import hashlib, json, os, sys, django
django.setup()
from datetime import datetime
from partner.common.period import parse_period
from partner.ledger import clock
from partner.reports.prepare import prepare
from partner.reports.render import FORMATS, render
cut = datetime.fromisoformat(sys.argv[1])
made = prepare("monthly", parse_period("2026-10"), cut, texts_at=cut)
print(json.dumps({name: hashlib.sha256(render(made, name)).hexdigest() for name in FORMATS}))
"""


def digests(made):
    return {name: hashlib.sha256(render(made, name)).hexdigest() for name in FORMATS}


@pytest.mark.both
def test_same_bytes_in_every_format(ledger_db, at_clock, tmp_path):
    ready.monthly(at_clock)
    cut = clock.last()
    first = digests(prepare("monthly", ready.OCTOBER, cut, texts_at=cut))
    at_clock(ready.AT + timedelta(days=366))
    assert digests(prepare("monthly", ready.OCTOBER, cut, texts_at=cut)) == first
    env = {
        **ledger_db.env, "TZ": "UTC", "PYTHONHASHSEED": "11", "PYTHONPATH": str(ROOT / "src"), "LANG": "C",
        "DJANGO_SETTINGS_MODULE": "partner.config.settings",
    }  # fmt: skip
    told = subprocess.run(
        [sys.executable, "-c", _AGAIN, instant_text(cut)],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(told.stdout) == first
    assert os.getcwd() != str(tmp_path)


@pytest.mark.both
@pytest.mark.django_db
def test_both_databases_give_this_content(at_clock):
    """The content of this tiny Centre, as told: a change of it is a change of what old reports say."""
    ready.monthly(at_clock)
    cut = clock.last()
    cells = prepare("monthly", ready.OCTOBER, cut, texts_at=cut).data["cells"]
    told = hashlib.sha256(
        json.dumps([[one["number"], one["key"], one["text"], one["state"]] for one in cells]).encode()
    )
    assert told.hexdigest() == "4866eb19328033e6e20fc3daed173840d27493724cd6b99d86a6719154c544d0"
