"""What the quarterly report consists of, and the annual one's monthly items."""

from django.db import migrations

from partner.master import seed_quarterly
from partner.master.planting import plant


def reports(apps, schema_editor):
    plant(apps, {"CatalogueEntry": seed_quarterly.catalogue()})


class Migration(migrations.Migration):
    dependencies = [("master", "0005_service"), ("ledger", "0002_clock")]
    operations = [migrations.RunPython(reports, migrations.RunPython.noop)]
