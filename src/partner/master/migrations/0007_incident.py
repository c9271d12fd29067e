"""What the incident's and the expenses' reports consist of, their settings and definitions."""

from django.db import migrations

from partner.master import seed_expenses, seed_incident
from partner.master.planting import plant


def reports(apps, schema_editor):
    for seed in (seed_incident, seed_expenses):
        rows = {
            "CatalogueEntry": seed.catalogue(),
            "ContractFact": seed.contract_facts(),
            "Definition": seed.definitions(),
        }
        plant(apps, rows)


class Migration(migrations.Migration):
    dependencies = [("master", "0006_quarterly"), ("ledger", "0002_clock")]
    operations = [migrations.RunPython(reports, migrations.RunPython.noop)]
