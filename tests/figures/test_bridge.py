"""One law: opening + new + moved in − moved out − left (± retyped, reclassified) = total, for any facts."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partner.common.period import fiscal_year, midnight, month, quarter
from partner.facts import record
from partner.facts.sequence import SequenceError, derive
from partner.facts.streams import ORGANIZATIONS, PEOPLE
from partner.figures.engine import Evaluation
from partner.ledger import clock
from partner.reports.walk import walk
from tests.databases import examples
from tests.told import event

pytestmark = [pytest.mark.both, pytest.mark.django_db]
FIRST = date(2026, 8, 1)
KINDS = ("applied", "refused", "registered", "returned", "moved", "retyped", "suspended", "resumed", "left", "removed")
LEVELS, TYPES = ("full", "simple"), ("ngo", "company", "other")

happenings = st.tuples(
    st.sampled_from(KINDS), st.integers(0, 100), st.booleans(), st.sampled_from(LEVELS), st.sampled_from(TYPES)
)
lives = st.lists(st.lists(happenings, max_size=8), min_size=1, max_size=5)


def lived(name, story, party):
    """As many of the happenings as make a sequence, in their order."""
    events = []
    for kind, day, by_day, level, organization_type in story:
        if kind == "retyped" and party is PEOPLE:
            continue
        at = FIRST + timedelta(days=day)
        words = [f"{name} {at}"] + ([] if by_day else ["12:34:56"]) + [kind]
        words += [level] if kind in ("applied", "registered", "returned", "moved") else []
        words += (
            [f"type={organization_type}"]
            if party is ORGANIZATIONS and kind in ("registered", "returned", "retyped")
            else []
        )
        candidate = [*events, event(" ".join(words), party)]
        try:
            derive(candidate)
        except SequenceError:
            continue
        events = candidate
    return events


@pytest.mark.parametrize("party", [PEOPLE, ORGANIZATIONS], ids=["people", "organizations"])
@settings(max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stories=lives)
def test_the_bridge_holds_for_any_facts(party, stories):
    with transaction.atomic():
        events = [one for n, story in enumerate(stories) for one in lived(f"S{n}", story, party)]
        if events:
            record.record(events)
        evaluation = Evaluation(clock.cut())
        periods = [month(date(2026, n, 1)) for n in range(7, 12)] + [quarter(date(2026, 10, 1)), fiscal_year(2026)]
        for period in periods:
            for axis in ("level", "organization_type") if party is ORGANIZATIONS else ("level",):
                found = walk(evaluation, party.kind, period, axis)  # raises where it does not add up
                assert found.parts["change"][""] == found.parts["total"][""] - found.parts["opening"][""]
        transaction.set_rollback(True)


@settings(max_examples=examples(60), deadline=None)
@given(story=st.lists(happenings, max_size=10))
def test_nobody_is_in_force_twice_at_one_instant(story):
    spans, _ = derive(lived("S", story, ORGANIZATIONS))
    for earlier, later in pairwise(spans):
        assert earlier.valid_to is not None
        assert earlier.valid_to <= later.valid_from
    for day in range(102):
        at = midnight(FIRST + timedelta(days=day))
        assert sum(span.valid_from < at and (span.valid_to is None or span.valid_to >= at) for span in spans) <= 1
