"""Lists that come with a later version: known from the upgrade on, and never in place of what someone recorded."""

from datetime import datetime

import pytest
from django.apps import apps

from partner.common.period import JST
from partner.ledger import clock
from partner.master.models import Code
from partner.master.planting import plant

pytestmark = [pytest.mark.django_db, pytest.mark.both]
AT = datetime(2026, 10, 5, 10, tzinfo=JST)
ROW = {"list": "event_form", "code": "radio", "label": "ラジオ", "label_en": "Radio", "position": 900, "source": "試験"}


def known(cut):
    return Code.objects.known_at(cut).filter(list="event_form", code="radio").count()


def test_in_an_empty_ledger_they_are_there_from_its_origin():
    plant(apps, {"Code": [ROW]})
    assert known(clock.ORIGIN) == 1
    assert clock.last() == clock.ORIGIN


def test_later_they_are_known_from_the_upgrade_on(at_clock):
    at_clock(AT)
    before = clock.cut(AT)
    plant(apps, {"Code": [ROW]})
    assert known(before) == 0
    assert known(clock.last()) == 1
    assert clock.last() > before


def test_what_is_there_stays_alone(at_clock):
    at_clock(AT)
    plant(apps, {"Code": [ROW]})
    plant(apps, {"Code": [{**ROW, "label": "ラジオ放送"}]})
    assert [row.label for row in Code.objects.believed().filter(code="radio")] == ["ラジオ"]
