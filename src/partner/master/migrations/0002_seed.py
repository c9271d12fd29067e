"""The shipped lists, recorded at the ledger's origin."""

from django.db import migrations

from partner.ledger.clock import ORIGIN
from partner.master import seed, seed_catalogue


def plant(apps, schema_editor):
    stamp = {"valid_from": ORIGIN, "recorded_at": ORIGIN, "by_name": "PARTNER Center", "by_role": "製品", "reason": "初期値"}
    for name, rows in (
        ("Code", seed.codes()),
        ("ContractFact", seed.contract_facts()),
        ("Definition", seed.definitions()),
        ("CatalogueEntry", seed_catalogue.catalogue()),
    ):
        model = apps.get_model("master", name)
        model.objects.bulk_create([model(**row, **stamp) for row in rows])


class Migration(migrations.Migration):
    dependencies = [("master", "0001_initial"), ("ledger", "0002_clock")]
    operations = [migrations.RunPython(plant, migrations.RunPython.noop)]
