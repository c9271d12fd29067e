"""A5: surveys by number."""

from partner.common.period import Period
from partner.figures.declare import figure
from partner.figures.sets import Measured
from partner.figures.sets.consultations import Surveys


@figure(
    "A5", label="アンケート回答数", unit="件", type="flow", by=("survey", "event", "question", "answer"), adds=False,
    sources=("survey_answers",), measures=("invited", "partial", "response_rate", "mean"),
)  # fmt: skip
def answers(surveys: Surveys, period: Period) -> Measured:
    """Completed answers that arrived in the period, of every survey; partial ones and requests beside."""
    return surveys.answers(period)
