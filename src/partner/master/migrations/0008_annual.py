"""What the annual report consists of, and the quality in the quarterly one."""

from django.db import migrations

from partner.master import seed_annual
from partner.master.planting import plant


def reports(apps, schema_editor):
    plant(apps, {"CatalogueEntry": seed_annual.catalogue()})


class Migration(migrations.Migration):
    dependencies = [("master", "0007_incident"), ("ledger", "0002_clock")]
    operations = [migrations.RunPython(reports, migrations.RunPython.noop)]
