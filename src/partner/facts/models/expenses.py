"""The contract's expenses (経費): what was planned, ordered, spent, accrued and settled. Whole yen."""

from django.db import models
from django.db.models import Q

from partner.facts.models.base import Sourced
from partner.ledger.fields import InstantField


class ExpenseStage(models.TextChoices):
    """段階 of an amount. Each is counted for itself; what is accrued is settled by a `final` one."""

    BUDGET = "budget", "予算"
    COMMITTED = "committed", "契約・発注"
    SPENT = "spent", "支出"
    ACCRUED = "accrued", "未払計上"
    FINAL = "final", "確定"


class Expense(Sourced):
    """One line of an account. Net and tax stand apart, so that lines of two tax rates add up."""

    moment_field = "valid_from"

    number = models.CharField(max_length=40, help_text="of the voucher")
    fiscal_year = models.IntegerField(help_text="the year to whose contract it belongs")
    stage = models.CharField(max_length=12, choices=ExpenseStage.choices)
    item = models.CharField(max_length=40, help_text="code of the list expense_item")
    valid_from = InstantField(help_text="its day")
    net = models.BigIntegerField(help_text="yen")
    rate = models.DecimalField(max_digits=4, decimal_places=1, help_text="tax rate in per cent; 0 where none is due")
    tax = models.BigIntegerField(help_text="yen")
    event = models.CharField(max_length=20, blank=True, help_text="number of the event it was spent for")
    title = models.CharField(max_length=200)
    evidence = models.CharField(max_length=120, blank=True, help_text="number of the receipt or contract")
    reason = models.CharField(max_length=200, blank=True, help_text="of an amount below zero: refund, discount")

    class Meta(Sourced.Meta):
        db_table = "facts_expense"
        indexes = [*Sourced.Meta.indexes, models.Index(fields=["fiscal_year", "stage"])]
        constraints = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(condition=Q(net__gte=0) | ~Q(reason=""), name="expense_below_zero_has_reason"),
        ]
