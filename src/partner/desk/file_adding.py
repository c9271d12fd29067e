"""Files taken in one by one: each that can be kept is, and each that cannot says why."""

import re
from dataclasses import dataclass, field
from typing import Any

from partner.common.refusal import Refusal
from partner.desk.file_subjects import Subject
from partner.facts import attachments
from partner.facts.models import Attachment
from partner.files.uploads import fitting_name


@dataclass
class Added:
    """What came of it: the rows, and the files that were refused with their reasons."""

    rows: list[Attachment] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)

    @property
    def said(self) -> str:
        """What was kept, in a sentence."""
        numbers = [row.number for row in self.rows]
        listed = "、".join(numbers) if len(numbers) < 4 else f"{numbers[0]}〜{numbers[-1]}"
        return f"{self.rows[0].get_role_display()}を{len(numbers)}件登録しました（番号 {listed}）。"


def add(subject: Subject, told: dict[str, Any], by: tuple[str, str]) -> Added:
    """Keeps the files of a cleaned form in the order of their names."""
    added = Added()
    for file in sorted(told["brought"], key=_in_order):
        name = fitting_name(file.name)
        try:
            row = attachments.keep(
                about=subject.about, role=told["role"], survey=_survey(told), alt=_alt(told), name=name,
                title=told["title"] or name.rpartition(".")[0][:120] or name[:120], chunks=file.chunks(), by=by,
            )  # fmt: skip
        except Refusal as refusal:
            added.refused.append((name, refusal.faults[0].message))
        else:
            added.rows.append(row)
    return added


def _in_order(file: Any) -> list[tuple[int, str]]:
    """scan2 before scan10."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", file.name)]


def _survey(told: dict[str, Any]) -> str:
    return str(told.get("survey", "")) if told["role"] == Attachment.Role.ORIGINAL else ""


def _alt(told: dict[str, Any]) -> str:
    return str(told.get("alt", "")) if told["role"] == Attachment.Role.PHOTO else ""
