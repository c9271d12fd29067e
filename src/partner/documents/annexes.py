"""What is said of an original: above each of its pages, and where they are not shown."""

from collections.abc import Iterator

from partner.documents.blocks import KeyValues, Original, Picture, Run, plain
from partner.documents.paper import PORTRAIT
from partner.documents.sheets import Sheet, sheets_of


def original_pages(original: Original, words: dict[str, str]) -> Iterator[tuple[Sheet, str, str, str]]:
    """Each page as a picture, with what stands at its left and right, and what is said of it."""
    name = f"{words['original']} {original.label}"
    for n, sheet in enumerate(sheets_of(original), 1):
        of = words["page_of"].format(page=n, pages=original.pages)
        yield sheet, name, of, f"{name} {of}"


def told(original: Original, words: dict[str, str]) -> KeyValues:
    """What stands of an original where its pages are not shown."""
    pages = words["pages"].format(pages=original.pages)
    return KeyValues(
        (
            (
                words["original"],
                (Run(original.label, bold=True), *plain(f"　{pages}\nSHA-256 {original.digest.lower()}")),
            ),
        )
    )


def of_original(original: Original, words: dict[str, str]) -> Picture | None:
    """An original that is a picture, where those are shown."""
    if original.kind == "pdf":
        return None
    return Picture(original.content, original.kind, f"{words['original']} {original.label}", "", PORTRAIT[0])
