"""The places of a report where people write."""

from dataclasses import dataclass

from partner.desk.templatetags.partner_numbers import moment
from partner.facts.models.texts import ReportText
from partner.reports.texts import item_of
from partner.submissions.models import TextDraft


@dataclass(frozen=True)
class TextPlace:
    """One place where a person writes: what stands there, what is being typed, and by whom else."""

    place: str
    name: str
    draft: str
    row: ReportText | None
    mine: TextDraft | None
    others: list[TextDraft]
    is_owed: bool
    url: str  # where what is written is sent
    history: str  # what stood there before

    @property
    def shown(self) -> str:
        """What the field holds: the own unfinished words, else the text, else the draft from the records."""
        if self.mine is not None:
            return self.mine.body
        return self.row.body if self.row else self.draft

    @property
    def is_draft(self) -> bool:
        """Whether nobody has written there yet and the records' draft stands."""
        return bool(self.draft) and self.row is None

    @property
    def status(self) -> str:
        """What the line under the field says before anything is typed."""
        if self.mine is not None:
            return f"{moment(self.mine.at)}の下書き。まだ報告書に入っていません。"
        if self.row is not None:
            return f"{self.row.by_name}（{self.row.by_role}）{moment(self.row.recorded_at)}"
        return "記録から作った下書きです。確かめて書き改めてください。" if self.draft else "まだ書かれていません。"

    @property
    def seen(self) -> str:
        """When the text was recorded that the person has before him; empty for none."""
        return self.row.recorded_at.isoformat() if self.row else ""

    @property
    def is_crossed(self) -> bool:
        """Whether another one took over a text since this person's words began."""
        return self.mine is not None and self.mine.seen != (self.row.recorded_at if self.row else None)


def section_of(place: str) -> str:
    """The section in which a text is written: explain.M1-1.02a → M1, Q2.text → Q2."""
    head, _, rest = place.partition(".")
    return item_of(place) or {"correct": "訂正一覧"}.get(head, rest.partition("-")[0])
