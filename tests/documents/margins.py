"""Whether what a PDF prints lies within its pages' margins, and over nothing else."""

from io import BytesIO

import pypdfium2

MILLIMETRE = 72 / 25.4
SIDE, END = (
    17 * MILLIMETRE,
    7 * MILLIMETRE,
)  # the narrowest margins of any page; running heads lie in those above and below


def beyond(pdf: bytes) -> list[tuple[int, str]]:
    """Page and text of every line that reaches into a side margin, or out of the page."""
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    found = []
    for number, page in enumerate(document, 1):
        width, height = page.get_size()
        text = page.get_textpage()
        for n in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(n)
            if left < SIDE - 1 or right > width - SIDE + 1 or bottom < END or top > height - END:
                found.append((number, text.get_text_bounded(left, bottom, right, top)))
    return found
