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
    with stored.alone():
        digest, size, head = stored.keep(chunks, MAX_BYTES)
        row = ReferenceFile(
            digest=digest, size=size, file_name=fitting_name(name)[:200], item=item, period=period,
            source=source.strip(), pages=pages.strip(), by_name=by[0], by_role=by[1],
        )  # fmt: skip
        try:
            row.form = _form(stored.place_of(digest), head)
            _record(row)
        except BaseException:
            stored.release(digest)
            raise
    return row


def _record(row: ReferenceFile) -> None:
    with transaction.atomic():
        clock.tick()
        if held().filter(digest=row.digest, item=row.item, period=row.period).exists():
            raise Refusal("kept_already", "同じファイルが、同じ項目と期間に登録されています。")
        write.record([row])


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


def held() -> QuerySet[ReferenceFile]:
    """The rows whose files are needed: a file that was taken away is not kept for its row's sake."""
    return ReferenceFile.objects.believed()


def drop(row: ReferenceFile) -> bool:
    """Takes a file away; what it was and who kept it stays on the ledger. Raises Refusal if it is away already.

    Says whether its content is gone too: it stays where anything else needs the same file.
    """
    with stored.alone():
        with transaction.atomic():
            clock.tick()
            if not held().filter(pk=row.pk).exists():
                raise Refusal("dropped_already", "このファイルはすでに取り下げられています。")
            write.withdraw(row)
        return stored.release(row.digest)
