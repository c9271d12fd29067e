"""Surveys: answers as told, one row a question, and the responses derived from them. Nobody can be traced."""

from django.db import models

from partner.facts.models.base import Event, Span


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
    question = models.CharField(max_length=40, blank=True)
    answer = models.CharField(max_length=40, blank=True)
    score = models.SmallIntegerField(null=True, help_text="the answer on a scale")

    class Meta(Event.Meta):
        db_table = "facts_survey_answer"


class SurveyResponse(Span):
    """A request or a response at its instant (a span of no length); `begun` is its state."""

    survey = models.CharField(max_length=20)
    version = models.CharField(max_length=20, blank=True)
    questions = models.TextField(blank=True, help_text="what was answered, ;consultation.q1;")
    answers = models.TextField(blank=True, help_text="and how, ;consultation.q1.5;")

    class Meta(Span.Meta):
        db_table = "facts_survey_response"
