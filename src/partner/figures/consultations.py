"""M5: career consultations, and the survey of those who were consulted."""

from partner.common.period import Period
from partner.figures.declare import figure
from partner.figures.sets import Facts, Measured
from partner.figures.sets.consultations import Consultations

MEASURES = ("invited", "partial", "response_rate", "mean")


@figure("M5", label="対面相談件数", unit="件", type="flow", by=("channel",))
def in_person(consultations: Consultations, period: Period) -> Facts:
    """Held in the period, face to face or online, on the day they were held."""
    return consultations.held(period)


@figure("M5", label="うちオンライン相談件数", unit="件", type="flow")
def online(consultations: Consultations, period: Period) -> Facts:
    """Of those held in the period, the ones online."""
    return consultations.held(period, "online")


@figure("M5", label="メール相談件数", unit="件", type="flow", sources=("mail_cases",))
def email(consultations: Consultations, period: Period) -> Facts:
    """Cases by mail, once, at their first answer in substance."""
    return consultations.answered(period)


@figure("M5", label="相談件数", unit="件", type="flow", sources=("consultations", "mail_cases"))
def total(consultations: Consultations, period: Period) -> list[Facts]:
    """Held in person or online, and answered by mail."""
    return [consultations.held(period), consultations.answered(period)]


@figure("M5", label="キャンセル", unit="件", type="flow")
def cancelled(consultations: Consultations, period: Period) -> Facts:
    """Booked for the period and cancelled; listed, in no count."""
    return consultations.not_held(period, "cancelled")


@figure("M5", label="欠席", unit="件", type="flow")
def no_show(consultations: Consultations, period: Period) -> Facts:
    """Booked for the period and nobody came; listed, in no count."""
    return consultations.not_held(period, "no_show")


@figure(
    "M5", label="アンケート回答数", unit="件", type="flow", by=("question", "answer"), adds=False, sources=("survey_answers",),
    measures=MEASURES,
)  # fmt: skip
def survey(consultations: Consultations, period: Period) -> Measured:
    """Completed responses to the consultation survey that arrived in the period; the mean of the answers on a scale."""
    return consultations.survey(period)
