"""Work that is done beside the pages: what was asked, how far it is, what came of it."""

import secrets

from django.db import models

from partner.ledger.fields import InstantField


def new_key() -> str:
    """What nobody guesses: it stands in an address, and names a folder."""
    return secrets.token_urlsafe(18)


class Task(models.Model):
    """One piece of work for one person. It holds no personal data of registrants, and goes within a day of its end.

    `given` is what was asked for, `result` what came of it, `said` the last word on how far it is. Nobody but `owner`
    (a sign-in's name; accounts lie above) opens it.
    """

    class State(models.TextChoices):
        READY = "ready", "未着手"
        RUNNING = "running", "実行中"
        DONE = "done", "終了"
        REFUSED = "refused", "受け付けず"
        STOPPED = "stopped", "中断"
        FAILED = "failed", "失敗"

    key = models.CharField(max_length=32, unique=True, default=new_key)
    owner = models.CharField(max_length=150)
    by_name = models.CharField(max_length=80)
    by_role = models.CharField(max_length=40)
    label = models.CharField(max_length=200, help_text="what it is about, for people")
    step = models.CharField(max_length=20, blank=True, help_text="what is being done, or was done last")
    state = models.CharField(max_length=12, choices=State.choices, default=State.READY)
    given = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    said = models.CharField(max_length=200, blank=True)
    may_stop = models.BooleanField(default=True)
    stop_wanted = models.BooleanField(default=False)
    began_at = InstantField(null=True)
    touched_at = InstantField(db_index=True)

    class Meta:
        db_table = "work_task"

    @property
    def by(self) -> tuple[str, str]:
        """Name and role of who asked for it."""
        return self.by_name, self.by_role

    @property
    def is_running(self) -> bool:
        """Whether it is under way."""
        return self.state == self.State.RUNNING
