"""The shipped catalogue of the quarterly report and of the annual one's monthly items, at the ledger's origin.

A ledger that is in use refuses what is not recorded now: its guard is put aside for these rows, which belong to the product
as those of 0002 do, and is back when all migrations have run (`post_migrate`).
"""

from django.db import migrations

from partner.ledger.clock import ORIGIN
from partner.master import seed_quarterly

_TABLE = "master_catalogue_entry"


def plant(apps, schema_editor):
    on = f" ON {_TABLE}" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER IF EXISTS {_TABLE}_insert_guard{on}")
    stamp = {"valid_from": ORIGIN, "recorded_at": ORIGIN, "by_name": "PARTNER Center", "by_role": "製品", "reason": "初期値"}
    model = apps.get_model("master", "CatalogueEntry")
    model.objects.bulk_create([model(**row, **stamp) for row in seed_quarterly.catalogue()])


class Migration(migrations.Migration):
    dependencies = [("master", "0005_service")]
    operations = [migrations.RunPython(plant, migrations.RunPython.noop)]
