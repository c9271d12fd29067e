"""Indicators and their targets; the shipped indicators and the definitions D20, D21."""

import partner.ledger.fields
from django.db import migrations, models

from partner.master import seed_indicators
from partner.master.planting import plant


def rows(apps, schema_editor):
    plant(apps, {"Indicator": seed_indicators.indicators(), "Definition": seed_indicators.definitions()})


class Migration(migrations.Migration):

    dependencies = [
        ('master', '0003_services'),
        ('ledger', '0002_clock'),
    ]

    operations = [
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', partner.ledger.fields.InstantField(editable=False)),
                ('superseded_at', partner.ledger.fields.InstantField(editable=False, null=True)),
                ('valid_from', partner.ledger.fields.InstantField()),
                ('valid_to', partner.ledger.fields.InstantField(null=True)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('source', models.CharField(blank=True, max_length=200)),
                ('by_name', models.CharField(max_length=80)),
                ('by_role', models.CharField(max_length=40)),
                ('code', models.CharField(max_length=40)),
                ('clause', models.CharField(choices=[('1-9(1)', '実施要項1-9(1)'), ('1-9(2)', '実施要項1-9(2)'), ('1-9(3)', '実施要項1-9(3)'), ('3.1.2', '別紙8 3.1.2 性能目標'), ('3.2.1(1)', '別紙8 3.2.1(1) 信頼性目標'), ('incentive', 'インセンティブ指定指標')], max_length=12)),
                ('name', models.CharField(max_length=80)),
                ('unit', models.CharField(max_length=20)),
                ('direction', models.CharField(choices=[('higher', '大きいほどよい'), ('lower', '小さいほどよい')], default='higher', max_length=8)),
                ('figure', models.CharField(max_length=60)),
                ('where', models.CharField(blank=True, max_length=120)),
                ('measure', models.CharField(blank=True, max_length=40)),
                ('system', models.CharField(blank=True, max_length=40)),
                ('position', models.IntegerField(default=0)),
            ],
            options={
                'db_table': 'master_indicator',
                'abstract': False,
                'indexes': [models.Index(fields=['recorded_at'], name='master_indi_recorde_8a9f7b_idx'), models.Index(condition=models.Q(('superseded_at__isnull', False)), fields=['superseded_at'], name='indicator_gone')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='indicator_ends_after_begin')],
            },
        ),
        migrations.CreateModel(
            name='Target',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recorded_at', partner.ledger.fields.InstantField(editable=False)),
                ('superseded_at', partner.ledger.fields.InstantField(editable=False, null=True)),
                ('valid_from', partner.ledger.fields.InstantField()),
                ('valid_to', partner.ledger.fields.InstantField(null=True)),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('source', models.CharField(blank=True, max_length=200)),
                ('by_name', models.CharField(max_length=80)),
                ('by_role', models.CharField(max_length=40)),
                ('indicator', models.CharField(max_length=40)),
                ('fiscal_year', models.IntegerField()),
                ('system', models.CharField(blank=True, max_length=40)),
                ('value', models.DecimalField(decimal_places=6, max_digits=20)),
                ('status', models.CharField(choices=[('agreed', '確定'), ('proposed', '要協議')], default='proposed', max_length=10)),
            ],
            options={
                'db_table': 'master_target',
                'abstract': False,
                'indexes': [models.Index(fields=['recorded_at'], name='master_targ_recorde_06182f_idx'), models.Index(condition=models.Q(('superseded_at__isnull', False)), fields=['superseded_at'], name='target_gone')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='target_ends_after_begin')],
            },
        ),
        migrations.RunPython(rows, migrations.RunPython.noop),
    ]
