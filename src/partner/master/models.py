"""Lists, rules and names that the client may change, each from a date on, on the ledger's two clocks."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from partner.ledger.fields import InstantField
from partner.ledger.models import Recorded


class Dated(Recorded):
    """A row that holds from a moment to another. `key_fields` say which rows speak of the same thing."""

    key_fields: ClassVar[tuple[str, ...]] = ()
    value_fields: ClassVar[tuple[str, ...]] = ()

    valid_from = InstantField()
    valid_to = InstantField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=200, blank=True)
    by_name = models.CharField(max_length=80)
    by_role = models.CharField(max_length=40)

    class Meta(Recorded.Meta):
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="%(class)s_ends_after_begin"
            )
        ]


# Lists that hold from any day: by them single page views are judged and told, no period is split by them.
BY_DAY = (TOP_PAGE, OWN_NETWORK, OWN_AGENT) = ("access_top_page", "access_own_network", "access_own_agent")


class Code(Dated):
    """A code of a list. `reported_as` is the code under which reports count it (empty: itself).

    Lists: person_level, person_column, organization_level, organization_column, organization_type,
    contact_medium, registration_purpose. Levels are reported as columns; the others as themselves.
    """

    key_fields = ("list", "code")
    value_fields = ("label", "label_en", "reported_as", "position")

    list = models.CharField(max_length=40)
    code = models.CharField(max_length=40)
    label = models.CharField(max_length=80)
    label_en = models.CharField(max_length=120, blank=True)
    reported_as = models.CharField(max_length=40, blank=True)
    position = models.IntegerField(default=0)

    class Meta(Dated.Meta):
        db_table = "master_code"


class ContractFact(Dated):
    """A name or number of the contract that papers print: its title, the addressee, the contractor."""

    key_fields = ("key",)
    value_fields = ("label", "value")

    key = models.CharField(max_length=60)
    label = models.CharField(max_length=80)
    value = models.TextField(blank=True)

    class Meta(Dated.Meta):
        db_table = "master_contract_fact"


class ClosedDay(Dated):
    """A day on which the office is closed beyond weekends, national holidays and 29 December - 3 January."""

    key_fields = ("day",)
    value_fields = ("name",)

    day = models.DateField()
    name = models.CharField(max_length=80)

    class Meta(Dated.Meta):
        db_table = "master_closed_day"


class Definition(Dated):
    """How a figure is counted, as the report prints it (集計の定義とルール)."""

    key_fields = ("number",)
    value_fields = ("name", "counted", "left_out", "position")

    number = models.CharField(max_length=8)
    name = models.CharField(max_length=80)
    counted = models.TextField()
    left_out = models.TextField(blank=True)
    position = models.IntegerField(default=0)

    class Meta(Dated.Meta):
        db_table = "master_definition"


class CatalogueEntry(Dated):
    """What stands where in a report: an item's heading, or one of its tables, charts or texts.

    `form` says which kind of block; `params` is JSON: figure keys, breakdown, columns, as the form needs.
    """

    key_fields = ("report", "place")
    value_fields = ("item", "form", "title", "unit", "definitions", "params", "position")

    report = models.CharField(max_length=20)
    place = models.CharField(max_length=20, help_text="the block's permanent number, M1-1")
    item = models.CharField(max_length=8)
    form = models.CharField(max_length=20)
    title = models.CharField(max_length=120)
    unit = models.CharField(max_length=20, blank=True)
    definitions = models.CharField(max_length=80, blank=True, help_text="D1,D2")
    params = models.TextField(blank=True, default="{}")
    position = models.IntegerField(default=0)

    class Meta(Dated.Meta):
        db_table = "master_catalogue_entry"


class Indicator(Dated):
    """A point of the quality to be ensured, or of the incentive: which figure measures it, and which way is better.

    The year's number is the figure over the fiscal year to date by its own type: flows add up, shares and means are
    made from their parts, standing numbers are the end's. `where` is level=full;…; an empty `measure` is the figure's
    headline; `system` a code of the list `system` (empty: any). Source: 実施要項1-9(1)(2)(3), 別紙8 3.1.2 and 3.2.1(1).
    """

    class Clause(models.TextChoices):
        NUMBERS = "1-9(1)", "実施要項1-9(1)"
        SATISFACTION = "1-9(2)", "実施要項1-9(2)"
        SYSTEM = "1-9(3)", "実施要項1-9(3)"
        PERFORMANCE = "3.1.2", "別紙8 3.1.2 性能目標"
        RELIABILITY = "3.2.1(1)", "別紙8 3.2.1(1) 信頼性目標"
        INCENTIVE = "incentive", "インセンティブ指定指標"

    class Direction(models.TextChoices):
        HIGHER = "higher", "大きいほどよい"
        LOWER = "lower", "小さいほどよい"

    key_fields = ("code",)
    value_fields = ("clause", "name", "unit", "direction", "figure", "where", "measure", "system", "position")

    code = models.CharField(max_length=40)
    clause = models.CharField(max_length=12, choices=Clause.choices)
    name = models.CharField(max_length=80)
    unit = models.CharField(max_length=20)
    direction = models.CharField(max_length=8, choices=Direction.choices, default=Direction.HIGHER)
    figure = models.CharField(max_length=60)
    where = models.CharField(max_length=120, blank=True)
    measure = models.CharField(max_length=40, blank=True)
    system = models.CharField(max_length=40, blank=True)
    position = models.IntegerField(default=0)

    class Meta(Dated.Meta):
        db_table = "master_indicator"


class Target(Dated):
    """What an indicator shall reach in a fiscal year, for one system or (empty) any. In per cent where the unit is ％.

    Nothing is shipped: without a row 目標値未設定 is printed. A change within the year is a later row.
    """

    class Status(models.TextChoices):
        AGREED = "agreed", "確定"
        PROPOSED = "proposed", "要協議"

    key_fields = ("indicator", "fiscal_year", "system")
    value_fields = ("value", "status")

    indicator = models.CharField(max_length=40)
    fiscal_year = models.IntegerField()
    system = models.CharField(max_length=40, blank=True)
    value = models.DecimalField(max_digits=20, decimal_places=6)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PROPOSED)

    class Meta(Dated.Meta):
        db_table = "master_target"


class Proposal(models.Model):
    """A change of master data that a manager proposes and an administrator records or declines."""

    class State(models.TextChoices):
        OPEN = "open", "提案中"
        RECORDED = "recorded", "記録済み"
        DECLINED = "declined", "見送り"

    kind = models.CharField(max_length=40)
    change = models.JSONField(help_text="what is to be recorded: keys, values, the date it holds from, the reason")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    proposed_by = models.CharField(max_length=80)
    proposed_role = models.CharField(max_length=40)
    proposed_at = models.DateTimeField()
    decided_by = models.CharField(max_length=80, blank=True)
    decided_at = models.DateTimeField(null=True)
    comment = models.CharField(max_length=200, blank=True)

    class Meta:
        db_table = "master_proposal"
        ordering = ["-proposed_at"]
