"""Recorded rows of any kind of sheet, found by a number or a piece of text."""

import unicodedata

from django.db.models import Q

from partner.desk.told_rows import hidden_columns
from partner.facts.intake.kinds import Column, Kind
from partner.facts.intake.spelling import asked
from partner.facts.models import Identity

_TEXTS = ("text", "plain")


def searched(kind: Kind, sees_numbers: bool) -> list[Column]:
    """The columns that the search looks at: numbers and texts, those of registrants for who may see them."""
    members = {field.name for field in kind.stream.told._meta.concrete_fields}
    hidden = hidden_columns(kind, sees_numbers)
    return [
        column
        for column in asked(kind)
        if column.type in ("number", *_TEXTS) and column.name not in hidden and column.member in members
    ]


def condition(columns: list[Column], sought: str) -> Q:
    """Rows in which one of the columns holds the number, or the text somewhere."""
    text, found = unicodedata.normalize("NFKC", sought), Q(pk__in=[])
    for column in columns:
        if column.party:
            subjects = list(Identity.objects.filter(party=column.party, number=text).values_list("subject", flat=True))
            found |= Q(**{f"{column.member}__in": subjects})
        elif column.type == "number":  # a number may be kept within what it belongs to, as consultation:17
            found |= Q(**{column.member: text}) | Q(**{f"{column.member}__endswith": f":{text}"})
        else:
            found |= Q(**{f"{column.member}__icontains": sought})
    return found
