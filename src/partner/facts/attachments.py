"""Files that belong to what is told: kept by digest, found by what they are about, taken away again."""

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import Any

from django.db import transaction

from partner.common.refusal import Refusal
from partner.facts.models.attachments import Attachment
from partner.files import stored
from partner.files.uploads import fitting_name
from partner.ledger import clock, write

MAX_BYTES = 20 * 1024 * 1024
TYPES = {"pdf": "application/pdf", "png": "image/png", "jpeg": "image/jpeg"}
_HEADS = {b"%PDF-": "pdf", b"\x89PNG\r\n": "png", b"\xff\xd8\xff": "jpeg"}
_PICTURES = ("png", "jpeg")
_ROWS: Any = Attachment.objects


def keep(
    *, about: str, role: str, number: str, title: str, name: str, chunks: Iterable[bytes], by: tuple[str, str],
    survey: str = "", alt: str = "",
) -> Attachment:  # fmt: skip
    """Keeps one file. Raises Refusal where it is no PDF or picture, is empty or too large, where a photo has no
    alternative text, where an original carries no survey, and where that number is taken or the same file is there.
    """
    _must_say(role, number, title, survey, alt)
    digest, size, head = stored.keep(chunks, MAX_BYTES)
    row = Attachment(
        about=about, role=role, survey=survey, number=number, title=title.strip(), alt=alt.strip(), digest=digest, size=size,
        file_name=fitting_name(name)[:200], by_name=by[0], by_role=by[1],
    )  # fmt: skip
    try:
        row.form = _form(head, digest, role)
        with transaction.atomic():
            clock.tick()
            _must_be_new(row)
            write.record([row])
    except BaseException:
        _forget_unless_needed(digest)
        raise
    return row


def _must_say(role: str, number: str, title: str, survey: str, alt: str) -> None:
    if role not in Attachment.Role.values:
        raise Refusal("unknown_role", "ファイルの種類を選んでください。")
    if not number.strip() or not title.strip():
        raise Refusal("missing_value", "番号と名称を書いてください。")
    if role == Attachment.Role.PHOTO and not alt.strip():
        raise Refusal("alt_missing", "写真には、何が写っているかの説明（代替テキスト）が必要です。")
    if role == Attachment.Role.ORIGINAL and not survey:
        raise Refusal("survey_missing", "原本は、どの調査のものかを選んでください。")


def _form(head: bytes, digest: str, role: str) -> str:
    """What the file is, by what it holds and not by its name. Raises Refusal."""
    form = next((form for begins, form in _HEADS.items() if head.startswith(begins)), "")
    if not form:
        raise Refusal("bad_form", "PDF、PNG、JPEGのファイルではありません。")
    if role == Attachment.Role.PHOTO and form not in _PICTURES:
        raise Refusal("bad_form", "写真はPNGかJPEGにしてください。")
    if form in _PICTURES:
        _must_be_a_picture(stored.place_of(digest).read_bytes())
    return form


def _must_be_a_picture(content: bytes) -> None:
    from PIL import Image

    try:
        with Image.open(BytesIO(content)) as picture:
            picture.verify()
    except Exception as error:
        raise Refusal("bad_form", "画像が壊れていて読めません。") from error


def _must_be_new(row: Attachment) -> None:
    there = _ROWS.believed().filter(about=row.about, role=row.role, survey=row.survey)
    if there.filter(number=row.number).exists():
        raise Refusal("number_taken", f"番号「{row.number}」のファイルがすでにあります。")
    same = there.filter(digest=row.digest).first()
    if same is not None:
        raise Refusal("kept_already", f"同じファイルが「{same.number} {same.title}」としてすでにあります。")


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


def _forget_unless_needed(digest: str) -> None:
    """A file that was refused goes, unless it was kept before under the same digest."""
    if not _ROWS.filter(digest=digest).exists():
        stored.remove(digest)
