"""The lists of events, surveys, incidents and expenses."""

from django.db import migrations

from partner.master import seed_services
from partner.master.planting import plant


def codes(apps, schema_editor):
    plant(apps, {"Code": seed_services.codes()})


class Migration(migrations.Migration):
    dependencies = [("master", "0002_seed"), ("ledger", "0002_clock")]
    operations = [migrations.RunPython(codes, migrations.RunPython.noop)]
