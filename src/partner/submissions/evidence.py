"""Files that show that a delivery arrived: a reply, a stamped cover letter, a picture of a screen. Kept under their digest."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.parser import BytesHeaderParser
from itertools import chain

from partner.common.refusal import Refusal
from partner.files import stored
from partner.files.uploads import fitting_name

MAX_BYTES = 10 * 1024 * 1024
ACCEPTED = ".pdf,.png,.jpg,.jpeg,.eml,.msg"
TYPES = {
    "pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg", "eml": "message/rfc822",
    "msg": "application/vnd.ms-outlook",
}  # fmt: skip
_BEGINS = {
    "pdf": b"%PDF-",
    "png": b"\x89PNG\r\n\x1a\n",
    "jpg": b"\xff\xd8\xff",
    "msg": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
}
_HEADERS = ("From", "Date")  # every mail has them


@dataclass(frozen=True)
class Brought:
    """A file as someone brought it: its name, and its content piece by piece."""

    name: str
    chunks: Iterable[bytes]


@dataclass(frozen=True)
class Kept:
    """A file that is kept: its digest, and the name that it came with."""

    digest: str
    name: str


def keep(file: Brought) -> Kept:
    """Keeps the file. Raises Refusal `empty_file`, `bad_form` and `too_large`; then nothing is kept."""
    rest: Iterator[bytes] = iter(file.chunks)
    first = bytes(next(rest, b""))
    if first and form_of(file.name, first) is None:
        raise Refusal(
            "bad_form",
            "添付できるのは、PDF、画像（PNG・JPEG）、メール（eml・msg）のファイルです。保存し直してください。",
        )
    digest, _, _ = stored.keep(chain([first], rest), MAX_BYTES)
    return Kept(digest, fitting_name(file.name))


def form_of(name: str, first: bytes) -> str | None:
    """What the file is, by its ending and what it begins with, which must agree; None for anything else."""
    ending = name.rpartition(".")[2].lower().replace("jpeg", "jpg")
    if ending in _BEGINS:
        return ending if first.startswith(_BEGINS[ending]) else None
    return ending if ending == "eml" and _is_mail(first) else None


def _is_mail(first: bytes) -> bool:
    headers = BytesHeaderParser().parsebytes(first)
    return b"\0" not in first and all(name in headers for name in _HEADERS)


def type_of(name: str) -> str:
    """The media type of a kept file."""
    return TYPES.get(name.rpartition(".")[2].lower().replace("jpeg", "jpg"), "application/octet-stream")
