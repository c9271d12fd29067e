"""Earlier reports beside the sections that are written now: kept, found, taken away."""

import zipfile
from collections.abc import Iterable
from pathlib import Path

from django.db import transaction
from django.db.models import QuerySet

from partner.common.period import parse_period
from partner.common.refusal import Refusal
from partner.files import stored
from partner.files.models import ReferenceFile
from partner.files.uploads import fitting_name
from partner.ledger import clock, write

MAX_BYTES = 50 * 1024 * 1024
ITEMS = tuple(f"M{number}" for number in range(1, 10))
TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_PARTS = {"xl/workbook.xml": "xlsx", "word/document.xml": "docx"}


def keep(
    *, name: str, chunks: Iterable[bytes], item: str, period: str, source: str, pages: str = "", by: tuple[str, str]
) -> ReferenceFile:
    """Keeps a file of an earlier report. Raises Refusal where it is none, or is kept for that item and period already."""
    _must_be_known(item, period)
    digest, size, head = stored.keep(chunks, MAX_BYTES)
    row = ReferenceFile(
        digest=digest, size=size, file_name=fitting_name(name)[:200], item=item, period=period, source=source.strip(),
        pages=pages.strip(), by_name=by[0], by_role=by[1],
    )  # fmt: skip
    try:
        row.form = _form(stored.place_of(digest), head)
        with transaction.atomic():
            clock.tick()
            if _believed(digest).filter(item=item, period=period).exists():
                raise Refusal("kept_already", "同じファイルが、同じ項目と期間に登録されています。")
            write.record([row])
    except BaseException:
        _forget_unless_needed(digest)
        raise
    return row


def _must_be_known(item: str, period: str) -> None:
    if item and item not in ITEMS:
        raise Refusal("unknown_item", "項目は M1 から M9 のどれかです。")
    try:
        parse_period(period)
    except ValueError:
        message = f"期間「{period[:20]}」は読めません。2026-03、2025Q3、FY2025 のように書いてください。"
        raise Refusal("bad_period", message) from None


def _form(path: Path, head: bytes) -> str:
    """What the file is, by what it holds and not by its name. Raises Refusal."""
    if head.startswith(b"%PDF-"):
        return "pdf"
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        names = set()
    if any(name.endswith("vbaProject.bin") for name in names):
        raise Refusal("has_macros", "マクロを含むファイルは登録できません。マクロのない形式で保存し直してください。")
    for part, form in _PARTS.items():
        if part in names:
            return form
    raise Refusal("bad_form", "PDF、Excel（xlsx）、Word（docx）のファイルではないか、壊れています。")


def _believed(digest: str) -> QuerySet[ReferenceFile]:
    return ReferenceFile.objects.believed().filter(digest=digest)


def drop(row: ReferenceFile) -> None:
    """Takes a file away; what it was and who kept it stays on the ledger. Raises Refusal if it is away already."""
    with transaction.atomic():
        clock.tick()
        if not ReferenceFile.objects.believed().filter(pk=row.pk).exists():
            raise Refusal("dropped_already", "このファイルはすでに取り下げられています。")
        write.withdraw(row)
    _forget_unless_needed(row.digest)


def _forget_unless_needed(digest: str) -> None:
    if not _believed(digest).exists():
        stored.remove(digest)
