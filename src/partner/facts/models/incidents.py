"""Complaints, troubles and leaks of personal data; and what was done about each, day by day."""

from django.db import models
from django.db.models import F, Q

from partner.facts.models.base import Sourced
from partner.ledger.fields import InstantField


class IncidentKind(models.TextChoices):
    """種別. A leak runs the clocks of the law on personal information beside the contract's."""

    COMPLAINT = "complaint", "クレーム"
    TROUBLE = "trouble", "トラブル"
    LEAK = "leak", "個人情報の漏えい等"


class YesNo(models.TextChoices):
    """Whether something is so; empty where nobody knows yet."""

    YES = "yes", "該当する"
    NO = "no", "該当しない"


class Incident(Sourced):
    """One complaint or trouble, as last told. Nobody's name is kept in it.

    The last members are the items of a leak's report to the authority (個人情報保護法施行規則 第8条, domain.md §7.1).
    """

    moment_field = "noticed_at"

    number = models.CharField(max_length=20)
    kind = models.CharField(max_length=12, choices=IncidentKind.choices)
    severity = models.CharField(max_length=40, help_text="code of the list incident_severity")
    title = models.CharField(max_length=120)
    occurred_at = InstantField(null=True, help_text="empty while unknown")
    noticed_at = InstantField()
    told_at = InstantField(null=True, help_text="when JICA was first told")
    handled_at = InstantField(null=True, help_text="when it was dealt with")
    affected = models.IntegerField(null=True, help_text="persons or organisations concerned")
    inquiry = models.CharField(max_length=40, blank=True, help_text="number of the inquiry it came in by")
    outline = models.TextField(blank=True)
    cause = models.TextField(blank=True)
    measures = models.TextField(blank=True, help_text="what was done about it")
    prevention = models.TextField(blank=True)
    data_items = models.CharField(max_length=400, blank=True, help_text="leak: which data")
    people = models.IntegerField(null=True, help_text="leak: whose data, persons")
    is_sensitive = models.CharField(max_length=4, choices=YesNo.choices, blank=True, help_text="要配慮個人情報")
    is_wrongful = models.CharField(max_length=4, choices=YesNo.choices, blank=True, help_text="不正の目的のおそれ")
    is_property = models.CharField(max_length=4, choices=YesNo.choices, blank=True, help_text="財産的被害のおそれ")
    secondary = models.TextField(blank=True, help_text="leak: secondary damage, or the danger of it")
    persons_told = models.TextField(blank=True, help_text="leak: what the persons concerned were told, and when")
    publication = models.TextField(blank=True, help_text="leak: whether and how it was made public")
    other = models.TextField(blank=True)

    class Meta(Sourced.Meta):
        db_table = "facts_incident"
        indexes = [
            *Sourced.Meta.indexes,
            models.Index(fields=["number"]),
            models.Index(fields=["noticed_at"]),
            models.Index(fields=["handled_at"]),
        ]
        constraints = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(
                condition=Q(handled_at__isnull=True) | Q(handled_at__gte=F("noticed_at")), name="incident_handled_later"
            ),
        ]


class IncidentNote(Sourced):
    """One thing that was done or learnt about an incident."""

    moment_field = "happened_at"

    incident = models.CharField(max_length=20, db_index=True, help_text="number of the incident")
    happened_at = InstantField()
    text = models.TextField()

    class Meta(Sourced.Meta):
        db_table = "facts_incident_note"
