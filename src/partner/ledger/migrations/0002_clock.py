"""The clock's one row, at the ledger's origin."""

from django.db import migrations

from partner.ledger.clock import ORIGIN


def wind(apps, schema_editor):
    apps.get_model("ledger", "Clock").objects.create(last=ORIGIN, telling=False)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(wind, migrations.RunPython.noop)]
