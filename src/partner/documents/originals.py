"""Collected originals: what can be annexed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from io import BytesIO
from typing import Literal

from partner.documents.dots import opened

OriginalKind = Literal["pdf", "png", "jpeg"]
LONGEST = 2400  # dots of a page that is kept


@dataclass(frozen=True, slots=True)
class Original:
    """A collected original (a scanned questionnaire) as an annex; `digest` is the SHA-256 of `content`, in hexadecimal.

    `pages` is counted. Raises ValueError for a file that is encrypted, broken, without pages, or not the digest's.
    """

    label: str
    content: bytes = field(repr=False)
    kind: OriginalKind
    digest: str
    pages: int = field(init=False, default=1)

    def __post_init__(self) -> None:
        """What is annexed is what was collected, and can be looked at."""
        if not self.label.strip():
            raise ValueError("an original needs a label")
        if hashlib.sha256(self.content).hexdigest() != self.digest.lower():
            raise ValueError(f"original {self.label}: the SHA-256 is not that of the file")
        try:
            if self.kind == "pdf":
                object.__setattr__(self, "pages", _counted(self.content))
            else:
                opened(self.content, self.kind, LONGEST)
        except ValueError as error:
            raise ValueError(f"original {self.label}: {error}") from error


def _counted(content: bytes) -> int:
    """The number of pages of a PDF that needs no password and no repair."""
    import pikepdf

    try:
        with pikepdf.open(BytesIO(content), attempt_recovery=False, suppress_warnings=True) as file:
            if file.is_encrypted:
                raise ValueError("the PDF is encrypted")
            count = len(file.pages)
    except pikepdf.PasswordError as error:
        raise ValueError("the PDF is encrypted") from error
    except pikepdf.PdfError as error:
        raise ValueError("the PDF is broken") from error
    if not count:
        raise ValueError("the PDF has no pages")
    return count
