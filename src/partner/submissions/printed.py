"""A section of a submission as it was printed: cut out of the sealed HTML, which this product wrote itself."""

import re

from django.utils.safestring import SafeString, mark_safe

from partner.submissions.models import Submission
from partner.submissions.sealing import sealed_text

_SECTION = re.compile(
    r'<section class="doc-section[^"]*" id="[^"]+"[^>]*>\s*<div class="doc-section-head">(.*?)</div>(.*?)</section>'
    r'\s*(?=<section class="doc-section|</article>)',
    re.DOTALL,
)
_ITEM = re.compile(r'<span class="doc-item">([^<]+)</span>')


def printed(submission: Submission) -> dict[str, SafeString]:
    """Item → the HTML under its heading. Empty where no HTML was sealed, or its file is gone or damaged."""
    page = sealed_text(submission, "html") or ""
    found = ((_ITEM.search(head), body) for head, body in _SECTION.findall(page))
    return {item[1]: mark_safe(body) for item, body in found if item}  # noqa: S308 - whole, so as Jinja escaped it
