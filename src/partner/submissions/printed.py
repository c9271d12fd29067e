"""A section of a submission as it was printed: cut out of the sealed HTML, which this product wrote itself."""

import re
from typing import Any

from partner.files import stored
from partner.submissions.models import Submission

_SECTION = re.compile(
    r'<section class="doc-section[^"]*" id="[^"]+"[^>]*>\s*<div class="doc-section-head">(.*?)</div>(.*?)</section>'
    r'\s*(?=<section class="doc-section|</article>)',
    re.DOTALL,
)
_ITEM = re.compile(r'<span class="doc-item">([^<]+)</span>')


def printed(submission: Submission) -> dict[str, str]:
    """Item → the HTML under its heading. Empty where no HTML was sealed, or its file is gone or damaged."""
    file: Any = submission.files.filter(format="html").first()  # type: ignore[attr-defined]
    if file is None or not stored.is_whole(file.digest):
        return {}
    page = stored.place_of(file.digest).read_text(encoding="utf-8")
    found = ((_ITEM.search(head), body) for head, body in _SECTION.findall(page))
    return {item[1]: body for item, body in found if item}
