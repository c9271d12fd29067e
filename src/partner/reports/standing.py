"""What the cover and 承認の記録 say of the submission: given by whoever submits, frozen."""

from dataclasses import dataclass
from datetime import datetime

from partner.documents.blocks import Block, Cell, Column, Row, Section, Table
from partner.reports import wording


@dataclass(frozen=True)
class Signed:
    """One step with who took it: 点検 架空 健太（点検） and when."""

    step: str
    name: str
    role: str
    at: datetime
    comment: str = ""


@dataclass(frozen=True)
class Issue:
    """Which submission the paper is: its number, when it goes out, when it was due, and who stands for it."""

    version: int
    submitted_at: datetime
    due_at: datetime
    signed: tuple[Signed, ...]
    due_ground: str = ""

    @property
    def words(self) -> str:
        """第1回提出"""
        return f"第{self.version}回提出" + ("（再提出）" if self.version > 1 else "")


def approvals(issue: Issue | None) -> list[Block]:
    """承認の記録; nothing while it is being made."""
    if issue is None:
        return []
    columns = (
        Column("段階", kind="label", width=22), Column("氏名", kind="text", width=44), Column("役割", kind="text", width=34),
        Column("日時", kind="text", width=48), Column("意見", kind="text"),
    )  # fmt: skip
    rows = tuple(
        Row(one.step, (Cell(one.name), Cell(one.role), Cell(wording.moment(one.at)), Cell(one.comment or "―")))
        for one in issue.signed
    )
    return [
        Section("承認の記録", new_page=False),
        Table(columns, rows, alt="作成、点検、承認、提出をした者と日時", dense=True),
    ]
