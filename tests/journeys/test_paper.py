"""The one-file report as a page: its policy allows its one style and nothing else; it prints on paper."""

from collections.abc import Callable
from io import BytesIO
from typing import Any


def test_it_is_shown_under_its_own_policy_and_prints(sign_in_ready: Callable[[str], Any]) -> None:
    import pypdfium2

    page = sign_in_ready("reporter")
    answer = page.goto("/desk/reports/monthly/2026-10/page.html?known_at=now")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "style-src 'sha256-" in policy
    assert "unsafe" not in policy
    assert page.evaluate("getComputedStyle(document.querySelector('.doc-table')).borderCollapse") == "collapse"
    assert page.evaluate("document.scripts.length") == 0
    printed = pypdfium2.PdfDocument(BytesIO(page.pdf(format="A4")))
    assert len(printed) > 5
    assert "人材登録者数" in "".join(sheet.get_textpage().get_text_bounded() for sheet in printed)
