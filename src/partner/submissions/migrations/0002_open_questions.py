"""The questions that the contract's text leaves open, so that nobody forgets to ask them."""

from datetime import datetime, time
from typing import Any

from django.db import migrations

from partner.common.period import JST
from partner.submissions.agreements.opening import OPENED_ON, QUESTIONS


def ask(apps: Any, _: Any) -> None:
    agreements = apps.get_model("submissions", "Agreement").objects
    known = set(agreements.values_list("code", flat=True))
    said = {
        "opened_on": OPENED_ON,
        "at": datetime.combine(OPENED_ON, time(9), JST),
        "by_login": "",
        "by_name": "初期設定",
        "by_role": "初期設定",
    }
    for one in QUESTIONS:
        if one.code not in known:
            agreements.create(**vars(one), **said)


class Migration(migrations.Migration):
    dependencies = [("submissions", "0001_initial")]
    operations = [migrations.RunPython(ask, migrations.RunPython.noop)]
