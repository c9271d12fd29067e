"""The catalogue of the report on an event, its definitions D30-D39, the setting that hides small cells."""

from django.db import migrations

from partner.master import seed_service
from partner.master.planting import plant


def rows(apps, schema_editor):
    plant(
        apps,
        {
            "CatalogueEntry": seed_service.catalogue(),
            "Definition": seed_service.definitions(),
            "ContractFact": seed_service.contract_facts(),
        },
    )


class Migration(migrations.Migration):
    dependencies = [("master", "0004_indicators"), ("ledger", "0002_clock")]
    operations = [migrations.RunPython(rows, migrations.RunPython.noop)]
