"""Files that belong to what is told: kept by digest, found by what they are about, taken away again."""

from collections.abc import Iterable
from datetime import datetime
from itertools import count
from typing import Any

from django.db import transaction

from partner.common.refusal import Refusal
from partner.facts.attachment_forms import form_of
from partner.facts.models.attachments import Attachment
from partner.files import stored
from partner.files.uploads import fitting_name
from partner.ledger import clock, write

MAX_BYTES = 20 * 1024 * 1024
MOST_TOGETHER = 150 * 1024 * 1024  # about one thing: a report holds them all at once
TYPES = {"pdf": "application/pdf", "png": "image/png", "jpeg": "image/jpeg"}
_ROWS: Any = Attachment.objects


def keep(
    *, about: str, role: str, title: str, name: str, chunks: Iterable[bytes], by: tuple[str, str],
    number: str = "", survey: str = "", alt: str = "",
) -> Attachment:  # fmt: skip
    """Keeps one file; without a number under the next free one.

    Raises Refusal where it is no PDF or picture that opens, is empty or too large, where a photo has no alternative
    text, where an original carries no survey, where the number is taken or the same file is there, and where all files
    about one thing would be too large together.
    """
    _must_say(role, title, survey, alt)
    with stored.alone():
        digest, size, _ = stored.keep(chunks, MAX_BYTES)
        row = Attachment(
            about=about, role=role, survey=survey, number=number.strip(), title=title.strip(), alt=alt.strip(), digest=digest,
            size=size, file_name=fitting_name(name)[:200], by_name=by[0], by_role=by[1],
        )  # fmt: skip
        try:
            row.form = form_of(stored.place_of(digest).read_bytes(), role)
            _record(row)
        except BaseException:
            stored.release(digest)
            raise
    return row


def _record(row: Attachment) -> None:
    """Under the ledger's lock, so that two people never get the same number."""
    with transaction.atomic():
        clock.tick()
        _must_be_new(row)
        write.record([row])


def _must_say(role: str, title: str, survey: str, alt: str) -> None:
    if role not in Attachment.Role.values:
        raise Refusal("unknown_role", "ファイルの種類を選んでください。")
    if not title.strip():
        raise Refusal("missing_value", "名称を書いてください。")
    for what, text, most in (("名称", title, 120), ("代替テキスト", alt, 200)):
        if len(text.strip()) > most:
            raise Refusal("too_long", f"{what}は{most}字までにしてください。")
    if role == Attachment.Role.PHOTO and not alt.strip():
        raise Refusal("alt_missing", "写真には、何が写っているかの説明（代替テキスト）が必要です。")
    if role == Attachment.Role.ORIGINAL and not survey:
        raise Refusal("survey_missing", "原本は、どの調査のものかを選んでください。")


def _must_be_new(row: Attachment) -> None:
    """Gives it the lowest free number of its kind where it has none."""
    about = list(_ROWS.believed().filter(about=row.about))
    by_number = {one.number: one for one in about if (one.role, one.survey) == (row.role, row.survey)}
    same = next((one for one in by_number.values() if one.digest == row.digest), None)
    row.number = row.number or next(free for n in count(1) if (free := f"{n:03}") not in by_number)
    if row.number in by_number:
        raise Refusal("number_taken", f"番号「{row.number}」のファイルがすでにあります。")
    if same is not None:
        raise Refusal("kept_already", f"同じファイルが「{same.number} {same.title}」としてすでにあります。")
    if sum(one.size for one in about) + row.size > MOST_TOGETHER:
        raise Refusal(
            "too_much",
            f"ファイルの合計が{MOST_TOGETHER // 1024**2}MBを超えます。解像度を下げるなどして小さくしてください。",
        )


def held() -> Any:
    """The rows whose files are needed: all that ever were, for the older cuts."""
    return _ROWS.all()


def drop(row: Attachment) -> None:
    """Takes a file away; that it was there stays on the ledger. The file itself stays while a report's cut needs it."""
    with transaction.atomic():
        clock.tick()
        if not _ROWS.believed().filter(pk=row.pk).exists():
            raise Refusal("dropped_already", "このファイルはすでに取り下げられています。")
        write.withdraw(row)


def of(about: str, cut: datetime, role: str = "", survey: str = "") -> list[Attachment]:
    """The files about one thing as known at the cut, in the order of their numbers."""
    rows = _ROWS.known_at(cut).filter(about=about)
    rows = rows.filter(role=role) if role else rows
    rows = rows.filter(survey=survey) if survey else rows
    return sorted(rows, key=lambda row: (row.role, row.survey, row.number))


def content(row: Attachment) -> bytes:
    """The file. Raises Refusal where it is gone or is not what it was."""
    if not stored.is_whole(row.digest):
        raise Refusal("file_lost", f"ファイル「{row.number} {row.title}」が失われているか、変わっています。")
    return stored.place_of(row.digest).read_bytes()
