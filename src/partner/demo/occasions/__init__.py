"""What the Centre does beside its daily work: events with their surveys, incidents, expenses, priority issues. All invented.

Each thing is told on its own day; what becomes known later corrects what was told before.
"""

from datetime import date

from partner.demo.occasions import events, expenses, forecasts, incidents, issues, surveys
from partner.demo.occasions.diary import Diary
from partner.demo.taken import Taken


def tell(seed: int, scale: float, until: date) -> list[Taken]:
    """Everything up to the day, each kind of sheet for itself."""
    diary = Diary(until)
    for part in (events, surveys, incidents, expenses, issues, forecasts):
        part.write(diary, seed, scale)
    return diary.taken()
