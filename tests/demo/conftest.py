"""One loaded Centre for all tests of a module."""

from datetime import date

import pytest

UNTIL = date(2026, 11, 22)
SCALE = 0.03


@pytest.fixture(scope="module")
def loaded(stages, django_db_blocker, tmp_path_factory):
    """The Centre at a thirtieth of its size."""
    from partner.demo.load import load

    def make():
        load(scale=SCALE, seed=1, until=UNTIL, say=lambda text: None)

    with django_db_blocker.unblock(), stages.at("demo", make, tmp_path_factory.mktemp("demo")):
        yield
