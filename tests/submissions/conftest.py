"""Reports that stand somewhere on their way, for tests that begin there."""

import pytest


@pytest.fixture
def desk_at(stage, at_clock):
    """`desk_at("written" | "approved" | "submitted" | "received")`: the desk with October's report as far as that."""
    from tests.submissions.desk import Desk, make  # this file may be read before Django is set up

    return lambda name: Desk(at_clock, stage(f"october-{name}", lambda: make(at_clock, name)))
