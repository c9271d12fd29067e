"""Surveys: their plans, answers as told, one row a question, the responses derived from them, and remarks.

Nobody can be traced.
"""

from django.db import models

from partner.facts.models.base import Event, Sourced, Span
from partner.ledger.fields import InstantField


class SurveyState(models.TextChoices):
    """状態 of a response; `invited` is the request that went out."""

    INVITED = "invited", "依頼"
    PARTIAL = "partial", "一部回答"
    COMPLETED = "completed", "回答完了"


class SurveyAnswer(Event):
    """One answer to one question. The subject is the survey and the number of the response; free text is not kept."""

    moment_field = "happened_at"
    kind = models.CharField(max_length=16, choices=SurveyState.choices)
    survey = models.CharField(max_length=20)
    version = models.CharField(max_length=20, blank=True, help_text="version of the questionnaire")
    event = models.CharField(max_length=20, blank=True, db_index=True, help_text="number of the event it is about")
    question = models.CharField(max_length=40, blank=True)
    answer = models.CharField(max_length=40, blank=True)
    score = models.SmallIntegerField(null=True, help_text="the answer on a scale")

    class Meta(Event.Meta):
        db_table = "facts_survey_answer"


class SurveyResponse(Span):
    """A request or a response at its instant (a span of no length); `begun` is its state."""

    survey = models.CharField(max_length=20)
    version = models.CharField(max_length=20, blank=True)
    event = models.CharField(max_length=20, blank=True, db_index=True)
    questions = models.TextField(blank=True, help_text="what was answered, ;consultation.q1;")
    answers = models.TextField(blank=True, help_text="and how, ;consultation.q1.5;")

    class Meta(Span.Meta):
        db_table = "facts_survey_response"


class PlanState(models.TextChoices):
    """How far the plan of a survey has come between the Centre and JICA."""

    PROPOSED = "proposed", "提案"
    ANSWERED = "answered", "回答あり"
    AGREED = "agreed", "合意"


class SurveyPlan(Sourced):
    """How one survey is carried out: proposed, answered, agreed, each with its day. Results print its version."""

    moment_field = "valid_from"

    survey = models.CharField(max_length=20)
    event = models.CharField(
        max_length=20, blank=True, db_index=True, help_text="number of the event, if it is about one"
    )
    version = models.CharField(max_length=20)
    state = models.CharField(max_length=12, choices=PlanState.choices)
    valid_from = InstantField(help_text="from when answers are taken")
    valid_to = InstantField(help_text="up to when, exclusive")
    audience = models.CharField(max_length=200)
    invited = models.IntegerField(
        null=True, help_text="whom it goes to, persons or organisations; null: told by requests"
    )
    method = models.CharField(max_length=200)
    questions = models.TextField(help_text="what is asked")
    analysis = models.TextField(help_text="how it is analysed")
    goal = models.DecimalField(max_digits=4, decimal_places=1, null=True, help_text="response aimed at, per cent")
    changed = models.TextField(blank=True, help_text="what is asked otherwise than the time before")
    proposed_at = InstantField()
    answered_at = InstantField(null=True)
    agreed_at = InstantField(null=True)

    class Meta(Sourced.Meta):
        db_table = "facts_survey_plan"


class SurveyRemark(Sourced):
    """One remark in free text. Listed only once someone has looked at it for personal data; coded by people."""

    moment_field = "happened_at"

    survey = models.CharField(max_length=20)
    event = models.CharField(max_length=20, blank=True, db_index=True)
    happened_at = InstantField()
    question = models.CharField(max_length=40, blank=True)
    text = models.TextField()
    category = models.CharField(max_length=40, blank=True, help_text="code of the list remark_category")
    is_checked = models.BooleanField(help_text="someone saw that nobody can be recognised in it")

    class Meta(Sourced.Meta):
        db_table = "facts_survey_remark"
